/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Default marks for letters that have none, so that every word can be said. */
#ifndef NASHRA_PHONEMISE_GUESS_H
#define NASHRA_PHONEMISE_GUESS_H

#include "spelling.h"

/* Fills in what is missing. A word without any mark gets fatha between its consonants; in a marked word a bare
 * consonant has sukun unless three consonants would meet. */
void nashra_guess_marks(struct nashra_spelling *spelling);

#endif
