/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file keys.h  Symbols, abbreviations and names → rows of a table; several rows may share one. */
#ifndef NASHRA_NORMALISE_KEYS_H
#define NASHRA_NORMALISE_KEYS_H

#include <nashra/table.h>

struct nashra_key {
    const void *row;
    struct nashra_key *next; /**< another row with this key; the order of the table */
};

struct nashra_keys {
    struct nashra_map *map;
    struct nashra_arena *arena; /**< borrowed */
    bool fold;                  /**< ASCII letters count as capitals */
};

/** Adds each of the names in `names` (parted by ;) for a row. 0 or NASHRA_ENOMEM. */
int nashra_keys_add(struct nashra_keys *keys, const char *names, const void *row);
/** All rows of a name, white space in it and a last full stop aside; NULL: none. */
const struct nashra_key *nashra_keys_find(const struct nashra_keys *keys, const char *name, size_t length);

#endif
