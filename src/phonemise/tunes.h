/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which questions rise and which fall, and which commas part the members of a list: data/tunes.tsv. */
#ifndef NASHRA_PHONEMISE_TUNES_H
#define NASHRA_PHONEMISE_TUNES_H

#include <nashra/text.h>

struct nashra_tunes;

/* @return 0, NASHRA_ECONFIG (file and line are named) or NASHRA_ENOMEM. */
int nashra_tunes_create(struct nashra_tunes **tunes);
/* Takes NULL. */
void nashra_tunes_destroy(struct nashra_tunes *tunes);

/* Sets `tune` of the words that bear a comma or a question mark. Wants their marks, for مَن and مِن. */
void nashra_tunes_place(const struct nashra_tunes *tunes, struct nashra_sentence *sentence);

#endif
