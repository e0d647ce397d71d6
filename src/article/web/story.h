/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which stretches of a page are the story: the one place where that is decided, and its weights. */
#ifndef NASHRA_ARTICLE_STORY_H
#define NASHRA_ARTICLE_STORY_H

#include "stretch.h"

struct nashra_verdict {
    size_t root;     /* the element that holds the story */
    size_t title;    /* the stretch that is its title; their number when there is none */
    bool is_partial; /* a box says that the rest is for subscribers */
};

/* Sets is_dropped of all stretches that are not the story's. 0 or NASHRA_ENOMEM.
 * @param title what the story is called, "" when that isn't known: it stands before the text. */
int nashra_story_find(struct nashra_draft *draft, const char *title, struct nashra_verdict *verdict);

/* Are two texts the same but for blanks, marks and punctuation? */
bool nashra_story_same(const char *a, size_t a_length, const char *b, size_t b_length);

#endif
