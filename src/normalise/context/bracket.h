/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers in a bracket: what stands before it is explained by them, and they have its case. */
#ifndef NASHRA_NORMALISE_BRACKET_H
#define NASHRA_NORMALISE_BRACKET_H

#include "context/case.h"

/* The case of the number phrase at `at`, which a bracket opens, where it is plain; false where it isn't. */
bool nashra_case_in_bracket(const struct nashra_scan *scan, size_t at, struct nashra_case_guess *verdict);

/* ثلاث دول (2 عربيتان), 13 ولاية (11 في الجزيرة): the first number of a bracket counts the noun before it, whose gender
 * it is. 1, 0 when it doesn't, or negative for no memory. */
int nashra_bracket_counts(const struct nashra_scan *scan, size_t at, enum nashra_gender *gender);

#endif
