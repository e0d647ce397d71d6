/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file utf8.h  UTF-8 and the Arabic letters and marks. All lengths and offsets are in bytes. */
#ifndef NASHRA_UTF8_H
#define NASHRA_UTF8_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum nashra_arabic_mark {
    NASHRA_FATHATAN = 0x064B,
    NASHRA_DAMMATAN = 0x064C,
    NASHRA_KASRATAN = 0x064D,
    NASHRA_FATHA = 0x064E,
    NASHRA_DAMMA = 0x064F,
    NASHRA_KASRA = 0x0650,
    NASHRA_SHADDA = 0x0651,
    NASHRA_SUKUN = 0x0652,
    NASHRA_DAGGER_ALIF = 0x0670
};

/** Decodes the code point at `bytes` (at least one byte is there). Returns the bytes it takes, and U+FFFD with 1 for
 *  a malformed byte (Unicode 15, table 3-7: no overlong forms, no surrogates). */
size_t nashra_utf8_decode(const char *bytes, size_t length, unsigned *codepoint);
/** Encodes into `out` (4 bytes of room); returns the bytes written, 0 for a surrogate or a value over U+10FFFF. */
size_t nashra_utf8_encode(unsigned codepoint, char out[4]);
/** Offset of the first malformed byte, or `length` when all is well-formed. */
size_t nashra_utf8_valid_prefix(const char *bytes, size_t length);

/** One of the 36 letters ء … ي and ٱ پ چ ڤ گ ی ک; not tatweel, not marks. */
bool nashra_is_arabic_letter(unsigned codepoint);
/** Harakat, tanwin, shadda, sukun, maddah and hamza above or below, dagger alif, and the Quranic signs. */
bool nashra_is_arabic_mark(unsigned codepoint);
/** Value of an ASCII, Arabic-Indic or extended Arabic-Indic digit, or -1. */
int nashra_digit_value(unsigned codepoint);

/** Copies `length` bytes without Arabic marks into `out` (room for length + 1), NUL-terminated; returns the length. */
size_t nashra_strip_marks(const char *bytes, size_t length, char *out);

#ifdef __cplusplus
}
#endif
#endif
