/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each channel of a sound file gives to left and right. */
#ifndef NASHRA_AUDIO_DOWNMIX_H
#define NASHRA_AUDIO_DOWNMIX_H

#include <sndfile.h>

enum { NASHRA_DOWNMIX_MOST = 64 };

struct nashra_downmix {
    int channels;
    float left[NASHRA_DOWNMIX_MOST], right[NASHRA_DOWNMIX_MOST];
};

/* One channel goes to both sides as it is, two are left and right. More go by what the file says of their places, or by
 * the order that WAV and FLAC give to so many: ITU-R BS.775. @param channels 1 … NASHRA_DOWNMIX_MOST. */
void nashra_downmix_init(struct nashra_downmix *downmix, SNDFILE *file, int channels);

#endif
