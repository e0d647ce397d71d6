/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file money.h  data/currencies.tsv. */
#ifndef NASHRA_NORMALISE_MONEY_H
#define NASHRA_NORMALISE_MONEY_H

#include "number/keys.h"
#include "number/number.h"

struct nashra_currencies {
    struct nashra_keys keys;
    struct nashra_table *table;
    bool initials[128]; /* the first letters of all names: no other word is a form of one */
};

/** Loads the table; the nouns of `numbers` are there already. 0, NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_currencies_load(struct nashra_numbers *numbers);
void nashra_currencies_finish(struct nashra_currencies *currencies);

#endif
