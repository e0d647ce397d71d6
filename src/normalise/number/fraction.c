/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number/cardinal.h"
#include "number/phrase.h"

/* Fractions without a name: خمسة من اثني عشر. */
static int write_ratio(struct nashra_counting *counting, unsigned long numerator, unsigned long denominator) {
    int status = nashra_count_cardinal(counting, numerator, NASHRA_MASCULINE, false);
    if (status == NASHRA_OK)
        status = nashra_phrase_word(counting->phrase, counting->words->word[NASHRA_WORD_OF]);
    counting->joined = false;
    counting->grammatical_case = NASHRA_GENITIVE;
    return status < 0 ? status : nashra_count_cardinal(counting, denominator, NASHRA_MASCULINE, false);
}

int nashra_phrase_fraction(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                           const struct nashra_decimal *whole, unsigned long numerator, unsigned long denominator,
                           struct nashra_stance stance) {
    struct nashra_counting counting = nashra_counting_of(numbers, phrase, stance);
    int status = NASHRA_OK;
    if (whole)
        status = nashra_count_sign(&counting, whole);
    if (whole && status == NASHRA_OK)
        status = nashra_count_decimal(&counting, whole, stance.gender, false);
    if (status < 0)
        return status;
    if (denominator < 2 || denominator > 10 || numerator == 0)
        return write_ratio(&counting, numerator, denominator);
    struct nashra_thing part = nashra_thing_of_word(&numbers->words.fraction[denominator]);
    return nashra_count_thing(&counting, numerator, &part, stance.construct);
}

int nashra_phrase_percent(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                          const struct nashra_decimal *decimal, struct nashra_stance stance) {
    stance.gender = NASHRA_MASCULINE;
    stance.construct = false;
    int status = nashra_phrase_cardinal(numbers, phrase, decimal, stance);
    return status < 0 ? status : nashra_phrase_words(phrase, numbers->words.word[NASHRA_WORD_PERCENT]);
}
