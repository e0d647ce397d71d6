/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NORMALISE_ABBREVIATIONS_H
#define NASHRA_NORMALISE_ABBREVIATIONS_H

#include "token/token.h"

/* Needs lexemes; comes before the clitics, so that ف ب of أ ف ب are not taken for such. */
int nashra_tokens_join_abbreviations(const struct nashra_lexis *lexis, struct nashra_arena *arena,
                                     struct nashra_tokens *tokens);

#endif
