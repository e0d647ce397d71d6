/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inside of the lexis, shared by what loads it and what looks things up. */
#ifndef NASHRA_NORMALISE_STORE_H
#define NASHRA_NORMALISE_STORE_H

#include <nashra/table.h>
#include <nashra/text.h>

#include "lexis/lexis.h"
#include "lexis/sorted.h"

enum { NASHRA_LEXIS_FILES = 16, NASHRA_MONTHS = 12, NASHRA_REGIONS = 5, NASHRA_MAX_WEIGHTS = 256 };

struct nashra_lexis {
    struct nashra_arena *arena;
    struct nashra_table *tables[NASHRA_LEXIS_FILES];
    size_t table_count;
    int last_kind;               /* while a table is read: of the row before */
    struct nashra_map *words;    /* → struct nashra_lexeme */
    struct nashra_map *latin;    /* → reading */
    struct nashra_map *acronyms; /* → reading */
    struct nashra_map *letters;  /* → name */
    struct nashra_map *symbols;  /* → struct nashra_symbol */
    struct nashra_sorted *spellings;
    struct nashra_sorted *first_names;
    struct nashra_sorted *verbs;
    const char *months[2][NASHRA_MONTHS][NASHRA_REGIONS];
    const char *sayings[NASHRA_SAY_COUNT];
    struct nashra_weight weights[NASHRA_MAX_WEIGHTS]; /* by class */
    size_t weight_end[NASHRA_CLASS_COUNT];            /* one past the last of each class */
    size_t weight_count;
};

/* Reads all files of data/ that the lexis is made of. */
int nashra_lexis_load(struct nashra_lexis *lexis);

#endif
