/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Faster speech without a higher pitch: every so often one period of the voice is left out, its neighbours faded into
 * each other. For rates at which eSpeak NG itself would shorten long vowels to the length of short ones. */
#ifndef NASHRA_SYNTH_COMPRESS_H
#define NASHRA_SYNTH_COMPRESS_H

#include <stddef.h>
#include <stdint.h>

enum {
    NASHRA_COMPRESS_PIECE = 1024,                        /* frames at most at a time */
    NASHRA_COMPRESS_ROOM = 2 * NASHRA_COMPRESS_PIECE + 2 /* frames that come out of it at most */
};

/* Zero-initialise; nothing to free. */
struct nashra_compressor {
    unsigned from, to; /* frames: `from` in become `to` out; to ≤ from < 2 to */
    int16_t frames[NASHRA_COMPRESS_ROOM];
    size_t count;
    size_t copying; /* frames to pass on before the next period is left out */
    size_t owed;    /* what the division left, so that the speed is exact in the long run */
};

/* Begins a new sound. */
void nashra_compressor_start(struct nashra_compressor *compressor, unsigned from, unsigned to);

/* Takes frames, NASHRA_COMPRESS_PIECE at most, and writes what is ready to `out`. @return frames written. */
size_t nashra_compressor_put(struct nashra_compressor *compressor, const int16_t *frames, size_t count,
                             int16_t out[NASHRA_COMPRESS_ROOM]);

/* Writes what is left, some 30 ms at most, as it is. */
size_t nashra_compressor_finish(struct nashra_compressor *compressor, int16_t out[NASHRA_COMPRESS_ROOM]);

#endif
