/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of data/ that are too long or too seldom needed to be read at every start: sorted by bytes, they are mapped
 * and searched as they are. */
#ifndef NASHRA_NORMALISE_SORTED_H
#define NASHRA_NORMALISE_SORTED_H

#include <stddef.h>

struct nashra_sorted;

/* Maps the file of that name. 0, NASHRA_ECONFIG (reported) or NASHRA_ENOMEM. */
int nashra_sorted_open(const char *file, struct nashra_sorted **table);
/* Takes NULL. */
void nashra_sorted_close(struct nashra_sorted *table);

/* The second field of the row of a word, not NUL-terminated; NULL when there is no such row. */
const char *nashra_sorted_find(struct nashra_sorted *table, const char *word, size_t length, size_t *field_length);

#endif
