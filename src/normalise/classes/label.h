/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NORMALISE_LABEL_H
#define NASHRA_NORMALISE_LABEL_H

#include "scan.h"

/* The label of a word with or without its article, marked or not; NULL when it is none. */
const struct nashra_label *nashra_label_of(const struct nashra_scan *scan, const char *word);

/* The number of a label: the ordinal of its noun (definite only, up to 99), else the cardinal. */
int nashra_label_say(struct nashra_scan *scan, const struct nashra_label *label, const struct nashra_decimal *value,
                     enum nashra_case grammatical_case, bool definite);

#endif
