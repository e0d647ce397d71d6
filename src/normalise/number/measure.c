/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number/measure.h"

#include <string.h>

#include "number/cardinal.h"
#include "number/phrase.h"

struct nashra_unit {
    struct nashra_noun noun;
    bool temperature;
    bool idafa; /* the tail is the noun's genitive */
};

static const char *field_or_null(const struct nashra_row *row, size_t field) {
    return strcmp(row->fields[field], "-") != 0 ? row->fields[field] : NULL;
}

static int load_row(const struct nashra_row *row, void *user) {
    struct nashra_numbers *numbers = user;
    struct nashra_unit *unit = nashra_arena_alloc(numbers->arena, sizeof *unit);
    if (!unit)
        return NASHRA_ENOMEM;
    int status = nashra_noun_of_table(numbers, row, 1, &unit->noun);
    if (status < 0)
        return status;
    unit->noun.adjective = field_or_null(row, 2);
    unit->noun.tail = field_or_null(row, 3);
    const char *kind = row->fields[4];
    unit->temperature = strcmp(kind, "temperature") == 0;
    unit->idafa = strcmp(kind, "idafa") == 0;
    if (!unit->temperature && !unit->idafa && strcmp(kind, "-") != 0)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: unknown kind '%s'", row->file, row->line, kind);
    return nashra_keys_add(&numbers->units.keys, row->fields[0], unit);
}

int nashra_units_load(struct nashra_numbers *numbers) {
    struct nashra_units *units = &numbers->units;
    units->keys = (struct nashra_keys){nashra_map_create(), numbers->arena, false};
    return units->keys.map ? nashra_table_load_named("units.tsv", 5, load_row, numbers, &units->table) : NASHRA_ENOMEM;
}

void nashra_units_finish(struct nashra_units *units) {
    nashra_map_destroy(units->keys.map);
    nashra_table_destroy(units->table);
}

const struct nashra_unit *nashra_unit_find(const struct nashra_numbers *numbers, const char *text, size_t length) {
    const struct nashra_key *key = nashra_keys_find(&numbers->units.keys, text, length);
    return key ? key->row : NULL;
}

struct nashra_noun nashra_unit_noun(const struct nashra_unit *unit) {
    return unit->noun;
}

bool nashra_unit_is_temperature(const struct nashra_unit *unit) {
    return unit->temperature;
}

int nashra_phrase_measure(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                          const struct nashra_decimal *amount, const unsigned *scales, size_t scale_count,
                          const struct nashra_unit *unit, struct nashra_stance stance) {
    struct nashra_decimal size = *amount;
    bool below_zero = amount->negative && unit->temperature;
    if (below_zero)
        size.negative = false;
    stance.construct = stance.construct || unit->idafa;
    int status = nashra_phrase_scaled(numbers, phrase, &size, scales, scale_count, &unit->noun, stance);
    if (status < 0 || !below_zero)
        return status;
    return nashra_phrase_add_words(phrase, numbers->words.word[NASHRA_WORD_BELOW_ZERO], false, NASHRA_SPOKEN_NOUN);
}
