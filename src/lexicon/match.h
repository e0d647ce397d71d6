/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding a word's entry behind its clitics. */
#ifndef NASHRA_LEXICON_MATCH_H
#define NASHRA_LEXICON_MATCH_H

#include "entry.h"

struct nashra_lex_match {
    const struct nashra_lex_entry *entry;
    unsigned conjunction; /* و ف, 0 for none */
    unsigned preposition; /* ب ك ل, 0 for none */
    bool article;         /* the text has an article that the entry lacks */
    const char *pronoun;  /* attached at the end, "" for none */
    unsigned seat;        /* the letter before the pronoun, as the text writes it */
};

/* Finds the entry of a word or phrase: with as few clitics taken off as possible.
 * @param cased the folded text. @param folded the same in small letters. False when there is none. */
bool nashra_lex_find(const struct nashra_lexicon *lexicon, const char *folded, const char *cased, size_t length,
                     struct nashra_lex_match *match);

#endif
