/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words whose letters don't tell their sound: data/pronounce.tsv (letters unwritten or silent) and data/foreign.tsv
 * (respelt names); and what the rules between words must know of words: data/particles.tsv, data/adverbs.tsv. */
#ifndef NASHRA_PHONEMISE_LEXICON_H
#define NASHRA_PHONEMISE_LEXICON_H

#include "phone.h"
#include "spelling.h"

struct nashra_word_lists;

/* @return 0, NASHRA_ECONFIG (file and line are named) or NASHRA_ENOMEM. */
int nashra_word_lists_create(struct nashra_word_lists **lists);
/* Takes NULL. */
void nashra_word_lists_destroy(struct nashra_word_lists *lists);

/* Puts the spelling of a listed word right; proclitics, the article and, where the list allows it, pronouns may be
 * attached. Sets `divine` when the word is الله. 0 or NASHRA_ENOMEM. */
int nashra_word_lists_respell(const struct nashra_word_lists *lists, struct nashra_arena *arena,
                              struct nashra_spelling *spelling, bool *divine);

/* Sets the form's traits by the word's letters. */
void nashra_word_lists_traits(const struct nashra_word_lists *lists, const struct nashra_spelling *spelling,
                              struct nashra_form *form);

#endif
