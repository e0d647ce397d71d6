/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "guess.h"

static bool has_vowel(const struct nashra_grapheme *grapheme) {
    return grapheme->vowel != NASHRA_NO_VOWEL || grapheme->dagger;
}

static bool begins_with_article(const struct nashra_spelling *spelling) {
    return spelling->count >= 4 && spelling->graphemes[0].letter == NASHRA_ALIF &&
           spelling->graphemes[1].letter == NASHRA_LAM;
}

/* A bare و or ي that begins the word behind the article (الولد), or is followed by an alif (جواب), begins a syllable;
 * else it is a long vowel. */
static bool is_long_vowel(const struct nashra_spelling *spelling, size_t index) {
    const struct nashra_grapheme *grapheme = &spelling->graphemes[index];
    if (!nashra_is_length_letter(grapheme->letter) || !nashra_is_bare(grapheme))
        return false;
    bool glide = grapheme->letter == NASHRA_WAW || grapheme->letter == NASHRA_YA;
    if (glide && index == 2 && begins_with_article(spelling))
        return false;
    return !glide || index + 2 >= spelling->count || grapheme[1].letter != NASHRA_ALIF;
}

/* الشمس without marks: shadda; القمر: sukun. */
static void mark_article(struct nashra_spelling *spelling) {
    struct nashra_grapheme *g = spelling->graphemes;
    if (!begins_with_article(spelling))
        return;
    if (nashra_is_sun_letter(g[2].letter))
        g[2].shadda = true;
    else if (!nashra_is_length_letter(g[2].letter) || g[2].letter == NASHRA_WAW || g[2].letter == NASHRA_YA)
        g[1].sukun = true;
}

/* انفعل, افتعل, استفعل without marks begin with a wasl. */
static void mark_wasl(struct nashra_spelling *spelling) {
    struct nashra_grapheme *g = spelling->graphemes;
    if (spelling->count < 5 || g[0].letter != NASHRA_ALIF || nashra_is_length_letter(g[1].letter) ||
        nashra_is_length_letter(g[2].letter))
        return;
    if (g[1].letter == NASHRA_NUN || g[2].letter == NASHRA_TA)
        g[1].sukun = true;
}

static bool closes_syllable(const struct nashra_spelling *spelling, size_t index) {
    const struct nashra_grapheme *g = &spelling->graphemes[index];
    bool after_consonant = index == 0 || (!has_vowel(g - 1) && !nashra_is_length_letter(g[-1].letter));
    bool before_cluster = g[1].shadda || (!has_vowel(g + 1) && !nashra_is_length_letter(g[1].letter));
    return !after_consonant && !before_cluster;
}

static void guess_at(struct nashra_spelling *spelling, size_t index) {
    struct nashra_grapheme *g = &spelling->graphemes[index];
    bool last = index + 1 == spelling->count && index > 0; /* a letter alone needs a vowel */
    bool bare = nashra_is_bare(g) || (g->shadda && g->vowel == NASHRA_NO_VOWEL && !g->dagger);
    bool length = nashra_is_length_letter(g->letter) && is_long_vowel(spelling, index) && index > 0;
    if (!bare || last || length || g->letter == NASHRA_ALIF_MADDA)
        return;
    bool assimilated = g->letter == NASHRA_LAM && index > 0 && g[1].shadda && nashra_is_sun_letter(g[1].letter);
    if (assimilated && !g->shadda)
        return;
    if (spelling->count == 1)
        g->vowel = NASHRA_MARK_A;
    else if (is_long_vowel(spelling, index + 1))
        g->vowel = nashra_vowel_of_length(g[1].letter);
    else if (g[1].letter == NASHRA_MARBUTA || g->shadda)
        g->vowel = NASHRA_MARK_A;
    else if (spelling->marked && closes_syllable(spelling, index))
        g->sukun = true;
    else
        g->vowel = g->letter == NASHRA_ALIF_HAMZA_BELOW ? NASHRA_MARK_I : NASHRA_MARK_A;
}

void nashra_guess_marks(struct nashra_spelling *spelling) {
    if (!spelling->marked) {
        mark_article(spelling);
        mark_wasl(spelling);
    }
    for (size_t i = 0; i < spelling->count; i++) {
        bool initial_alif = i == 0 && spelling->graphemes[0].letter == NASHRA_ALIF;
        if (!initial_alif)
            guess_at(spelling, i);
    }
}
