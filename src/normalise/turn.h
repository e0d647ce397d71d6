/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs that are typed behind their number, as it looks from right to left: 30+ مليون, 390- مليون. */
#ifndef NASHRA_NORMALISE_TURN_H
#define NASHRA_NORMALISE_TURN_H

#include "number/number.h"
#include "scan.h"

/* Puts such a sign before its number; the clitics before the number go with it. A hyphen that says nothing (200- ميل)
 * goes. Needs lexemes. */
int nashra_turn_signs(const struct nashra_numbers *numbers, enum nashra_region region, struct nashra_arena *arena,
                      struct nashra_tokens *tokens);

#endif
