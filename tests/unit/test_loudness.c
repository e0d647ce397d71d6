/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The limiter and the master, held to account by libebur128's own meter of true
 * peaks. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ebur128.h>

#include "limiter.h"
#include "loudness_master.h"

#include <nashra/memory.h>

#define PI 3.14159265358979323846

enum { RATE = 48000, COUNT = 8 * RATE };

static float mix[COUNT], out[COUNT];
static float air[COUNT], again[COUNT];

/* Syllables of noise and tone, four a second, some of them louder by far; a
 * pause every two seconds. */
static void make_speech(double loud) {
    uint32_t noise = 1;
    for (size_t i = 0; i < COUNT; i++) {
        const double t = (double)i / RATE, swell = fabs(sin(2 * PI * 2 * t));
        noise = noise * 1664525 + 1013904223;
        const double hiss = (double)(noise >> 8) / 8388608 - 1;
        const double level = fmod(t, 2) > 1.6 ? 0 : fmod(t, 3) < 0.2 ? loud : 0.1;
        mix[i] = (float)(level * swell * (sin(2 * PI * 180 * t) + 0.5 * sin(2 * PI * 2300 * t) + 0.3 * hiss));
    }
}

static double true_peak(const float *frames) {
    double peak;
    ebur128_state *state = ebur128_init(1, RATE, EBUR128_MODE_TRUE_PEAK);
    ebur128_add_frames_float(state, frames, COUNT);
    ebur128_true_peak(state, 0, &peak);
    ebur128_destroy(&state);
    return 20 * log10(peak);
}

static float limit(float gain, float ceiling) {
    struct nashra_limiter *limiter;
    assert_int_equal(nashra_limiter_create(mix, COUNT, 1, &limiter), NASHRA_OK);
    const float least = nashra_limiter_run(limiter, gain, ceiling, out);
    nashra_limiter_destroy(limiter);
    return least;
}

/* Two meters: ours and libebur128's. */
static void the_meter_is_right(void **state) {
    (void)state;
    static const double hertz[] = {100, 997, 5000, 11025, 12000, 15000, 19000};
    for (size_t h = 0; h < sizeof hertz / sizeof *hertz; h++) {
        for (size_t i = 0; i < COUNT; i++)
            mix[i] = (float)(0.5 * fmin(1, fmin((double)i, (double)(COUNT - i)) / RATE) *
                             sin(2 * PI * hertz[h] * (double)i / RATE + 0.7));
        const double ours = 20 * log10((double)nashra_true_peak(mix, COUNT, 1));
        assert_true(fabs(ours - 20 * log10(0.5)) < 0.05);
    }
    make_speech(1);
    assert_true(fabs(20 * log10((double)nashra_true_peak(mix, COUNT, 1)) - true_peak(mix)) <
                0.2); /* noise up to 24 kHz */
}

static void what_is_soft_stays(void **state) {
    (void)state;
    make_speech(0.1);
    assert_true(limit(2, 0.9f) == 1);
    for (size_t i = 0; i < COUNT; i++)
        assert_true(fabsf(out[i] - 2 * mix[i]) < 1e-6f);
}

static void peaks_stay_under_the_ceiling(void **state) {
    (void)state;
    static const float ceilings[] = {0.89f, 0.5f, 0.1f};
    make_speech(1);
    for (size_t i = 0; i < 3; i++) {
        assert_true(limit(1, ceilings[i]) < 1);
        /* Noise up to the edge of the band, where each meter interpolates in its
         * own way: the master keeps 0.2 dB free.
         */
        assert_true(true_peak(out) < 20 * log10((double)ceilings[i]) + 0.2);
    }
}

/* A tone at a quarter of the rate whose samples all miss its peaks by 3 dB:
 * only what lies between them tells. */
static void peaks_between_samples_count(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT; i++) {
        const double fade = i < RATE ? (double)i / RATE : COUNT - i < RATE ? (double)(COUNT - i) / RATE : 1;
        mix[i] = (float)(fade * sin(PI / 2 * (double)i + PI / 4));
    }
    float most = 0;
    assert_true(limit(1, 0.8f) < 1);
    for (size_t i = 0; i < COUNT; i++)
        most = fmaxf(most, fabsf(out[i]));
    assert_true(most < 0.8 * sqrt(0.5) + 0.01);
    assert_true(true_peak(out) < 20 * log10(0.8) + 0.05);
}

/* The level falls before a click, smoothly, and comes back after it. */
static void the_gain_moves_slowly(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        mix[i] = 0.25f;
    for (size_t i = 0; i < 24; i++)
        mix[4 * RATE + i] = 1.0f;
    assert_true(limit(1, 0.5f) < 1);
    float steepest = 0;
    for (size_t i = 1; i < COUNT; i++)
        if (mix[i] == mix[i - 1])
            steepest = fmaxf(steepest, fabsf(out[i] / mix[i] - out[i - 1] / mix[i - 1]));
    assert_true(steepest < 0.01f);
    assert_true(out[4 * RATE - 400] == 0.25f && out[4 * RATE - 100] < 0.2f);
    assert_true(out[4 * RATE + RATE] > 0.249f);
}

static void masters_meet_their_wish(void **state) {
    (void)state;
    static const struct nashra_master_wish wishes[] = {
        {RATE, 1, -23, -1, 16}, {RATE, 1, -16, -1, 24}, {RATE, 1, -14, -2, 16}, {RATE, 1, -23, -9, 24}};
    make_speech(0.7);
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
        struct nashra_master_result result;
        assert_int_equal(nashra_master(mix, COUNT, &wishes[i], air, &result), NASHRA_OK);
        assert_true(fabs(result.loudness.integrated - wishes[i].loudness) < 0.1);
        assert_true(result.loudness.true_peak <= wishes[i].peak - 0.1 + 1e-9);
        for (size_t k = 0; k < COUNT; k++)
            assert_true(remainderf(air[k], wishes[i].bits == 16 ? 0x1p-15f : 0x1p-23f) == 0);
        assert_int_equal(nashra_master(mix, COUNT, &wishes[i], again, &result), NASHRA_OK);
        assert_memory_equal(air, again, sizeof air);
    }
}

/* What lies under the last bit is heard through the dither, and nothing is
 * shifted. */
static void dither_keeps_what_is_small(void **state) {
    (void)state;
    const struct nashra_master_wish wish = {RATE, 1, -23, -1, 16};
    struct nashra_master_result result;
    make_speech(0.1);
    for (size_t i = 0; i < RATE; i++)
        mix[i] = (float)(0.4 / 32768 * sin(2 * PI * 1000 * (double)i / RATE));
    assert_int_equal(nashra_master(mix, COUNT, &wish, air, &result), NASHRA_OK);
    double found = 0, mean = 0;
    const double gain = pow(10, result.gain / 20);
    for (size_t i = 0; i < RATE; i++) {
        const double value = air[i] * 32768.0;
        found += value * sin(2 * PI * 1000 * (double)i / RATE) * 2 / RATE;
        mean += value / RATE;
    }
    assert_true(fabs(found - 0.4 * gain) < 0.02);
    assert_true(fabs(mean) < 0.02);
}

/* Stereo
 * ----------------------------------------------------------------------------------------------------------
 */

static float sides[2 * COUNT], limited[2 * COUNT];
static float stereo_air[2 * COUNT];

/* Speech in the middle, and from the third second on a loud tone that is on the
 * left alone. */
static void make_sides(double tone) {
    make_speech(0.3);
    for (size_t i = 0; i < COUNT; i++) {
        const double more = i > 3 * RATE && i < 5 * RATE ? tone * sin(2 * PI * 700 * (double)i / RATE) : 0;
        sides[2 * i] = mix[i] + (float)more;
        sides[2 * i + 1] = mix[i];
    }
}

static double integrated(const float *frames, unsigned channels) {
    double value;
    ebur128_state *state = ebur128_init(channels, RATE, EBUR128_MODE_I);
    ebur128_add_frames_float(state, frames, COUNT);
    ebur128_loudness_global(state, &value);
    ebur128_destroy(&state);
    return value;
}

/* One gain for both sides: what the left one asks for is taken from the right
 * one, too, at the same frame. */
static void the_image_stays(void **state) {
    (void)state;
    struct nashra_limiter *limiter;
    make_sides(0.9);
    assert_int_equal(nashra_limiter_create(sides, COUNT, 2, &limiter), NASHRA_OK);
    assert_true(nashra_limiter_run(limiter, 1, 0.5f, limited) < 0.6f);
    nashra_limiter_destroy(limiter);
    size_t lowered = 0;
    for (size_t i = 0; i < COUNT; i++) {
        const double left = (double)limited[2 * i], right = (double)limited[2 * i + 1];
        assert_true(fabs(left * (double)sides[2 * i + 1] - right * (double)sides[2 * i]) < 1e-6);
        lowered += fabs(right) < 0.9 * fabs((double)sides[2 * i + 1]);
    }
    assert_true(lowered > RATE); /* the right side had no peak of its own */
    for (size_t c = 0; c < 2; c++)
        assert_true(nashra_true_peak(limited + c, COUNT, 2) < 0.5f * 1.02f);
    assert_true(nashra_true_peak(limited, COUNT, 2) > 0.45f);
}

static void each_channel_has_its_peak(void **state) {
    (void)state;
    struct nashra_loudness loudness;
    make_sides(0.9);
    assert_int_equal(nashra_loudness_measure(sides, COUNT, 2, RATE, &loudness), NASHRA_OK);
    const double right = 20 * log10((double)nashra_true_peak(mix, COUNT, 1));
    assert_true(fabs(loudness.channel_peak[1] - right) < 1e-6);
    assert_true(loudness.channel_peak[0] > right + 3 && loudness.true_peak == loudness.channel_peak[0]);
    assert_true(fabs(loudness.integrated - integrated(sides, 2)) < 1e-9);
    assert_true(loudness.balance > 3 && loudness.correlation > 0 && loudness.correlation < 0.9);
    for (size_t i = 0; i < COUNT; i++)
        sides[2 * i] = -sides[2 * i + 1];
    assert_int_equal(nashra_loudness_measure(sides, COUNT, 2, RATE, &loudness), NASHRA_OK);
    assert_true(fabs(loudness.balance) < 1e-9 && fabs(loudness.correlation + 1) < 1e-9);
}

/* The same speech in one channel and in both of two measures 3 LU apart, and
 * each is brought to its loudness: the channels of the stereo file are 3 dB
 * lower. Its sides are the same to the last bit, dither and all. */
static void speech_in_the_middle(void **state) {
    (void)state;
    const struct nashra_master_wish one = {RATE, 1, -23, -1, 16}, two = {RATE, 2, -23, -1, 16};
    struct nashra_master_result mono, stereo;
    make_sides(0);
    assert_true(fabs(integrated(sides, 2) - integrated(mix, 1) - NASHRA_BOTH_CHANNELS) < 0.01);
    assert_int_equal(nashra_master(mix, COUNT, &one, air, &mono), NASHRA_OK);
    assert_int_equal(nashra_master(sides, COUNT, &two, stereo_air, &stereo), NASHRA_OK);
    assert_true(fabs(mono.loudness.integrated + 23) < 0.05 && fabs(stereo.loudness.integrated + 23) < 0.05);
    assert_true(fabs(mono.gain - stereo.gain - NASHRA_BOTH_CHANNELS) < 0.01);
    for (size_t i = 0; i < COUNT; i++) {
        assert_true(stereo_air[2 * i] == stereo_air[2 * i + 1]);
    }
    assert_true(fabs(integrated(stereo_air, 2) + 23) < 0.05);
}

static void stereo_masters_meet_their_wish(void **state) {
    (void)state;
    static const struct nashra_master_wish wishes[] = {{RATE, 2, -16, -1, 24}, {RATE, 2, -14, -3, 16}};
    make_sides(0.9);
    for (size_t i = 0; i < 2; i++) {
        struct nashra_master_result result;
        assert_int_equal(nashra_master(sides, COUNT, &wishes[i], stereo_air, &result), NASHRA_OK);
        assert_true(fabs(integrated(stereo_air, 2) - wishes[i].loudness) < 0.1);
        for (size_t c = 0; c < 2; c++)
            assert_true(20 * log10((double)nashra_true_peak(stereo_air + c, COUNT, 2)) <= wishes[i].peak - 0.1 + 1e-9);
    }
}

static void silence_is_refused(void **state) {
    (void)state;
    const struct nashra_master_wish wish = {RATE, 1, -23, -1, 16};
    struct nashra_master_result result;
    memset(mix, 0, sizeof mix);
    assert_int_equal(nashra_master(mix, COUNT, &wish, air, &result), NASHRA_EDATA);
}

static void out_of_memory(void **state) {
    (void)state;
    const struct nashra_master_wish wish = {RATE, 1, -23, -1, 16};
    struct nashra_master_result result;
    make_speech(0.7);
    for (unsigned long n = 1; n <= 3; n++) {
        nashra_alloc_fail_after(n);
        assert_int_equal(nashra_master(mix, COUNT, &wish, air, &result), NASHRA_ENOMEM);
        nashra_alloc_fail_after(0);
    }
}

static void quiet(enum nashra_log_level level, const char *text, void *user) {
    (void)level;
    (void)text;
    (void)user;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_meter_is_right),
        cmocka_unit_test(what_is_soft_stays),
        cmocka_unit_test(peaks_stay_under_the_ceiling),
        cmocka_unit_test(peaks_between_samples_count),
        cmocka_unit_test(the_gain_moves_slowly),
        cmocka_unit_test(masters_meet_their_wish),
        cmocka_unit_test(dither_keeps_what_is_small),
        cmocka_unit_test(the_image_stays),
        cmocka_unit_test(each_channel_has_its_peak),
        cmocka_unit_test(speech_in_the_middle),
        cmocka_unit_test(stereo_masters_meet_their_wish),
        cmocka_unit_test(silence_is_refused),
        cmocka_unit_test(out_of_memory),
    };
    nashra_log_set_handler(quiet, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
