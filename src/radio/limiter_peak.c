/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "limiter_peak.h"

#include <math.h>
#include <string.h>

#include "limiter.h"

enum {
    PHASES = 4, /* 48 kHz → 192 kHz, as ITU-R BS.1770 asks for */
    TAPS = 24,  /* a phase */
    CHUNK = 64
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

/* A sinc under Kaiser's window, beta 5: true up to 20 kHz. */
static void init(struct interpolator *interpolator) {
    const double beta = 5, pi = 3.14159265358979323846;
    interpolator->most = 1;
    for (int phase = 1; phase < PHASES; phase++) {
        double sum = 0, most = 0, taps[TAPS];
        for (int i = 0; i < TAPS; i++) {
            const double t = i - (TAPS / 2 - 1) - (double)phase / PHASES, edge = t / (TAPS / 2.0);
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

static float largest(const float *frames, size_t count, unsigned channels) {
    float most = 0;
    for (size_t i = 0; i < count * channels; i += channels) {
        const float value = fabsf(frames[i]);
        most = value > most ? value : most;
    }
    return most;
}

/* A channel's samples of a chunk, and TAPS / 2 more on either side: beyond the ends is silence. */
static void take_window(const float *channel, size_t count, unsigned channels, size_t at, float window[CHUNK + TAPS]) {
    const size_t step = channels;
    if (at >= TAPS / 2 && at + CHUNK + TAPS / 2 <= count) {
        const float *from = channel + (at - TAPS / 2) * step;
        for (size_t i = 0; i < CHUNK + TAPS; i++)
            window[i] = from[i * step];
        return;
    }
    for (size_t i = 0; i < CHUNK + TAPS; i++)
        window[i] = at + i >= TAPS / 2 && at + i - TAPS / 2 < count ? channel[(at + i - TAPS / 2) * step] : 0;
}

/* between[i] = the largest of what lies between frames i and i + 1 of a chunk. The loops are of fixed length and over
 * neighbours, so that a compiler makes vectors of them. */
static void interpolate(const struct interpolator *interpolator, const float window[CHUNK + TAPS],
                        float between[CHUNK]) {
    memset(between, 0, CHUNK * sizeof *between);
    for (int phase = 0; phase < PHASES - 1; phase++) {
        float sums[CHUNK] = {0};
        for (int tap = 0; tap < TAPS; tap++) {
            const float weight = interpolator->taps[phase][tap], *from = window + tap + 1;
            for (int i = 0; i < CHUNK; i++)
                sums[i] += weight * from[i];
        }
        for (int i = 0; i < CHUNK; i++) {
            const float value = fabsf(sums[i]);
            between[i] = value > between[i] ? value : between[i];
        }
    }
}

static void raise_peaks(const struct interpolator *interpolator, const float *channel, size_t count, unsigned channels,
                        float floor, float *peaks) {
    float window[CHUNK + TAPS], between[CHUNK];
    for (size_t i = 0; i < count; i++) {
        const float value = fabsf(channel[i * (size_t)channels]);
        peaks[i] = value > peaks[i] ? value : peaks[i];
    }
    for (size_t at = 0; at < count; at += CHUNK) {
        const size_t chunk = count - at < CHUNK ? count - at : CHUNK;
        take_window(channel, count, channels, at, window);
        if (largest(window, CHUNK + TAPS, 1) * interpolator->most <= floor)
            continue;
        interpolate(interpolator, window, between);
        for (size_t i = 0; i < chunk; i++) {
            peaks[at + i] = fmaxf(peaks[at + i], between[i]);
            peaks[at + i + 1] = fmaxf(peaks[at + i + 1], between[i]);
        }
    }
}

void nashra_find_peaks(const float *frames, size_t count, unsigned channels, float floor, float *peaks) {
    struct interpolator interpolator;
    init(&interpolator);
    memset(peaks, 0, (count + 1) * sizeof *peaks);
    for (unsigned c = 0; c < channels; c++)
        raise_peaks(&interpolator, frames + c, count, channels, floor, peaks);
}

/* What can't be larger than what was found isn't looked at. */
float nashra_true_peak(const float *channel, size_t count, unsigned channels) {
    struct interpolator interpolator;
    float window[CHUNK + TAPS], between[CHUNK], most = largest(channel, count, channels);
    init(&interpolator);
    for (size_t at = 0; at < count; at += CHUNK) {
        take_window(channel, count, channels, at, window);
        if (largest(window, CHUNK + TAPS, 1) * interpolator.most <= most)
            continue;
        interpolate(&interpolator, window, between);
        most = fmaxf(most, largest(between, CHUNK, 1));
    }
    return most;
}
