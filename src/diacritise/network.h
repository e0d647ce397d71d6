/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The network: letters, words, letters again.
 *
 *     symbol + hint → encoder → ┬─ first, last, mean of each word ─┐
 *                               │   tables of words and affixes  ──┴→ middle → spread ─┐
 *                               └──────────────────────────────────────────────────────┴→ decoder → head
 *
 * Encoder, middle and decoder are residual blocks x + convolution(relu(norm(x))). tools/train/model.py is its twin.
 */
#ifndef NASHRA_DIACRITISE_NETWORK_H
#define NASHRA_DIACRITISE_NETWORK_H

#include <nashra/nn.h>

#include "feat.h"

enum {
    NETWORK_POSITIONS = 512, /* the most that one run takes */
    NETWORK_WORDS = NETWORK_POSITIONS / 2,
    NETWORK_ENDING = FEAT_LABELS, /* where the logits of the last letter begin */
    NETWORK_LOGITS = 32           /* of a position: inner labels, ending labels, 2 spare */
};

struct network_word {
    size_t first; /* position of its first letter; a gap stands before and after the word */
    size_t count;
    uint16_t hash[FEAT_HASHES];
};

struct network_input {
    size_t positions;
    size_t words;
    uint8_t symbol[NETWORK_POSITIONS];
    uint8_t hint[NETWORK_POSITIONS]; /* a label that is known, or FEAT_NONE */
    struct network_word word[NETWORK_WORDS];
};

struct network;

/* The model must outlive the network. 0, NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_network_create(const struct nashra_model *model, struct network **network);
void nashra_network_destroy(struct network *network);

/* Logits of each position, NETWORK_LOGITS apart; valid until the next run. */
const float *nashra_network_run(struct network *network, const struct network_input *input);

/* How often a label is right that the network gives this probability: networks are too sure of themselves. */
float nashra_network_confidence(const struct network *network, float probability);

#endif
