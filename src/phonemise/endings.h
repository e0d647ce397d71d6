/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a word ends: in pause, inside a phrase, before a wasl. */
#ifndef NASHRA_PHONEMISE_ENDINGS_H
#define NASHRA_PHONEMISE_ENDINGS_H

#include "inventory.h"

/* True when the word ends in a short vowel or tanwin that pause would take away. */
bool nashra_ending_is_open(const struct nashra_form *form);

/* The pausal form: no final short vowel, no tanwin (an is long a where it has a letter), no t of ة. */
void nashra_ending_pause(const struct nashra_inventory *inventory, struct nashra_form *form);

/* Leaves an unsure ending out inside a phrase, where what remains can be said: no third consonant may meet the next
 * word's. @param construct the word governs the next: its ة is t. */
void nashra_ending_leave_out(const struct nashra_inventory *inventory, struct nashra_form *form, bool construct);

/* Joins a word to the next one: its helping or shortened vowel, and the next word's wasl, which falls silent. */
void nashra_ending_link(const struct nashra_inventory *inventory, struct nashra_form *form, struct nashra_form *next);

/* Speech begins with this word: its wasl is spoken. */
void nashra_ending_begin(const struct nashra_inventory *inventory, struct nashra_form *form);

/* Puts an i after the first consonant of بن where no vowel comes before, and of a word that has no vowel at all.
 * @param before the word before in the same phrase, or NULL. */
void nashra_ending_part(const struct nashra_inventory *inventory, struct nashra_form *form,
                        const struct nashra_form *before);

#endif
