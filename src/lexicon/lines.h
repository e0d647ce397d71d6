/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the formats of lines and tabs share. */
#ifndef NASHRA_LEXICON_LINES_H
#define NASHRA_LEXICON_LINES_H

#include "entry.h"

/* Takes one line, neither blank nor a comment, which it may cut up. 0 or a status that ends the reading. */
typedef int (*nashra_lex_line_fn)(struct nashra_lexicon *lexicon, char *line, size_t number);

/* Calls `read` with each line (CR LF, LF). One that is not UTF-8 or holds a NUL is reported instead. */
int nashra_lex_read_lines(struct nashra_lexicon *lexicon, char *bytes, size_t length, nashra_lex_line_fn read);

/* Cuts `line` at its tabs into at most `most` fields, trimmed of spaces; returns how many. */
size_t nashra_lex_split(char *line, char **fields, size_t most);

#endif
