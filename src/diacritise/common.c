/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "common.h"

static size_t label_bytes(size_t letters) {
    return (letters + 1) / 2;
}

int nashra_common_load(const struct nashra_model *file, struct common *c) {
    size_t dims[] = {COMMON_LONGEST + 1}, words, bytes, word = 0, byte = 0;
    const int32_t *count = nashra_model_record(file, "common.count", NASHRA_RECORD_I32, 1, dims);
    c->hash = nashra_model_list(file, "common.hash", NASHRA_RECORD_I32, &words);
    c->labels = nashra_model_list(file, "common.labels", NASHRA_RECORD_U8, &bytes);
    if (!count || !c->hash || !c->labels)
        return NASHRA_ECONFIG;
    for (size_t length = 0; length <= COMMON_LONGEST; length++) {
        c->from[length] = word;
        c->at[length] = byte;
        if (count[length] < 0 || (size_t)count[length] > words - word)
            return nashra_fail(NASHRA_ECONFIG, "record common.count: %d words of %zu letters", (int)count[length],
                               length);
        word += (size_t)count[length];
        byte += (size_t)count[length] * label_bytes(length);
    }
    c->from[COMMON_LONGEST + 1] = word;
    if (byte > bytes)
        return nashra_fail(NASHRA_ECONFIG, "record common.labels is too short");
    return NASHRA_OK;
}

int32_t nashra_common_hash(const uint8_t *symbols, size_t count) {
    uint32_t h = 0x811C9DC5u;
    for (size_t i = 0; i < count; i++)
        h = (h ^ symbols[i]) * 0x01000193u;
    h ^= h >> 15;
    return (int32_t)(h * 0x2C1B3C6Du >> 1);
}

/* The first of the ascending hashes that is not below `wanted`. */
static size_t search(const int32_t *hash, size_t count, int32_t wanted) {
    size_t low = 0;
    while (count > 0) {
        size_t half = count / 2;
        if (hash[low + half] < wanted) {
            low += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return low;
}

bool nashra_common_find(const struct common *c, const uint8_t *symbols, size_t count, uint8_t *labels) {
    if (count == 0 || count > COMMON_LONGEST)
        return false;
    size_t from = c->from[count], words = c->from[count + 1] - from;
    int32_t wanted = nashra_common_hash(symbols, count);
    size_t found = search(c->hash + from, words, wanted);
    if (found == words || c->hash[from + found] != wanted)
        return false;
    const uint8_t *packed = c->labels + c->at[count] + found * label_bytes(count);
    for (size_t i = 0; i < count; i++) {
        unsigned label = packed[i / 2] >> 4 * (i % 2) & 0xF;
        labels[i] = (uint8_t)(label < FEAT_LABELS ? label : FEAT_NONE);
    }
    return true;
}
