/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loudness.h"

#include <ebur128.h>
#include <math.h>

#include "limiter.h"

enum { MOMENTARY = 4, SHORT = 30 }; /* tenths of a second */

/* From power to LUFS, as BS.1770 has it. */
static const double OFFSET = -0.691;

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

/* The powers of the last three seconds, a tenth of a second each; silence before the beginning. */
struct tenths {
    double powers[SHORT];
    size_t count;
};

static double loudness_of_last(const struct tenths *tenths, size_t window) {
    double sum = 0;
    for (size_t i = 0; i < window; i++)
        sum += tenths->powers[(tenths->count + SHORT - 1 - i) % SHORT];
    return OFFSET + 10 * log10(sum / (double)window);
}

/* The library goes over a window's frames at each look: one look at a tenth of a second does for all windows that it is
 * in. */
static int look_at_tenth(ebur128_state *state, struct tenths *tenths, struct nashra_loudness *loudness) {
    double last;
    int error = ebur128_loudness_window(state, 100, &last);
    if (error != EBUR128_SUCCESS)
        return error;
    tenths->powers[tenths->count++ % SHORT] = pow(10, (last - OFFSET) / 10);
    loudness->max_momentary = fmax(loudness->max_momentary, loudness_of_last(tenths, MOMENTARY));
    if (tenths->count % 2 == 0)
        loudness->max_short = fmax(loudness->max_short, loudness_of_last(tenths, SHORT));
    return error;
}

static int look_at_end(ebur128_state *state, const struct tenths *tenths, struct nashra_loudness *loudness) {
    double momentary, shortterm = -HUGE_VAL;
    int error = ebur128_loudness_momentary(state, &momentary);
    if (error == EBUR128_SUCCESS && tenths->count % 2 == 1)
        error = ebur128_loudness_shortterm(state, &shortterm);
    if (error != EBUR128_SUCCESS)
        return error;
    loudness->max_momentary = fmax(loudness->max_momentary, momentary);
    loudness->max_short = fmax(loudness->max_short, shortterm);
    return error;
}

/* The largest of the short windows: 400 ms every 100 ms, and 3 s every 200 ms. */
static int add_in_steps(ebur128_state *state, const float *frames, size_t count, struct nashra_loudness *loudness) {
    const size_t step = state->samplerate / 10;
    struct tenths tenths = {0};
    int error = EBUR128_SUCCESS;
    for (size_t at = 0, piece; at < count && error == EBUR128_SUCCESS; at += piece) {
        piece = count - at < step ? count - at : step;
        error = ebur128_add_frames_float(state, frames + at * state->channels, piece);
        if (error == EBUR128_SUCCESS)
            error = piece == step ? look_at_tenth(state, &tenths, loudness) : look_at_end(state, &tenths, loudness);
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
