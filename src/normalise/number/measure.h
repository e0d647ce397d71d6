/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file measure.h  data/units.tsv. */
#ifndef NASHRA_NORMALISE_MEASURE_H
#define NASHRA_NORMALISE_MEASURE_H

#include "number/keys.h"
#include "number/number.h"

struct nashra_units {
    struct nashra_keys keys;
    struct nashra_table *table;
};

/** Loads the table; the nouns of `numbers` are there already. 0, NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_units_load(struct nashra_numbers *numbers);
void nashra_units_finish(struct nashra_units *units);

#endif
