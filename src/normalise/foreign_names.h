/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NORMALISE_FOREIGN_NAMES_H
#define NASHRA_NORMALISE_FOREIGN_NAMES_H

#include "number/number.h"
#include "token/token.h"

/* Takes back a hamza that was put into part of a foreign name: فان غوخ is no فإن غوخ. Needs lexemes. */
int nashra_keep_foreign_names(const struct nashra_numbers *numbers, struct nashra_arena *arena,
                              struct nashra_tokens *tokens);

#endif
