/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the names that a page gives its elements say of them, and what the first words of a paragraph do. */
#ifndef NASHRA_ARTICLE_JUDGE_H
#define NASHRA_ARTICLE_JUDGE_H

#include "../lexis.h"
#include "html.h"

/* In the order of the roles in judge.c. */
enum nashra_evidence {
    NASHRA_EVIDENCE_DROP = 2,
    NASHRA_EVIDENCE_KEEP = 4,
    NASHRA_EVIDENCE_CAPTION = 8,
    NASHRA_EVIDENCE_BYLINE = 16,
    NASHRA_EVIDENCE_DATE = 32,
    NASHRA_EVIDENCE_ASIDE = 64,
    NASHRA_EVIDENCE_END = 128,
    NASHRA_EVIDENCE_BUTTON = 256,
    NASHRA_EVIDENCE_STAMP = 512,
    NASHRA_EVIDENCE_PAYWALL = 1024,
    NASHRA_EVIDENCE_NOTICE = 2048,
    NASHRA_EVIDENCE_NOBODY = 4096,
    NASHRA_EVIDENCE_NEVER = 8192,   /* DROP, for sure */
    NASHRA_EVIDENCE_HIDDEN = 16384, /* of elements: not seen by anyone */
    NASHRA_EVIDENCE_BODY = 32768    /* of elements: marked as the article's body */
};

/* The table pages.tsv; nashra_lexis_finish() frees it. */
struct nashra_lexis nashra_judge_lexis(void);

/* The evidence of an element's tag and attributes; negative when the table can't be read. */
int nashra_judge_element(struct nashra_lexis *lexis, const struct nashra_node *node);

/* The evidence of a paragraph's words; negative when the table can't be read. */
int nashra_judge_words(struct nashra_lexis *lexis, const char *text, struct nashra_span span);

#endif
