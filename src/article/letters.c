/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letters.h"

#include <stdbool.h>

/* Tenths of a bit by which each of ء (U+0621) … ي (U+064A) is commoner than one of 36 equally common letters, counted
 * over 75,000 letters of news. Chosen encodings differ by thousands, so the last bit doesn't matter. */
static const signed char commonness[] = {-31, -43, -3, -50, -18, -29, 24,  4,   1,   8,   -20, -10, -7,  -17,
                                         1,   -22, 8,  -21, -2,  -15, -17, -22, -16, -37, 1,   -22, 0,   0,
                                         0,   0,   0,  0,   -2,  -4,  -2,  20,  12,  11,  -4,  9,   -17, 16};

/* ARABIC is the expectation that a text is Arabic at all, without which a few rare letters would be taken for Greek. */
enum { ARABIC = 15, ARTICLE = 15, MARK = -5, LONELY = -25, FOREIGN = -40, IMPOSSIBLE = -100 };

static bool is_arabic(unsigned c) {
    return c >= 0x0621 && c <= 0x064A && c != 0x0640;
}

static bool is_latin(unsigned c) {
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= 0xC0 && c <= 0x017F);
}

static int score_one(unsigned c, unsigned previous) {
    if (c == 0xFFFD)
        return IMPOSSIBLE;
    if (c >= 0xC0 && c <= 0x017F)
        return FOREIGN;
    if (c >= 0x064B && c <= 0x0652)
        return MARK;
    if (!is_arabic(c))
        return 0;
    /* An Arabic letter in a Latin word is an accented letter of another encoding. */
    if (is_latin(previous))
        return LONELY;
    return ARABIC + commonness[c - 0x0621] + (c == 0x0644 && previous == 0x0627 ? ARTICLE : 0);
}

double nashra_letters_score(const uint16_t table[256], const unsigned char *bytes, size_t length) {
    double score = 0;
    unsigned previous = 0;
    for (size_t i = 0; i < length; i++) {
        unsigned c = table[bytes[i]];
        if (bytes[i] >= 0x80)
            score += score_one(c, previous);
        else if (is_latin(c) && is_arabic(previous))
            score += LONELY;
        previous = c;
    }
    return score;
}
