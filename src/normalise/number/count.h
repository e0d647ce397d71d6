/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file count.h  The grammar of number and counted noun (العدد والمعدود) over whole values. */
#ifndef NASHRA_NORMALISE_COUNT_H
#define NASHRA_NORMALISE_COUNT_H

#include "number/words.h"

/** The state of writing one number phrase. */
struct nashra_counting {
    const struct nashra_number_words *words;
    struct nashra_phrase *phrase;
    enum nashra_case grammatical_case;
    bool article; /**< the parts of the number take it */
    bool joined;  /**< the next part takes و */
};

/** What is counted: a word of the grammar (a scale, a fraction), or a noun with its adjective. */
struct nashra_thing {
    const struct nashra_counted_word *word; /**< or */
    const struct nashra_noun *noun;
    enum nashra_gender gender;
    bool article; /**< خمسة الكتب */
    unsigned flags;
};

struct nashra_thing nashra_thing_of_word(const struct nashra_counted_word *word);

/** The form that goes with a number's last part, 0 … 99; `whole` is the number itself. */
enum nashra_counted nashra_counted_by(unsigned long long whole);

/** A number below 10^21. `governs`: what it counts follows at once. */
int nashra_count_cardinal(struct nashra_counting *counting, unsigned long long value, enum nashra_gender gender,
                          bool governs);
/** A number and what it counts, which governs a genitive in its turn when `governs`. */
int nashra_count_thing(struct nashra_counting *counting, unsigned long long value, const struct nashra_thing *thing,
                       bool governs);
/** The form of the thing that goes with a number that is written already. */
int nashra_count_after(struct nashra_counting *counting, const struct nashra_thing *thing, enum nashra_counted counted,
                       bool governs);

/** Appends a noun and its adjective in one form. */
int nashra_phrase_noun_form(struct nashra_phrase *phrase, const struct nashra_noun *noun,
                            enum nashra_grammatical_number number, const struct nashra_inflection *inflection);

#endif
