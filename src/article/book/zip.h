/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of a ZIP archive in memory, through libarchive, with a limit on what they swell to. */
#ifndef NASHRA_ARTICLE_ZIP_H
#define NASHRA_ARTICLE_ZIP_H

#include <stdbool.h>

#include "../source.h"

struct nashra_zip {
    const struct nashra_source *source;
    const char *name; /* for messages */
    size_t unpacked;  /* bytes so far, of all walks */
};

/* Takes a file; its bytes are the callee's (nashra_free()). Not 0 ends the walk and is returned. */
typedef int (*nashra_zip_fn)(const char *path, struct nashra_source file, void *user);
/* Is the file wanted? */
typedef bool (*nashra_zip_choice)(const char *path, void *user);

/* Goes over the archive's files. 0; NASHRA_EDATA (broken, encrypted, swells too much: reported) or NASHRA_ENOMEM. */
int nashra_zip_walk(struct nashra_zip *zip, nashra_zip_choice choice, nashra_zip_fn take, void *user);

#endif
