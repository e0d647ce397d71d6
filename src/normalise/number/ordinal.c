/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number/cardinal.h"
#include "number/phrase.h"

static enum nashra_state state_of(const struct nashra_counting *counting, bool governs) {
    if (governs)
        return NASHRA_STATE_CONSTRUCT;
    return counting->article ? NASHRA_STATE_DEFINITE : NASHRA_STATE_INDEFINITE;
}

static int write(struct nashra_counting *counting, const struct nashra_stem *stem, bool governs, bool joined) {
    struct nashra_inflection inflection = {
        .grammatical_case = counting->grammatical_case,
        .state = state_of(counting, governs),
        .joined = joined,
    };
    return nashra_phrase_form(counting->phrase, stem, &inflection);
}

/* Both words of the eleventh … nineteenth are built on fatha; the article stands on the first. */
static int write_teen(struct nashra_counting *counting, unsigned unit, enum nashra_gender gender) {
    static const struct nashra_inflection second = {.grammatical_case = NASHRA_NOMINATIVE};
    int status = write(counting, &counting->words->ordinal_teen[unit][gender], false, false);
    return status < 0 ? status : nashra_phrase_form(counting->phrase, &counting->words->ten[gender], &second);
}

static int write_tail(struct nashra_counting *counting, unsigned tail, enum nashra_gender gender, bool governs) {
    const struct nashra_number_words *words = counting->words;
    if (tail <= 10)
        return write(counting, &words->ordinal[tail][gender], governs, false);
    if (tail < 20)
        return write_teen(counting, tail - 10, gender);
    unsigned unit = tail % 10;
    int status = unit ? write(counting, &words->ordinal_linked[unit][gender], false, false) : NASHRA_OK;
    return status < 0 ? status : write(counting, &words->tens[tail / 10], false, unit != 0);
}

/* الحادي والعشرون بعد المئة: the higher part is a definite cardinal behind بعد. */
static int write_after(struct nashra_counting *counting, unsigned long long higher) {
    struct nashra_counting cardinal = {
        .words = counting->words,
        .phrase = counting->phrase,
        .grammatical_case = NASHRA_GENITIVE,
        .article = true,
    };
    int status = nashra_phrase_word(counting->phrase, counting->words->word[NASHRA_WORD_AFTER]);
    return status < 0 ? status : nashra_count_cardinal(&cardinal, higher, NASHRA_MASCULINE, false);
}

int nashra_phrase_ordinal(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                          const struct nashra_decimal *decimal, struct nashra_stance stance) {
    struct nashra_counting counting = nashra_counting_of(numbers, phrase, stance);
    unsigned long long value;
    /* Whole hundreds, zero, and what has no value of its own are cardinals in form: المئة, الألف. */
    if (decimal->negative || !nashra_decimal_value(decimal, &value) || value % 100 == 0)
        return nashra_phrase_cardinal(numbers, phrase, decimal, stance);
    unsigned tail = (unsigned)(value % 100);
    int status = write_tail(&counting, tail, stance.gender, stance.construct);
    return status < 0 || value == tail ? status : write_after(&counting, value - tail);
}

int nashra_phrase_year(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                       const struct nashra_decimal *year, enum nashra_gender gender) {
    struct nashra_stance stance = {.gender = gender, .grammatical_case = NASHRA_GENITIVE};
    return nashra_phrase_cardinal(numbers, phrase, year, stance);
}
