/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file nn.h  The engine for the small networks: a checked model file, and integer kernels.
 *
 * Weights are -63 … 63 with a scale for each output, activations 0 … 127, sums 32 bits. Every kernel gives the
 * same bits on every machine.
 */
#ifndef NASHRA_NN_H
#define NASHRA_NN_H

#include <stddef.h>
#include <stdint.h>

#include <nashra/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A model file in memory: named, typed, sized records (docs/FORMATS.md). Read-only; threads may share it. */
struct nashra_model;

enum nashra_record_type { NASHRA_RECORD_U8 = 1, NASHRA_RECORD_I8 = 2, NASHRA_RECORD_I32 = 3, NASHRA_RECORD_F32 = 4 };

/** Maps and checks a model file. @return 0, NASHRA_ECONFIG (file and fault are named) or NASHRA_ENOMEM. */
int nashra_model_open(const char *path, struct nashra_model **model);
/** The same from bytes that outlive the model and are aligned to 8. `name` stands for them in messages. */
int nashra_model_read(const void *bytes, size_t size, const char *name, struct nashra_model **model);
/** Takes NULL. */
void nashra_model_close(struct nashra_model *model);

/** Finds a record of exactly this type and these dimensions (`rank` of them, at most 4).
 *  @return its data, aligned to 64 within the file, valid as long as the model; NULL, reported, if it isn't there. */
const void *nashra_model_record(const struct nashra_model *model, const char *name, enum nashra_record_type type,
                                size_t rank, const size_t *dims);
/** Finds a record of one dimension and of any size. @return its data and its count; NULL, reported. */
const void *nashra_model_list(const struct nashra_model *model, const char *name, enum nashra_record_type type,
                              size_t *count);

/** A dense layer (one tap) or a convolution over rows. */
struct nashra_matrix {
    size_t taps;           /**< odd */
    size_t in;             /**< a multiple of 8 */
    size_t out;            /**< a multiple of 16 */
    const int8_t *weights; /**< [out / 16][taps][in / 4][16][4] */
    const float *scale;    /**< of an output's sum */
    const float *bias;
};

/** Records NAME.weight, NAME.scale and NAME.bias as a matrix. @return 0 or NASHRA_ECONFIG (reported). */
int nashra_model_matrix(const struct nashra_model *model, const char *name, size_t taps, size_t in, size_t out,
                        struct nashra_matrix *matrix);

/** Rows that must be readable after the last, beside the reach of the taps. */
#define NASHRA_NN_SPARE_ROWS 8

/** y += matrix · x for `rows` rows. Tap k of row r reads row r + (k - taps / 2) * dilation of `x`: the rows before and
 *  after, as far as the taps reach, are the caller's to zero. */
void nashra_matrix_add(const struct nashra_matrix *matrix, const uint8_t *x, size_t dilation, size_t rows, float *y);

/** Layer normalisation, the gains and shifts of which hold the scale of the activation. */
struct nashra_norm {
    size_t width; /**< a multiple of 16 */
    const float *gain;
    const float *shift;
};

/** Records NAME.gain and NAME.shift as a norm. @return 0 or NASHRA_ECONFIG (reported). */
int nashra_model_norm(const struct nashra_model *model, const char *name, size_t width, struct nashra_norm *norm);

/** Normalises each row of x and rounds what is positive to 0 … 127. */
void nashra_norm_apply(const struct nashra_norm *norm, const float *x, size_t rows, uint8_t *y);

/** Turns `count` logits into probabilities; those below -1e30 get none. */
void nashra_softmax(const float *logits, size_t count, float *probabilities);

#ifdef __cplusplus
}
#endif
#endif
