/* SPDX-License-Identifier: GPL-3.0-or-later */
/* data/news.tsv: what the library says, and what doesn't count in a link. */
#ifndef NASHRA_NEWS_WORDS_H
#define NASHRA_NEWS_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include <nashra/table.h>

enum { NASHRA_AGES = 16, NASHRA_NEWS_WORDS = 64 };

struct nashra_news_words {
    struct nashra_age {
        int64_t seconds;
        const char *forms[4]; /* one, two, few, many */
    } ages[NASHRA_AGES];
    size_t age_count;
    const char *announce; /* a story by source, age and title */
    const char *story;    /* one whose title follows: source, age */
    const char *undated;  /* where the clock can't be trusted: source */
    const char *source;   /* the last line of a story: source, date */
    const char *params[NASHRA_NEWS_WORDS];
    size_t param_count;
    const char *hosts[NASHRA_NEWS_WORDS];
    size_t host_count;
    struct nashra_table *table;
};

/* @return 0, NASHRA_ECONFIG or NASHRA_ENOMEM. Finish it in any case. */
int nashra_news_words_init(struct nashra_news_words *words);
void nashra_news_words_finish(struct nashra_news_words *words);

/* Appends an age, "قبل ساعتين"; digits for what the normaliser counts. */
void nashra_news_words_age(const struct nashra_news_words *words, int64_t seconds, struct nashra_buffer *out);
/* The first part of what nashra_news_words_fill() made of `text`, or NULL when it isn't of that form. */
const char *nashra_news_words_first_part(const char *text, const char *filled, size_t length, size_t *part);
/* Appends a text with its {1} … filled in. */
void nashra_news_words_fill(const char *text, const char *const *parts, size_t count, struct nashra_buffer *out);

#endif
