/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sentence as eSpeak NG reads it: a clause at a time, each word's phonemes in [[ ]], and where each word stands. */
#ifndef NASHRA_SYNTH_CLAUSE_H
#define NASHRA_SYNTH_CLAUSE_H

#include <stdbool.h>

#include <nashra/memory.h>
#include <nashra/text.h>

#include "contours.h"
#include "letters.h"

/* Zero-initialise; nashra_clause_finish() frees it. Reused for every clause. */
struct nashra_clause {
    size_t from, to; /* words [from, to) of the sentence */
    struct nashra_contour contour;
    const struct nashra_prosody *prosody; /* of all its words; NULL: none asked for */
    bool quoted;               /* the next word stands in a quotation */
    struct nashra_buffer text; /* UTF-8; empty when all its words are silent */
    size_t characters;         /* code points of `text` */
    size_t *starts;            /* of each word: its first code point in `text`, counted from 1 */
    size_t capacity;
};

/* Writes the clause that begins with word `from`: up to and with the next word that a pause follows, to where another
 * prosody begins, or to the longest text that eSpeak takes in one piece. The clauses of a sentence are written in order, with the same `clause`.
 * @param letters spell Latin words; NULL when the English voice speaks them. @return 0 or NASHRA_ENOMEM. */
int nashra_clause_write(struct nashra_clause *clause, const struct nashra_sentence *sentence, size_t from,
                        const struct nashra_contours *contours, const struct nashra_letters *letters);

/* The word (index in the sentence) that stands at eSpeak's text position. */
size_t nashra_clause_word_at(const struct nashra_clause *clause, size_t position);

void nashra_clause_finish(struct nashra_clause *clause);

#endif
