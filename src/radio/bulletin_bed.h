/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Music under a voice: looped, and brought down where somebody speaks. */
#ifndef NASHRA_RADIO_BULLETIN_BED_H
#define NASHRA_RADIO_BULLETIN_BED_H

#include "bulletin_plan.h"

/* Seconds that a bed sounds before the first word and after the last one, where there is room. */
#define NASHRA_BED_BEFORE 1.0
#define NASHRA_BED_AFTER 2.0

/* dB → a factor. */
float nashra_bed_gain(double decibels);

/* Adds a bed under [from, to) and a little around it; NULL adds nothing. @param voice its loudness, LUFS. */
void nashra_bed_add(const struct nashra_bulletin *bulletin, const struct nashra_sound_file *bed, uint64_t from,
                    uint64_t to, double voice, float *mix);

#endif
