/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of letters with the marks that they carry, as they are spelt out. */
#ifndef NASHRAD_SPELLING_H
#define NASHRAD_SPELLING_H

#include <nashra/memory.h>

struct nashrad_spelling;

/* Reads letters.tsv and marks.tsv of the data folder. 0, NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashrad_spelling_create(struct nashrad_spelling **spelling);
/* Takes NULL. */
void nashrad_spelling_destroy(struct nashrad_spelling *spelling);
/* Appends the name of a letter with its marks; what has no name (a digit, a sign) is appended as it is. */
int nashrad_spelling_name(const struct nashrad_spelling *spelling, const char *letter, size_t length,
                          struct nashra_buffer *name);

#endif
