/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "attested.h"

#include <string.h>

enum { SHAPE = 4, MOST_BITS = 16, SHORTEST = 2 };

int nashra_attested_load(const struct nashra_model *file, struct attested *a) {
    size_t dims[] = {SHAPE}, bytes;
    const int32_t *shape = nashra_model_record(file, "attested.shape", NASHRA_RECORD_I32, 1, dims);
    const uint8_t *slots = nashra_model_list(file, "attested.slots", NASHRA_RECORD_U8, &bytes);
    if (!shape || !slots)
        return NASHRA_ECONFIG;
    uint64_t needed = (3 * (uint64_t)(uint32_t)shape[0] * (uint32_t)shape[1] + 7) / 8 + sizeof(uint32_t);
    if (shape[0] < 1 || shape[1] < 1 || shape[1] > MOST_BITS || needed > bytes)
        return nashra_fail(NASHRA_ECONFIG, "record attested.shape doesn't fit attested.slots");
    a->slots = slots;
    a->segment = (uint32_t)shape[0];
    a->bits = (uint32_t)shape[1];
    a->seed = (uint64_t)(uint32_t)shape[2] << 32 | (uint32_t)shape[3];
    return NASHRA_OK;
}

static uint64_t mix(uint64_t h) {
    h ^= h >> 33;
    h *= 0xFF51AFD7ED558CCDu;
    h ^= h >> 33;
    h *= 0xC4CEB9FE1A85EC53u;
    return h ^ h >> 33;
}

uint64_t nashra_attested_hash(const uint8_t *symbols, const uint8_t *labels, size_t count) {
    uint64_t h = count;
    for (size_t i = 0; i < count; i++)
        h = mix(h ^ ((uint64_t)symbols[i] << 8 | (i + 1 < count ? labels[i] : 0u)));
    return h;
}

static uint32_t slot(const struct attested *a, uint32_t third, uint64_t hash) {
    uint64_t index = (uint64_t)third * a->segment + ((hash & 0xFFFFFFFFu) * a->segment >> 32);
    uint64_t bit = index * a->bits;
    uint32_t word;
    memcpy(&word, a->slots + bit / 8, sizeof word);
    return word >> bit % 8;
}

static uint64_t rotate(uint64_t h, unsigned by) {
    return h << by | h >> (64 - by);
}

static bool contains(const struct attested *a, uint64_t hash) {
    uint64_t h = mix(hash + a->seed);
    uint32_t print = (uint32_t)(h ^ h >> 32);
    uint32_t found = slot(a, 0, h) ^ slot(a, 1, rotate(h, 21)) ^ slot(a, 2, rotate(h, 42));
    return ((print ^ found) & ((1u << a->bits) - 1)) == 0;
}

unsigned nashra_attested_clitic(unsigned symbol) {
    switch (nashra_feat_letter(symbol)) {
    case 0x0623: /* أ */
    case 0x0633: /* س */
    case 0x0641: /* ف */
    case 0x0643: /* ك */
    case 0x0648: /* و */
        return FEAT_FATHA;
    case 0x0628: /* ب */
    case 0x0644: /* ل */
        return FEAT_KASRA;
    default:
        return FEAT_NONE;
    }
}

bool nashra_attested_word(const struct attested *a, const uint8_t *symbols, const uint8_t *labels, size_t count) {
    if (!a->slots)
        return true;
    while (count >= SHORTEST) {
        if (contains(a, nashra_attested_hash(symbols, labels, count)))
            return true;
        unsigned clitic = nashra_attested_clitic(symbols[0]);
        if (clitic == FEAT_NONE || clitic != labels[0])
            return false;
        symbols++;
        labels++;
        count--;
    }
    return false;
}
