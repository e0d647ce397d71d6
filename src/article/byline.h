/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does a line say who wrote the article? */
#ifndef NASHRA_ARTICLE_BYLINE_H
#define NASHRA_ARTICLE_BYLINE_H

#include "lexis.h"
#include "walk.h"

/* How sure a line is a byline. */
enum nashra_byline { NASHRA_BYLINE_NO, NASHRA_BYLINE_NAME, NASHRA_BYLINE_CUED };

/* The table bylines.tsv; nashra_lexis_finish() frees it. */
struct nashra_lexis nashra_byline_lexis(void);

/* Judges a line by its words: one of enum nashra_byline, or negative when the table can't be read.
 * @param story the rest of the article: a name that the story is about is no author's. */
int nashra_byline_judge(struct nashra_lexis *lexis, const char *text, struct nashra_span line,
                        struct nashra_span story);

#endif
