/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Anchors: places that are found again in a text that was edited. */
#ifndef NASHRA_STORE_ANCHOR_H
#define NASHRA_STORE_ANCHOR_H

#include <nashra/store.h>

struct nashra_anchor {
    size_t offset; /* in the text that it was made for */
    size_t within; /* from the sentence's beginning, counted as for the hash */
    /* Hashes of the sentence and of its neighbours, 0 where there is none; runs of white space count as one space. */
    uint64_t sentence;
    uint64_t before, after;
};

/* FNV-1a, 64 bit (Fowler, Noll, Vo), never 0. */
uint64_t nashra_anchor_hash(const char *bytes, size_t length);

struct nashra_anchor nashra_anchor_make(const struct nashra_store_text *text, size_t offset);
/* The place in this text: in the same sentence, else at the beginning of the one that stands where it stood. */
size_t nashra_anchor_find(const struct nashra_anchor *anchor, const struct nashra_store_text *text);

#endif
