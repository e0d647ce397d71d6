/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The phoneme inventory, data/phonemes.tsv: which names there are, what letters they stand for, how they are written
 * side by side and in IPA. A phoneme that isn't in the table can't be written. */
#ifndef NASHRA_PHONEMISE_INVENTORY_H
#define NASHRA_PHONEMISE_INVENTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nashra/memory.h>

#include "phone.h"

struct nashra_inventory;

enum nashra_phoneme_kind {
    NASHRA_PH_CONSONANT,
    NASHRA_PH_EMPHATIC,
    NASHRA_PH_UVULAR,
    NASHRA_PH_FOREIGN,
    NASHRA_PH_VOWEL,
    NASHRA_PH_DARK,
    NASHRA_PH_LONG,
    NASHRA_PH_STRESS,
    NASHRA_PH_GEMINATE,
    NASHRA_PH_OTHER
};

/* The phonemes that rules speak of. */
struct nashra_roles {
    nashra_phoneme a, i, u;
    nashra_phoneme hamza, h, l, n, m, t, w, y;
};

/* @return 0, NASHRA_ECONFIG (file and line are named) or NASHRA_ENOMEM. */
int nashra_inventory_create(struct nashra_inventory **inventory);
/* Takes NULL. */
void nashra_inventory_destroy(struct nashra_inventory *inventory);

const struct nashra_roles *nashra_inventory_roles(const struct nashra_inventory *inventory);
/* The phoneme that is written with a letter or a vowel mark, 0 when there is none. */
nashra_phoneme nashra_inventory_of_letter(const struct nashra_inventory *inventory, unsigned codepoint);
/* What a vowel or l becomes beside an emphatic; itself when there is no such phoneme. */
nashra_phoneme nashra_inventory_dark(const struct nashra_inventory *inventory, nashra_phoneme phoneme);
enum nashra_phoneme_kind nashra_inventory_kind(const struct nashra_inventory *inventory, nashra_phoneme phoneme);

/* Appends the names of phones, with "|" where two of them would be read as another. 0 or NASHRA_ENOMEM. */
int nashra_inventory_write(const struct nashra_inventory *inventory, const struct nashra_phone *phones, size_t count,
                           struct nashra_buffer *out);
/* Reads a string of names into the form, which has room for a phone a byte. 0, or NASHRA_EDATA for an unknown name. */
int nashra_inventory_read(const struct nashra_inventory *inventory, const char *names, struct nashra_form *form);
/* Appends the IPA of a string of names. 0, NASHRA_EDATA for an unknown name, NASHRA_ENOMEM. */
int nashra_inventory_to_ipa(const struct nashra_inventory *inventory, const char *phonemes, struct nashra_buffer *ipa);

#endif
