/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters of other languages in Arabic script → the letters of Arabic: data/fold.tsv. */
#ifndef NASHRA_NORMALISE_FOLD_H
#define NASHRA_NORMALISE_FOLD_H

#include "clean/clean.h"

/* The Arabic letter for `cp`, or 0. */
unsigned nashra_fold_get(const struct nashra_fold *fold, unsigned cp);

#endif
