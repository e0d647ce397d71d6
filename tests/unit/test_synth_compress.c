/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech.h"

#include <math.h>

#include "compress.h"

enum { RATE = 22050, SECONDS = 2, FRAMES = SECONDS * RATE };

static int16_t given[FRAMES], got[FRAMES + NASHRA_COMPRESS_ROOM];

/* All of `given`, in pieces of `piece` frames. @return frames in `got`. */
static size_t compress(unsigned from, unsigned to, size_t piece) {
    struct nashra_compressor compressor = {0};
    int16_t out[NASHRA_COMPRESS_ROOM];
    size_t count = 0;
    nashra_compressor_start(&compressor, from, to);
    for (size_t at = 0; at <= FRAMES; at += piece) {
        size_t length = FRAMES - at < piece ? FRAMES - at : piece;
        size_t ready = nashra_compressor_put(&compressor, given + at, length, out);
        assert_in_range(ready, 0, NASHRA_COMPRESS_ROOM);
        memcpy(got + count, out, ready * sizeof *out);
        count += ready;
    }
    size_t left = nashra_compressor_finish(&compressor, out);
    memcpy(got + count, out, left * sizeof *out);
    return count + left;
}

/* Something like a voice: pulses of `hertz` through a resonance. */
static void make_voice(double hertz) {
    double a = 0, b = 0, next = 0;
    for (size_t i = 0; i < FRAMES; i++) {
        double pulse = (double)i >= next ? 6000.0 : 0.0;
        next += pulse > 0 ? RATE / hertz : 0;
        double c = 1.8 * a - 0.9 * b + pulse;
        b = a;
        a = c;
        given[i] = (int16_t)(c / 2);
    }
}

static size_t pulses(const int16_t *frames, size_t count) {
    size_t found = 0;
    for (size_t i = 1; i < count; i++)
        found += frames[i] - frames[i - 1] > 2000;
    return found;
}

static void the_same_speed_changes_nothing(void **state) {
    (void)state;
    make_voice(100);
    assert_int_equal(compress(200, 200, 441), FRAMES);
    assert_memory_equal(got, given, sizeof given);
}

static void it_is_shorter_and_not_higher(void **state) {
    (void)state;
    const double voices[] = {70, 100, 180, 300};
    const unsigned rates[] = {271, 300, 360, 450};
    for (size_t v = 0; v < COUNT(voices); v++)
        for (size_t r = 0; r < COUNT(rates); r++) {
            make_voice(voices[v]);
            size_t count = compress(rates[r], 270, 441), wanted = FRAMES * 270u / rates[r];
            assert_in_range(count, wanted - RATE / 60, wanted + RATE / 20); /* a period early, or the rest */
            double heard = (double)pulses(got, count) / ((double)count / RATE);
            double before = (double)pulses(given, FRAMES) / SECONDS;
            if (fabs(heard / before - 1) > 0.03)
                fail_msg("%g Hz at %u: %g pulses a second, not %g", voices[v], rates[r], heard, before);
        }
}

static void pieces_do_not_matter(void **state) {
    (void)state;
    make_voice(110);
    static int16_t whole[FRAMES];
    size_t count = compress(400, 270, NASHRA_COMPRESS_PIECE);
    memcpy(whole, got, count * sizeof *got);
    const size_t pieces[] = {1, 7, 441, 1000};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        assert_int_equal(compress(400, 270, pieces[i]), count);
        assert_memory_equal(got, whole, count * sizeof *got);
    }
}

static void silence_and_noise_pass(void **state) {
    (void)state;
    memset(given, 0, sizeof given);
    size_t count = compress(450, 270, 441);
    assert_in_range(count, FRAMES * 270u / 450, FRAMES * 270u / 450 + RATE / 20);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(got[i], 0);
    for (size_t i = 0; i < FRAMES; i++)
        given[i] = (int16_t)(i % 2 ? 32767 : -32768);
    compress(450, 270, 441);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_speed_changes_nothing),
        cmocka_unit_test(it_is_shorter_and_not_higher),
        cmocka_unit_test(pieces_do_not_matter),
        cmocka_unit_test(silence_and_noise_pass),
    };
    return cmocka_run_group_tests_name("synth_compress", tests, NULL, NULL);
}
