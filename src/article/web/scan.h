/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look over the tags before the parser sees them, for what it would take too long over. */
#ifndef NASHRA_ARTICLE_SCAN_H
#define NASHRA_ARTICLE_SCAN_H

#include <stddef.h>

/* The bytes that can be given to the parser; *excess says why it isn't all, or stays as it is. */
size_t nashra_scan_tags(const char *text, size_t length, const char **excess);

#endif
