/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "limiter.h"

#include <math.h>

#include <nashra/memory.h>

#include "limiter_peak.h"

enum {
    AHEAD = 240,   /* frames: 5 ms at 48 kHz */
    RELEASE = 4800 /* frames in which two thirds of the level come back */
};

struct nashra_limiter {
    const float *frames;
    size_t count;
    unsigned channels;
    float *peaks; /* of the frames as they are */
    float floor;  /* under which peaks aren't exact */
    float *gains;
};

int nashra_limiter_create(const float *frames, size_t count, unsigned channels, struct nashra_limiter **out) {
    struct nashra_limiter *limiter = nashra_alloc_zeroed(1, sizeof *limiter);
    *out = NULL;
    if (!limiter)
        return NASHRA_ENOMEM;
    limiter->frames = frames;
    limiter->count = count;
    limiter->channels = channels;
    limiter->floor = HUGE_VALF;
    limiter->peaks = nashra_alloc((count + 1) * sizeof *limiter->peaks);
    limiter->gains = nashra_alloc(count * sizeof *limiter->gains);
    if (!limiter->peaks || !limiter->gains) {
        nashra_limiter_destroy(limiter);
        return NASHRA_ENOMEM;
    }
    *out = limiter;
    return NASHRA_OK;
}

void nashra_limiter_destroy(struct nashra_limiter *limiter) {
    if (!limiter)
        return;
    nashra_free(limiter->peaks);
    nashra_free(limiter->gains);
    nashra_free(limiter);
}

/* gains[i] becomes the gain that the peaks around frame i ask for. */
static float ask(struct nashra_limiter *limiter, float gain, float ceiling) {
    const float most = ceiling / gain; /* of the frames as they are */
    float least = 1;
    if (most < limiter->floor) {
        limiter->floor = 0.7f * most; /* the next run may ask for 3 dB more */
        nashra_find_peaks(limiter->frames, limiter->count, limiter->channels, limiter->floor, limiter->peaks);
    }
    for (size_t i = 0; i < limiter->count; i++) {
        limiter->gains[i] = limiter->peaks[i] > most ? most / limiter->peaks[i] : 1;
        least = limiter->gains[i] < least ? limiter->gains[i] : least;
    }
    return least;
}

/* The level comes back slowly. */
static void release(float *gains, size_t count) {
    const float part = 1 - expf(-1.0f / RELEASE);
    float gain = 1;
    for (size_t i = 0; i < count; i++) {
        gain += (1 - gain) * part;
        gain = gains[i] = gains[i] < gain ? gains[i] : gain;
    }
}

/* gains[i] = least of gains[i … i + AHEAD]: a queue of the minima still to come, each smaller than what follows it. */
static void look_ahead(float *gains, size_t count) {
    enum { ROOM = 256 }; /* a power of two over AHEAD */
    size_t queue[ROOM], head = 0, tail = 0;
    for (size_t i = 0; i < count + AHEAD; i++) {
        if (i < count) {
            while (tail > head && gains[queue[(tail - 1) % ROOM]] >= gains[i])
                tail--;
            queue[tail++ % ROOM] = i;
        }
        if (i < AHEAD)
            continue;
        const size_t out = i - AHEAD;
        const float least = gains[queue[head % ROOM]];
        head += queue[head % ROOM] == out;
        gains[out] = least;
    }
}

/* The mean of the last AHEAD + 1 gains, each of which is no more than what any of those frames asks for. */
static void smooth_and_apply(const struct nashra_limiter *limiter, float gain, float *out) {
    const float *gains = limiter->gains, *frames = limiter->frames;
    double sum = AHEAD + 1;
    for (size_t i = 0; i < limiter->count; i++) {
        sum += (double)gains[i] - (i > AHEAD ? (double)gains[i - AHEAD - 1] : 1);
        const float level = (float)(sum / (AHEAD + 1));
        *out++ = *frames++ * gain * level;
        if (limiter->channels == 2)
            *out++ = *frames++ * gain * level;
    }
}

float nashra_limiter_run(struct nashra_limiter *limiter, float gain, float ceiling, float *out) {
    const float least = ask(limiter, gain, ceiling);
    if (least == 1) {
        for (size_t i = 0; i < limiter->count * limiter->channels; i++)
            out[i] = limiter->frames[i] * gain;
        return least;
    }
    release(limiter->gains, limiter->count);
    look_ahead(limiter->gains, limiter->count);
    smooth_and_apply(limiter, gain, out);
    return least;
}
