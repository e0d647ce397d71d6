/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loudness_master.h"

#include <math.h>
#include <stdbool.h>

#include <nashra/memory.h>

#include "limiter.h"

enum { TRIES = 12, PEAK_TRIES = 3 };

/* Other meters interpolate otherwise: so much is kept free under the peak (dB). */
static const double MARGIN = 0.2;
/* EBU R 128 allows 0.2 LU; a quarter of that is aimed at. */
static const double TOLERANCE = 0.05;

static float ratio(double decibels) {
    return (float)pow(10, decibels / 20);
}

/* The limiter takes loudness away, which more gain gives back, less and less of it: each step goes by what the one
 * before it brought. The last try stands, near enough or not. */
static int level(struct nashra_limiter *limiter, size_t count, const struct nashra_master_wish *wish, double ceiling,
                 float *out, struct nashra_master_result *result) {
    int status = NASHRA_OK;
    double slope = 1, last = 0, step = 0;
    for (int i = 0; i < TRIES && status == NASHRA_OK; i++) {
        double reached;
        const float least = nashra_limiter_run(limiter, ratio(result->gain), ratio(ceiling), out);
        result->reduction = 20 * log10((double)least);
        if (least >= 1)
            return status;
        status = nashra_loudness_of(out, count, wish->channels, wish->rate, &reached);
        if (status < 0 || fabs(wish->loudness - reached) < TOLERANCE)
            return status;
        if (i > 0)
            slope = fmin(fmax((reached - last) / step, 0.1), 1);
        last = reached;
        step = (wish->loudness - reached) / slope;
        result->gain += step;
    }
    return status;
}

/* Two throws of one die: a triangle of one step to either side, which makes the error of rounding a noise that doesn't
 * know the signal. The seed is fixed. */
static double triangle(uint64_t *state) {
    double sum = 0;
    for (int i = 0; i < 2; i++) {
        *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
        sum += (double)(*state >> 33) / 2147483648.0;
    }
    return sum - 1;
}

/* Adding so much, and taking it away again, rounds to whole numbers, halves to even ones: IEEE 754 keeps 52 bits. */
static const double ROUNDING = 6755399441055744.0;

static float whole(float sample, double noise, double steps) {
    const double value = ((double)sample * steps + noise + ROUNDING) - ROUNDING;
    const double most = steps - 1, upper = value > most ? most : value;
    return (float)((upper < -steps ? -steps : upper) / steps);
}

/* One throw for both channels: what stands in the middle stays there, and the difference of the sides stays silent. */
static void quantise(float *frames, size_t count, const struct nashra_master_wish *wish) {
    const bool fine = wish->bits == 24;
    const double steps = fine ? 8388608.0 : 32768.0;
    uint64_t state = 0x4E6173687261ULL;
    for (size_t i = 0; i < count; i++) {
        const double noise = fine ? 0 : triangle(&state);
        *frames = whole(*frames, noise, steps);
        frames++;
        if (wish->channels == 2) {
            *frames = whole(*frames, noise, steps);
            frames++;
        }
    }
}

static int bring_down(struct nashra_limiter *limiter, size_t count, const struct nashra_master_wish *wish, float *out,
                      struct nashra_master_result *result) {
    double ceiling = wish->peak - MARGIN;
    const double gain = result->gain;
    for (int i = 0; i < PEAK_TRIES; i++) {
        result->gain = gain;
        int status = level(limiter, count, wish, ceiling, out, result);
        if (status < 0)
            return status;
        quantise(out, count, wish);
        status = nashra_loudness_measure(out, count, wish->channels, wish->rate, &result->loudness);
        const double over = result->loudness.true_peak - (wish->peak - MARGIN / 2);
        if (status < 0 || over <= 0)
            return status;
        ceiling -= over + MARGIN / 2;
    }
    return NASHRA_OK;
}

static void warn(const struct nashra_master_wish *wish, const struct nashra_master_result *result) {
    if (fabs(result->loudness.integrated - wish->loudness) > 0.2)
        nashra_log(NASHRA_LOG_WARNING, "%.1f LUFS can't be reached under %.1f dBTP: it is %.1f LUFS now",
                   wish->loudness, wish->peak, result->loudness.integrated);
}

int nashra_master(const float *mix, size_t count, const struct nashra_master_wish *wish, float *out,
                  struct nashra_master_result *result) {
    double before;
    *result = (struct nashra_master_result){0};
    int status = nashra_loudness_of(mix, count, wish->channels, wish->rate, &before);
    if (status == NASHRA_OK && !isfinite(before))
        return nashra_fail(NASHRA_EDATA, "there is nothing to hear: all is silence, or it is shorter than 0.4 seconds");
    if (status < 0)
        return status;
    struct nashra_limiter *limiter = NULL;
    status = nashra_limiter_create(mix, count, wish->channels, &limiter);
    result->gain = wish->loudness - before;
    if (status == NASHRA_OK)
        status = bring_down(limiter, count, wish, out, result);
    nashra_limiter_destroy(limiter);
    if (status == NASHRA_OK)
        warn(wish, result);
    return status;
}
