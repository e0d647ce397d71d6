/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file cardinal.h  Decimals in words, shared by money, measures and fractions. */
#ifndef NASHRA_NORMALISE_CARDINAL_H
#define NASHRA_NORMALISE_CARDINAL_H

#include "number/count.h"
#include "number/tables.h"

/** Longer numbers are read in groups of digits. */
enum { NASHRA_NAMED_DIGITS = 19 };

/** True when a fraction is too long for a name and is read digit by digit. */
bool nashra_fraction_is_spelt(const struct nashra_decimal *decimal);
/** The beginning of a phrase. The number takes the article of a definite stance. */
struct nashra_counting nashra_counting_of(const struct nashra_numbers *numbers, struct nashra_phrase *phrase,
                                          struct nashra_stance stance);
/** A decimal in words, sign aside; integer, and the fraction with فاصلة. */
int nashra_count_decimal(struct nashra_counting *counting, const struct nashra_decimal *decimal,
                         enum nashra_gender gender, bool governs);
/** True for numbers of one word, before which a definite noun takes the article: خمسة الكتب, مئتا الكتاب; others take
 * it themselves. */
bool nashra_article_on_noun(const struct nashra_decimal *decimal);
/** سالب before a negative number, which becomes its genitive. */
int nashra_count_sign(struct nashra_counting *counting, const struct nashra_decimal *decimal);
/** A decimal and what it counts. */
int nashra_count_decimal_thing(struct nashra_counting *counting, const struct nashra_decimal *decimal,
                               const struct nashra_thing *thing, bool governs);

/** The same with scale words between (see nashra_phrase_scaled()); `noun` may be NULL: then the number has `gender`
 *  where its last part is a unit (133.056 ألف: وستا وخمسين نسمة). */
int nashra_count_scaled(struct nashra_counting *counting, const struct nashra_decimal *decimal, const unsigned *scales,
                        size_t scale_count, const struct nashra_thing *noun, enum nashra_gender gender, bool governs);

#endif
