/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text that was taken out of markup, and the way back to the bytes it was taken from. */
#ifndef NASHRA_ARTICLE_MARKUP_H
#define NASHRA_ARTICLE_MARKUP_H

#include <stdbool.h>

#include <nashra/memory.h>
#include <nashra/text.h>

/* A stretch of the text and the bytes of the markup behind it. */
struct nashra_run {
    struct nashra_span text;
    struct nashra_span source;
    bool is_linear; /* byte for byte; else the whole stands for the whole (an entity, an alias) */
};

/* What is read without a break of its own: a paragraph, or a part of one that the author set off as a sentence. */
struct nashra_block {
    struct nashra_span span;
    size_t paragraph; /* from 0 */
    bool is_sentence;
};

/* Zero-initialise; nashra_markup_finish() frees it. */
struct nashra_markup {
    struct nashra_buffer text;
    struct nashra_run *runs; /* in order of the text */
    size_t run_count, run_capacity;
    struct nashra_block *blocks;
    size_t block_count, block_capacity;
};

void nashra_markup_finish(struct nashra_markup *markup);

/* Appends text that was taken from `source`; linear when it has as many bytes. 0 or NASHRA_ENOMEM. */
int nashra_markup_add(struct nashra_markup *markup, const char *text, size_t length, struct nashra_span source);
/* Appends a block that ends where the text does. 0, or NASHRA_ENOMEM. */
int nashra_markup_add_block(struct nashra_markup *markup, struct nashra_block block);

/* The bytes of the markup behind a span of the text; a span that is empty or between runs gives an empty one. */
struct nashra_span nashra_markup_source_span(const struct nashra_markup *markup, struct nashra_span span);

/* An array with room for one more item, or NULL (nothing is lost). */
void *nashra_markup_grow(void *items, size_t count, size_t *capacity, size_t size);

#endif
