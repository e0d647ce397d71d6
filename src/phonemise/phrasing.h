/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where a newsreader draws breath: data/phrasing.tsv. */
#ifndef NASHRA_PHONEMISE_PHRASING_H
#define NASHRA_PHONEMISE_PHRASING_H

#include <nashra/text.h>

struct nashra_phrasing;

/* @return 0, NASHRA_ECONFIG (file and line are named) or NASHRA_ENOMEM. */
int nashra_phrasing_create(struct nashra_phrasing **phrasing);
/* Takes NULL. */
void nashra_phrasing_destroy(struct nashra_phrasing *phrasing);

/* Sets NASHRA_PAUSE_PHRASE where a stretch without a mark is too long for one breath. 0 or NASHRA_ENOMEM. */
int nashra_phrasing_place(const struct nashra_phrasing *phrasing, struct nashra_arena *scratch,
                          struct nashra_sentence *sentence);

#endif
