/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which paragraphs are the title, the byline, sub-headings. */
#ifndef NASHRA_ARTICLE_STRUCTURE_H
#define NASHRA_ARTICLE_STRUCTURE_H

#include "lines.h"

/* Sets each paragraph's kind. 0, NASHRA_ECONFIG (no bylines.tsv) or NASHRA_ENOMEM. */
int nashra_structure_find(struct nashra_paragraphs *paragraphs, const char *text, size_t length);

#endif
