/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "slot.h"

#include <math.h>

struct nashra_slot nashra_slot_measure(const struct nashra_timeline *timeline, double least, double most) {
    struct nashra_slot slot = {0};
    for (size_t i = 0; i < timeline->count; i++) {
        const struct nashra_piece *piece = &timeline->pieces[i];
        if (piece->natural > 0)
            slot.elastic += piece->natural;
        else
            slot.fixed += piece->frames;
    }
    slot.least = (uint64_t)ceil((double)slot.elastic * least / 100);
    slot.most = (uint64_t)floor((double)slot.elastic * most / 100);
    return slot;
}

int nashra_slot_compare(const struct nashra_slot *slot, uint64_t frames) {
    if (slot->fixed + slot->least > frames)
        return -1;
    return slot->fixed + slot->most < frames ? 1 : 0;
}

/* Each pause ends where its share of all pauses so far ends: what rounding takes from one it gives to the next. */
void nashra_slot_fit(struct nashra_timeline *timeline, const struct nashra_slot *slot, uint64_t frames) {
    const uint64_t wanted = frames - slot->fixed;
    uint64_t natural = 0, given = 0;
    for (size_t i = 0; i < timeline->count; i++) {
        struct nashra_piece *piece = &timeline->pieces[i];
        if (piece->natural == 0)
            continue;
        natural += piece->natural;
        const uint64_t end = natural * wanted / slot->elastic;
        piece->frames = end - given;
        given = end;
    }
    nashra_timeline_place(timeline);
}
