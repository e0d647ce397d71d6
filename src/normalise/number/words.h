/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file words.h  The words of data/number-words.tsv, ready to be inflected. */
#ifndef NASHRA_NORMALISE_WORDS_H
#define NASHRA_NORMALISE_WORDS_H

#include <nashra/table.h>

#include "number/inflect.h"

enum { NASHRA_SCALE_COUNT = 7 };

enum nashra_number_word {
    NASHRA_WORD_POINT,
    NASHRA_WORD_PERCENT,
    NASHRA_WORD_AFTER,
    NASHRA_WORD_OF,
    NASHRA_WORD_BELOW_ZERO,
    NASHRA_NUMBER_WORD_COUNT
};

/** A noun that is counted inside the grammar: a scale word or a fraction. */
struct nashra_counted_word {
    struct nashra_stem forms[3]; /**< by enum nashra_grammatical_number */
};

/** Arrays of [2] go by the counted noun's gender, or by the ordinal's own. */
struct nashra_number_words {
    struct nashra_stem unit[11][2];
    struct nashra_stem linked[10][2];
    struct nashra_stem teen[10][2];
    struct nashra_stem ten[2];
    struct nashra_stem tens[10];
    struct nashra_stem hundred[10];
    struct nashra_stem hundreds[10][3]; /**< 300 … 900 by their first part's case; they end as genitives */
    struct nashra_counted_word scale[NASHRA_SCALE_COUNT]; /**< by power of a thousand; [0] is unused */
    struct nashra_stem ordinal[11][2];
    struct nashra_stem ordinal_linked[10][2];
    struct nashra_stem ordinal_teen[10][2];
    struct nashra_counted_word fraction[11];
    struct nashra_stem minus;
    const char *digit[10];
    const char *word[NASHRA_NUMBER_WORD_COUNT];
    struct nashra_map *scales; /**< bare forms → power of ten */
    struct nashra_table *table;
};

/** Loads the table; `words` is zeroed. @return 0, NASHRA_ECONFIG (a row is wrong or missing; reported), NASHRA_ENOMEM.
 */
int nashra_number_words_load(struct nashra_number_words *words, struct nashra_arena *arena);
/** Frees what the arena does not hold. */
void nashra_number_words_finish(struct nashra_number_words *words);

#endif
