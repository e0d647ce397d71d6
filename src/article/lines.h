/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text → paragraphs: blocks between blank lines, or a line each; lines broken at a width are joined again. */
#ifndef NASHRA_ARTICLE_LINES_H
#define NASHRA_ARTICLE_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nashra/text.h>

#include "walk.h"

struct nashra_paragraph {
    struct nashra_span span; /* trimmed; never empty */
    enum nashra_sentence_kind kind;
    struct nashra_profile profile;
    bool joined;    /* of more than one line */
    unsigned level; /* of a heading, where it is known */
};

struct nashra_paragraphs {
    struct nashra_paragraph *items; /* of nashra_alloc() */
    size_t count;
    size_t capacity;
    const char *name; /* of the article, for messages */
};

/* Finds all paragraphs that hold more than punctuation. 0, NASHRA_EDATA (far too many) or
 * NASHRA_ENOMEM. */
int nashra_paragraphs_init(struct nashra_paragraphs *paragraphs, const char *text, size_t length, const char *name);
void nashra_paragraphs_finish(struct nashra_paragraphs *paragraphs);

#endif
