/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is no text at all, and what to call it. */
#ifndef NASHRA_ARTICLE_BINARY_H
#define NASHRA_ARTICLE_BINARY_H

#include <stdbool.h>
#include <stddef.h>

/* The kind of file that the first bytes say it is ("a PNG picture"), behind a semicolon what to do about it; or NULL.
 */
const char *nashra_binary_kind(const unsigned char *bytes, size_t length);

/* More control characters than any text has. For encodings of one byte and UTF-8. */
bool nashra_binary_controls(const unsigned char *bytes, size_t length);

#endif
