/* SPDX-License-Identifier: GPL-3.0-or-later */
/* كتابه[56]: the mark of a note says nothing to a listener. */
#ifndef NASHRA_NORMALISE_NOTE_H
#define NASHRA_NORMALISE_NOTE_H

#include "token/token.h"

/* The marks go, their bytes are those of the word or number that they are set to. Needs clitics joined. */
void nashra_drop_notes(struct nashra_tokens *tokens);

#endif
