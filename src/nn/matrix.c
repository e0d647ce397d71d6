/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/nn.h>

#include <stdatomic.h>

#include "tile.h"
#include "wide.h"

enum { MOST_TAPS = 9 };

static const struct tile_kernel *best_kernel(void) {
    static _Atomic(const struct tile_kernel *) chosen;
    const struct tile_kernel *kernel = atomic_load_explicit(&chosen, memory_order_relaxed);
    if (!kernel) {
        size_t i = 0;
        while (!nashra_tile_kernels[i]->supported())
            i++;
        kernel = nashra_tile_kernels[i];
        atomic_store_explicit(&chosen, kernel, memory_order_relaxed);
    }
    return kernel;
}

static ALWAYS_INLINE void add_sums(const struct nashra_matrix *m, size_t output,
                                   int32_t sums[TILE_MOST_ROWS][TILE_OUTPUTS], size_t rows, float *y) {
    const float *restrict scale = m->scale + output, *restrict bias = m->bias + output;
    for (size_t r = 0; r < rows; r++) {
        float *restrict to = y + r * m->out + output;
        for (size_t o = 0; o < TILE_OUTPUTS; o++)
            to[o] += (float)sums[r][o] * scale[o] + bias[o];
    }
}

static void add_sums_plain(const struct nashra_matrix *m, size_t output, int32_t sums[TILE_MOST_ROWS][TILE_OUTPUTS],
                           size_t rows, float *y) {
    add_sums(m, output, sums, rows, y);
}

WIDE static void add_sums_wide(const struct nashra_matrix *m, size_t output, int32_t sums[TILE_MOST_ROWS][TILE_OUTPUTS],
                               size_t rows, float *y) {
    add_sums(m, output, sums, rows, y);
}

void nashra_matrix_add(const struct nashra_matrix *m, const uint8_t *x, size_t dilation, size_t rows, float *y) {
    const struct tile_kernel *kernel = best_kernel();
    void (*add)(const struct nashra_matrix *, size_t, int32_t[TILE_MOST_ROWS][TILE_OUTPUTS], size_t, float *) =
        wide_enough() ? add_sums_wide : add_sums_plain;
    size_t block = m->taps * m->in * TILE_OUTPUTS, reach = m->taps / 2 * dilation;
    for (size_t output = 0; output < m->out; output += TILE_OUTPUTS) {
        const int8_t *weights = m->weights + output / TILE_OUTPUTS * block;
        for (size_t row = 0; row < rows; row += kernel->rows) {
            const uint8_t *input[MOST_TAPS];
            int32_t sums[TILE_MOST_ROWS][TILE_OUTPUTS];
            for (size_t tap = 0; tap < m->taps; tap++)
                input[tap] = x + (row + tap * dilation) * m->in - reach * m->in;
            kernel->run(weights, input, m->taps, m->in, sums);
            add(m, output, sums, rows - row < kernel->rows ? rows - row : kernel->rows, y + row * m->out);
        }
    }
}
