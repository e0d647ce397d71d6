/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NORMALISE_UNWRAP_H
#define NASHRA_NORMALISE_UNWRAP_H

#include "number/number.h"
#include "token/token.h"

/* Takes brackets and quotation marks off a number that belongs to the noun before or behind them: المادة (58),
 * عام (1931-1934), (8) وحدات, " 8 " وحدات. The number's span grows to hold them. */
int nashra_unwrap_numbers(const struct nashra_numbers *numbers, struct nashra_arena *arena,
                          struct nashra_tokens *tokens);

#endif
