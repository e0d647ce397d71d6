/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "token/affixes.h"

#include <stdbool.h>
#include <string.h>

enum { LETTER = 2 /* bytes of an Arabic letter in UTF-8 */, ARTICLE = 2 * LETTER };

static bool starts(const char *word, size_t length, const char *prefix) {
    size_t n = strlen(prefix);
    return length >= n && memcmp(word, prefix, n) == 0;
}

size_t nashra_conjunction_of(const char *word, size_t length, unsigned *bits) {
    if (starts(word, length, "و"))
        *bits |= NASHRA_PROCLITIC_AND;
    else if (starts(word, length, "ف"))
        *bits |= NASHRA_PROCLITIC_SO;
    else
        return 0;
    return LETTER;
}

size_t nashra_preposition_of(const char *word, size_t length, unsigned *bits) {
    if (!starts(word, length, "ب") && !starts(word, length, "ك") && !starts(word, length, "ل"))
        return 0;
    *bits |= NASHRA_PROCLITIC_GENITIVE;
    return LETTER;
}

size_t nashra_bare_article_of(const char *word, size_t length, int after_lam, unsigned *bits) {
    if (!starts(word, length, "ال") && !(after_lam && starts(word, length, "ل")))
        return 0;
    *bits |= NASHRA_PROCLITIC_ARTICLE;
    return starts(word, length, "ال") ? ARTICLE : LETTER;
}

size_t nashra_article_end(const char *word, size_t length, unsigned *bits) {
    unsigned seen = 0;
    size_t at = nashra_conjunction_of(word, length, &seen);
    bool lam = starts(word + at, length - at, "ل");
    at += nashra_preposition_of(word + at, length - at, &seen);
    size_t article = nashra_bare_article_of(word + at, length - at, lam, &seen);
    size_t end = at + article, shortest = at == 0 ? 2 * LETTER : 3 * LETTER;
    if (article == 0 || length < end + shortest)
        return 0;
    *bits |= seen;
    return end;
}

size_t nashra_pronoun_of(const char *word, size_t length) {
    static const char *const pronouns[] = {"هما", "ها", "هم", "هن", "نا", "كم", "ه"};
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++) {
        size_t n = strlen(pronouns[i]);
        if (length > n + 2 * LETTER && memcmp(word + length - n, pronouns[i], n) == 0)
            return n;
    }
    return 0;
}

unsigned nashra_proclitics_of(const char *word, size_t length) {
    enum { LONGEST = 2 * LETTER + ARTICLE };
    unsigned bits = 0;
    if (length > LONGEST)
        return 0;
    size_t at = nashra_conjunction_of(word, length, &bits);
    bool lam = starts(word + at, length - at, "ل");
    at += nashra_preposition_of(word + at, length - at, &bits);
    at += nashra_bare_article_of(word + at, length - at, lam, &bits);
    return at == length ? bits : 0;
}
