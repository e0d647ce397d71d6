/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The most probable attested labels of a word, where the most probable ones of each letter alone make no known word. */
#ifndef NASHRA_DIACRITISE_BEAM_H
#define NASHRA_DIACRITISE_BEAM_H

#include "attested.h"

enum { BEAM_LONGEST = 48 };

/* probability[i]: of each label of letter i, 0 where it is illegal. Writes the labels of all letters but the last, and
 * returns true, when an attested marking is near enough in probability. */
bool nashra_beam_search(const struct attested *attested, const uint8_t *symbols,
                        float probability[BEAM_LONGEST][FEAT_LABELS], size_t count, uint8_t *labels);

#endif
