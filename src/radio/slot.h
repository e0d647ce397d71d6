/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Exactly so long: pauses take up what speech leaves of a slot. */
#ifndef NASHRA_RADIO_SLOT_H
#define NASHRA_RADIO_SLOT_H

#include "bulletin_timeline.h"

/* What there is to fill a slot with, in frames on air. */
struct nashra_slot {
    uint64_t fixed;       /* speech, jingles, pauses that don't stretch */
    uint64_t elastic;     /* pauses at their natural length */
    uint64_t least, most; /* what the pauses can come to */
};

/* Measures a timeline. Pauses shrink to `least` per cent and grow to `most`. */
struct nashra_slot nashra_slot_measure(const struct nashra_timeline *timeline, double least, double most);

/* Less than 0: too long even with the shortest pauses; more: too short even with the longest; 0: it fits. */
int nashra_slot_compare(const struct nashra_slot *slot, uint64_t frames);

/* Stretches the pauses of a timeline that fits, so that it is `frames` long to the frame, and places it. */
void nashra_slot_fit(struct nashra_timeline *timeline, const struct nashra_slot *slot, uint64_t frames);

#endif
