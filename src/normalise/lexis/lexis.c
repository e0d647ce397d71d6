/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lexis/lexis.h"

#include "lexis/store.h"

int nashra_lexis_create(struct nashra_lexis **out) {
    struct nashra_lexis *lexis = nashra_alloc_zeroed(1, sizeof *lexis);
    if (lexis == NULL)
        return NASHRA_ENOMEM;
    lexis->arena = nashra_arena_create();
    lexis->words = nashra_map_create();
    lexis->latin = nashra_map_create();
    lexis->acronyms = nashra_map_create();
    lexis->letters = nashra_map_create();
    lexis->symbols = nashra_map_create();
    bool complete = lexis->arena && lexis->words && lexis->latin && lexis->acronyms && lexis->letters && lexis->symbols;
    int status = complete ? nashra_lexis_load(lexis) : NASHRA_ENOMEM;
    if (status == 0)
        status = nashra_sorted_open("spellings.tsv", &lexis->spellings);
    if (status == 0)
        status = nashra_sorted_open("first-names.tsv", &lexis->first_names);
    if (status == 0)
        status = nashra_sorted_open("verbs.tsv", &lexis->verbs);
    if (status < 0) {
        nashra_lexis_destroy(lexis);
        return status;
    }
    *out = lexis;
    return 0;
}

void nashra_lexis_destroy(struct nashra_lexis *lexis) {
    if (lexis == NULL)
        return;
    nashra_sorted_close(lexis->spellings);
    nashra_sorted_close(lexis->first_names);
    nashra_sorted_close(lexis->verbs);
    nashra_map_destroy(lexis->words);
    nashra_map_destroy(lexis->latin);
    nashra_map_destroy(lexis->acronyms);
    nashra_map_destroy(lexis->letters);
    nashra_map_destroy(lexis->symbols);
    for (size_t i = 0; i < lexis->table_count; i++)
        nashra_table_destroy(lexis->tables[i]);
    nashra_arena_destroy(lexis->arena);
    nashra_free(lexis);
}

static const void *get(const struct nashra_map *map, const char *key, size_t length) {
    intptr_t value;
    return nashra_map_get(map, key, length, &value) ? (const void *)value : NULL;
}

const struct nashra_lexeme *nashra_lexis_word(const struct nashra_lexis *lexis, const char *word, size_t length) {
    return get(lexis->words, word, length);
}

const char *nashra_lexis_spelling(const struct nashra_lexis *lexis, const char *word, size_t length,
                                  size_t *right_length) {
    return nashra_sorted_find(lexis->spellings, word, length, right_length);
}

bool nashra_lexis_is_womans_name(const struct nashra_lexis *lexis, const char *word, size_t length) {
    size_t field;
    return nashra_sorted_find(lexis->first_names, word, length, &field) != NULL;
}

const char *nashra_abbreviation(const struct nashra_lexeme *lexeme, enum nashra_abbreviation_use use) {
    return lexeme != NULL && lexeme->abbreviation != NULL ? lexeme->abbreviation[use] : NULL;
}

const char *nashra_lexis_latin(const struct nashra_lexis *lexis, const char *word, size_t length) {
    return get(lexis->latin, word, length);
}

const char *nashra_lexis_acronym(const struct nashra_lexis *lexis, const char *word, size_t length) {
    return get(lexis->acronyms, word, length);
}

const char *nashra_lexis_letter(const struct nashra_lexis *lexis, const char *letter, size_t length) {
    return get(lexis->letters, letter, length);
}

const struct nashra_symbol *nashra_lexis_symbol(const struct nashra_lexis *lexis, const char *symbol, size_t length) {
    return get(lexis->symbols, symbol, length);
}

const char *nashra_lexis_month(const struct nashra_lexis *lexis, enum nashra_calendar calendar, unsigned number,
                               enum nashra_region region) {
    return lexis->months[calendar][number - 1][region];
}

const char *nashra_lexis_saying(const struct nashra_lexis *lexis, enum nashra_saying saying) {
    return lexis->sayings[saying];
}

const struct nashra_weight *nashra_lexis_weights(const struct nashra_lexis *lexis, enum nashra_class cls,
                                                 size_t *count) {
    size_t first = cls == 0 ? 0 : lexis->weight_end[cls - 1];
    *count = lexis->weight_end[cls] - first;
    return lexis->weights + first;
}
