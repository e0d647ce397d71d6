/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file ascii.h  Letters, digits and blanks of ASCII.
 *
 * Markup, addresses and formats are made of them, and mean the same everywhere. <ctype.h> and strcasecmp(3) follow the
 * locale of the program that the library is in: in a Turkish one "TITLE" is not "title". All bytes from 0x80 on are
 * none of these.
 */
#ifndef NASHRA_ASCII_H
#define NASHRA_ASCII_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A space, \\t, \\n, \\v, \\f or \\r. */
static inline bool nashra_ascii_is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/** 0 … 9. */
static inline bool nashra_ascii_is_digit(char c) {
    return c >= '0' && c <= '9';
}

/** A … Z. */
static inline bool nashra_ascii_is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}

/** a … z. */
static inline bool nashra_ascii_is_lower(char c) {
    return c >= 'a' && c <= 'z';
}

/** A … Z, a … z. */
static inline bool nashra_ascii_is_letter(char c) {
    return nashra_ascii_is_upper(c) || nashra_ascii_is_lower(c);
}

/** A letter or a digit. */
static inline bool nashra_ascii_is_alnum(char c) {
    return nashra_ascii_is_letter(c) || nashra_ascii_is_digit(c);
}

/** What is printed and is neither letter, digit nor space. */
static inline bool nashra_ascii_is_punct(char c) {
    return c > ' ' && c < 0x7F && !nashra_ascii_is_alnum(c);
}

/** The small letter of a capital; everything else as it is. */
static inline char nashra_ascii_lower(char c) {
    return (char)(nashra_ascii_is_upper(c) ? c + ('a' - 'A') : c);
}

/** Compares two strings by their bytes, capitals as small letters: negative, 0, positive as strcmp(3) does. */
int nashra_ascii_compare(const char *a, const char *b);

/** Whether two strings are one word, however it is written: "UTF-8" and "utf-8". */
bool nashra_ascii_same(const char *a, const char *b);

/** Whether `length` bytes of text begin with `word`, in capitals or small letters. The text may hold NULs. */
bool nashra_ascii_begins(const char *text, size_t length, const char *word);

#ifdef __cplusplus
}
#endif
#endif
