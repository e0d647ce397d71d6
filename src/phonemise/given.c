/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "given.h"

#include <string.h>

enum { ROOM_FOR_LINKING = 4 };

/* Phonemes of a word with the article that begin with its l, or the consonant that it doubles: its hamza is a wasl. */
static bool begins_with_article(const struct nashra_word *word, const struct nashra_form *form) {
    static const char article[] = "ال";
    if (!word->text || strncmp(word->text, article, strlen(article)) != 0 || form->count < 2)
        return false;
    const struct nashra_phone *first = form->phones;
    return !nashra_phone_is_vowel(first) && (first->length > 1 || !nashra_phone_is_vowel(first + 1));
}

int nashra_given_read(const struct nashra_inventory *inventory, const struct nashra_word *word,
                      struct nashra_arena *arena, struct nashra_form *form) {
    *form = (struct nashra_form){.given = true, .capacity = strlen(word->phonemes) + ROOM_FOR_LINKING};
    form->phones = nashra_arena_alloc(arena, form->capacity * sizeof *form->phones);
    if (!form->phones)
        return NASHRA_ENOMEM;
    int status = nashra_inventory_read(inventory, word->phonemes, form);
    if (status < 0) {
        *form = (struct nashra_form){0};
        return status;
    }
    form->article = begins_with_article(word, form);
    if (form->article) {
        form->wasl = nashra_inventory_roles(inventory)->a;
        form->stem = 1;
    }
    return NASHRA_OK;
}
