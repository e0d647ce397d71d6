/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Putting clitics back onto a reading, with their marks. */
#ifndef NASHRA_LEXICON_INFLECT_H
#define NASHRA_LEXICON_INFLECT_H

#include "letters.h"
#include "match.h"

/* Joins the proclitics to the reading's first word; an empty word becomes the proclitics by themselves. */
void nashra_lex_join_proclitics(struct nashra_lex_word *word, const struct nashra_lex_match *match);

/* Joins the pronoun to the reading's last word. The case ending before it is left open, as it may be another one. */
void nashra_lex_join_pronoun(struct nashra_lex_word *word, const struct nashra_lex_match *match);

/* Closes a last consonant that has no mark: names of letters and foreign words take no case ending. */
void nashra_lex_close(struct nashra_lex_word *word);

/* Appends the phonemes of the entry's first word behind those of the proclitics. 0 or NASHRA_ENOMEM. */
int nashra_lex_join_phonemes(const struct nashra_lexicon *lexicon, const struct nashra_lex_match *match,
                             struct nashra_buffer *out);

#endif
