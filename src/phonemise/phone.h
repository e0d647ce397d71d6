/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A spoken word while it is being made: phones, and what the rules between words must know of it. */
#ifndef NASHRA_PHONEMISE_PHONE_H
#define NASHRA_PHONEMISE_PHONE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* An index into the inventory; 0 is none. */
typedef uint8_t nashra_phoneme;

enum nashra_phone_flags {
    NASHRA_PHONE_VOWEL = 1,
    NASHRA_PHONE_ENDING = 2,   /* the short vowel on the last letter */
    NASHRA_PHONE_NUNATION = 4, /* the n of tanwin */
    NASHRA_PHONE_MARBUTA = 8,  /* the t of ة */
    NASHRA_PHONE_STRESS = 16,
    NASHRA_PHONE_DIVINE_L = 32, /* the ll of الله */
    NASHRA_PHONE_HELPING = 64   /* a vowel that only keeps two consonants apart */
};

struct nashra_phone {
    nashra_phoneme phoneme;
    uint8_t length; /* 2: a long vowel, a geminate */
    uint8_t flags;  /* of enum nashra_phone_flags */
};

enum nashra_linking { NASHRA_LINK_I, NASHRA_LINK_A, NASHRA_LINK_U };

struct nashra_form {
    struct nashra_phone *phones;
    size_t count;
    size_t capacity;
    size_t stem;                 /* the first phone that may bear stress: after proclitics and the article */
    nashra_phoneme wasl;         /* the vowel of an initial hamzat al-wasl, 0 for none: the phones begin after it */
    bool article;                /* has the article */
    bool nunation_letter;        /* fathatan with an alif, on hamza or before ى: long a in pause */
    bool adverb;                 /* keeps -an in pause */
    bool keeps_vowel;            /* keeps its last short vowel in pause */
    bool splits;                 /* بن: i parts its first two consonants where no vowel comes before */
    bool weak;                   /* a function word without stress */
    bool given;                  /* by the lexicon: what it says is kept */
    enum nashra_linking linking; /* the helping vowel it takes before a wasl */
};

/* Appends a phone; there is always room: capacity was reckoned from the spelling. */
static inline void nashra_form_push(struct nashra_form *form, nashra_phoneme phoneme, uint8_t length, unsigned flags) {
    if (form->count < form->capacity)
        form->phones[form->count++] = (struct nashra_phone){phoneme, length, (uint8_t)flags};
}

static inline bool nashra_phone_is_vowel(const struct nashra_phone *phone) {
    return (phone->flags & NASHRA_PHONE_VOWEL) != 0;
}

/* Inserts a phone before `index`. */
static inline void nashra_form_insert(struct nashra_form *form, size_t index, struct nashra_phone phone) {
    if (form->count >= form->capacity || index > form->count)
        return;
    memmove(form->phones + index + 1, form->phones + index, (form->count - index) * sizeof *form->phones);
    form->phones[index] = phone;
    form->count++;
}

/* The last phone, or NULL. */
static inline struct nashra_phone *nashra_form_last(const struct nashra_form *form) {
    return form->count ? &form->phones[form->count - 1] : NULL;
}

#endif
