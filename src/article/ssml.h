/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSML 1.0 and 1.1 → text and how it is to be delivered. */
#ifndef NASHRA_ARTICLE_SSML_H
#define NASHRA_ARTICLE_SSML_H

#include <nashra/article.h>

#include "markup.h"

/* What became of the elements; strings live in the arena. */
struct nashra_ssml {
    struct nashra_markup markup;
    struct nashra_delivery delivery;
    size_t capacity[4]; /* of the delivery's lists, in its order */
    struct nashra_arena *arena;
};

/* Reads a whole document in UTF-8. What can't be used is reported with file and line, and its text is read.
 * 0; NASHRA_EDATA (not well-formed: names the line); NASHRA_ECONFIG (no ssml.tsv) or NASHRA_ENOMEM. */
int nashra_ssml_read(const char *text, size_t length, const char *name, struct nashra_ssml **ssml);
/* Takes NULL. */
void nashra_ssml_destroy(struct nashra_ssml *ssml);

#endif
