/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A written word taken apart: letters, each with its marks. */
#ifndef NASHRA_PHONEMISE_SPELLING_H
#define NASHRA_PHONEMISE_SPELLING_H

#include <stdbool.h>
#include <stddef.h>

#include <nashra/memory.h>

enum nashra_letter {
    NASHRA_HAMZA = 0x621,
    NASHRA_ALIF_MADDA = 0x622,
    NASHRA_ALIF_HAMZA = 0x623,
    NASHRA_WAW_HAMZA = 0x624,
    NASHRA_ALIF_HAMZA_BELOW = 0x625,
    NASHRA_YA_HAMZA = 0x626,
    NASHRA_ALIF = 0x627,
    NASHRA_BA = 0x628,
    NASHRA_MARBUTA = 0x629,
    NASHRA_TA = 0x62A,
    NASHRA_THA = 0x62B,
    NASHRA_DAL = 0x62F,
    NASHRA_DHAL = 0x630,
    NASHRA_RA = 0x631,
    NASHRA_ZAY = 0x632,
    NASHRA_SIN = 0x633,
    NASHRA_SHIN = 0x634,
    NASHRA_SAD = 0x635,
    NASHRA_DAD = 0x636,
    NASHRA_TAH = 0x637,
    NASHRA_ZAH = 0x638,
    NASHRA_FA = 0x641,
    NASHRA_KAF = 0x643,
    NASHRA_LAM = 0x644,
    NASHRA_MIM = 0x645,
    NASHRA_NUN = 0x646,
    NASHRA_HA = 0x647,
    NASHRA_WAW = 0x648,
    NASHRA_MAQSURA = 0x649,
    NASHRA_YA = 0x64A,
    NASHRA_ALIF_WASLA = 0x671,
    NASHRA_OE = 0x6C6,         /* ۆ: the long o of a foreign name */
    NASHRA_YEH_SMALL_V = 0x6CE /* ێ: its long e */
};

enum nashra_vowel_mark { NASHRA_NO_VOWEL, NASHRA_MARK_A, NASHRA_MARK_I, NASHRA_MARK_U };

struct nashra_grapheme {
    unsigned letter; /* code point */
    enum nashra_vowel_mark vowel;
    bool tanwin; /* the vowel is doubled */
    bool shadda;
    bool sukun;
    bool dagger; /* a long a that is written above */
    bool stem;   /* here begins the part of a compound that bears the stress */
};

struct nashra_spelling {
    struct nashra_grapheme *graphemes;
    size_t count;
    bool marked; /* there is at least one mark */
};

/* Reads a word. Letters are brought to their Arabic form (Persian yeh and kaf, hamza and maddah signs); fathatan on an
 * alif moves to the letter before it; what is neither letter nor mark is skipped. Lives in the arena. 0 or
 * NASHRA_ENOMEM. */
int nashra_spelling_read(const char *word, struct nashra_arena *arena, struct nashra_spelling *spelling);

/* True for a letter that may stand in a spelling. */
bool nashra_spelling_takes(unsigned codepoint);

/* Assimilates the article's lam (ت ث د ذ ر ز س ش ص ض ط ظ ل ن). */
bool nashra_is_sun_letter(unsigned letter);

/* ا و ي ى: they lengthen the vowel before them. */
bool nashra_is_length_letter(unsigned letter);

/* The vowel that a letter of length lengthens; a for all others. */
enum nashra_vowel_mark nashra_vowel_of_length(unsigned letter);

/* True when the grapheme bears neither vowel nor shadda nor sukun. */
bool nashra_is_bare(const struct nashra_grapheme *grapheme);

#endif
