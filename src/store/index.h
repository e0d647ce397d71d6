/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of stories, as its files see it:
 *
 *   stories.c   its tables; adding, and what is the same
 *   browse.c    listing and searching
 *   expire.c    what goes
 *   feeds.c     what is known of feeds and hosts
 */
#ifndef NASHRA_STORE_INDEX_H
#define NASHRA_STORE_INDEX_H

#include <nashra/stories.h>

#include "database.h"
#include "words.h"

/* A simhash is cut into so many bands; texts that differ in fewer bits have one in common. */
enum { NASHRA_BANDS = 6 };

struct nashra_stories {
    struct nashra_store *store; /* the database */
    struct nashra_words *words; /* loaded when first needed */
};

/* 0 or negative. */
int nashra_stories_need_words(struct nashra_stories *stories);
/* The bands of a simhash as they stand in the table. */
void nashra_stories_bands(uint64_t simhash, int64_t bands[NASHRA_BANDS]);
/* A copy of a column's text; NULL when out of memory. */
char *nashra_stories_text(sqlite3_stmt *row, int column, struct nashra_arena *arena);

#endif
