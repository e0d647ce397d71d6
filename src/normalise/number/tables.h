/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file tables.h  What nashra_numbers_create() loads. */
#ifndef NASHRA_NORMALISE_TABLES_H
#define NASHRA_NORMALISE_TABLES_H

#include "number/nouns.h"

struct nashra_numbers {
    struct nashra_arena *arena; /**< lives as long as the tables */
    struct nashra_number_words words;
    struct nashra_nouns nouns;
};

#endif
