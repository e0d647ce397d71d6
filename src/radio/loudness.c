/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loudness.h"

#include <ebur128.h>
#include <math.h>

#include "limiter.h"

static int open_state(unsigned rate, int modes, ebur128_state **state) {
    *state = ebur128_init(1, rate, modes);
    return *state ? NASHRA_OK : NASHRA_ENOMEM;
}

static int finish(ebur128_state *state, int error) {
    ebur128_destroy(&state);
    return error == EBUR128_SUCCESS ? NASHRA_OK : NASHRA_ENOMEM;
}

int nashra_loudness_of(const float *frames, size_t count, unsigned rate, double *integrated) {
    ebur128_state *state;
    int status = open_state(rate, EBUR128_MODE_I, &state);
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
        error = ebur128_add_frames_float(state, frames + at, piece);
        if (error == EBUR128_SUCCESS && (error = ebur128_loudness_momentary(state, &momentary)) == EBUR128_SUCCESS)
            loudness->max_momentary = fmax(loudness->max_momentary, momentary);
        if (error == EBUR128_SUCCESS && at / step % 2 == 1 &&
            (error = ebur128_loudness_shortterm(state, &shortterm)) == EBUR128_SUCCESS)
            loudness->max_short = fmax(loudness->max_short, shortterm);
    }
    return error;
}

int nashra_loudness_measure(const float *frames, size_t count, unsigned rate, struct nashra_loudness *loudness) {
    ebur128_state *state;
    *loudness = (struct nashra_loudness){.max_momentary = -HUGE_VAL, .max_short = -HUGE_VAL};
    int status = open_state(rate, EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_SAMPLE_PEAK, &state);
    if (status < 0)
        return status;
    double sample = 0;
    int error = add_in_steps(state, frames, count, loudness);
    if (error == EBUR128_SUCCESS)
        error = ebur128_loudness_global(state, &loudness->integrated);
    if (error == EBUR128_SUCCESS)
        error = ebur128_loudness_range(state, &loudness->range);
    if (error == EBUR128_SUCCESS)
        error = ebur128_sample_peak(state, 0, &sample);
    loudness->true_peak = decibels((double)nashra_true_peak(frames, count));
    loudness->sample_peak = decibels(sample);
    return finish(state, error);
}
