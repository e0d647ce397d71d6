/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Twice the rate: each frame as it was, and between two of them what a low-pass at half the band gives. */
#ifndef NASHRA_AUDIO_HALFBAND_H
#define NASHRA_AUDIO_HALFBAND_H

#include <stddef.h>
#include <stdint.h>

enum {
    NASHRA_HALFBAND_TAPS = 48,
    NASHRA_HALFBAND_DELAY = NASHRA_HALFBAND_TAPS / 2, /* input frames that it must look ahead */
    NASHRA_HALFBAND_BLOCK = 512
};

struct nashra_halfband {
    int16_t taps[NASHRA_HALFBAND_TAPS];
    int16_t window[NASHRA_HALFBAND_TAPS - 1 + NASHRA_HALFBAND_BLOCK]; /* the past, then a block of new frames */
    size_t skip; /* input frames whose output would lie before the start */
};

void nashra_halfband_init(struct nashra_halfband *halfband);
void nashra_halfband_reset(struct nashra_halfband *halfband);
/* Writes at most 2 * count frames; returns how many. */
size_t nashra_halfband_run(struct nashra_halfband *halfband, const int16_t *frames, size_t count, int16_t *out);

#endif
