/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers a second: nashra_number_spell() beside ICU's rule-based formatter, the same numbers in the same process.
 *
 *     bench_numbers [--least RATIO]     with --least it fails when Nashra is not RATIO times as fast
 *
 * Each figure is the best of several rounds; a round's text is made anew each time, as UTF-8. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <unicode/unum.h>
#include <unicode/ustring.h>

#include <nashra/number.h>

enum { COUNT = 50000, ROUNDS = 7, DIGITS = 24 };

static char digits[COUNT][DIGITS];
static int64_t values[COUNT];

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* A fixed series of numbers below `limit` (a linear congruence, Knuth's multiplier). */
static void fill(int64_t limit) {
    uint64_t state = 1;
    for (size_t i = 0; i < COUNT; i++) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        values[i] = (int64_t)((state >> 11) % (uint64_t)limit);
        snprintf(digits[i], DIGITS, "%lld", (long long)values[i]);
    }
}

static size_t spell_with_nashra(void *context) {
    const struct nashra_numbers *numbers = context;
    static const struct nashra_number_form form;
    struct nashra_buffer text = {0};
    size_t bytes = 0;
    for (size_t i = 0; i < COUNT; i++) {
        nashra_buffer_clear(&text);
        if (nashra_number_spell(numbers, digits[i], &form, &text, NULL) < 0)
            exit(EXIT_FAILURE);
        bytes += text.length;
    }
    nashra_buffer_finish(&text);
    return bytes;
}

static size_t spell_with_icu(void *context) {
    UNumberFormat *format = context;
    UChar text[1024];
    char utf8[3072];
    size_t bytes = 0;
    for (size_t i = 0; i < COUNT; i++) {
        UErrorCode error = U_ZERO_ERROR;
        int32_t length = unum_formatInt64(format, values[i], text, 1024, NULL, &error), written = 0;
        u_strToUTF8(utf8, sizeof utf8, &written, text, length, &error);
        if (U_FAILURE(error))
            exit(EXIT_FAILURE);
        bytes += (size_t)written;
    }
    return bytes;
}

static double numbers_a_second(size_t (*spell)(void *), void *context) {
    double best = 0;
    for (int round = 0; round < ROUNDS; round++) {
        double start = now();
        size_t bytes = spell(context);
        double rate = COUNT / (now() - start);
        if (bytes > 0 && rate > best)
            best = rate;
    }
    return best;
}

int main(int argc, char **argv) {
    static const int64_t limits[] = {10000, 1000000, 1000000000000000};
    double least = argc == 3 && strcmp(argv[1], "--least") == 0 ? atof(argv[2]) : 0, worst = 1e9;
    UErrorCode error = U_ZERO_ERROR;
    struct nashra_numbers *numbers;
    double start = now();
    if (nashra_numbers_create(&numbers) < 0)
        return EXIT_FAILURE;
    printf("tables loaded in %.0f us\n", (now() - start) * 1e6);
    UNumberFormat *format = unum_open(UNUM_SPELLOUT, NULL, 0, "ar", NULL, &error);
    if (U_FAILURE(error))
        return EXIT_FAILURE;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        fill(limits[i]);
        double ours = numbers_a_second(spell_with_nashra, numbers), theirs = numbers_a_second(spell_with_icu, format);
        printf("numbers below %-16lld  nashra %11.0f/s  icu %11.0f/s  ratio %.1f\n", (long long)limits[i], ours, theirs,
               ours / theirs);
        worst = ours / theirs < worst ? ours / theirs : worst;
    }
    unum_close(format);
    nashra_numbers_destroy(numbers);
    return worst < least ? EXIT_FAILURE : EXIT_SUCCESS;
}
