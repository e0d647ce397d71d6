/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copies the articles of a memory stick into the library. What the library has already, under whatever name, is left
 * out; what has another text under the same name gets a number behind it: nothing is overwritten. */
#ifndef NASHRA_COPY_H
#define NASHRA_COPY_H

#include <stdbool.h>
#include <stddef.h>

#include <nashra/article.h>

enum {
    NASHRA_COPY_FILE_MAX = NASHRA_ARTICLE_MAX_BYTES, /* larger files are not read */
    NASHRA_COPY_SPARE = 8 * 1024 * 1024              /* bytes that are left free for the journal */
};

struct nashra_copy {
    size_t copied, known, failed;
    bool full;   /* the disk, before all were copied */
    bool pulled; /* the stick, before all were copied */
};

/* @param library folders whose articles are known; the first gets the copies, and is made where it is missing.
 * @param except a path on the stick that is no article, or NULL. @param result set. 0; NASHRA_ECANTCREATE (the first
 * can't be made or written, says why); NASHRA_ENOMEM. */
int nashra_copy_articles(const char *stick, const char *except, const char *const *library, size_t count,
                         struct nashra_copy *result);

#endif
