/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file memo.h  Readings of groups of three digits, kept once they were made.
 *
 * A plain cardinal is the readings of its groups with و between them, so a list of numbers soon costs no grammar at
 * all. May be used by several threads at once. */
#ifndef NASHRA_NORMALISE_MEMO_H
#define NASHRA_NORMALISE_MEMO_H

#include "number/number.h"

struct nashra_memo;

struct nashra_memo *nashra_memo_create(void);
/** Takes NULL. */
void nashra_memo_destroy(struct nashra_memo *memo);

/** True for plain ASCII digits, few enough for a name, and a form without noun, currency, ordinal and article. */
bool nashra_memo_covers(const char *digits, const struct nashra_number_form *form);
/** Spells what nashra_memo_covers(). 0 or NASHRA_ENOMEM. */
int nashra_memo_spell(const struct nashra_numbers *numbers, const char *digits, const struct nashra_number_form *form,
                      struct nashra_buffer *bare, struct nashra_buffer *marked);

#endif
