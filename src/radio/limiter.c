/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "limiter.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <nashra/memory.h>

enum {
    PHASES = 4,     /* 48 kHz → 192 kHz, as ITU-R BS.1770 asks for */
    TAPS = 32,      /* a phase */
    AHEAD = 240,    /* frames: 5 ms at 48 kHz */
    RELEASE = 4800, /* frames in which two thirds of the level come back */
    BLOCK = 1024
};

/* Interpolates between frames TAPS / 2 - 1 and TAPS / 2 of a window. */
struct interpolator {
    float taps[PHASES - 1][TAPS];
    float most; /* no interpolated value exceeds this times the largest frame of its window */
};

/* Modified Bessel function of the first kind, order 0, by its power series. */
static double bessel_i0(double x) {
    double sum = 1, term = 1;
    for (int k = 1; k < 40; k++) {
        term *= x / (2 * k) * (x / (2 * k));
        sum += term;
    }
    return sum;
}

/* A sinc under Kaiser's window, beta 6: true up to 21 kHz. */
static void init(struct interpolator *interpolator) {
    const double beta = 6, pi = 3.14159265358979323846;
    interpolator->most = 1;
    for (int phase = 1; phase < PHASES; phase++) {
        double sum = 0, most = 0;
        double taps[TAPS];
        for (int i = 0; i < TAPS; i++) {
            const double t = i - (TAPS / 2 - 1) - (double)phase / PHASES;
            const double edge = t / (TAPS / 2.0);
            const double window = fabs(edge) < 1 ? bessel_i0(beta * sqrt(1 - edge * edge)) / bessel_i0(beta) : 0;
            taps[i] = sin(pi * t) / (pi * t) * window;
            sum += taps[i];
        }
        for (int i = 0; i < TAPS; i++) {
            interpolator->taps[phase - 1][i] = (float)(taps[i] / sum);
            most += fabs(taps[i] / sum);
        }
        interpolator->most = fmaxf(interpolator->most, (float)most);
    }
}

static float between(const struct interpolator *interpolator, const float *window) {
    float most = 0;
    for (int phase = 0; phase < PHASES - 1; phase++) {
        float sum = 0;
        for (int i = 0; i < TAPS; i++)
            sum += interpolator->taps[phase][i] * window[i];
        most = fmaxf(most, fabsf(sum));
    }
    return most;
}

static float largest(const float *frames, size_t count) {
    float most = 0;
    for (size_t i = 0; i < count; i++)
        most = fmaxf(most, fabsf(frames[i]));
    return most;
}

static void ask(float *gains, size_t at, float peak, float ceiling) {
    if (peak * gains[at] > ceiling)
        gains[at] = ceiling / peak;
}

/* What the peaks of a block ask of the gains. `window` holds the block's frames, TAPS / 2 more on either side. */
static void ask_block(const struct interpolator *interpolator, const float *window, size_t count, float ceiling,
                      float *gains) {
    if (largest(window, count + TAPS) * interpolator->most <= ceiling)
        return;
    for (size_t i = 0; i < count; i++) {
        ask(gains, i, fabsf(window[i + TAPS / 2]), ceiling);
        const float peak = between(interpolator, window + i + 1);
        ask(gains, i, peak, ceiling);
        ask(gains, i + 1, peak, ceiling);
    }
}

/* gains[i] becomes the gain that the peaks around frame i ask for; there is one more than frames. */
static float ask_all(const float *frames, size_t count, float gain, float ceiling, float *gains) {
    struct interpolator interpolator;
    float window[BLOCK + TAPS];
    init(&interpolator);
    for (size_t i = 0; i <= count; i++)
        gains[i] = 1;
    for (size_t at = 0; at < count; at += BLOCK) {
        const size_t block = count - at < BLOCK ? count - at : BLOCK;
        for (size_t i = 0; i < block + TAPS; i++) {
            const size_t from = at + i;
            window[i] = from >= TAPS / 2 && from - TAPS / 2 < count ? frames[from - TAPS / 2] * gain : 0;
        }
        ask_block(&interpolator, window, block, ceiling, gains + at);
    }
    float least = 1;
    for (size_t i = 0; i < count; i++)
        least = fminf(least, gains[i]);
    return least;
}

/* The level comes back slowly. */
static void release(float *gains, size_t count) {
    const float part = 1 - expf(-1.0f / RELEASE);
    float gain = 1;
    for (size_t i = 0; i < count; i++) {
        gain += (1 - gain) * part;
        gain = gains[i] = fminf(gains[i], gain);
    }
}

/* gains[i] = least of gains[i … i + AHEAD]: a queue of the minima still to come, each smaller than what follows it. */
static void look_ahead(float *gains, size_t count) {
    size_t queue[AHEAD + 1];
    size_t head = 0, length = 0;
    for (size_t i = 0; i < count + AHEAD; i++) {
        if (i < count) {
            while (length > 0 && gains[queue[(head + length - 1) % (AHEAD + 1)]] >= gains[i])
                length--;
            queue[(head + length++) % (AHEAD + 1)] = i;
        }
        if (i < AHEAD)
            continue;
        const size_t out = i - AHEAD;
        const float least = gains[queue[head]];
        if (queue[head] == out) {
            head = (head + 1) % (AHEAD + 1);
            length--;
        }
        gains[out] = least;
    }
}

/* The mean of the last AHEAD + 1 gains, each of which is no more than what any of those frames asks for. */
static void smooth_and_apply(const float *frames, size_t count, float gain, const float *gains, float *out) {
    double sum = AHEAD + 1;
    for (size_t i = 0; i < count; i++) {
        sum += (double)gains[i] - (i > AHEAD ? (double)gains[i - AHEAD - 1] : 1);
        out[i] = frames[i] * gain * (float)(sum / (AHEAD + 1));
    }
}

int nashra_limit(const float *frames, size_t count, float gain, float ceiling, float *out, float *least) {
    float *gains = nashra_alloc((count + 1) * sizeof *gains);
    if (!gains)
        return NASHRA_ENOMEM;
    const float lowest = ask_all(frames, count, gain, ceiling, gains);
    if (lowest < 1) {
        release(gains, count);
        look_ahead(gains, count);
    }
    smooth_and_apply(frames, count, gain, gains, out);
    if (least)
        *least = lowest;
    nashra_free(gains);
    return NASHRA_OK;
}
