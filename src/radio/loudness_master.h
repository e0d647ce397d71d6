/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mix → what goes on air: at its loudness, under its peak, in whole numbers. */
#ifndef NASHRA_RADIO_LOUDNESS_MASTER_H
#define NASHRA_RADIO_LOUDNESS_MASTER_H

#include <stdint.h>

#include "loudness.h"

struct nashra_master_wish {
    unsigned rate;
    unsigned channels; /* 1 or 2 */
    double loudness;   /* LUFS */
    double peak;       /* dBTP */
    int bits;          /* 16: with dither; 24 */
};

struct nashra_master_result {
    struct nashra_loudness loudness; /* of the frames as they are written */
    double gain;                     /* dB */
    double reduction;                /* dB that the limiter took at the most; 0 or less */
};

/* Writes frames that are whole steps of the wished bits, which a float holds exactly. 0; NASHRA_EDATA (reported:
 * silence), NASHRA_ENOMEM. */
int nashra_master(const float *mix, size_t count, const struct nashra_master_wish *wish, float *out,
                  struct nashra_master_result *result);

#endif
