/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Quotation marks: which open and which close, also where they are unbalanced. */
#ifndef NASHRA_ARTICLE_QUOTATION_H
#define NASHRA_ARTICLE_QUOTATION_H

#include <stdbool.h>
#include <stddef.h>

#include <nashra/article.h>

/* Where reading stands in a paragraph. Initialise `at` to its start. */
struct nashra_quoting {
    size_t at;
    bool is_open;
    size_t opened; /* the mark that opened it */
};

/* Reads on to `to`, which must not lie before `quoting->at`. */
void nashra_quoting_advance(struct nashra_quoting *quoting, const char *text, struct nashra_span paragraph, size_t to);

/* Does the mark at `at` open? `is_open`: a quotation is open before it. */
bool nashra_quoting_opens(const char *text, struct nashra_span paragraph, size_t at, bool is_open);

struct nashra_quotations {
    struct nashra_span *items; /* of nashra_alloc() */
    size_t count;
    size_t capacity;
};

/* Adds the quotations of a paragraph whose segments are given; one that is never closed ends with its sentence.
 * 0 or NASHRA_ENOMEM. */
int nashra_quotations_add(struct nashra_quotations *quotations, const char *text, struct nashra_span paragraph,
                          const struct nashra_segment *segments, size_t count);

#endif
