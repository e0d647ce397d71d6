/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a file, a pipe or stdin. */
#ifndef NASHRA_ARTICLE_SOURCE_H
#define NASHRA_ARTICLE_SOURCE_H

#include <stddef.h>

struct nashra_source {
    unsigned char *bytes; /* of nashra_alloc(); the caller's */
    size_t length;
};

/* Reads `path`, "-" for stdin. 0, NASHRA_ENOINPUT, NASHRA_EDATA (too large), NASHRA_EIO or NASHRA_ENOMEM. */
int nashra_source_read(const char *path, struct nashra_source *source);

#endif
