/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a finished word's sounds do to each other: emphasis and stress. */
#ifndef NASHRA_PHONEMISE_PROSODY_H
#define NASHRA_PHONEMISE_PROSODY_H

#include "inventory.h"

/* Emphasis: vowels beside ص ض ط ظ are dark, a beside ق; ll of الله is dark unless i comes before it.
 * @param before the vowel that ends the word before, 0 for none. */
void nashra_prosody_darken(const struct nashra_inventory *inventory, struct nashra_form *form, nashra_phoneme before);

/* Stress: the last syllable when it is superheavy, else the last but one when it is heavy, else the one before it;
 * never on the article. */
void nashra_prosody_stress(struct nashra_form *form);

#endif
