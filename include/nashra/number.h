/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file number.h  Numbers in words, with the grammar of number and counted noun (قواعد العدد والمعدود). */
#ifndef NASHRA_NUMBER_H
#define NASHRA_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#include <nashra/memory.h>

#ifdef __cplusplus
extern "C" {
#endif

enum nashra_gender { NASHRA_MASCULINE, NASHRA_FEMININE };
enum nashra_case { NASHRA_NOMINATIVE, NASHRA_ACCUSATIVE, NASHRA_GENITIVE };

/** How a number stands in its sentence. Zero-initialised: masculine, nominative, alone. */
struct nashra_number_form {
    enum nashra_gender gender; /**< of the counted noun's singular: 3 with a feminine noun is ثلاث */
    enum nashra_case grammatical_case;
    bool construct; /**< a noun follows in the genitive: ألفا, مئتا, ثماني */
    bool ordinal;
    bool definite;
    const char *noun;     /**< counted noun, singular, bare or marked; the right form of it is written; or NULL */
    const char *currency; /**< ISO 4217 code: major and minor unit are written; or NULL */
};

/** Nouns with gender and plural, currencies, units: data/, loaded once. */
struct nashra_numbers;

/** Loads the tables. @return 0, NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_numbers_create(struct nashra_numbers **numbers);
/** Takes NULL. */
void nashra_numbers_destroy(struct nashra_numbers *numbers);

/** Spells a number.
 *  @param digits ASCII, Arabic-Indic or extended digits, with an optional sign, grouping and decimal part as in
 *         section 3 of the house style; names go up to 10^18, longer numbers are read in groups of digits.
 *  @param bare  receives the words without marks, one space between; may be NULL.
 *  @param marked receives the same words fully marked, endings as the form asks; may be NULL.
 *  @return 0; NASHRA_EDATA when `digits` isn't a number; NASHRA_EUSAGE for an unknown currency, for a currency together
 *          with a noun or an ordinal, and for a noun that isn't UTF-8; NASHRA_ENOMEM. */
int nashra_number_spell(const struct nashra_numbers *numbers, const char *digits, const struct nashra_number_form *form,
                        struct nashra_buffer *bare, struct nashra_buffer *marked);

#ifdef __cplusplus
}
#endif
#endif
