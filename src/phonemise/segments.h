/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Letters with marks → phones of one word, as it is spoken in isolation with all its endings. */
#ifndef NASHRA_PHONEMISE_SEGMENTS_H
#define NASHRA_PHONEMISE_SEGMENTS_H

#include "inventory.h"
#include "spelling.h"

/* Fills `form`, whose phones live in the arena. May set default vowels in the spelling. 0 or NASHRA_ENOMEM. */
int nashra_segments_read(const struct nashra_inventory *inventory, struct nashra_spelling *spelling,
                         struct nashra_arena *arena, struct nashra_form *form);

#endif
