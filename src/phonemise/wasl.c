/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wasl.h"

/* Particles of one letter that join the next word: وَ فَ بِ كَ لِ, the swearing وَ تَ, the questioning أَ. */
static bool is_proclitic(const struct nashra_grapheme *grapheme, size_t index) {
    if (grapheme->shadda || grapheme->sukun || grapheme->tanwin)
        return false;
    switch (grapheme->letter) {
    case NASHRA_WAW:
    case NASHRA_FA:
        return index == 0 && (grapheme->vowel == NASHRA_MARK_A || grapheme->vowel == NASHRA_NO_VOWEL);
    case NASHRA_BA:
        return grapheme->vowel == NASHRA_MARK_I || grapheme->vowel == NASHRA_NO_VOWEL;
    case NASHRA_KAF:
    case NASHRA_TA:
        return grapheme->vowel == NASHRA_MARK_A || grapheme->vowel == NASHRA_NO_VOWEL;
    case NASHRA_LAM:
        return grapheme->vowel != NASHRA_MARK_U;
    case NASHRA_ALIF_HAMZA:
        return index == 0 && grapheme->vowel != NASHRA_MARK_U && grapheme->vowel != NASHRA_MARK_I;
    default:
        return false;
    }
}

static bool only_proclitics_before(const struct nashra_spelling *spelling, size_t index) {
    if (index > 2)
        return false;
    for (size_t i = 0; i < index; i++)
        if (!is_proclitic(&spelling->graphemes[i], i))
            return false;
    return true;
}

/* The article: ا and an unvowelled ل. Its lam has sukun before a moon letter and nothing before a sun letter, which
 * has shadda; a lam with sukun before a sun letter belongs to the root (اِلْتِزَام). */
static bool is_article(const struct nashra_spelling *spelling, size_t index) {
    const struct nashra_grapheme *lam = &spelling->graphemes[index + 1];
    if (lam->letter != NASHRA_LAM || index + 2 >= spelling->count)
        return false;
    const struct nashra_grapheme *next = lam + 1;
    if (lam->shadda) /* الَّذِي and its kin */
        return lam->vowel == NASHRA_MARK_A;
    if (lam->vowel == NASHRA_MARK_I) /* الِانْتِخَاب: the lam lent its vowel to a second wasl */
        return next->letter == NASHRA_ALIF && nashra_is_bare(next);
    if (lam->vowel != NASHRA_NO_VOWEL)
        return false;
    if (nashra_is_sun_letter(next->letter))
        return next->shadda;
    return lam->sukun || !nashra_is_length_letter(next->letter) || !nashra_is_bare(next);
}

/* Forms VIII and their like whose first radical is doubled: اتّفق ادّعى اطّلع ازّان اصّدّق. */
static bool may_be_doubled_after_wasl(unsigned letter) {
    return nashra_is_sun_letter(letter) && letter != NASHRA_LAM && letter != NASHRA_NUN && letter != NASHRA_SIN;
}

/* The ten nouns that begin with a wasl; those that matter here: اسم ابن ابنة اثنان اثنتان امرؤ امرأة. */
static bool is_wasl_noun(unsigned first, unsigned second) {
    return (first == NASHRA_SIN && second == NASHRA_MIM) || (first == NASHRA_BA && second == NASHRA_NUN) ||
           (first == NASHRA_THA && second == NASHRA_NUN) || (first == NASHRA_MIM && second == NASHRA_RA);
}

/* A verb, its masdar or one of the nouns: the first radical has no vowel, or is doubled. */
static bool is_stem(const struct nashra_spelling *spelling, size_t index) {
    const struct nashra_grapheme *alif = &spelling->graphemes[index];
    const struct nashra_grapheme *first = alif + 1, *second = alif + 2;
    if (index + 2 >= spelling->count || nashra_is_length_letter(first->letter))
        return false;
    if (alif->vowel == NASHRA_MARK_A) /* a wasl of a stem never has fatha: a hamza that was left out */
        return false;
    bool doubled = first->shadda && may_be_doubled_after_wasl(first->letter);
    if (!doubled && (!first->sukun || (second->vowel == NASHRA_NO_VOWEL && !second->shadda)))
        return false;
    if (index == 0)
        return true;
    /* After a particle with a, a long vowel may be meant (كَافَّة, بَارْك). After i it can't. */
    const struct nashra_grapheme *before = alif - 1;
    if (before->vowel == NASHRA_MARK_I)
        return true;
    if (before->letter == NASHRA_WAW || before->letter == NASHRA_FA || before->letter == NASHRA_ALIF_HAMZA)
        return index + 3 < spelling->count || is_wasl_noun(first->letter, second->letter);
    return is_wasl_noun(first->letter, second->letter);
}

/* i, but u before a u of the stem (اُكْتُبْ, اُسْتُخْدِمَ); the u of اِسْمُهُ is an ending. */
static enum nashra_vowel_mark stem_vowel(const struct nashra_spelling *spelling, size_t index) {
    const struct nashra_grapheme *alif = &spelling->graphemes[index];
    const struct nashra_grapheme *first = alif + 1, *second = alif + 2;
    if (alif->vowel != NASHRA_NO_VOWEL)
        return alif->vowel;
    if (first->shadda)
        return first->vowel == NASHRA_MARK_U ? NASHRA_MARK_U : NASHRA_MARK_I;
    bool ending = index + 3 >= spelling->count || is_wasl_noun(first->letter, second->letter);
    return second->vowel == NASHRA_MARK_U && !ending ? NASHRA_MARK_U : NASHRA_MARK_I;
}

struct nashra_wasl nashra_wasl_at(const struct nashra_spelling *spelling, size_t index) {
    const struct nashra_grapheme *alif = &spelling->graphemes[index];
    struct nashra_wasl wasl = {0};
    bool wasla = alif->letter == NASHRA_ALIF_WASLA;
    if ((alif->letter != NASHRA_ALIF && !wasla) || alif->shadda || alif->tanwin || index + 1 >= spelling->count)
        return wasl;
    if (!only_proclitics_before(spelling, index) && !wasla)
        return wasl;
    wasl.article = is_article(spelling, index) && alif->vowel != NASHRA_MARK_I && alif->vowel != NASHRA_MARK_U;
    wasl.found = wasl.article || wasla || is_stem(spelling, index);
    if (wasl.found)
        wasl.vowel = wasl.article || index + 2 >= spelling->count ? NASHRA_MARK_A : stem_vowel(spelling, index);
    return wasl;
}
