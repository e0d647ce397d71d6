/* SPDX-License-Identifier: GPL-3.0-or-later */
#if defined(__x86_64__)

#include "tile.h"

#include <immintrin.h>
#include <string.h>

enum { AVX2_ROWS = 4, VNNI_ROWS = 8 };

static int32_t four_bytes(const uint8_t *p) {
    int32_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

static bool has_avx2(void) {
    return __builtin_cpu_supports("avx2");
}

static bool has_vnni(void) {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vnni");
}

/* Activations stay under 128 and weights under 64, so that the sum of four products fits into 16 bits. */
__attribute__((target("avx2"))) static inline __m256i dot_eight(__m256i sum, __m256i x, __m256i y, const int8_t *w) {
    __m256i first = _mm256_maddubs_epi16(x, _mm256_loadu_si256((const __m256i *)w));
    __m256i second = _mm256_maddubs_epi16(y, _mm256_loadu_si256((const __m256i *)(w + 64)));
    return _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_add_epi16(first, second), _mm256_set1_epi16(1)));
}

__attribute__((target("avx2"))) static void run_avx2(const int8_t *weights, const uint8_t *const *input, size_t taps,
                                                     size_t in, int32_t sums[TILE_MOST_ROWS][TILE_OUTPUTS]) {
    __m256i low[AVX2_ROWS], high[AVX2_ROWS];
    for (size_t r = 0; r < AVX2_ROWS; r++)
        low[r] = high[r] = _mm256_setzero_si256();
    for (size_t tap = 0; tap < taps; tap++) {
        const uint8_t *x = input[tap];
        for (size_t i = 0; i < in; i += 8, weights += 128) {
#pragma GCC unroll 8
            for (size_t r = 0; r < AVX2_ROWS; r++) {
                __m256i first = _mm256_set1_epi32(four_bytes(x + r * in + i));
                __m256i second = _mm256_set1_epi32(four_bytes(x + r * in + i + 4));
                low[r] = dot_eight(low[r], first, second, weights);
                high[r] = dot_eight(high[r], first, second, weights + 32);
            }
        }
    }
    for (size_t r = 0; r < AVX2_ROWS; r++) {
        _mm256_storeu_si256((__m256i *)sums[r], low[r]);
        _mm256_storeu_si256((__m256i *)(sums[r] + 8), high[r]);
    }
}

__attribute__((target("avx512f,avx512vnni"))) static void run_vnni(const int8_t *weights, const uint8_t *const *input,
                                                                   size_t taps, size_t in,
                                                                   int32_t sums[TILE_MOST_ROWS][TILE_OUTPUTS]) {
    __m512i sum[VNNI_ROWS];
    for (size_t r = 0; r < VNNI_ROWS; r++)
        sum[r] = _mm512_setzero_si512();
    for (size_t tap = 0; tap < taps; tap++) {
        const uint8_t *x = input[tap];
        for (size_t i = 0; i < in; i += 4, weights += 64) {
            __m512i w = _mm512_loadu_si512(weights);
#pragma GCC unroll 8
            for (size_t r = 0; r < VNNI_ROWS; r++)
                sum[r] = _mm512_dpbusd_epi32(sum[r], _mm512_set1_epi32(four_bytes(x + r * in + i)), w);
        }
    }
    for (size_t r = 0; r < VNNI_ROWS; r++)
        _mm512_storeu_si512(sums[r], sum[r]);
}

const struct tile_kernel nashra_tile_avx2 = {"avx2", AVX2_ROWS, has_avx2, run_avx2};
const struct tile_kernel nashra_tile_vnni = {"vnni", VNNI_ROWS, has_vnni, run_vnni};

#else
typedef int not_for_this_architecture;
#endif
