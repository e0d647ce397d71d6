/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file tables.h  What nashra_numbers_create() loads. */
#ifndef NASHRA_NORMALISE_TABLES_H
#define NASHRA_NORMALISE_TABLES_H

#include "number/measure.h"
#include "number/memo.h"
#include "number/money.h"
#include "number/nouns.h"

struct nashra_numbers {
    struct nashra_arena *arena; /**< lives as long as the tables */
    struct nashra_number_words words;
    struct nashra_nouns nouns;
    struct nashra_currencies currencies;
    struct nashra_units units;
    struct nashra_memo *memo;
};

/** Loads a file of data/ by its name, as nashra_table_load(). */
int nashra_table_load_named(const char *name, size_t min_fields, nashra_row_fn visit, void *user,
                            struct nashra_table **table);
/** The noun that a field of a row names; it must be one of the noun tables. 0, NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_noun_of_table(const struct nashra_numbers *numbers, const struct nashra_row *row, size_t field,
                         struct nashra_noun *noun);
/** A word without its marks; NULL when out of memory. */
const char *nashra_bare_copy(struct nashra_arena *arena, const char *marked);

#endif
