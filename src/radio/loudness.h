/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loudness after ITU-R BS.1770 and EBU R 128, by libebur128; true peaks by the limiter's own meter, which is as exact
 * and ten times faster, since it looks only where a peak can be. */
#ifndef NASHRA_RADIO_LOUDNESS_H
#define NASHRA_RADIO_LOUDNESS_H

#include <stddef.h>

#include <nashra/status.h>

/* By BS.1770 the powers of the channels add up: what is in both is so much louder than what is in one (LU). */
#define NASHRA_BOTH_CHANNELS 3.0102999566398120

struct nashra_loudness {
    double integrated;    /* LUFS; -HUGE_VAL where all is below the gate */
    double range;         /* LU */
    double true_peak;     /* dBTP */
    double sample_peak;   /* dBFS */
    double max_momentary; /* LUFS */
    double max_short;     /* LUFS */
    /* Of stereo: */
    double channel_peak[2]; /* dBTP */
    double balance;         /* dB by which the left channel has more power; 0 where one is silent */
    double correlation;     /* 1: both are the same; 0: they have nothing in common; -1: gone when added to mono */
};

/* Integrated loudness of frames with 1 or 2 channels; -HUGE_VAL for silence. 0 or NASHRA_ENOMEM. */
int nashra_loudness_of(const float *frames, size_t count, unsigned channels, unsigned rate, double *integrated);
/* All figures. 0 or NASHRA_ENOMEM. */
int nashra_loudness_measure(const float *frames, size_t count, unsigned channels, unsigned rate,
                            struct nashra_loudness *loudness);

#endif
