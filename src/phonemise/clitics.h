/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be written together with a word: particles of one letter, the article, pronouns. By letters only. */
#ifndef NASHRA_PHONEMISE_CLITICS_H
#define NASHRA_PHONEMISE_CLITICS_H

#include "spelling.h"

enum { NASHRA_MAX_PROCLITICS = 6 };

/* The places where a word may begin after proclitics, 0 first, ascending: و ف أ, then ب ل ك س, then ال; and لل. */
size_t nashra_proclitic_splits(const struct nashra_spelling *spelling, size_t starts[NASHRA_MAX_PROCLITICS]);

/* 1 when the word begins with و or ف and goes on, else 0. */
size_t nashra_conjunction_length(const struct nashra_spelling *spelling);

/* True when the letters from `from` on are an attached pronoun. */
bool nashra_is_pronoun(const struct nashra_spelling *spelling, size_t from);

#endif
