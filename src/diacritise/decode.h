/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Logits → the best legal label of each letter, and how sure it is. */
#ifndef NASHRA_DIACRITISE_DECODE_H
#define NASHRA_DIACRITISE_DECODE_H

#include <stdbool.h>

#include "attested.h"
#include "beam.h"
#include "feat.h"

/* A word's letters: consecutive positions. */
struct decode_word {
    const struct feat_position *letter;
    size_t count;
};

/* Bit set of the labels that letter `at` may bear; labels given by the author bind. */
unsigned nashra_decode_legal(const struct decode_word *word, size_t at);

/* Whether a given label lets the letter have `label`: a given shadda leaves the vowel open. */
bool nashra_decode_agrees(unsigned given, unsigned label);

struct decode_choice {
    uint8_t label;
    float probability;
};

/* Chooses the labels of a word of 1 … BEAM_LONGEST letters. logits: of its first letter, `stride` apart; those for a
 * last letter begin at `ending`. An attested marking is preferred to one that is none. */
void nashra_decode_word(const struct attested *attested, const struct decode_word *word, const float *logits,
                        size_t stride, size_t ending, struct decode_choice *choices);

#endif
