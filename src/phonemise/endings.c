/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "endings.h"

static size_t vowel_count(const struct nashra_form *form) {
    size_t count = form->wasl ? 1 : 0;
    for (size_t i = 0; i < form->count; i++)
        count += nashra_phone_is_vowel(&form->phones[i]);
    return count;
}

bool nashra_ending_is_open(const struct nashra_form *form) {
    const struct nashra_phone *last = nashra_form_last(form);
    if (!last || vowel_count(form) < 2)
        return false;
    return (last->flags & NASHRA_PHONE_NUNATION) ||
           (nashra_phone_is_vowel(last) && (last->flags & NASHRA_PHONE_ENDING));
}

/* ة: nothing after a short vowel (مدرسة), h after a long one (حياة). */
static void drop_marbuta(const struct nashra_inventory *inventory, struct nashra_form *form) {
    struct nashra_phone *last = nashra_form_last(form);
    if (!last || !(last->flags & NASHRA_PHONE_MARBUTA) || form->count < 2)
        return;
    if (last[-1].length > 1) {
        last->phoneme = nashra_inventory_roles(inventory)->h;
        last->flags = 0;
    } else {
        form->count--;
    }
}

/* What an ending leaves behind: iy is long i (بَقِيَ → baqī), uw long u. */
static void close_glide(const struct nashra_inventory *inventory, struct nashra_form *form) {
    const struct nashra_roles *roles = nashra_inventory_roles(inventory);
    struct nashra_phone *glide = nashra_form_last(form);
    if (form->count < 2 || glide->length > 1)
        return;
    struct nashra_phone *vowel = glide - 1;
    bool same = (glide->phoneme == roles->y && vowel->phoneme == roles->i) ||
                (glide->phoneme == roles->w && vowel->phoneme == roles->u);
    if (same && vowel->length == 1) {
        vowel->length = 2;
        form->count--;
    }
}

void nashra_ending_pause(const struct nashra_inventory *inventory, struct nashra_form *form) {
    struct nashra_phone *last = nashra_form_last(form);
    bool nunated = last && (last->flags & NASHRA_PHONE_NUNATION);
    if (nunated && form->adverb)
        return;
    if (nunated && form->nunation_letter) {
        form->count--;
        last[-1].length = 2;
        last[-1].flags &= (uint8_t)~NASHRA_PHONE_ENDING;
        return;
    }
    if (nashra_ending_is_open(form) && !form->keeps_vowel) {
        form->count -= nunated ? 2 : 1;
        close_glide(inventory, form);
    }
    drop_marbuta(inventory, form);
}

/* Two different consonants before the ending; a glide makes a diphthong (يَوْم) and a doubled one can be said (كُلّ). */
static bool ends_in_cluster(const struct nashra_inventory *inventory, const struct nashra_form *form, size_t ending) {
    if (form->count < ending + 2)
        return false;
    const struct nashra_roles *roles = nashra_inventory_roles(inventory);
    const struct nashra_phone *before = &form->phones[form->count - ending - 2];
    return !nashra_phone_is_vowel(before) && before->phoneme != roles->w && before->phoneme != roles->y;
}

void nashra_ending_leave_out(const struct nashra_inventory *inventory, struct nashra_form *form, bool construct) {
    const struct nashra_phone *last = nashra_form_last(form);
    if (!nashra_ending_is_open(form) || form->keeps_vowel)
        return;
    bool nunated = (last->flags & NASHRA_PHONE_NUNATION) != 0;
    if (nunated && form->nunation_letter) /* its alif is written: no doubt about it */
        return;
    size_t ending = nunated ? 2 : 1;
    const struct nashra_phone *bearer = last - ending;
    bool marbuta = (bearer->flags & NASHRA_PHONE_MARBUTA) != 0;
    if (marbuta && (construct || (!nunated && !form->article)))
        return;
    if (!marbuta && ends_in_cluster(inventory, form, ending))
        return;
    form->count -= ending;
    close_glide(inventory, form);
    drop_marbuta(inventory, form);
}

static nashra_phoneme linking_vowel(const struct nashra_roles *roles, const struct nashra_form *form,
                                    const struct nashra_form *next) {
    const struct nashra_phone *last = nashra_form_last(form);
    if (last->flags & NASHRA_PHONE_NUNATION)
        return roles->i;
    switch (form->linking) {
    case NASHRA_LINK_U:
        return roles->u;
    case NASHRA_LINK_A: /* مِنَ الْبَيْت, but مِنِ ابْنِهِ */
        return next->article ? roles->a : roles->i;
    default:
        return roles->i;
    }
}

/* Helping vowels that the text marks: the i after a verb's -at (قَالَتِ), the u after a plural pronoun (هُمُ). */
static void mark_helping_vowel(const struct nashra_inventory *inventory, struct nashra_form *form) {
    const struct nashra_roles *roles = nashra_inventory_roles(inventory);
    struct nashra_phone *last = nashra_form_last(form);
    if (form->count < 3 || !(last->flags & NASHRA_PHONE_ENDING))
        return;
    const struct nashra_phone *consonant = last - 1, *vowel = last - 2;
    bool verb = last->phoneme == roles->i && consonant->phoneme == roles->t && consonant->flags == 0 &&
                consonant->length == 1 && vowel->phoneme == roles->a && vowel->length == 1;
    bool pronoun = last->phoneme == roles->u && consonant->phoneme == roles->m && form->linking == NASHRA_LINK_U;
    if (verb || pronoun)
        last->flags |= NASHRA_PHONE_HELPING;
}

void nashra_ending_link(const struct nashra_inventory *inventory, struct nashra_form *form, struct nashra_form *next) {
    struct nashra_phone *last = nashra_form_last(form);
    if (!next->wasl || !last)
        return;
    mark_helping_vowel(inventory, form);
    if (nashra_phone_is_vowel(last))
        last->length = 1;
    else
        nashra_form_push(form, linking_vowel(nashra_inventory_roles(inventory), form, next), 1,
                         NASHRA_PHONE_VOWEL | NASHRA_PHONE_HELPING);
    next->wasl = 0;
}

void nashra_ending_begin(const struct nashra_inventory *inventory, struct nashra_form *form) {
    if (!form->wasl)
        return;
    nashra_form_insert(form, 0, (struct nashra_phone){nashra_inventory_roles(inventory)->hamza, 1, 0});
    nashra_form_insert(form, 1, (struct nashra_phone){form->wasl, 1, NASHRA_PHONE_VOWEL});
    /* The article is not stressed, the first vowel of اِنْطَلَقَ may be. */
    form->stem = form->article ? form->stem + 2 : 0;
    form->wasl = 0;
}

void nashra_ending_part(const struct nashra_inventory *inventory, struct nashra_form *form,
                        const struct nashra_form *before) {
    const struct nashra_phone *end = before ? nashra_form_last(before) : NULL;
    bool sayable = end && nashra_phone_is_vowel(end) && form->splits;
    bool cluster = form->count > 1 && !nashra_phone_is_vowel(form->phones) && !nashra_phone_is_vowel(form->phones + 1);
    bool mute = form->count == 1 && !nashra_phone_is_vowel(form->phones);
    if (sayable || !((cluster && (form->splits || vowel_count(form) == 0)) || mute))
        return;
    nashra_form_insert(form, 1, (struct nashra_phone){nashra_inventory_roles(inventory)->i, 1, NASHRA_PHONE_VOWEL});
}
