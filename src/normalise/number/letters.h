/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file letters.h  The Arabic letters and marks that inflection looks at, as UTF-8. All take two bytes. */
#ifndef NASHRA_NORMALISE_LETTERS_H
#define NASHRA_NORMALISE_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#define NASHRA_FATHATAN_UTF8 "\xD9\x8B"
#define NASHRA_DAMMATAN_UTF8 "\xD9\x8C"
#define NASHRA_KASRATAN_UTF8 "\xD9\x8D"
#define NASHRA_FATHA_UTF8 "\xD9\x8E"
#define NASHRA_DAMMA_UTF8 "\xD9\x8F"
#define NASHRA_KASRA_UTF8 "\xD9\x90"
#define NASHRA_SHADDA_UTF8 "\xD9\x91"
#define NASHRA_SUKUN_UTF8 "\xD9\x92"

/** Letters to which the article's lam assimilates. */
#define NASHRA_SUN_LETTERS "تثدذرزسشصضطظلن"

/** True for U+064B … U+0652 and the dagger alif at `bytes` (two bytes are there). */
static inline bool nashra_mark_at(const char *bytes) {
    unsigned char first = (unsigned char)bytes[0], second = (unsigned char)bytes[1];
    return first == 0xD9 && ((second >= 0x8B && second <= 0x92) || second == 0xB0);
}

/** nashra_strip_marks() for harakat alone, which is all that the tables hold; several times as fast. */
static inline size_t nashra_strip_harakat(const char *marked, size_t length, char *out) {
    size_t n = 0;
    for (size_t at = 0; at < length;) {
        if (at + 2 > length || (unsigned char)marked[at] < 0xC0) {
            out[n++] = marked[at++];
            continue;
        }
        memcpy(out + n, marked + at, 2); /* a mark is written over by what follows */
        n += nashra_mark_at(marked + at) ? 0 : 2;
        at += 2;
    }
    out[n] = '\0';
    return n;
}

static inline bool nashra_ends_with(const char *text, size_t length, const char *ending) {
    size_t n = strlen(ending);
    return n <= length && memcmp(text + length - n, ending, n) == 0;
}

static inline bool nashra_starts_with(const char *text, size_t length, const char *beginning) {
    size_t n = strlen(beginning);
    return n <= length && memcmp(text, beginning, n) == 0;
}

/** True when the two-byte letter at `letter` is one of `set`. */
static inline bool nashra_letter_in(const char *letter, const char *set) {
    for (; *set; set += 2)
        if (letter[0] == set[0] && letter[1] == set[1])
            return true;
    return false;
}

#endif
