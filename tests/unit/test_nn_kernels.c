/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <nashra/nn.h>

#include "tile.h"

enum { TAPS = 3, IN = 64, OUT = 32, ROWS = 21, MARGIN = 4 };

static uint32_t seed;

static uint32_t next(void) {
    seed = seed * 1664525u + 1013904223u;
    return seed >> 8;
}

static int8_t weight[OUT][TAPS][IN];
static int8_t packed[OUT * TAPS * IN];
static uint8_t x[(MARGIN + ROWS + MARGIN + NASHRA_NN_SPARE_ROWS) * IN];
static float scale[OUT], bias[OUT];

static void pack(void) {
    for (size_t o = 0; o < OUT; o++)
        for (size_t t = 0; t < TAPS; t++)
            for (size_t i = 0; i < IN; i++)
                packed[((o / 16 * TAPS + t) * IN / 4 + i / 4) * 64 + o % 16 * 4 + i % 4] = weight[o][t][i];
}

/* extreme: all values at their limits, where 16 bits would overflow first. */
static void fill(int extreme) {
    seed = 1;
    for (size_t o = 0; o < OUT; o++) {
        scale[o] = (float)(o + 1) / 64;
        bias[o] = (float)o - 10;
        for (size_t t = 0; t < TAPS; t++)
            for (size_t i = 0; i < IN; i++)
                weight[o][t][i] = (int8_t)(extreme ? (o % 2 ? 63 : -63) : (int)(next() % 127) - 63);
    }
    memset(x, 0, sizeof x);
    for (size_t i = MARGIN * IN; i < (MARGIN + ROWS) * IN; i++)
        x[i] = (uint8_t)(extreme ? 127 : next() % 128);
    pack();
}

static int32_t expected_sum(size_t o, size_t row, size_t dilation) {
    int32_t sum = 0;
    for (size_t t = 0; t < TAPS; t++)
        for (size_t i = 0; i < IN; i++)
            sum += weight[o][t][i] * x[(MARGIN + row + t * dilation - dilation) * IN + i];
    return sum;
}

static void every_kernel_sums_alike(void **state) {
    (void)state;
    for (int extreme = 0; extreme < 2; extreme++) {
        fill(extreme);
        for (size_t k = 0; nashra_tile_kernels[k]; k++) {
            if (!nashra_tile_kernels[k]->supported()) {
                print_message("%s: not on this machine\n", nashra_tile_kernels[k]->name);
                continue;
            }
            const uint8_t *input[TAPS] = {x + (MARGIN - 1) * IN, x + MARGIN * IN, x + (MARGIN + 1) * IN};
            int32_t sums[TILE_MOST_ROWS][TILE_OUTPUTS];
            nashra_tile_kernels[k]->run(packed, input, TAPS, IN, sums);
            for (size_t r = 0; r < nashra_tile_kernels[k]->rows; r++)
                for (size_t o = 0; o < TILE_OUTPUTS; o++)
                    assert_int_equal(sums[r][o], expected_sum(o, r, 1));
        }
    }
}

static void the_generic_kernel_is_last(void **state) {
    (void)state;
    size_t k = 0;
    while (nashra_tile_kernels[k + 1])
        k++;
    assert_ptr_equal(nashra_tile_kernels[k], &nashra_tile_generic);
    assert_true(nashra_tile_generic.supported());
}

static void matrices_add_what_the_definition_says(void **state) {
    (void)state;
    fill(0);
    const struct nashra_matrix m = {TAPS, IN, OUT, packed, scale, bias};
    for (size_t dilation = 1; dilation <= MARGIN; dilation *= 2)
        for (size_t rows = 1; rows <= ROWS; rows++) {
            float y[ROWS + 1][OUT];
            for (size_t r = 0; r <= ROWS; r++)
                for (size_t o = 0; o < OUT; o++)
                    y[r][o] = 0.5f;
            nashra_matrix_add(&m, x + MARGIN * IN, dilation, rows, &y[0][0]);
            for (size_t r = 0; r < rows; r++)
                for (size_t o = 0; o < OUT; o++) {
                    float part = (float)expected_sum(o, r, dilation) * scale[o];
                    assert_true(y[r][o] == 0.5f + (part + bias[o]));
                }
            assert_true(y[rows][0] == 0.5f);
        }
}

static void norms_round_to_seven_bits(void **state) {
    (void)state;
    float gain[16], shift[16], row[16];
    uint8_t out[16];
    for (size_t i = 0; i < 16; i++) {
        row[i] = i % 2 ? 3.0f : -1.0f; /* mean 1, deviation 2 */
        gain[i] = i < 8 ? 10.0f : 1000.0f;
        shift[i] = 0.25f;
    }
    const struct nashra_norm n = {16, gain, shift};
    nashra_norm_apply(&n, row, 1, out);
    for (size_t i = 0; i < 16; i++)
        assert_int_equal(out[i], i % 2 == 0 ? 0 : i < 8 ? 10 : 127);
}

static void softmax_leaves_out_the_impossible(void **state) {
    (void)state;
    const float logits[] = {1.0f, -2e30f, 1.0f, -99.0f};
    float p[4];
    nashra_softmax(logits, 4, p);
    assert_true(p[1] == 0.0f);
    assert_true(p[0] == p[2] && p[0] > 0.499f && p[0] <= 0.5f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kernel_sums_alike),
        cmocka_unit_test(the_generic_kernel_is_last),
        cmocka_unit_test(matrices_add_what_the_definition_says),
        cmocka_unit_test(norms_round_to_seven_bits),
        cmocka_unit_test(softmax_leaves_out_the_impossible),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
