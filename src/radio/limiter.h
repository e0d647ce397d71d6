/* SPDX-License-Identifier: GPL-3.0-or-later */
/* True peaks, and a look-ahead limiter of them. */
#ifndef NASHRA_RADIO_LIMITER_H
#define NASHRA_RADIO_LIMITER_H

#include <stddef.h>

#include <nashra/status.h>

/* The largest value of one channel at 48 kHz, of full scale, between the samples, too (ITU-R BS.1770, annex 2).
 * @param channel its first sample. @param channels from one of its samples to the next. */
float nashra_true_peak(const float *channel, size_t count, unsigned channels);

struct nashra_limiter;

/* @param frames are borrowed until the limiter is destroyed. All channels get one gain, so that the image stays where
 * it is. 0 or NASHRA_ENOMEM. */
int nashra_limiter_create(const float *frames, size_t count, unsigned channels, struct nashra_limiter **limiter);
/* Takes NULL. */
void nashra_limiter_destroy(struct nashra_limiter *limiter);

/* Writes the frames times `gain`, their true peaks brought under `ceiling` (of full scale), to `out`. The level begins
 * to fall 5 ms before a peak and comes back within about a tenth of a second.
 * @return the smallest gain that a peak asked for; 1 where none did. */
float nashra_limiter_run(struct nashra_limiter *limiter, float gain, float ceiling, float *out);

#endif
