/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loudness after ITU-R BS.1770 and EBU R 128, by libebur128; true peaks by the limiter's own meter, which is as exact
 * and ten times faster, since it looks only where a peak can be. */
#ifndef NASHRA_RADIO_LOUDNESS_H
#define NASHRA_RADIO_LOUDNESS_H

#include <stddef.h>

#include <nashra/status.h>

struct nashra_loudness {
    double integrated;    /* LUFS; -HUGE_VAL where all is below the gate */
    double range;         /* LU */
    double true_peak;     /* dBTP */
    double sample_peak;   /* dBFS */
    double max_momentary; /* LUFS */
    double max_short;     /* LUFS */
};

/* Integrated loudness of mono frames; -HUGE_VAL for silence. 0 or NASHRA_ENOMEM. */
int nashra_loudness_of(const float *frames, size_t count, unsigned rate, double *integrated);
/* All figures of mono frames. 0 or NASHRA_ENOMEM. */
int nashra_loudness_measure(const float *frames, size_t count, unsigned rate, struct nashra_loudness *loudness);

#endif
