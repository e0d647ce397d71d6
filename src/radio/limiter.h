/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A look-ahead limiter of true peaks. */
#ifndef NASHRA_RADIO_LIMITER_H
#define NASHRA_RADIO_LIMITER_H

#include <stddef.h>

#include <nashra/status.h>

/* Writes `frames` times `gain`, its true peaks brought under `ceiling` (of full scale), to `out`. The level begins to
 * fall 5 ms before a peak and comes back within about a tenth of a second.
 * @param least set to the smallest gain that a peak asked for, 1 where none did; may be NULL. 0 or NASHRA_ENOMEM. */
int nashra_limit(const float *frames, size_t count, float gain, float ceiling, float *out, float *least);

#endif
