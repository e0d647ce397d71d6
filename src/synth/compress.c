/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compress.h"

#include <stdlib.h>
#include <string.h>

enum {
    /* Periods of 60 to 400 Hz at 22050 frames a second. */
    SHORTEST = 55,
    LONGEST = 367,
    /* The first search looks at every second period and every sixth frame of it, the second more closely. */
    COARSE_LAG = 2,
    COARSE_FRAME = 6,
    FINE_FRAME = 2
};

void nashra_compressor_start(struct nashra_compressor *compressor, unsigned from, unsigned to) {
    compressor->from = from;
    compressor->to = to;
    compressor->count = compressor->copying = compressor->owed = 0;
}

/* How unlike two neighbouring stretches of `lag` frames are, on average; `limit` as soon as it is certain to be more.
 */
static long unlikeness(const int16_t *frames, size_t lag, size_t step, long limit) {
    long sum = 0, count = (long)((lag + step - 1) / step), most = limit * count;
    for (size_t i = 0; i < lag && sum < most; i += step)
        sum += labs((long)frames[i] - frames[i + lag]);
    return sum / count;
}

static size_t best_lag(const int16_t *frames, size_t from, size_t to, size_t lag_step, size_t frame_step) {
    size_t best = from;
    long least = UINT16_MAX;
    for (size_t lag = from; lag <= to; lag += lag_step) {
        long found = unlikeness(frames, lag, frame_step, least);
        if (found < least) {
            least = found;
            best = lag;
        }
    }
    return best;
}

/* The period of the voice at the start of 2 LONGEST frames. */
static size_t find_period(const int16_t *frames) {
    size_t about = best_lag(frames, SHORTEST, LONGEST, COARSE_LAG, COARSE_FRAME);
    size_t from = about > SHORTEST + COARSE_LAG ? about - COARSE_LAG + 1 : SHORTEST;
    size_t to = about + COARSE_LAG <= LONGEST ? about + COARSE_LAG - 1 : LONGEST;
    return best_lag(frames, from, to, 1, FINE_FRAME);
}

/* One period for two: the first fades into the second. */
static void fade(const int16_t *frames, size_t period, int16_t *out) {
    long length = (long)period;
    for (long i = 0; i < length; i++)
        out[i] = (int16_t)((frames[i] * (length - i) + frames[i + length] * i) / length);
}

static void drop(struct nashra_compressor *compressor, size_t taken) {
    compressor->count -= taken;
    memmove(compressor->frames, compressor->frames + taken, compressor->count * sizeof *compressor->frames);
}

/* After a period is left out, so many frames are passed on that `from` become `to` in all. */
static size_t leave_out_period(struct nashra_compressor *compressor, int16_t *out) {
    size_t period = find_period(compressor->frames);
    fade(compressor->frames, period, out);
    drop(compressor, 2 * period);
    compressor->owed += period * (2 * compressor->to - compressor->from);
    compressor->copying = compressor->owed / (compressor->from - compressor->to);
    compressor->owed %= compressor->from - compressor->to;
    return period;
}

static size_t copy(struct nashra_compressor *compressor, int16_t *out) {
    size_t count = compressor->copying < compressor->count ? compressor->copying : compressor->count;
    memcpy(out, compressor->frames, count * sizeof *out);
    drop(compressor, count);
    compressor->copying -= count;
    return count;
}

size_t nashra_compressor_put(struct nashra_compressor *compressor, const int16_t *frames, size_t count,
                             int16_t out[NASHRA_COMPRESS_ROOM]) {
    memcpy(compressor->frames + compressor->count, frames, count * sizeof *frames);
    compressor->count += count;
    if (compressor->from == compressor->to)
        compressor->copying = compressor->count;
    size_t written = copy(compressor, out);
    while (compressor->count >= 2 * LONGEST) {
        written += leave_out_period(compressor, out + written);
        written += copy(compressor, out + written);
    }
    return written;
}

size_t nashra_compressor_finish(struct nashra_compressor *compressor, int16_t out[NASHRA_COMPRESS_ROOM]) {
    compressor->copying = compressor->count;
    return copy(compressor, out);
}
