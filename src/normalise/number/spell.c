/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include <nashra/utf8.h>

#include "number/tables.h"

static void add_words(const struct nashra_phrase *phrase, struct nashra_buffer *bare, struct nashra_buffer *marked) {
    for (size_t i = 0; i < phrase->count; i++) {
        if (bare)
            nashra_buffer_add_string(bare, i ? " " : "");
        if (bare)
            nashra_buffer_add_string(bare, phrase->words[i].bare);
        if (marked)
            nashra_buffer_add_string(marked, i ? " " : "");
        if (marked)
            nashra_buffer_add_string(marked, phrase->words[i].marked);
    }
}

static int build_money(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                       const struct nashra_decimal *decimal, const char *code, struct nashra_stance stance) {
    const struct nashra_currency *currency =
        strlen(code) == 3 ? nashra_currency_find(numbers, code, 3, NASHRA_REGION_GULF) : NULL;
    if (!currency)
        return nashra_fail(NASHRA_EUSAGE, "'%s' is no currency code of currencies.tsv", code);
    return nashra_phrase_money(numbers, phrase, decimal, NULL, 0, currency, NULL, stance);
}

/* كتاب خامس, الكتاب الخامس: the ordinal is an adjective. */
static int build_ordinal(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                         const struct nashra_decimal *decimal, const struct nashra_noun *noun,
                         struct nashra_stance stance) {
    if (!noun)
        return nashra_phrase_ordinal(numbers, phrase, decimal, stance);
    stance.gender = noun->gender;
    stance.construct = false;
    int status = nashra_phrase_noun(phrase, noun, NASHRA_SINGULAR, stance);
    return status < 0 ? status : nashra_phrase_ordinal(numbers, phrase, decimal, stance);
}

static int find_noun(const struct nashra_numbers *numbers, struct nashra_arena *arena, const char *word,
                     struct nashra_noun_match *match) {
    size_t length = strlen(word);
    if (length == 0 || nashra_utf8_valid_prefix(word, length) < length)
        return nashra_fail(NASHRA_EUSAGE, "'%s' is no noun: use an Arabic word in UTF-8", word);
    return nashra_noun_find(numbers, arena, word, length, match);
}

static int build(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                 const struct nashra_decimal *decimal, const struct nashra_number_form *form) {
    struct nashra_stance stance = {
        .gender = form->gender,
        .grammatical_case = form->grammatical_case,
        .definite = form->definite ? NASHRA_DEFINITE : NASHRA_INDEFINITE,
        .construct = form->construct,
    };
    struct nashra_noun_match match;
    if (form->currency && (form->noun || form->ordinal))
        return nashra_fail(NASHRA_EUSAGE, "a currency goes with neither a noun nor an ordinal");
    if (form->currency)
        return build_money(numbers, phrase, decimal, form->currency, stance);
    int status = form->noun ? find_noun(numbers, phrase->arena, form->noun, &match) : NASHRA_OK;
    if (status < 0)
        return status;
    if (form->ordinal && (decimal->fraction_length > 0 || decimal->negative))
        return nashra_fail(NASHRA_EDATA, "only a whole number has an ordinal");
    if (form->ordinal)
        return build_ordinal(numbers, phrase, decimal, form->noun ? &match.noun : NULL, stance);
    if (form->noun)
        return nashra_phrase_count(numbers, phrase, decimal, &match.noun, stance);
    return nashra_phrase_cardinal(numbers, phrase, decimal, stance);
}

int nashra_number_spell(const struct nashra_numbers *numbers, const char *digits, const struct nashra_number_form *form,
                        struct nashra_buffer *bare, struct nashra_buffer *marked) {
    if (nashra_memo_covers(digits, form))
        return nashra_memo_spell(numbers, digits, form, bare, marked);
    struct nashra_arena *arena = nashra_arena_create();
    if (!arena)
        return NASHRA_ENOMEM;
    struct nashra_phrase phrase = {.arena = arena};
    struct nashra_decimal decimal;
    int status = nashra_decimal_parse(arena, digits, strlen(digits), &decimal);
    if (status == NASHRA_EDATA)
        status = nashra_fail(NASHRA_EDATA, "'%s' is not a number", digits);
    if (status == NASHRA_OK)
        status = build(numbers, &phrase, &decimal, form);
    if (status == NASHRA_OK)
        add_words(&phrase, bare, marked);
    if ((bare && bare->failed) || (marked && marked->failed))
        status = NASHRA_ENOMEM;
    nashra_arena_destroy(arena);
    return status;
}
