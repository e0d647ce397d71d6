/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spelling.h"

#include <string.h>

#include <nashra/utf8.h>

enum {
    MADDAH_ABOVE = 0x653,
    HAMZA_ABOVE = 0x654,
    HAMZA_BELOW = 0x655,
    FARSI_YEH = 0x6CC,
    KEHEH = 0x6A9,
    SMALL_HEAD = 0x6E1
};

bool nashra_spelling_takes(unsigned codepoint) {
    /* The letters of the languages that borrowed the script: which of them sound, data/phonemes.tsv says. */
    bool borrowed = codepoint >= 0x66E && codepoint <= 0x6D3 && codepoint != NASHRA_DAGGER_ALIF;
    return borrowed || nashra_is_arabic_letter(codepoint);
}

static unsigned arabic_form(unsigned letter) {
    switch (letter) {
    case FARSI_YEH:
        return NASHRA_YA;
    case KEHEH:
        return NASHRA_KAF;
    default:
        return letter;
    }
}

/* A hamza or maddah that is written as a sign of its own. */
static unsigned compose(unsigned letter, unsigned sign) {
    if (sign == MADDAH_ABOVE)
        return letter == NASHRA_ALIF ? NASHRA_ALIF_MADDA : letter;
    switch (letter) {
    case NASHRA_ALIF:
        return sign == HAMZA_ABOVE ? NASHRA_ALIF_HAMZA : NASHRA_ALIF_HAMZA_BELOW;
    case NASHRA_WAW:
        return NASHRA_WAW_HAMZA;
    case NASHRA_YA:
    case NASHRA_MAQSURA:
        return NASHRA_YA_HAMZA;
    default:
        return letter;
    }
}

static void set_vowel(struct nashra_grapheme *grapheme, enum nashra_vowel_mark vowel, bool tanwin) {
    grapheme->vowel = vowel;
    grapheme->tanwin = tanwin;
}

static void add_mark(struct nashra_grapheme *grapheme, unsigned mark) {
    switch (mark) {
    case NASHRA_FATHA:
    case NASHRA_FATHATAN:
        set_vowel(grapheme, NASHRA_MARK_A, mark == NASHRA_FATHATAN);
        break;
    case NASHRA_KASRA:
    case NASHRA_KASRATAN:
        set_vowel(grapheme, NASHRA_MARK_I, mark == NASHRA_KASRATAN);
        break;
    case NASHRA_DAMMA:
    case NASHRA_DAMMATAN:
        set_vowel(grapheme, NASHRA_MARK_U, mark == NASHRA_DAMMATAN);
        break;
    case NASHRA_SHADDA:
        grapheme->shadda = true;
        break;
    case NASHRA_SUKUN:
    case SMALL_HEAD:
        grapheme->sukun = true;
        break;
    case NASHRA_DAGGER_ALIF:
        grapheme->dagger = true;
        break;
    case MADDAH_ABOVE:
    case HAMZA_ABOVE:
    case HAMZA_BELOW:
        grapheme->letter = compose(grapheme->letter, mark);
        break;
    default: /* signs of recitation say nothing about the sound */
        break;
    }
}

/* كتاباً is written كتابًا here. */
static void move_fathatan(struct nashra_spelling *spelling) {
    for (size_t i = 1; i < spelling->count; i++) {
        struct nashra_grapheme *grapheme = &spelling->graphemes[i];
        struct nashra_grapheme *before = grapheme - 1;
        if (!grapheme->tanwin || (grapheme->letter != NASHRA_ALIF && grapheme->letter != NASHRA_MAQSURA))
            continue;
        if (before->vowel == NASHRA_NO_VOWEL)
            set_vowel(before, grapheme->vowel, true);
        set_vowel(grapheme, NASHRA_NO_VOWEL, false);
    }
}

int nashra_spelling_read(const char *word, struct nashra_arena *arena, struct nashra_spelling *spelling) {
    size_t length = strlen(word);
    *spelling = (struct nashra_spelling){0};
    spelling->graphemes = nashra_arena_alloc(arena, (length + 1) * sizeof *spelling->graphemes);
    if (!spelling->graphemes)
        return NASHRA_ENOMEM;
    for (size_t i = 0; i < length;) {
        unsigned codepoint;
        i += nashra_utf8_decode(word + i, length - i, &codepoint);
        if (nashra_spelling_takes(codepoint)) {
            spelling->graphemes[spelling->count++].letter = arabic_form(codepoint);
        } else if (nashra_is_arabic_mark(codepoint) && spelling->count > 0) {
            add_mark(&spelling->graphemes[spelling->count - 1], codepoint);
            spelling->marked = true;
        }
    }
    move_fathatan(spelling);
    return NASHRA_OK;
}

bool nashra_is_sun_letter(unsigned letter) {
    switch (letter) {
    case NASHRA_TA:
    case NASHRA_THA:
    case NASHRA_DAL:
    case NASHRA_DHAL:
    case NASHRA_RA:
    case NASHRA_ZAY:
    case NASHRA_SIN:
    case NASHRA_SHIN:
    case NASHRA_SAD:
    case NASHRA_DAD:
    case NASHRA_TAH:
    case NASHRA_ZAH:
    case NASHRA_LAM:
    case NASHRA_NUN:
        return true;
    default:
        return false;
    }
}

bool nashra_is_bare(const struct nashra_grapheme *grapheme) {
    return grapheme->vowel == NASHRA_NO_VOWEL && !grapheme->shadda && !grapheme->sukun && !grapheme->dagger;
}

bool nashra_is_length_letter(unsigned letter) {
    return letter == NASHRA_ALIF || letter == NASHRA_MAQSURA || letter == NASHRA_WAW || letter == NASHRA_YA;
}

enum nashra_vowel_mark nashra_vowel_of_length(unsigned letter) {
    switch (letter) {
    case NASHRA_WAW:
        return NASHRA_MARK_U;
    case NASHRA_YA:
        return NASHRA_MARK_I;
    default:
        return NASHRA_MARK_A;
    }
}
