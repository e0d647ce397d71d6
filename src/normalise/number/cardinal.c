/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number/cardinal.h"

#include <string.h>

#include "number/phrase.h"

struct nashra_counting nashra_counting_of(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                                          struct nashra_stance stance) {
    return (struct nashra_counting){
        .words = &numbers->words,
        .phrase = phrase,
        .grammatical_case = stance.grammatical_case,
        .article = stance.definite != NASHRA_INDEFINITE,
    };
}

/* ---- digits ---- */

static int write_digits(struct nashra_counting *counting, const char *digits, size_t length) {
    for (size_t i = 0; i < length; i++) {
        const char *word = counting->words->digit[digits[i] - '0'];
        int status = nashra_phrase_add_words(counting->phrase, word, counting->joined, 0);
        counting->joined = false;
        if (status < 0)
            return status;
    }
    return NASHRA_OK;
}

int nashra_phrase_digits(const struct nashra_numbers *numbers, struct nashra_phrase *phrase, const char *digits,
                         size_t length) {
    struct nashra_counting counting = {.words = &numbers->words, .phrase = phrase};
    struct nashra_decimal decimal;
    int status = nashra_decimal_make(phrase->arena, "", 0, digits, length, &decimal);
    return status < 0 ? status : write_digits(&counting, decimal.fraction, decimal.fraction_length);
}

static unsigned long long value_of(const char *digits, size_t length) {
    unsigned long long value = 0;
    for (size_t i = 0; i < length; i++)
        value = value * 10 + (unsigned)(digits[i] - '0');
    return value;
}

static size_t leading_zeros(const char *digits, size_t length) {
    size_t zeros = 0;
    while (zeros < length && digits[zeros] == '0')
        zeros++;
    return zeros;
}

/* A number too long for names: groups of three from the right, as it would be written. */
static int write_groups(struct nashra_counting *counting, const char *digits, size_t length,
                        enum nashra_gender gender) {
    int status = NASHRA_OK;
    for (size_t at = 0, size; at < length && status == NASHRA_OK; at += size) {
        size = at == 0 && length % 3 ? length % 3 : 3;
        size_t zeros = leading_zeros(digits + at, size);
        status = write_digits(counting, digits + at, zeros);
        if (status == NASHRA_OK && zeros < size)
            status = nashra_count_cardinal(counting, value_of(digits + at, size), gender, false);
        counting->joined = false;
    }
    return status;
}

/* ---- integer and fraction ---- */

static int write_integer(struct nashra_counting *counting, const struct nashra_decimal *decimal,
                         enum nashra_gender gender, bool governs) {
    const struct nashra_decimal whole = {false, decimal->integer, decimal->integer_length, NULL, 0};
    unsigned long long value;
    if (nashra_decimal_value(&whole, &value))
        return nashra_count_cardinal(counting, value, gender, governs);
    return write_groups(counting, decimal->integer, decimal->integer_length, gender);
}

/* Zeros one by one, then a number of at most three digits; a longer fraction is named digit by digit. */
static int write_fraction(struct nashra_counting *counting, const struct nashra_decimal *decimal,
                          enum nashra_gender gender, bool governs) {
    const char *digits = decimal->fraction;
    size_t length = decimal->fraction_length, zeros = leading_zeros(digits, length);
    if (nashra_fraction_is_spelt(decimal))
        return write_digits(counting, digits, length);
    int status = write_digits(counting, digits, zeros);
    if (status < 0 || zeros == length)
        return status;
    return nashra_count_cardinal(counting, value_of(digits + zeros, length - zeros), gender, governs);
}

int nashra_count_decimal(struct nashra_counting *counting, const struct nashra_decimal *decimal,
                         enum nashra_gender gender, bool governs) {
    if (decimal->fraction_length == 0)
        return write_integer(counting, decimal, gender, governs);
    int status = write_integer(counting, decimal, gender, false);
    if (status == NASHRA_OK)
        status = nashra_phrase_word(counting->phrase, counting->words->word[NASHRA_WORD_POINT]);
    counting->joined = counting->article = false;
    if (status == NASHRA_OK)
        status = write_fraction(counting, decimal, gender, governs);
    counting->joined = true;
    return status;
}

int nashra_count_sign(struct nashra_counting *counting, const struct nashra_decimal *decimal) {
    if (!decimal->negative)
        return NASHRA_OK;
    struct nashra_inflection inflection = {
        .grammatical_case = counting->grammatical_case,
        .state = NASHRA_STATE_CONSTRUCT,
        .joined = counting->joined,
    };
    counting->joined = false;
    counting->grammatical_case = NASHRA_GENITIVE;
    return nashra_phrase_form(counting->phrase, &counting->words->minus, &inflection);
}

int nashra_count_decimal_thing(struct nashra_counting *counting, const struct nashra_decimal *decimal,
                               const struct nashra_thing *thing, bool governs) {
    unsigned long long value;
    if (nashra_decimal_value(decimal, &value))
        return nashra_count_thing(counting, value, thing, governs);
    int status = nashra_count_decimal(counting, decimal, thing->gender, true);
    return status < 0 ? status : nashra_count_after(counting, thing, nashra_decimal_counted(decimal), governs);
}

bool nashra_article_on_noun(const struct nashra_decimal *decimal) {
    unsigned long long value;
    if (!nashra_decimal_value(decimal, &value) || value < 3)
        return false;
    if (value <= 10)
        return true;
    while (value % 1000 == 0)
        value /= 1000;
    return value < 3 || (value % 100 == 0 && value < 1000);
}

int nashra_phrase_cardinal(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                           const struct nashra_decimal *decimal, struct nashra_stance stance) {
    struct nashra_counting counting = nashra_counting_of(numbers, phrase, stance);
    if (stance.definite == NASHRA_DEFINITE && stance.construct && nashra_article_on_noun(decimal))
        counting.article = false;
    int status = nashra_count_sign(&counting, decimal);
    return status < 0 ? status : nashra_count_decimal(&counting, decimal, stance.gender, stance.construct);
}
