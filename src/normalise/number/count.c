/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number/count.h"

static struct nashra_inflection inflection_of(const struct nashra_counting *counting, bool governs) {
    struct nashra_inflection inflection = {
        .grammatical_case = counting->grammatical_case,
        .joined = counting->joined,
        .article = counting->article,
    };
    if (governs)
        inflection.state = NASHRA_STATE_CONSTRUCT;
    else if (counting->article)
        inflection.state = NASHRA_STATE_DEFINITE;
    return inflection;
}

/* The first word of a part of the number: takes the و between parts, and the article. */
static int write_part(struct nashra_counting *counting, const struct nashra_stem *stem, bool governs) {
    struct nashra_inflection inflection = inflection_of(counting, governs);
    counting->joined = true;
    return nashra_phrase_form(counting->phrase, stem, &inflection);
}

static int write_hundred(struct nashra_counting *counting, unsigned hundred, bool governs) {
    if (hundred < 3)
        return write_part(counting, &counting->words->hundred[hundred], governs);
    struct nashra_inflection inflection = inflection_of(counting, governs);
    inflection.grammatical_case = NASHRA_GENITIVE;
    counting->joined = true;
    return nashra_phrase_form(counting->phrase, &counting->words->hundreds[hundred][counting->grammatical_case],
                              &inflection);
}

/* 11 … 19: two words built on fatha; اثنا عشر alone inflects in its first, as a dual without ن. */
static int write_teen(struct nashra_counting *counting, unsigned unit, enum nashra_gender gender) {
    static const struct nashra_inflection second = {.grammatical_case = NASHRA_NOMINATIVE};
    int status = write_part(counting, &counting->words->teen[unit][gender], true);
    return status < 0 ? status : nashra_phrase_form(counting->phrase, &counting->words->ten[gender], &second);
}

/* 1 … 99. Only 3 … 10 govern; 1 and 2 are adjectives. */
static int write_tail(struct nashra_counting *counting, unsigned tail, enum nashra_gender gender, bool governs) {
    const struct nashra_number_words *words = counting->words;
    if (tail <= 10)
        return write_part(counting, &words->unit[tail][gender], governs && tail > 2);
    if (tail < 20)
        return write_teen(counting, tail - 10, gender);
    int status = tail % 10 ? write_part(counting, &words->linked[tail % 10][gender], false) : NASHRA_OK;
    return status < 0 ? status : write_part(counting, &words->tens[tail / 10], false);
}

static int write_below_thousand(struct nashra_counting *counting, unsigned value, enum nashra_gender gender,
                                bool governs) {
    unsigned tail = value % 100;
    int status = NASHRA_OK;
    if (value >= 100)
        status = write_hundred(counting, value / 100, governs && tail == 0);
    return status < 0 || tail == 0 ? status : write_tail(counting, tail, gender, governs);
}

int nashra_count_cardinal(struct nashra_counting *counting, unsigned long long value, enum nashra_gender gender,
                          bool governs) {
    if (value == 0)
        return write_part(counting, &counting->words->unit[0][gender], governs);
    unsigned long long unit = 1000000000000000000u;
    for (size_t scale = NASHRA_SCALE_COUNT - 1; scale > 0; scale--, unit /= 1000) {
        unsigned long long group = value / unit;
        value %= unit;
        if (group == 0)
            continue;
        struct nashra_thing thing = nashra_thing_of_word(&counting->words->scale[scale]);
        int status = nashra_count_thing(counting, group, &thing, governs && value == 0);
        if (status < 0)
            return status;
    }
    return value ? write_below_thousand(counting, (unsigned)value, gender, governs) : NASHRA_OK;
}

/* ---- what is counted ---- */

struct nashra_thing nashra_thing_of_word(const struct nashra_counted_word *word) {
    return (struct nashra_thing){.word = word, .gender = NASHRA_MASCULINE};
}

enum nashra_counted nashra_counted_by(unsigned long long whole) {
    unsigned tail = (unsigned)(whole % 100);
    if (tail == 1)
        return NASHRA_COUNTED_ONE;
    if (tail == 2)
        return NASHRA_COUNTED_TWO;
    if (tail == 0)
        return NASHRA_COUNTED_SINGULAR_GENITIVE;
    return tail <= 10 ? NASHRA_COUNTED_PLURAL : NASHRA_COUNTED_SINGULAR_ACCUSATIVE;
}

/* A form of the thing with its adjective; `inflection` says all but the state. */
static int write_thing(struct nashra_counting *counting, const struct nashra_thing *thing,
                       enum nashra_grammatical_number number, struct nashra_inflection inflection, bool governs) {
    if (governs)
        inflection.state = NASHRA_STATE_CONSTRUCT;
    else if (inflection.article)
        inflection.state = NASHRA_STATE_DEFINITE;
    inflection.flags = thing->flags;
    return thing->word ? nashra_phrase_form(counting->phrase, &thing->word->forms[number], &inflection)
                       : nashra_phrase_noun_form(counting->phrase, thing->noun, number, &inflection);
}

int nashra_count_after(struct nashra_counting *counting, const struct nashra_thing *thing, enum nashra_counted counted,
                       bool governs) {
    struct nashra_inflection inflection = {.grammatical_case = NASHRA_GENITIVE, .article = thing->article};
    if (counted == NASHRA_COUNTED_SINGULAR_ACCUSATIVE)
        inflection.grammatical_case = NASHRA_ACCUSATIVE;
    enum nashra_grammatical_number number = counted == NASHRA_COUNTED_PLURAL ? NASHRA_PLURAL : NASHRA_SINGULAR;
    return write_thing(counting, thing, number, inflection, governs);
}

/* 1 and 2: the noun itself, as a part of its own. A noun takes واحد (and اثنان where it has no dual), a
 * scale word does not. */
static int write_one_or_two(struct nashra_counting *counting, unsigned value, const struct nashra_thing *thing,
                            bool governs) {
    struct nashra_inflection inflection = inflection_of(counting, false);
    inflection.article = counting->article || thing->article;
    counting->joined = true;
    int status = write_thing(counting, thing, value == 1 ? NASHRA_SINGULAR : NASHRA_DUAL, inflection, governs);
    bool no_dual = !thing->word && thing->noun->dual == thing->noun->singular;
    if (status < 0 || thing->word || (value == 2 && !no_dual))
        return status;
    inflection.joined = false;
    inflection.state = inflection.article ? NASHRA_STATE_DEFINITE : NASHRA_STATE_INDEFINITE;
    return nashra_phrase_form(counting->phrase, &counting->words->unit[value][thing->gender], &inflection);
}

int nashra_count_thing(struct nashra_counting *counting, unsigned long long value, const struct nashra_thing *thing,
                       bool governs) {
    enum nashra_counted counted = nashra_counted_by(value);
    bool repeats = counted == NASHRA_COUNTED_ONE || counted == NASHRA_COUNTED_TWO;
    unsigned tail = repeats ? (unsigned)(value % 100) : 0;
    if (value > tail || value == 0) {
        int status = nashra_count_cardinal(counting, value - tail, thing->gender, true);
        if (status == NASHRA_OK)
            status = nashra_count_after(counting, thing, repeats ? NASHRA_COUNTED_SINGULAR_GENITIVE : counted,
                                        governs && !repeats);
        if (status < 0 || !repeats)
            return status;
    }
    return write_one_or_two(counting, tail, thing, governs);
}
