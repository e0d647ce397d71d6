/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What makes two spellings the same word: marks, tatweel, quotes, invisible characters, kinds of space, digits and
 * dashes don't count, nor, unless an entry asks for it, capitals. */
#ifndef NASHRA_LEXICON_FOLD_H
#define NASHRA_LEXICON_FOLD_H

#include <stdbool.h>
#include <stddef.h>

#include <nashra/memory.h>

/* Appends the folded text; a folded text doesn't change when it is folded again. 0 or NASHRA_ENOMEM. */
int nashra_lex_fold(const char *text, size_t length, struct nashra_buffer *out);
/* Makes small letters of a folded text's capitals, in place: it keeps its length. */
void nashra_lex_lower(char *folded, size_t length);

#endif
