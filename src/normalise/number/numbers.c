/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "number/letters.h"
#include "number/tables.h"

int nashra_table_load_named(const char *name, size_t min_fields, nashra_row_fn visit, void *user,
                            struct nashra_table **table) {
    struct nashra_buffer path = {0};
    int status = nashra_data_path(name, &path);
    if (status >= 0)
        status = nashra_table_load(nashra_buffer_string(&path), min_fields, visit, user, table);
    nashra_buffer_finish(&path);
    return status;
}

int nashra_noun_of_table(const struct nashra_numbers *numbers, const struct nashra_row *row, size_t field,
                         struct nashra_noun *noun) {
    struct nashra_noun_match match;
    const char *word = row->fields[field];
    int status = nashra_noun_find(numbers, numbers->arena, word, strlen(word), &match);
    if (status < 0)
        return status;
    if (!match.noun.known)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: '%s' is not in nouns-extra.tsv", row->file, row->line, word);
    *noun = match.noun;
    return NASHRA_OK;
}

const char *nashra_bare_copy(struct nashra_arena *arena, const char *marked) {
    size_t length = strlen(marked);
    char *bare = nashra_arena_alloc(arena, length + 1);
    if (bare)
        nashra_strip_harakat(marked, length, bare);
    return bare;
}

static int load(struct nashra_numbers *numbers) {
    int status = nashra_number_words_load(&numbers->words, numbers->arena);
    if (status == NASHRA_OK)
        status = nashra_nouns_load(&numbers->nouns, numbers->arena);
    if (status == NASHRA_OK)
        status = nashra_currencies_load(numbers);
    return status < 0 ? status : nashra_units_load(numbers);
}

int nashra_numbers_create(struct nashra_numbers **out) {
    *out = NULL;
    struct nashra_numbers *numbers = nashra_alloc_zeroed(1, sizeof *numbers);
    if (!numbers)
        return NASHRA_ENOMEM;
    numbers->arena = nashra_arena_create();
    numbers->memo = nashra_memo_create();
    int status = numbers->arena && numbers->memo ? load(numbers) : NASHRA_ENOMEM;
    if (status < 0) {
        nashra_numbers_destroy(numbers);
        return status;
    }
    *out = numbers;
    return NASHRA_OK;
}

void nashra_numbers_destroy(struct nashra_numbers *numbers) {
    if (!numbers)
        return;
    nashra_memo_destroy(numbers->memo);
    nashra_units_finish(&numbers->units);
    nashra_currencies_finish(&numbers->currencies);
    nashra_nouns_finish(&numbers->nouns);
    nashra_number_words_finish(&numbers->words);
    nashra_arena_destroy(numbers->arena);
    nashra_free(numbers);
}
