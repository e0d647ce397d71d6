/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loudness.h"

#include <ebur128.h>
#include <math.h>

#include "limiter.h"

/* libebur128 takes one channel for a whole programme, two for left and right. */
static int open_state(unsigned channels, unsigned rate, int modes, ebur128_state **state) {
    *state = ebur128_init(channels, rate, modes);
    return *state ? NASHRA_OK : NASHRA_ENOMEM;
}

static int finish(ebur128_state *state, int error) {
    ebur128_destroy(&state);
    return error == EBUR128_SUCCESS ? NASHRA_OK : NASHRA_ENOMEM;
}

int nashra_loudness_of(const float *frames, size_t count, unsigned channels, unsigned rate, double *integrated) {
    ebur128_state *state;
    int status = open_state(channels, rate, EBUR128_MODE_I, &state);
    if (status < 0)
        return status;
    int error = ebur128_add_frames_float(state, frames, count);
    if (error == EBUR128_SUCCESS)
        error = ebur128_loudness_global(state, integrated);
    return finish(state, error);
}

static double decibels(double amplitude) {
    return amplitude > 0 ? 20 * log10(amplitude) : -HUGE_VAL;
}

/* The largest of the short windows: 400 ms, looked at every 100 ms, and 3 s, looked at every 200 ms, since each look at
 * it goes over all of its frames again. */
static int add_in_steps(ebur128_state *state, const float *frames, size_t count, struct nashra_loudness *loudness) {
    const size_t step = state->samplerate / 10;
    int error = EBUR128_SUCCESS;
    for (size_t at = 0, piece; at < count && error == EBUR128_SUCCESS; at += piece) {
        double momentary, shortterm;
        piece = count - at < step ? count - at : step;
        error = ebur128_add_frames_float(state, frames + at * state->channels, piece);
        if (error == EBUR128_SUCCESS && (error = ebur128_loudness_momentary(state, &momentary)) == EBUR128_SUCCESS)
            loudness->max_momentary = fmax(loudness->max_momentary, momentary);
        if (error == EBUR128_SUCCESS && at / step % 2 == 1 &&
            (error = ebur128_loudness_shortterm(state, &shortterm)) == EBUR128_SUCCESS)
            loudness->max_short = fmax(loudness->max_short, shortterm);
    }
    return error;
}

static void compare_sides(const float *frames, size_t count, struct nashra_loudness *loudness) {
    double left = 0, right = 0, both = 0;
    for (size_t i = 0; i < count; i++) {
        const double l = (double)frames[2 * i], r = (double)frames[2 * i + 1];
        left += l * l;
        right += r * r;
        both += l * r;
    }
    loudness->balance = left > 0 && right > 0 ? 10 * log10(left / right) : 0;
    loudness->correlation = left > 0 && right > 0 ? both / sqrt(left * right) : 0;
}

static int measure_peaks(ebur128_state *state, const float *frames, size_t count, struct nashra_loudness *loudness) {
    loudness->true_peak = loudness->sample_peak = -HUGE_VAL;
    int error = EBUR128_SUCCESS;
    for (unsigned c = 0; c < state->channels && error == EBUR128_SUCCESS; c++) {
        double sample = 0;
        error = ebur128_sample_peak(state, c, &sample);
        loudness->channel_peak[c] = decibels((double)nashra_true_peak(frames + c, count, state->channels));
        loudness->true_peak = fmax(loudness->true_peak, loudness->channel_peak[c]);
        loudness->sample_peak = fmax(loudness->sample_peak, decibels(sample));
    }
    return error;
}

int nashra_loudness_measure(const float *frames, size_t count, unsigned channels, unsigned rate,
                            struct nashra_loudness *loudness) {
    ebur128_state *state;
    *loudness = (struct nashra_loudness){.max_momentary = -HUGE_VAL, .max_short = -HUGE_VAL};
    int status = open_state(channels, rate, EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_SAMPLE_PEAK, &state);
    if (status < 0)
        return status;
    int error = add_in_steps(state, frames, count, loudness);
    if (error == EBUR128_SUCCESS)
        error = ebur128_loudness_global(state, &loudness->integrated);
    if (error == EBUR128_SUCCESS)
        error = ebur128_loudness_range(state, &loudness->range);
    if (error == EBUR128_SUCCESS)
        error = measure_peaks(state, frames, count, loudness);
    if (channels == 2)
        compare_sides(frames, count, loudness);
    return finish(state, error);
}
