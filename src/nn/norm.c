/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums run in eight lanes in a fixed order, so that every compiler and machine rounds alike. */
#include <nashra/nn.h>

#include <math.h>

#include "wide.h"

enum { LANES = 8 };
static const float epsilon = 1e-5f;

static ALWAYS_INLINE float total(const float lane[LANES]) {
    float a[LANES / 2];
    for (size_t i = 0; i < LANES / 2; i++)
        a[i] = lane[i] + lane[i + LANES / 2];
    return (a[0] + a[2]) + (a[1] + a[3]);
}

static ALWAYS_INLINE float mean_of(const float *x, size_t width) {
    float lane[LANES] = {0};
    for (size_t i = 0; i < width; i += LANES)
        for (size_t j = 0; j < LANES; j++)
            lane[j] += x[i + j];
    return total(lane) / (float)width;
}

static ALWAYS_INLINE float variance_of(const float *x, size_t width, float mean) {
    float lane[LANES] = {0};
    for (size_t i = 0; i < width; i += LANES)
        for (size_t j = 0; j < LANES; j++) {
            float d = x[i + j] - mean;
            lane[j] += d * d;
        }
    return total(lane) / (float)width;
}

static ALWAYS_INLINE void quantise(const struct nashra_norm *n, const float *restrict x, float mean, float scale,
                                   uint8_t *restrict y) {
    const float *restrict gain = n->gain, *restrict shift = n->shift;
    for (size_t i = 0; i < n->width; i++) {
        float v = (x[i] - mean) * scale * gain[i] + shift[i];
        v = v > 0.0f ? v : 0.0f;
        v = v < 127.0f ? v : 127.0f;
        y[i] = (uint8_t)(int32_t)(v + 0.5f);
    }
}

static ALWAYS_INLINE void apply(const struct nashra_norm *n, const float *x, size_t rows, uint8_t *y) {
    for (size_t r = 0; r < rows; r++, x += n->width, y += n->width) {
        float mean = mean_of(x, n->width);
        quantise(n, x, mean, 1.0f / sqrtf(variance_of(x, n->width, mean) + epsilon), y);
    }
}

static void apply_plain(const struct nashra_norm *n, const float *x, size_t rows, uint8_t *y) {
    apply(n, x, rows, y);
}

WIDE static void apply_wide(const struct nashra_norm *n, const float *x, size_t rows, uint8_t *y) {
    apply(n, x, rows, y);
}

void nashra_norm_apply(const struct nashra_norm *n, const float *x, size_t rows, uint8_t *y) {
    (wide_enough() ? apply_wide : apply_plain)(n, x, rows, y);
}

void nashra_softmax(const float *logits, size_t count, float *p) {
    float highest = logits[0], sum = 0.0f;
    for (size_t i = 1; i < count; i++)
        highest = logits[i] > highest ? logits[i] : highest;
    for (size_t i = 0; i < count; i++) {
        p[i] = logits[i] < -1e30f ? 0.0f : expf(logits[i] - highest);
        sum += p[i];
    }
    for (size_t i = 0; i < count; i++)
        p[i] /= sum;
}
