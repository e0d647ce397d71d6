/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/utf8.h>

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Unicode 15, table 3-7: the second byte has a narrower range after some first bytes. */
static size_t sequence_length(unsigned char first, unsigned char *low, unsigned char *high) {
    *low = 0x80;
    *high = 0xBF;
    if (first >= 0xE0 && first <= 0xEF) {
        if (first == 0xE0)
            *low = 0xA0;
        if (first == 0xED)
            *high = 0x9F;
        return 3;
    }
    if (first >= 0xF0 && first <= 0xF4) {
        if (first == 0xF0)
            *low = 0x90;
        if (first == 0xF4)
            *high = 0x8F;
        return 4;
    }
    return 0;
}

size_t nashra_utf8_decode(const char *bytes, size_t length, unsigned *codepoint) {
    const unsigned char *b = (const unsigned char *)bytes;
    unsigned char low, high;
    if (b[0] < 0x80) {
        *codepoint = b[0];
        return 1;
    }
    if (b[0] >= 0xC2 && b[0] <= 0xDF && length > 1 && (b[1] & 0xC0) == 0x80) { /* most of Arabic text */
        *codepoint = (b[0] & 0x1Fu) << 6 | (b[1] & 0x3Fu);
        return 2;
    }
    *codepoint = 0xFFFD;
    size_t n = sequence_length(b[0], &low, &high);
    if (n == 0 || n > length || b[1] < low || b[1] > high)
        return 1;
    unsigned value = b[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if ((b[i] & 0xC0) != 0x80)
            return 1;
        value = value << 6 | (b[i] & 0x3Fu);
    }
    *codepoint = value;
    return n;
}

size_t nashra_utf8_encode(unsigned codepoint, char out[4]) {
    if (codepoint < 0x80) {
        out[0] = (char)codepoint;
        return 1;
    }
    if ((codepoint >= 0xD800 && codepoint <= 0xDFFF) || codepoint > 0x10FFFF)
        return 0;
    size_t n = codepoint < 0x800 ? 2 : codepoint < 0x10000 ? 3 : 4;
    static const unsigned char first[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = n - 1; i > 0; i--, codepoint >>= 6)
        out[i] = (char)(0x80 | (codepoint & 0x3F));
    out[0] = (char)(first[n] | codepoint);
    return n;
}

enum { WORD = 8 };

/* Eight bytes of which those that `mask` leaves are `wanted`. */
static bool matches(const char *bytes, const unsigned char mask[WORD], const unsigned char wanted[WORD]) {
    uint64_t word, bits, same;
    memcpy(&word, bytes, WORD);
    memcpy(&bits, mask, WORD);
    memcpy(&same, wanted, WORD);
    return (word & bits) == same;
}

static bool is_pair(const char *bytes, size_t length) {
    const unsigned char *b = (const unsigned char *)bytes;
    return length > 1 && b[0] >= 0xC2 && b[0] <= 0xDF && (b[1] & 0xC0) == 0x80;
}

/* How many bytes are ASCII and two-byte letters, of which a table is made: each is checked when it is loaded. */
static size_t plain_run(const char *bytes, size_t length) {
    static const unsigned char high[WORD] = {0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80}, ascii[WORD] = {0},
                               mask[WORD] = {0xFC, 0xC0, 0xFC, 0xC0, 0xFC, 0xC0, 0xFC, 0xC0},
                               arabic[WORD] = {0xD8, 0x80, 0xD8, 0x80, 0xD8, 0x80, 0xD8, 0x80};
    size_t at = 0, before;
    do {
        before = at;
        while (length - at >= WORD && matches(bytes + at, mask, arabic))
            at += WORD;
        while (at < length && is_pair(bytes + at, length - at))
            at += 2;
        while (length - at >= WORD && matches(bytes + at, high, ascii))
            at += WORD;
        while (at < length && (unsigned char)bytes[at] < 0x80)
            at++;
    } while (at > before);
    return at;
}

size_t nashra_utf8_valid_prefix(const char *bytes, size_t length) {
    size_t at = plain_run(bytes, length);
    while (at < length) {
        unsigned codepoint;
        size_t n = nashra_utf8_decode(bytes + at, length - at, &codepoint);
        if (n == 1 && (unsigned char)bytes[at] >= 0x80)
            return at;
        at += n;
        at += plain_run(bytes + at, length - at);
    }
    return at;
}

bool nashra_is_arabic_letter(unsigned c) {
    if ((c >= 0x0621 && c <= 0x063A) || (c >= 0x0641 && c <= 0x064A))
        return true;
    static const unsigned others[] = {0x0671, 0x067E, 0x0686, 0x06A4, 0x06A9, 0x06AF, 0x06CC};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (c == others[i])
            return true;
    return false;
}

bool nashra_is_arabic_mark(unsigned c) {
    return (c >= 0x064B && c <= 0x065F) || c == 0x0670 || (c >= 0x0610 && c <= 0x061A) ||
           (c >= 0x06D6 && c <= 0x06DC) || (c >= 0x06DF && c <= 0x06E4) || c == 0x06E7 || c == 0x06E8 ||
           (c >= 0x06EA && c <= 0x06ED);
}

int nashra_digit_value(unsigned c) {
    if (c >= '0' && c <= '9')
        return (int)(c - '0');
    if (c >= 0x0660 && c <= 0x0669)
        return (int)(c - 0x0660);
    if (c >= 0x06F0 && c <= 0x06F9)
        return (int)(c - 0x06F0);
    return -1;
}

size_t nashra_strip_marks(const char *bytes, size_t length, char *out) {
    size_t written = 0;
    for (size_t at = 0, n; at < length; at += n) {
        unsigned codepoint;
        n = nashra_utf8_decode(bytes + at, length - at, &codepoint);
        if (nashra_is_arabic_mark(codepoint))
            continue;
        memmove(out + written, bytes + at, n);
        written += n;
    }
    out[written] = '\0';
    return written;
}
