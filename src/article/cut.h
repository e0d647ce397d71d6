/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Very long sentence → pieces, so that speech can start. */
#ifndef NASHRA_ARTICLE_CUT_H
#define NASHRA_ARTICLE_CUT_H

#include <stdbool.h>

#include "breaks.h"

/* Characters, blanks and marks not counted, that are said in one piece at the most, where there is a place to cut. */
enum { NASHRA_CUT_LONGEST = 220 };

/* Takes a piece, trimmed; `continues`: the sentence goes on in the next. Not 0 ends the search and is returned. */
typedef int (*nashra_piece_fn)(struct nashra_span piece, bool continues, void *user);

/* Gives the sentence whole or in pieces. Negative when the table can't be read.
 * @param words of nashra_breaks_lexis(). */
int nashra_cut(struct nashra_lexis *words, const char *text, struct nashra_span sentence, nashra_piece_fn piece,
               void *user);

#endif
