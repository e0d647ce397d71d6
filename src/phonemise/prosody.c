/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prosody.h"

static void darken_divine(const struct nashra_inventory *inventory, struct nashra_form *form, nashra_phoneme before) {
    const struct nashra_roles *roles = nashra_inventory_roles(inventory);
    for (size_t i = 0; i < form->count; i++) {
        struct nashra_phone *phone = &form->phones[i];
        if (nashra_phone_is_vowel(phone))
            before = phone->phoneme;
        if ((phone->flags & NASHRA_PHONE_DIVINE_L) && before != roles->i)
            phone->phoneme = nashra_inventory_dark(inventory, phone->phoneme);
    }
}

static bool darkens(const struct nashra_inventory *inventory, const struct nashra_phone *neighbour,
                    nashra_phoneme vowel) {
    if (nashra_phone_is_vowel(neighbour))
        return false;
    switch (nashra_inventory_kind(inventory, neighbour->phoneme)) {
    case NASHRA_PH_EMPHATIC:
    case NASHRA_PH_DARK: /* the l of الله */
        return true;
    case NASHRA_PH_UVULAR:
        return vowel == nashra_inventory_roles(inventory)->a;
    default:
        return false;
    }
}

void nashra_prosody_darken(const struct nashra_inventory *inventory, struct nashra_form *form, nashra_phoneme before) {
    darken_divine(inventory, form, before);
    for (size_t i = 0; i < form->count; i++) {
        struct nashra_phone *phone = &form->phones[i];
        if (!nashra_phone_is_vowel(phone))
            continue;
        bool after = i > 0 && darkens(inventory, phone - 1, phone->phoneme);
        bool ahead = i + 1 < form->count && darkens(inventory, phone + 1, phone->phoneme);
        if (after || ahead)
            phone->phoneme = nashra_inventory_dark(inventory, phone->phoneme);
    }
}

/* Consonants from `from` to the next vowel or the end, a geminate for two. */
static size_t consonants_after(const struct nashra_form *form, size_t from) {
    size_t weight = 0;
    for (size_t i = from; i < form->count && !nashra_phone_is_vowel(&form->phones[i]); i++)
        weight += form->phones[i].length;
    return weight;
}

/* The vowel before `index` in the stem, or form->count when there is none. */
static size_t vowel_before(const struct nashra_form *form, size_t index) {
    while (index > form->stem)
        if (nashra_phone_is_vowel(&form->phones[--index]))
            return index;
    return form->count;
}

/* Where the word ends for its stress: a helping vowel doesn't count. */
static size_t stress_end(const struct nashra_form *form) {
    const struct nashra_phone *last = nashra_form_last(form);
    return form->count - (last && (last->flags & NASHRA_PHONE_HELPING) ? 1 : 0);
}

static bool has_stress(const struct nashra_form *form) {
    for (size_t i = 0; i < form->count; i++)
        if (form->phones[i].flags & NASHRA_PHONE_STRESS)
            return true;
    return false;
}

void nashra_prosody_stress(struct nashra_form *form) {
    size_t end = stress_end(form), last = vowel_before(form, end);
    if (form->weak || last == form->count || (form->given && has_stress(form)))
        return;
    bool superheavy = consonants_after(form, last + 1) + form->phones[last].length >= 3;
    size_t penult = vowel_before(form, last);
    size_t stressed = last;
    if (!superheavy && penult < form->count) {
        bool heavy = form->phones[penult].length > 1 || consonants_after(form, penult + 1) > 1;
        size_t antepenult = vowel_before(form, penult);
        stressed = heavy || antepenult == form->count ? penult : antepenult;
    }
    form->phones[stressed].flags |= NASHRA_PHONE_STRESS;
}
