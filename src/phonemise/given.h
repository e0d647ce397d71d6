/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A word whose phonemes are given, by the user's lexicon: they are kept, and joined to their neighbours. */
#ifndef NASHRA_PHONEMISE_GIVEN_H
#define NASHRA_PHONEMISE_GIVEN_H

#include <nashra/text.h>

#include "inventory.h"

/* Fills `form`, whose phones live in the arena. 0, NASHRA_EDATA for an unknown name (not reported), NASHRA_ENOMEM. */
int nashra_given_read(const struct nashra_inventory *inventory, const struct nashra_word *word,
                      struct nashra_arena *arena, struct nashra_form *form);

#endif
