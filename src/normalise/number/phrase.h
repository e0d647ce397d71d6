/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file phrase.h  How the number grammar adds words to a phrase. */
#ifndef NASHRA_NORMALISE_PHRASE_H
#define NASHRA_NORMALISE_PHRASE_H

#include "number/number.h"

/** Appends a word whose strings live in the phrase's arena or longer. 0 or NASHRA_ENOMEM. */
int nashra_phrase_add(struct nashra_phrase *phrase, const char *bare, const char *marked, unsigned flags);

/** As nashra_phrase_words(), with و before the first and flags for each. */
int nashra_phrase_add_words(struct nashra_phrase *phrase, const char *marked, bool joined, unsigned flags);

#endif
