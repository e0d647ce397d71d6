/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whole files through the features of the product, for training. */
#include "../../src/diacritise/feat.h"

#include <string.h>

struct bulk {
    uint8_t *symbol, *label;
    uint16_t *hash; /* FEAT_HASHES a unit */
    uint32_t *unit_first, *unit_count, *unit_token;
    uint32_t *line_position, *line_unit; /* where each line begins; one more at the end */
};

static void store(const struct bulk *b, const struct feat *f, size_t position, size_t unit) {
    for (size_t i = 0; i < f->positions; i++) {
        b->symbol[position + i] = f->position[i].symbol;
        b->label[position + i] = f->position[i].label;
    }
    for (size_t i = 0; i < f->units; i++) {
        memcpy(b->hash + (unit + i) * FEAT_HASHES, f->unit[i].hash, sizeof f->unit[i].hash);
        b->unit_first[unit + i] = f->unit[i].first;
        b->unit_count[unit + i] = f->unit[i].count;
        b->unit_token[unit + i] = f->unit[i].token;
    }
}

/* With b NULL it only counts. totals: positions, units, lines. */
int bulk_scan(const char *text, size_t size, const struct bulk *b, uint64_t totals[3]) {
    struct feat f = {0};
    uint64_t position = 0, unit = 0, line = 0;
    while (size > 0) {
        const char *end = memchr(text, '\n', size);
        size_t length = end ? (size_t)(end - text) : size;
        if (!nashra_feat_scan(&f, text, length))
            return -1;
        if (b) {
            store(b, &f, position, unit);
            b->line_position[line] = (uint32_t)position;
            b->line_unit[line] = (uint32_t)unit;
        }
        position += f.positions;
        unit += f.units;
        line++;
        text += end ? length + 1 : length;
        size -= end ? length + 1 : length;
    }
    if (b) {
        b->line_position[line] = (uint32_t)position;
        b->line_unit[line] = (uint32_t)unit;
    }
    totals[0] = position;
    totals[1] = unit;
    totals[2] = line;
    nashra_feat_finish(&f);
    return 0;
}
