/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "segments.h"

#include <nashra/utf8.h>

#include "wasl.h"

struct reader {
    const struct nashra_inventory *inventory;
    const struct nashra_roles *roles;
    const struct nashra_spelling *spelling;
    size_t index;
    struct nashra_form *form;
};

static struct nashra_grapheme *current(const struct reader *reader) {
    return &reader->spelling->graphemes[reader->index];
}

static const struct nashra_grapheme *previous(const struct reader *reader) {
    return reader->index > 0 ? current(reader) - 1 : NULL;
}

static const struct nashra_grapheme *following(const struct reader *reader) {
    return reader->index + 1 < reader->spelling->count ? current(reader) + 1 : NULL;
}

static nashra_phoneme vowel_phoneme(const struct reader *reader, enum nashra_vowel_mark mark) {
    switch (mark) {
    case NASHRA_MARK_I:
        return reader->roles->i;
    case NASHRA_MARK_U:
        return reader->roles->u;
    default:
        return reader->roles->a;
    }
}

static bool ends_in_vowel(const struct reader *reader) {
    const struct nashra_phone *last = nashra_form_last(reader->form);
    return last && nashra_phone_is_vowel(last);
}

static void push_long(struct reader *reader, enum nashra_vowel_mark mark) {
    nashra_form_push(reader->form, vowel_phoneme(reader, mark), 2, NASHRA_PHONE_VOWEL);
}

/* A letter of length makes the vowel before it long. */
static void lengthen(struct reader *reader) {
    struct nashra_phone *last = nashra_form_last(reader->form);
    if (!last || !nashra_phone_is_vowel(last))
        return;
    last->length = 2;
    last->flags &= (uint8_t)~NASHRA_PHONE_ENDING;
}

/* The last letter that sounds: the alif or ى after fathatan doesn't. */
static bool is_last_letter(const struct reader *reader) {
    const struct nashra_grapheme *next = following(reader);
    if (!next)
        return true;
    bool silent_seat = next->letter == NASHRA_ALIF || next->letter == NASHRA_MAQSURA || next->letter == NASHRA_WAW;
    return current(reader)->tanwin && silent_seat && reader->index + 2 == reader->spelling->count;
}

static void push_vowel(struct reader *reader) {
    const struct nashra_grapheme *grapheme = current(reader);
    if (grapheme->dagger) {
        push_long(reader, NASHRA_MARK_A);
        return;
    }
    if (grapheme->vowel == NASHRA_NO_VOWEL)
        return;
    unsigned flags = NASHRA_PHONE_VOWEL | (is_last_letter(reader) ? NASHRA_PHONE_ENDING : 0u);
    nashra_form_push(reader->form, vowel_phoneme(reader, grapheme->vowel), 1, flags);
    if (grapheme->tanwin) {
        nashra_form_push(reader->form, reader->roles->n, 1, NASHRA_PHONE_NUNATION);
        reader->form->nunation_letter = grapheme->vowel == NASHRA_MARK_A && grapheme->letter != NASHRA_MARBUTA;
    }
}

static void push_consonant(struct reader *reader, nashra_phoneme phoneme, unsigned flags) {
    nashra_form_push(reader->form, phoneme, current(reader)->shadda ? 2 : 1, flags);
    push_vowel(reader);
}

/* Alif at the head of a word that is no wasl: a hamza whose sign was left out (احمد, اوروبا). */
static void read_initial_hamza(struct reader *reader) {
    struct nashra_grapheme *grapheme = current(reader);
    const struct nashra_grapheme *next = following(reader);
    if (grapheme->vowel == NASHRA_NO_VOWEL && !grapheme->dagger) {
        grapheme->vowel = NASHRA_MARK_A;
        if (next && nashra_is_bare(next) && next->letter == NASHRA_WAW)
            grapheme->vowel = NASHRA_MARK_U;
        if (next && nashra_is_bare(next) && next->letter == NASHRA_YA)
            grapheme->vowel = NASHRA_MARK_I;
    }
    push_consonant(reader, reader->roles->hamza, 0);
}

static void read_wasl(struct reader *reader, const struct nashra_wasl *wasl) {
    struct nashra_form *form = reader->form;
    if (reader->index == 0)
        form->wasl = vowel_phoneme(reader, wasl->vowel);
    form->article = wasl->article;
    if (form->article) /* in بِاسْمِ the particle shares the first syllable, which may be stressed */
        form->stem = form->count;
}

/* An alif inside a word: length, a silent letter, or a second wasl after the article. */
static void read_inner_alif(struct reader *reader) {
    const struct nashra_grapheme *grapheme = current(reader), *before = previous(reader), *next = following(reader);
    if (grapheme->vowel != NASHRA_NO_VOWEL) {
        if (ends_in_vowel(reader))
            nashra_form_push(reader->form, reader->roles->hamza, 1, 0);
        push_vowel(reader);
    } else if (before->tanwin) {
        return;
    } else if (before->vowel == NASHRA_MARK_A || before->dagger) {
        lengthen(reader);
    } else if (before->vowel != NASHRA_NO_VOWEL) {
        return; /* مِائَة, الِانْتِخَاب */
    } else if (before->letter == NASHRA_WAW && !next) {
        return; /* كَتَبُوا, دَعَوْا */
    } else if (before->letter == NASHRA_LAM && next && (next->sukun || next->shadda) && reader->form->article) {
        nashra_form_push(reader->form, reader->roles->i, 1, NASHRA_PHONE_VOWEL); /* الْانتخاب → ʔal-intixāb */
    } else if (!ends_in_vowel(reader)) {
        push_long(reader, NASHRA_MARK_A);
    }
}

static void read_alif(struct reader *reader) {
    struct nashra_wasl wasl = nashra_wasl_at(reader->spelling, reader->index);
    if (wasl.found)
        read_wasl(reader, &wasl);
    else if (reader->index == 0)
        read_initial_hamza(reader);
    else
        read_inner_alif(reader);
}

static void read_maqsura(struct reader *reader) {
    const struct nashra_grapheme *grapheme = current(reader), *before = previous(reader);
    if (grapheme->vowel != NASHRA_NO_VOWEL || grapheme->shadda || !before) {
        push_consonant(reader, reader->roles->y, 0);
        return;
    }
    if (before->tanwin)
        return;
    if (before->vowel != NASHRA_NO_VOWEL || before->dagger)
        lengthen(reader); /* with kasra it is a ya without its dots */
    else if (!ends_in_vowel(reader))
        push_long(reader, NASHRA_MARK_A);
}

/* و and ي: a consonant with a vowel of its own, length after their own vowel, the end of a diphthong after a. */
static void read_glide(struct reader *reader, nashra_phoneme consonant, enum nashra_vowel_mark own) {
    const struct nashra_grapheme *grapheme = current(reader), *before = previous(reader), *next = following(reader);
    bool bare = grapheme->vowel == NASHRA_NO_VOWEL && !grapheme->shadda && !grapheme->dagger;
    if (!bare || !before) {
        push_consonant(reader, consonant, 0);
    } else if (before->tanwin) {
        if (next) /* عَمْرٌو: its و is only written */
            push_consonant(reader, consonant, 0);
    } else if (before->vowel == own && ends_in_vowel(reader)) {
        lengthen(reader);
    } else if (before->vowel != NASHRA_NO_VOWEL || before->sukun || ends_in_vowel(reader)) {
        push_consonant(reader, consonant, 0);
    } else if (next && next->letter == NASHRA_ALIF && reader->index + 2 < reader->spelling->count) {
        push_consonant(reader, consonant, 0);
    } else {
        push_long(reader, own);
    }
}

/* The article's lam before a sun letter is not spoken, the letter's shadda is. In لِلْ the stem begins after it. */
static void read_lam(struct reader *reader) {
    const struct nashra_grapheme *grapheme = current(reader), *before = previous(reader), *next = following(reader);
    bool after_article_alif = before && reader->form->article && reader->form->stem == reader->form->count;
    bool after_li = before && reader->index <= 2 && before->letter == NASHRA_LAM && before->vowel == NASHRA_MARK_I &&
                    (grapheme->shadda || grapheme->vowel == NASHRA_NO_VOWEL);
    if (after_li) {
        reader->form->article = true;
        reader->form->stem = reader->form->count;
    }
    bool assimilated = nashra_is_bare(grapheme) && before && next && next->shadda && nashra_is_sun_letter(next->letter);
    if (assimilated)
        return;
    push_consonant(reader, reader->roles->l, 0);
    bool of_article = (after_article_alif || after_li) && grapheme->vowel != NASHRA_MARK_A && !grapheme->shadda;
    if (of_article)
        reader->form->stem = reader->form->count;
}

static void read_consonant(struct reader *reader) {
    struct nashra_grapheme *grapheme = current(reader);
    nashra_phoneme phoneme = nashra_inventory_of_letter(reader->inventory, grapheme->letter);
    if (phoneme && nashra_inventory_kind(reader->inventory, phoneme) == NASHRA_PH_FOREIGN &&
        (grapheme->letter == NASHRA_OE || grapheme->letter == NASHRA_YEH_SMALL_V))
        nashra_form_push(reader->form, phoneme, 2, NASHRA_PHONE_VOWEL); /* ۆ ێ: the long vowels of foreign names */
    else if (phoneme)
        push_consonant(reader, phoneme, 0);
}

static void read_letter(struct reader *reader) {
    struct nashra_grapheme *grapheme = current(reader);
    if (grapheme->stem)
        reader->form->stem = reader->form->count;
    switch (grapheme->letter) {
    case NASHRA_ALIF:
    case NASHRA_ALIF_WASLA:
        read_alif(reader);
        break;
    case NASHRA_ALIF_MADDA:
        nashra_form_push(reader->form, reader->roles->hamza, 1, 0);
        push_long(reader, NASHRA_MARK_A);
        break;
    case NASHRA_MAQSURA:
        read_maqsura(reader);
        break;
    case NASHRA_WAW:
        read_glide(reader, reader->roles->w, NASHRA_MARK_U);
        break;
    case NASHRA_YA:
        read_glide(reader, reader->roles->y, NASHRA_MARK_I);
        break;
    case NASHRA_LAM:
        read_lam(reader);
        break;
    case NASHRA_MARBUTA:
        push_consonant(reader, reader->roles->t, NASHRA_PHONE_MARBUTA);
        break;
    default:
        read_consonant(reader);
    }
}

int nashra_segments_read(const struct nashra_inventory *inventory, struct nashra_spelling *spelling,
                         struct nashra_arena *arena, struct nashra_form *form) {
    /* A letter gives at most a consonant, a vowel and the n of tanwin; words in context get three phones more. */
    form->capacity = 3 * spelling->count + 4;
    form->phones = nashra_arena_alloc(arena, form->capacity * sizeof *form->phones);
    if (!form->phones)
        return NASHRA_ENOMEM;
    struct reader reader = {inventory, nashra_inventory_roles(inventory), spelling, 0, form};
    for (; reader.index < spelling->count; reader.index++)
        read_letter(&reader);
    return NASHRA_OK;
}
