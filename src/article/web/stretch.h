/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A page as a list of stretches: what stands between two ends of a block. */
#ifndef NASHRA_ARTICLE_STRETCH_H
#define NASHRA_ARTICLE_STRETCH_H

#include <nashra/document.h>

#include "judge.h"

struct nashra_stretch {
    struct nashra_span span; /* of the draft */
    uint32_t node;           /* the text that it begins with; stretches are in the order of the nodes */
    unsigned words;
    unsigned links; /* words in links */
    unsigned stops; /* full stops, commas and their like */
    int value;      /* of story.c */
    int words_say;  /* of enum nashra_evidence: what its words are evidence for */
    enum nashra_role role;
    unsigned level;       /* of a heading */
    const char *language; /* "" for none marked; the page's */
    bool is_dropped;
};

/* Zero-initialise page and lexis first. */
struct nashra_draft {
    const struct nashra_html *page;
    struct nashra_lexis *lexis;
    bool reads_noscript;
    bool is_book;  /* no class means anything */
    int *evidence; /* of each node, enum nashra_evidence */
    struct nashra_tracked text;
    struct nashra_stretch *stretches;
    size_t count;
    size_t capacity;
};

/* Fills evidence, text and stretches. 0, NASHRA_ECONFIG (no pages.tsv) or NASHRA_ENOMEM (reported as `name`'s). */
int nashra_draft_init(struct nashra_draft *draft, const char *name);
void nashra_draft_finish(struct nashra_draft *draft);

/* Is there nothing for anyone to read in the element? */
bool nashra_draft_skips(const struct nashra_draft *draft, size_t node);

/* Adds a stretch that ends where the draft does; none when it is blank. */
void nashra_draft_add(struct nashra_draft *draft, struct nashra_stretch stretch);

/* A table of data: adds a stretch a row and returns true; false when it only lays out the page. */
bool nashra_table_read(struct nashra_draft *draft, size_t table, const char *language);

unsigned nashra_draft_words(const char *text, struct nashra_span span);

#endif
