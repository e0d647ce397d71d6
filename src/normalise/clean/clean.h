/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes → the characters that matter, each with the bytes it came from (house style, section 1). */
#ifndef NASHRA_NORMALISE_CLEAN_H
#define NASHRA_NORMALISE_CLEAN_H

#include <stdint.h>

#include <nashra/memory.h>
#include <nashra/table.h>
#include <nashra/text.h>

/* A cleaned character. Offsets count from the first byte of the cleaned span. */
struct nashra_char {
    unsigned cp : 21;
    unsigned stretched : 1; /* a tatweel followed it */
    uint32_t from;
    uint32_t to;
};

struct nashra_chars {
    struct nashra_char *items;
    size_t count;
    size_t capacity;
};

/* Letters that are written otherwise in Arabic: fold.tsv, sorted by code point. */
struct nashra_fold;

int nashra_fold_create(struct nashra_fold **fold);
void nashra_fold_destroy(struct nashra_fold *fold);

/* Replaces the content of `chars`. Digits become ASCII, every kind of space U+0020 but the no-break space U+00A0;
 * controls, bidi marks, joiners and tatweel are gone; presentation forms are letters; harakat stay where they stood. */
int nashra_clean(const struct nashra_fold *fold, const char *text, struct nashra_span span, struct nashra_chars *chars);
void nashra_chars_finish(struct nashra_chars *chars);

#endif
