/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables that are held in memory, for a process that may not open files any more. */
#ifndef NASHRA_BASE_KEPT_H
#define NASHRA_BASE_KEPT_H

#include <nashra/table.h>

struct nashra_kept {
    char *path;
    const char *name; /* the last part of the path */
    char *bytes;      /* NUL-terminated */
    size_t length;
    struct nashra_kept *next;
};

/* NULL when it isn't kept. */
const struct nashra_kept *nashra_kept_find(const char *path);
const struct nashra_kept *nashra_kept_named(const char *name);

#endif
