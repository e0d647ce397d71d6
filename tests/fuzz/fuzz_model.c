/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a model or a lexicon. Half of the inputs get a right head, so that the records behind it are reached. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/nn.h>

#include "attested.h"
#include "common.h"

enum { SUM = 24, HEADER = 32 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static volatile unsigned touched;

static void quiet(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)message;
    (void)user;
}

static void seal(uint8_t *bytes, uint64_t size) {
    const uint32_t version = 1;
    uint64_t sum = 0x6E61736872616E6Eu;
    memcpy(bytes, "NashraNN", 8);
    memcpy(bytes + 8, &version, 4);
    memcpy(bytes + 16, &size, 8);
    for (size_t i = 0; i < size; i += 8) {
        uint64_t word = 0;
        memcpy(&word, bytes + i, size - i < 8 ? (size_t)(size - i) : 8);
        if (i == SUM)
            continue;
        sum = (sum ^ word) * 0x9E3779B97F4A7C15u;
        sum ^= sum >> 29;
    }
    memcpy(bytes + SUM, &sum, 8);
}

static void touch(const void *record, size_t size) {
    for (size_t i = 0; record && i < size; i++)
        touched += ((const uint8_t *)record)[i];
}

static void look_around(const struct nashra_model *model) {
    size_t count;
    const void *list = nashra_model_list(model, "numbers", NASHRA_RECORD_I32, &count);
    touch(list, list ? 4 * count : 0);
    touch(nashra_model_record(model, "small", NASHRA_RECORD_I8, 2, (size_t[]){2, 3}), 6);
    struct nashra_matrix matrix;
    if (nashra_model_matrix(model, "layer", 1, 16, 16, &matrix) == NASHRA_OK)
        touch(matrix.weights, 256);
    struct nashra_norm norm;
    if (nashra_model_norm(model, "layer", 16, &norm) == NASHRA_OK)
        touch(norm.shift, 64);
}

static void look_up(const struct nashra_model *model) {
    static const uint8_t symbols[] = {41, 50, 45, 51, 22};
    uint8_t labels[COMMON_LONGEST] = {1, 4, 1};
    struct attested attested;
    if (nashra_attested_load(model, &attested) == NASHRA_OK)
        for (size_t count = 1; count <= sizeof symbols; count++)
            touched += nashra_attested_word(&attested, symbols, labels, count);
    struct common common;
    if (nashra_common_load(model, &common) == NASHRA_OK)
        for (size_t count = 1; count <= sizeof symbols; count++)
            touched += nashra_common_find(&common, symbols, count, labels);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    uint8_t *bytes = malloc(size ? size : 1);
    if (!bytes)
        return 0;
    if (size)
        memcpy(bytes, data, size);
    if (size > HEADER && bytes[size - 1] % 2 == 0)
        seal(bytes, size);
    nashra_log_set_handler(quiet, NULL);
    struct nashra_model *model = NULL;
    if (nashra_model_read(bytes, size, "fuzz", &model) == NASHRA_OK) {
        look_around(model);
        look_up(model);
    }
    nashra_model_close(model);
    free(bytes);
    return 0;
}
