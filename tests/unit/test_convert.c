/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/memory.h>

#include "convert.h"

#define PI 3.14159265358979323846

static int16_t *tone(size_t count, double hertz, double rate, double level) {
    int16_t *frames = calloc(count, sizeof *frames);
    for (size_t i = 0; i < count; i++)
        frames[i] = (int16_t)lrint(level * sin(2 * PI * hertz * (double)i / rate));
    return frames;
}

/* Converts in pieces of varying size. The result is the caller's to free. */
static int16_t *convert(unsigned from, unsigned to, const int16_t *frames, size_t count, size_t *written) {
    struct nashra_converter *converter = NULL;
    assert_int_equal(nashra_converter_create(from, to, &converter), 0);
    int16_t *out = calloc(nashra_converter_room(converter, count) + 65536, sizeof *out);
    *written = 0;
    for (size_t done = 0, piece = 1; done < count; done += piece, piece = piece * 3 % 1009 + 1) {
        if (piece > count - done)
            piece = count - done;
        size_t got = nashra_converter_run(converter, frames + done, piece, out + *written);
        assert_true(got <= nashra_converter_room(converter, piece));
        *written += got;
    }
    *written += nashra_converter_end(converter, out + *written);
    nashra_converter_destroy(converter);
    return out;
}

/* Level in dB of the difference between `frames` and a tone, against the tone. */
static double error_db(const int16_t *frames, size_t from, size_t to, double hertz, double rate, double level) {
    double error = 0, power = 0;
    for (size_t i = from; i < to; i++) {
        double ideal = level * sin(2 * PI * hertz * (double)i / rate);
        error += (frames[i] - ideal) * (frames[i] - ideal);
        power += ideal * ideal;
    }
    return 10 * log10(error / power);
}

static void test_same_rate_is_a_copy(void **state) {
    (void)state;
    size_t count = 0;
    int16_t *in = tone(10000, 440, 22050, 20000);
    int16_t *out = convert(22050, 22050, in, 10000, &count);
    assert_int_equal(count, 10000);
    assert_memory_equal(out, in, 10000 * sizeof *in);
    free(in);
    free(out);
}

static void test_double_rate_keeps_every_frame(void **state) {
    (void)state;
    int16_t in[5000];
    srand(7);
    for (size_t i = 0; i < 5000; i++)
        in[i] = (int16_t)(rand() % 65536 - 32768);
    size_t count = 0;
    int16_t *out = convert(22050, 44100, in, 5000, &count);
    assert_int_equal(count, 10000);
    for (size_t i = 0; i < 5000; i++)
        assert_int_equal(out[2 * i], in[i]);
    free(out);
}

/* The error lies 70 dB under the sound up to 9500 Hz. */
static void test_double_rate_fills_in_the_same_tone(void **state) {
    (void)state;
    const struct { double hertz, worst_db; } cases[] = {{100, -70}, {1000, -70}, {4000, -70}, {8000, -70}, {9500, -70}, {10000, -60}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t count = 0;
        int16_t *in = tone(22050, cases[i].hertz, 22050, 20000);
        int16_t *out = convert(22050, 44100, in, 22050, &count);
        assert_int_equal(count, 44100);
        double db = error_db(out, 200, count - 200, cases[i].hertz, 44100, 20000);
        if (db > cases[i].worst_db)
            print_error("%.0f Hz: %.1f dB\n", cases[i].hertz, db);
        assert_true(db <= cases[i].worst_db);
        free(in);
        free(out);
    }
}

static void test_full_scale_does_not_wrap(void **state) {
    (void)state;
    int16_t in[2000];
    for (size_t i = 0; i < 2000; i++)
        in[i] = i / 37 % 2 ? INT16_MAX : INT16_MIN;
    size_t count = 0;
    int16_t *out = convert(22050, 44100, in, 2000, &count);
    for (size_t i = 100; i + 2 < count - 100; i += 2) /* between two equal frames of a long step the sign stays */
        if (out[i] == out[i + 2])
            assert_true((out[i] < 0) == (out[i + 1] < 0));
    free(out);
}

static void test_other_rates_through_soxr(void **state) {
    (void)state;
    const unsigned rates[] = {48000, 24000, 16000};
    for (size_t i = 0; i < 3; i++) {
        size_t count = 0;
        int16_t *in = tone(22050, 1000, 22050, 20000);
        int16_t *out = convert(22050, rates[i], in, 22050, &count);
        assert_in_range(count, rates[i] - 2, rates[i] + 2);
        assert_true(error_db(out, 500, count - 500, 1000, rates[i], 20000) < -60);
        free(in);
        free(out);
    }
}

static void test_reset_forgets(void **state) {
    (void)state;
    const unsigned rates[] = {44100, 48000};
    int16_t *in = tone(3000, 700, 22050, 20000), first[20000], second[20000];
    for (size_t i = 0; i < 2; i++) {
        struct nashra_converter *converter = NULL;
        assert_int_equal(nashra_converter_create(22050, rates[i], &converter), 0);
        size_t a = nashra_converter_run(converter, in, 3000, first);
        nashra_converter_reset(converter);
        size_t b = nashra_converter_run(converter, in, 3000, second);
        assert_int_equal(a, b);
        assert_memory_equal(first, second, a * sizeof *first);
        size_t tail = nashra_converter_end(converter, first + a);
        b = nashra_converter_run(converter, in, 3000, second);
        b += nashra_converter_end(converter, second + b);
        assert_int_equal(b, a + tail);
        assert_memory_equal(first, second, b * sizeof *first);
        nashra_converter_destroy(converter);
    }
    free(in);
}

static void test_out_of_memory(void **state) {
    (void)state;
    struct nashra_converter *converter = NULL;
    nashra_alloc_fail_after(1);
    assert_int_equal(nashra_converter_create(22050, 44100, &converter), NASHRA_ENOMEM);
    nashra_alloc_fail_after(0);
    assert_null(converter);
    nashra_converter_destroy(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_same_rate_is_a_copy),
        cmocka_unit_test(test_double_rate_keeps_every_frame),
        cmocka_unit_test(test_double_rate_fills_in_the_same_tone),
        cmocka_unit_test(test_full_scale_does_not_wrap),
        cmocka_unit_test(test_other_rates_through_soxr),
        cmocka_unit_test(test_reset_forgets),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests_name("convert", tests, NULL, NULL);
}
