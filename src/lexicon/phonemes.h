/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names of data/phonemes.tsv: only what is in that table can be spoken. */
#ifndef NASHRA_LEXICON_PHONEMES_H
#define NASHRA_LEXICON_PHONEMES_H

#include <nashra/memory.h>

struct nashra_lex_phonemes;

/* @return 0, NASHRA_ECONFIG (reported) or NASHRA_ENOMEM. */
int nashra_lex_phonemes_create(struct nashra_lex_phonemes **phonemes);
/* Takes NULL. */
void nashra_lex_phonemes_destroy(struct nashra_lex_phonemes *phonemes);

/* Where a string of names (bars and spaces between them allowed) holds an unknown one; NULL when all are known. */
const char *nashra_lex_phonemes_unknown(const struct nashra_lex_phonemes *phonemes, const char *names);

/* The length of the name of a consonant at the start of the names, 0 when they begin with anything else. */
size_t nashra_lex_phonemes_first_consonant(const struct nashra_lex_phonemes *phonemes, const char *names);

/* Appends the names for a string of IPA; spaces stay. `*unknown` is NULL, or points at what has no name.
 * 0 or NASHRA_ENOMEM. */
int nashra_lex_phonemes_from_ipa(const struct nashra_lex_phonemes *phonemes, const char *ipa,
                                 struct nashra_buffer *names, const char **unknown);

#endif
