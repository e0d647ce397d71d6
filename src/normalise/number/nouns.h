/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file nouns.h  The noun tables: nouns.tsv, searched where it lies, and nouns-extra.tsv, which wins. */
#ifndef NASHRA_NORMALISE_NOUNS_H
#define NASHRA_NORMALISE_NOUNS_H

#include <nashra/mapped.h>
#include <nashra/table.h>

#include "number/count.h"

struct nashra_nouns {
    struct nashra_mapped file; /**< nouns.tsv */
    struct nashra_map *extra; /**< bare forms → struct nashra_noun_row of nouns-extra.tsv */
    struct nashra_table *table;
};

/** A row of either table. */
struct nashra_noun_row {
    const char *singular;
    size_t singular_length;
    const char *plurals; /**< parted by ;  */
    size_t plurals_length;
    const char *dual; /**< or NULL */
    bool feminine;
    bool human;
};

/** Maps and loads the tables; `nouns` is zeroed. 0, NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_nouns_load(struct nashra_nouns *nouns, struct nashra_arena *arena);
void nashra_nouns_finish(struct nashra_nouns *nouns);

/** Finds a row by a bare singular or plural. */
bool nashra_nouns_find(const struct nashra_nouns *nouns, const char *word, size_t length, struct nashra_noun_row *row);

/** Guesses what an unknown bare word is by its letters. 0 or NASHRA_ENOMEM. */
int nashra_noun_guess(struct nashra_arena *arena, const char *word, size_t length, struct nashra_noun_match *match);

/** A noun as what is counted; the thing borrows it. */
struct nashra_thing nashra_thing_of_noun(const struct nashra_noun *noun);
/** A form of a noun, or of its adjective (there must be one) that agrees with it; false when out of memory. */
bool nashra_noun_stem(struct nashra_arena *arena, const struct nashra_noun *noun, enum nashra_grammatical_number number,
                      struct nashra_stem *stem);
bool nashra_adjective_stem(struct nashra_arena *arena, const struct nashra_noun *noun,
                           enum nashra_grammatical_number number, struct nashra_stem *stem);
/** Appends the words that follow a noun in all its forms. */
int nashra_phrase_tail(struct nashra_phrase *phrase, const struct nashra_noun *noun);

#endif
