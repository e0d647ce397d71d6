/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same loops compiled twice, for registers of 128 and of 256 bits: the compiler may not reorder sums of floats, so
 * both give the same bits. */
#ifndef NASHRA_NN_WIDE_H
#define NASHRA_NN_WIDE_H

#include <stdbool.h>

#define ALWAYS_INLINE inline __attribute__((always_inline))

#if defined(__x86_64__)
#define WIDE __attribute__((target("avx2")))
static inline bool wide_enough(void) {
    return __builtin_cpu_supports("avx2");
}
#else
#define WIDE
static inline bool wide_enough(void) {
    return false;
}
#endif

#endif
