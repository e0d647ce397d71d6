/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fold.h"

#include <nashra/utf8.h>

#include "letters.h"

enum {
    FIRST_LETTER = 0x621, /* of Arabic, tatweel among them */
    LAST_LETTER = 0x64A,
    FIRST_UNCASED_BYTE = 0xD4 /* Armenian and what follows: lower() leaves it */
};

static bool is_space(unsigned c) {
    return c <= ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F ||
           c == 0x3000;
}

/* Controls of direction and joining, soft hyphen, byte order mark. */
static bool is_invisible(unsigned c) {
    return c == 0xAD || c == 0x61C || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

static bool is_quote(unsigned c) {
    return c == '"' || c == '\'' || c == 0xAB || c == 0xBB || (c >= 0x2018 && c <= 0x201F) || c == 0x2039 ||
           c == 0x203A;
}

static unsigned fold_letter(unsigned c) {
    switch (c) {
    case 0x6CC: /* Persian yeh, kaf, heh with yeh */
        return 0x64A;
    case 0x6A9:
        return 0x643;
    case 0x6C0:
        return 0x647;
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2212:
        return '-';
    default:
        return nashra_digit_value(c) >= 0 ? '0' + (unsigned)nashra_digit_value(c) : c;
    }
}

int nashra_lex_fold(const char *text, size_t length, struct nashra_buffer *out) {
    bool space = false;
    size_t start = out->length;
    for (size_t at = 0; at < length;) {
        unsigned c;
        const size_t bytes = nashra_utf8_decode(text + at, length - at, &c);
        at += bytes;
        if (c >= FIRST_LETTER && c <= LAST_LETTER && c != NASHRA_LEX_TATWEEL && !space) {
            nashra_buffer_add(out, text + at - bytes, bytes);
            continue;
        }
        if (is_space(c)) {
            space = out->length > start;
            continue;
        }
        if (is_invisible(c) || is_quote(c) || c == NASHRA_LEX_TATWEEL || nashra_is_arabic_mark(c))
            continue;
        if (space)
            nashra_buffer_add(out, " ", 1);
        space = false;
        nashra_buffer_add_codepoint(out, fold_letter(c));
    }
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

/* Latin, Greek and Cyrillic; only pairs of the same length in UTF-8. */
static unsigned lower(unsigned c) {
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
        return c + 0x20;
    if ((c >= 0x391 && c <= 0x3A9 && c != 0x3A2) || (c >= 0x410 && c <= 0x42F))
        return c + 0x20;
    if (c >= 0x400 && c <= 0x40F)
        return c + 0x50;
    if ((c >= 0x100 && c <= 0x12F) || (c >= 0x132 && c <= 0x137) || (c >= 0x14A && c <= 0x177))
        return c | 1;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return c + (c & 1);
    return c;
}

void nashra_lex_lower(char *folded, size_t length) {
    for (size_t at = 0, bytes; at < length; at += bytes) {
        unsigned c;
        bytes = 1;
        if ((unsigned char)folded[at] >= FIRST_UNCASED_BYTE)
            continue;
        bytes = nashra_utf8_decode(folded + at, length - at, &c);
        if (lower(c) != c)
            nashra_utf8_encode(lower(c), folded + at);
    }
}
