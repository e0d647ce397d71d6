/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Arabic names of Latin letters, for a machine without eSpeak NG's English data: data/latin-letters.tsv. */
#ifndef NASHRA_SYNTH_LETTERS_H
#define NASHRA_SYNTH_LETTERS_H

struct nashra_letters;

/* Reads the table. 0, NASHRA_ECONFIG (names file and line) or NASHRA_ENOMEM. */
int nashra_letters_load(struct nashra_letters **letters);
/* Takes NULL. */
void nashra_letters_destroy(struct nashra_letters *letters);
/* The name's phonemes; NULL for a code point that has none. */
const char *nashra_letters_name(const struct nashra_letters *letters, unsigned letter);

#endif
