/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NEWS_OPML_H
#define NASHRA_NEWS_OPML_H

#include <nashra/memory.h>

/* Appends the feeds of an OPML list as lines of feeds.txt. Parsed in a cage. @return 0, NASHRA_EDATA … */
int nashra_opml_lines(const char *bytes, size_t length, const char *name, struct nashra_buffer *lines);
/* The same outside of a cage: for the cage, and for tests. */
int nashra_opml_parse(const char *bytes, size_t length, const char *name, struct nashra_buffer *lines);

#endif
