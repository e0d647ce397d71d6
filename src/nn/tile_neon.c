/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile.h"

#if defined(TILE_NEON)

#if !defined(__ARM_NEON)
#pragma GCC target("fpu=neon")
#endif

#include <arm_neon.h>
#include <string.h>
#if defined(__arm__)
#include <sys/auxv.h>
#endif

enum { ROWS = 4, QUADS = TILE_OUTPUTS / 4 };

static bool supported(void) {
#if defined(__arm__)
    const unsigned long neon = 1ul << 12; /* HWCAP_NEON */
    return (getauxval(AT_HWCAP) & neon) != 0;
#else
    return true;
#endif
}

static int8x16_t four_times(const uint8_t *p) {
    int32_t v;
    memcpy(&v, p, sizeof v);
    return vreinterpretq_s8_s32(vdupq_n_s32(v));
}

/* Activations stay under 128 and weights under 64: both are signed, and four products fit into 16 bits. */
static int32x4_t dot_eight(int32x4_t sum, int8x8_t x, int8x8_t y, int8x8_t v, int8x8_t w) {
    return vpadalq_s16(sum, vmlal_s8(vmull_s8(x, v), y, w));
}

static void run_row(const int8_t *weights, const uint8_t *const *input, size_t taps, size_t in, size_t row,
                    int32_t *sums) {
    int32x4_t pair[2 * QUADS]; /* of two outputs each, as two halves of the sum */
    for (size_t q = 0; q < 2 * QUADS; q++)
        pair[q] = vdupq_n_s32(0);
    for (size_t tap = 0; tap < taps; tap++)
        for (size_t i = 0; i < in; i += 8, weights += 128) {
            int8x8_t x = vget_low_s8(four_times(input[tap] + row * in + i));
            int8x8_t y = vget_low_s8(four_times(input[tap] + row * in + i + 4));
            for (size_t q = 0; q < QUADS; q++) {
                int8x16_t v = vld1q_s8(weights + 16 * q), w = vld1q_s8(weights + 64 + 16 * q);
                pair[2 * q] = dot_eight(pair[2 * q], x, y, vget_low_s8(v), vget_low_s8(w));
                pair[2 * q + 1] = dot_eight(pair[2 * q + 1], x, y, vget_high_s8(v), vget_high_s8(w));
            }
        }
    for (size_t q = 0; q < 2 * QUADS; q++)
        vst1_s32(sums + 2 * q, vpadd_s32(vget_low_s32(pair[q]), vget_high_s32(pair[q])));
}

static void run(const int8_t *weights, const uint8_t *const *input, size_t taps, size_t in,
                int32_t sums[TILE_MOST_ROWS][TILE_OUTPUTS]) {
    for (size_t r = 0; r < ROWS; r++)
        run_row(weights, input, taps, in, r, sums[r]);
}

const struct tile_kernel tile_neon = {"neon", ROWS, supported, run};

#else
typedef int not_for_this_architecture;
#endif
