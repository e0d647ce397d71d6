/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tile.h"

enum { ROWS = 4 };

static bool supported(void) {
    return true;
}

static void add_four(const int8_t *weights, const uint8_t *x, int32_t *sums) {
    for (size_t o = 0; o < TILE_OUTPUTS; o++)
        sums[o] +=
            weights[4 * o] * x[0] + weights[4 * o + 1] * x[1] + weights[4 * o + 2] * x[2] + weights[4 * o + 3] * x[3];
}

static void run(const int8_t *weights, const uint8_t *const *input, size_t taps, size_t in,
                int32_t sums[TILE_MOST_ROWS][TILE_OUTPUTS]) {
    for (size_t r = 0; r < ROWS; r++)
        for (size_t o = 0; o < TILE_OUTPUTS; o++)
            sums[r][o] = 0;
    for (size_t tap = 0; tap < taps; tap++)
        for (size_t i = 0; i < in; i += 4, weights += 4 * TILE_OUTPUTS)
            for (size_t r = 0; r < ROWS; r++)
                add_four(weights, input[tap] + r * in + i, sums[r]);
}

const struct tile_kernel nashra_tile_generic = {"generic", ROWS, supported, run};

const struct tile_kernel *const nashra_tile_kernels[] = {
#if defined(__x86_64__)
    &nashra_tile_vnni,
    &nashra_tile_avx2,
#elif defined(TILE_NEON)
    &tile_neon,
#endif
    &nashra_tile_generic,
    NULL,
};
