/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a page says of its article outside the text: JSON-LD, Open Graph, meta, <time>, <link>. */
#ifndef NASHRA_ARTICLE_FACTS_H
#define NASHRA_ARTICLE_FACTS_H

#include "../document.h"
#include "stretch.h"

/* In JSON-LD first, then in meta elements, then on the page: of each the first that is found counts. */
enum nashra_fact {
    NASHRA_FACT_HEADLINE, /* JSON-LD */
    NASHRA_FACT_OG_TITLE,
    NASHRA_FACT_TITLE, /* <title> */
    NASHRA_FACT_AUTHOR,
    NASHRA_FACT_SECTION,
    NASHRA_FACT_SITE,
    NASHRA_FACT_LINK,
    NASHRA_FACT_LANGUAGE,
    NASHRA_FACT_FEED,
    NASHRA_FACT_PUBLISHED,
    NASHRA_FACT_UPDATED,
    NASHRA_FACT_DESCRIPTION,
    NASHRA_FACT_BODY, /* JSON-LD: the whole text */
    NASHRA_FACT_COUNT
};

struct nashra_facts {
    struct nashra_tracked text;
    struct nashra_span of[NASHRA_FACT_COUNT]; /* of text; empty: not known */
    bool is_partial;                          /* not accessible for free */
};

/* Zero-initialise. An allocation that failed shows in text.text.failed. */
void nashra_facts_read(struct nashra_facts *facts, const struct nashra_html *page);
void nashra_facts_finish(struct nashra_facts *facts);

/* Sets a fact that isn't known yet to a span of `from`. */
void nashra_facts_set(struct nashra_facts *facts, enum nashra_fact fact, const struct nashra_tracked *from,
                      struct nashra_span span);

/* JSON-LD of one script. What can't be read is left alone: the page says the same elsewhere. */
void nashra_jsonld_read(struct nashra_facts *facts, const struct nashra_tracked *from, struct nashra_span script);

/* Appends the title that the page is best called by, and returns its span of `out`. */
struct nashra_span nashra_facts_title(const struct nashra_facts *facts, const struct nashra_draft *draft,
                                      struct nashra_tracked *out);

#endif
