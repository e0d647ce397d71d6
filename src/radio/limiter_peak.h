/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What lies between the samples. */
#ifndef NASHRA_RADIO_LIMITER_PEAK_H
#define NASHRA_RADIO_LIMITER_PEAK_H

#include <stddef.h>

/* peaks[i] becomes the largest value of any channel around frame i, up to its neighbours; where that is surely under
 * `floor` the sample's own will do. There is one more of them than frames. */
void nashra_find_peaks(const float *frames, size_t count, unsigned channels, float floor, float *peaks);

#endif
