/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NORMALISE_SPELLING_H
#define NASHRA_NORMALISE_SPELLING_H

#include "token/token.h"

/* Replaces a word's text, and carries its marks over, where one right spelling only is left. 0 or NASHRA_ENOMEM. */
int nashra_token_respell(const struct nashra_lexis *lexis, struct nashra_arena *arena, struct nashra_token *token);

#endif
