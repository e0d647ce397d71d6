/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inner loop of every layer: a few rows of activations against sixteen outputs. */
#ifndef NASHRA_NN_TILE_H
#define NASHRA_NN_TILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TILE_OUTPUTS 16
#define TILE_MOST_ROWS 8

struct tile_kernel {
    const char *name;
    size_t rows; /* rows a call, at most TILE_MOST_ROWS */
    bool (*supported)(void);
    /* sums[row][output] = weights · input. input[tap] is the first row that the tap reads, `in` its width. */
    void (*run)(const int8_t *weights, const uint8_t *const *input, size_t taps, size_t in,
                int32_t sums[TILE_MOST_ROWS][TILE_OUTPUTS]);
};

/* 32-bit boards are built for processors without NEON, and nearly all have it. */
#if defined(__ARM_NEON) || (defined(__arm__) && !defined(__clang__))
#define TILE_NEON 1
#endif

extern const struct tile_kernel nashra_tile_generic;
#if defined(__x86_64__)
extern const struct tile_kernel nashra_tile_avx2;
extern const struct tile_kernel nashra_tile_vnni;
#elif defined(TILE_NEON)
extern const struct tile_kernel tile_neon;
#endif

/* All kernels of this architecture, the best first, the generic one last; ends with NULL. */
extern const struct tile_kernel *const nashra_tile_kernels[];

#endif
