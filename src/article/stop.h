/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Does a mark end a sentence? The rules of Arabic on top of Unicode's (UAX 29). */
#ifndef NASHRA_ARTICLE_STOP_H
#define NASHRA_ARTICLE_STOP_H

#include "breaks.h"
#include "quotation.h"

struct nashra_stop_context {
    const char *text;
    struct nashra_span paragraph;
    size_t sentence; /* where the sentence begins that the mark may end */
    struct nashra_quoting quoting;
    struct nashra_lexis *abbreviations; /* of nashra_stop_lexis() */
    struct nashra_lexis *words;         /* of nashra_breaks_lexis() */
};

/* The table abbreviations.tsv; nashra_lexis_finish() frees it. */
struct nashra_lexis nashra_stop_lexis(void);

/* Judges the boundary that Unicode's rules put behind a mark: 1 when a sentence ends there, 0 when not, negative when
 * the table can't be read. The boundary moves to take a quotation mark to the side where it belongs. */
int nashra_stop_judge(struct nashra_stop_context *context, size_t *boundary);

#endif
