/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clitics.h"

static unsigned letter_at(const struct nashra_spelling *spelling, size_t index) {
    return index < spelling->count ? spelling->graphemes[index].letter : 0;
}

size_t nashra_conjunction_length(const struct nashra_spelling *spelling) {
    unsigned letter = letter_at(spelling, 0);
    return spelling->count > 1 && (letter == NASHRA_WAW || letter == NASHRA_FA) ? 1 : 0;
}

static size_t preposition_length(const struct nashra_spelling *spelling, size_t at) {
    unsigned letter = letter_at(spelling, at);
    return letter == NASHRA_BA || letter == NASHRA_LAM || letter == NASHRA_KAF || letter == NASHRA_SIN ? 1 : 0;
}

/* ال, or ل of the article after لِ. */
static size_t article_length(const struct nashra_spelling *spelling, size_t at, bool after_lam) {
    if (letter_at(spelling, at) == NASHRA_ALIF && letter_at(spelling, at + 1) == NASHRA_LAM)
        return 2;
    return after_lam && letter_at(spelling, at) == NASHRA_LAM ? 1 : 0;
}

static void add_split(size_t *starts, size_t *count, size_t at) {
    if (*count > 0 && starts[*count - 1] == at)
        return;
    starts[(*count)++] = at;
}

size_t nashra_proclitic_splits(const struct nashra_spelling *spelling, size_t starts[NASHRA_MAX_PROCLITICS]) {
    size_t count = 0;
    add_split(starts, &count, 0);
    size_t conjunction = nashra_conjunction_length(spelling);
    if (letter_at(spelling, 0) == NASHRA_ALIF_HAMZA)
        conjunction = 1;
    add_split(starts, &count, conjunction);
    add_split(starts, &count, conjunction + article_length(spelling, conjunction, false));
    size_t preposition = preposition_length(spelling, conjunction);
    size_t after = conjunction + preposition;
    add_split(starts, &count, after);
    bool after_lam = preposition > 0 && letter_at(spelling, after - 1) == NASHRA_LAM;
    add_split(starts, &count, after + article_length(spelling, after, after_lam));
    return count;
}

bool nashra_is_pronoun(const struct nashra_spelling *spelling, size_t from) {
    unsigned first = letter_at(spelling, from), second = letter_at(spelling, from + 1);
    unsigned third = letter_at(spelling, from + 2);
    switch (spelling->count - from) {
    case 1:
        return first == NASHRA_HA || first == NASHRA_KAF || first == NASHRA_YA;
    case 2:
        if (first == NASHRA_NUN)
            return second == NASHRA_ALIF || second == NASHRA_YA;
        if (first == NASHRA_HA && second == NASHRA_ALIF)
            return true;
        return (first == NASHRA_HA || first == NASHRA_KAF) && (second == NASHRA_MIM || second == NASHRA_NUN);
    case 3:
        return (first == NASHRA_HA || first == NASHRA_KAF) && second == NASHRA_MIM && third == NASHRA_ALIF;
    default:
        return false;
    }
}
