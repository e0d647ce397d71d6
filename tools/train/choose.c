/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The product's own decoding, word lexicon included, for logits that training computed. */
#include <nashra/nn.h>

#include <stdlib.h>

#include "../../src/diacritise/decode.h"

static struct nashra_model *lexicon;
static struct attested attested;

int choose_open(const char *path) {
    int status = nashra_model_open(path, &lexicon);
    return status < 0 ? status : nashra_attested_load(lexicon, &attested);
}

/* logits: 2 * FEAT_LABELS a position, inner labels and ending labels. given: labels that bind, FEAT_NONE elsewhere. */
int choose(const uint8_t *symbol, const uint8_t *given, const float *logits, const int64_t *first, const int64_t *count,
           size_t units, uint8_t *label, float *probability) {
    struct feat_position letters[BEAM_LONGEST];
    struct decode_choice choices[BEAM_LONGEST];
    for (size_t u = 0; u < units; u++) {
        size_t at = (size_t)first[u], letter_count = (size_t)count[u];
        if (symbol[at] < FEAT_LETTER || letter_count > BEAM_LONGEST)
            continue;
        for (size_t i = 0; i < letter_count; i++)
            letters[i] = (struct feat_position){.symbol = symbol[at + i], .label = given[at + i]};
        nashra_decode_word(&attested, &(struct decode_word){letters, letter_count}, logits + at * 2 * FEAT_LABELS,
                           2 * FEAT_LABELS, FEAT_LABELS, choices);
        for (size_t i = 0; i < letter_count; i++) {
            label[at + i] = choices[i].label;
            probability[at + i] = choices[i].probability;
        }
    }
    return 0;
}
