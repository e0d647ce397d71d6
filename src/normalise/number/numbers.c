/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number/tables.h"

int nashra_numbers_create(struct nashra_numbers **out) {
    *out = NULL;
    struct nashra_numbers *numbers = nashra_alloc_zeroed(1, sizeof *numbers);
    if (!numbers)
        return NASHRA_ENOMEM;
    numbers->arena = nashra_arena_create();
    int status = numbers->arena ? nashra_number_words_load(&numbers->words, numbers->arena) : NASHRA_ENOMEM;
    if (status == NASHRA_OK)
        status = nashra_nouns_load(&numbers->nouns, numbers->arena);
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
    nashra_nouns_finish(&numbers->nouns);
    nashra_number_words_finish(&numbers->words);
    nashra_arena_destroy(numbers->arena);
    nashra_free(numbers);
}
