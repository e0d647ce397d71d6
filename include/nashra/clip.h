/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file clip.h  Sound that comes from a file, or from another rate: mono or stereo, float, full scale at 1. */
#ifndef NASHRA_CLIP_H
#define NASHRA_CLIP_H

#include <stddef.h>
#include <stdint.h>

#include <nashra/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Longer sound files are refused with NASHRA_EDATA. */
#define NASHRA_CLIP_MAX_SECONDS 1800

/** Zero-initialise; nashra_clip_finish() frees it. */
struct nashra_clip {
    float *frames; /**< left and right take turns where there are two channels */
    size_t count;  /**< of frames: one is as many samples as there are channels */
    unsigned channels;
};

/** Reads a sound file of any format that libsndfile knows, at `rate` frames a second.
 *  @param most 1: all channels are mixed to one; 2: a stereo file stays stereo, more channels are mixed to two (ITU-R
 *  BS.775: centre and surround 3 dB down, no LFE). A file whose two sides are the same to within -60 dB becomes mono.
 *  @return 0; NASHRA_ENOINPUT (missing, a directory), NASHRA_EDATA (no sound file, no sound, too long), NASHRA_ENOMEM.
 */
int nashra_clip_load(const char *path, unsigned rate, unsigned most, struct nashra_clip *clip);
/** Converts `count` frames of `channels` at rate `from` to ceil(count * to / from) frames at rate `to`, in time with
 * them. The last frames ring into silence: pad what must not be cut. @return 0, NASHRA_ENOMEM or NASHRA_EINTERNAL. */
int nashra_clip_resample(const float *frames, size_t count, unsigned channels, unsigned from, unsigned to,
                         struct nashra_clip *clip);
/** Frees the memory, zeroes the struct. */
void nashra_clip_finish(struct nashra_clip *clip);

#ifdef __cplusplus
}
#endif
#endif
