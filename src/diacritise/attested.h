/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which markings of a word were seen in the training texts: an xor filter (Graf and Lemire, 2020) over pairs of a word
 * and the labels of all its letters but the last, whose mark is grammar's. It never forgets a pair, and takes one
 * unseen pair in a thousand for a seen one.
 */
#ifndef NASHRA_DIACRITISE_ATTESTED_H
#define NASHRA_DIACRITISE_ATTESTED_H

#include <stdbool.h>

#include <nashra/nn.h>

#include "feat.h"

struct attested {
    const uint8_t *slots; /* `bits` each, packed from the lowest bit on; NULL: nothing is known */
    uint32_t segment;     /* slots in each third */
    uint32_t bits;
    uint64_t seed;
};

/* From the records attested.shape and attested.slots. 0 or NASHRA_ECONFIG. */
int nashra_attested_load(const struct nashra_model *file, struct attested *attested);

/* A hash of `count` letters and their labels, the last letter's left out. */
uint64_t nashra_attested_hash(const uint8_t *symbols, const uint8_t *labels, size_t count);

/* Whether a word of `count` letters, or what is left of it without its first clitics, was seen with these labels. */
bool nashra_attested_word(const struct attested *attested, const uint8_t *symbols, const uint8_t *labels, size_t count);

/* The label that a clitic of one letter has before a word, FEAT_NONE if the letter is none. */
unsigned nashra_attested_clitic(unsigned symbol);

#endif
