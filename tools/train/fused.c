/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The passes between two convolutions, fused: training spends its time in the convolutions then. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define EPSILON 1e-5f
enum { WIDEST = 1024, THREADS = 64 };

static inline float wide(uint16_t h) {
    union {
        uint32_t u;
        float f;
    } bits = {(uint32_t)h << 16};
    return bits.f;
}

static inline uint16_t narrow(float f) {
    uint32_t u;
    memcpy(&u, &f, sizeof u);
    return (uint16_t)((u + 0x7FFF + (u >> 16 & 1)) >> 16);
}

/* h = relu(norm(x)) * mask * keep. mask: one a row; keep: one a channel for each sentence of `length` rows. */
void fused_forward(const float *x, const float *gamma, const float *beta, const float *mask, const float *keep,
                   uint16_t *h, float *moments, size_t rows, size_t width, size_t length) {
#pragma omp parallel for schedule(static)
    for (size_t r = 0; r < rows; r++) {
        const float *restrict in = x + r * width, *restrict k = keep + r / length * width;
        uint16_t *restrict out = h + r * width;
        float sum = 0, square = 0;
        for (size_t i = 0; i < width; i++) {
            sum += in[i];
            square += in[i] * in[i];
        }
        float mean = sum / (float)width;
        float scale = 1 / sqrtf(fmaxf(square / (float)width - mean * mean, 0) + EPSILON);
        moments[2 * r] = mean;
        moments[2 * r + 1] = scale;
        for (size_t i = 0; i < width; i++) {
            float z = (in[i] - mean) * scale * gamma[i] + beta[i];
            out[i] = narrow((z > 0 ? z : 0) * (mask[r] * k[i]));
        }
    }
}

/* dx = residual + what comes back through h. sums: gamma's and beta's gradients, 2 * width a thread. */
void fused_backward(const uint16_t *dh, const float *x, const float *gamma, const float *beta, const float *mask,
                    const float *keep, const float *moments, const float *residual, float *dx, float *sums, size_t rows,
                    size_t width, size_t length, size_t parts) {
#pragma omp parallel for schedule(static)
    for (size_t part = 0; part < parts; part++) {
        float *restrict dgamma = sums + part * 2 * width, *restrict dbeta = dgamma + width;
        float dn[WIDEST], n[WIDEST];
        for (size_t r = rows * part / parts; r < rows * (part + 1) / parts; r++) {
            const float *restrict in = x + r * width, *restrict k = keep + r / length * width;
            const float *restrict res = residual + r * width;
            float *restrict out = dx + r * width;
            const uint16_t *restrict d = dh + r * width;
            float mean = moments[2 * r], scale = moments[2 * r + 1], m = mask[r], a = 0, b = 0;
            for (size_t i = 0; i < width; i++) {
                n[i] = (in[i] - mean) * scale;
                float back = wide(d[i]) * (m * k[i]);
                float dz = n[i] * gamma[i] + beta[i] > 0 ? back : 0;
                dgamma[i] += dz * n[i];
                dbeta[i] += dz;
                dn[i] = dz * gamma[i];
                a += dn[i];
                b += dn[i] * n[i];
            }
            a /= (float)width;
            b /= (float)width;
            for (size_t i = 0; i < width; i++)
                out[i] = res[i] + scale * (dn[i] - a - n[i] * b);
        }
    }
}

/* y = x + c */
void fused_add(const float *restrict x, const uint16_t *restrict c, float *restrict y, size_t rows, size_t width) {
#pragma omp parallel for schedule(static)
    for (size_t r = 0; r < rows; r++)
        for (size_t i = r * width; i < (r + 1) * width; i++)
            y[i] = x[i] + wide(c[i]);
}

void fused_narrow(const float *restrict x, uint16_t *restrict y, size_t rows, size_t width) {
#pragma omp parallel for schedule(static)
    for (size_t r = 0; r < rows; r++)
        for (size_t i = r * width; i < (r + 1) * width; i++)
            y[i] = narrow(x[i]);
}

/* AdamW and the moving average in one pass over a parameter. */
void fused_adam(float *restrict p, const float *restrict g, float *restrict m, float *restrict v,
                float *restrict average, size_t size, const float s[8]) {
    float scale = s[0], b1 = s[1], b2 = s[2], rate = s[3], root = s[4], decay = s[5], keep = s[6];
    size_t pieces = (size + 4095) / 4096;
#pragma omp parallel for schedule(static) if (pieces > 4)
    for (size_t piece = 0; piece < pieces; piece++) {
        size_t end = piece * 4096 + 4096 < size ? piece * 4096 + 4096 : size;
        for (size_t i = piece * 4096; i < end; i++) {
            float d = g[i] * scale;
            m[i] = b1 * m[i] + (1 - b1) * d;
            v[i] = b2 * v[i] + (1 - b2) * d * d;
            p[i] = p[i] * decay - rate * m[i] / (sqrtf(v[i]) * root + 1e-8f);
            average[i] = keep * average[i] + (1 - keep) * p[i];
        }
    }
}
