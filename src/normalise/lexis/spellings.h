/* SPDX-License-Identifier: GPL-3.0-or-later */
/* data/spellings.tsv: too long to be read at every start, so that it is mapped and searched as it is. */
#ifndef NASHRA_NORMALISE_SPELLINGS_H
#define NASHRA_NORMALISE_SPELLINGS_H

#include <stddef.h>

struct nashra_spellings;

int nashra_spellings_open(struct nashra_spellings **spellings);
/* Takes NULL. */
void nashra_spellings_close(struct nashra_spellings *spellings);

/* The right spelling of a word as it stands in the table, not NUL-terminated; NULL when it isn't there. */
const char *nashra_spellings_find(struct nashra_spellings *spellings, const char *word, size_t length,
                                  size_t *right_length);

#endif
