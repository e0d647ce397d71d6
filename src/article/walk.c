/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "walk.h"

#include <unicode/uchar.h>

#include <nashra/utf8.h>

unsigned nashra_walk_next(const char *text, size_t to, size_t *at) {
    unsigned c = 0;
    if (*at >= to)
        return 0;
    /* The text is well-formed: its commonest characters need no checks. */
    unsigned char first = (unsigned char)text[*at];
    if (first < 0x80) {
        ++*at;
        return first;
    }
    if (first < 0xE0 && *at + 1 < to) {
        c = (first & 0x1Fu) << 6 | ((unsigned char)text[*at + 1] & 0x3Fu);
        *at += 2;
        return c;
    }
    *at += nashra_utf8_decode(text + *at, to - *at, &c);
    return c;
}

unsigned nashra_walk_back(const char *text, size_t from, size_t *at) {
    unsigned c = 0;
    size_t end = *at;
    if (end <= from)
        return 0;
    do
        --*at;
    while (*at > from && (text[*at] & 0xC0) == 0x80);
    nashra_utf8_decode(text + *at, end - *at, &c);
    return c;
}

unsigned nashra_walk_peek(const char *text, size_t to, size_t at) {
    return nashra_walk_next(text, to, &at);
}

unsigned nashra_walk_peek_back(const char *text, size_t from, size_t at) {
    return nashra_walk_back(text, from, &at);
}

bool nashra_walk_is_line_end(unsigned c) {
    return (c >= 0x0A && c <= 0x0D) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool nashra_walk_is_blank(unsigned c) {
    if (c < 0x80)
        return c <= 0x20 || c == 0x7F;
    if (c < 0x2000)
        return c == 0xA0 || c == 0x85 || c == 0xAD || c == 0x061C || c == 0x1680;
    return c <= 0x200B || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x2069) ||
           c == 0x3000 || c == 0xFEFF;
}

bool nashra_walk_is_arabic(unsigned c) {
    return nashra_is_arabic_letter(c) || (c >= 0x0671 && c <= 0x06D3) || (c >= 0xFB50 && c <= 0xFDFF) ||
           (c >= 0xFE70 && c <= 0xFEFC);
}

bool nashra_walk_is_letter(unsigned c) {
    if (c < 0x80)
        return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    return c != 0x0640 && (nashra_walk_is_arabic(c) || u_isalpha((UChar32)c));
}

bool nashra_walk_is_silent(unsigned c) {
    return c == 0x0640 || c == 0x200C || c == 0x200D || nashra_is_arabic_mark(c);
}

bool nashra_walk_is_quote(unsigned c) {
    if (c < 0x2018)
        return c == '"' || c == 0xAB || c == 0xBB;
    return c <= 0x201F || c == 0x2039 || c == 0x203A || c == 0xFF02;
}

bool nashra_walk_is_closer(unsigned c) {
    return nashra_walk_is_quote(c) || c == '\'' || c == ')' || c == ']' || c == '}' || c == 0xFD3E;
}

bool nashra_walk_is_opener(unsigned c) {
    return nashra_walk_is_quote(c) || c == '\'' || c == '(' || c == '[' || c == '{' || c == 0xFD3F;
}

bool nashra_walk_is_full_stop(unsigned c) {
    return c == '.' || c == 0x06D4 || c == 0x2024 || c == 0xFE52 || c == 0xFF0E;
}

bool nashra_walk_is_stop(unsigned c) {
    return nashra_walk_is_full_stop(c) || c == '!' || c == '?' || c == 0x061F || c == 0x203C ||
           (c >= 0x2047 && c <= 0x2049) || c == 0x3002 || c == 0xFF01 || c == 0xFF1F;
}

bool nashra_walk_is_comma(unsigned c) {
    return c == ',' || c == ';' || c == 0x060C || c == 0x061B;
}

bool nashra_walk_is_bullet(unsigned c) {
    return c == '-' || c == '*' || c == 0xB7 || c == 0x2013 || c == 0x2014 || c == 0x2022 || c == 0x2023 ||
           (c >= 0x25A0 && c <= 0x25FF);
}

struct nashra_span nashra_walk_trim(const char *text, struct nashra_span span) {
    size_t at = span.from;
    while (at < span.to && nashra_walk_is_blank(nashra_walk_next(text, span.to, &at)))
        span.from = at;
    at = span.to;
    while (at > span.from && nashra_walk_is_blank(nashra_walk_back(text, span.from, &at)))
        span.to = at;
    return span;
}

struct nashra_span nashra_walk_token(const char *text, size_t to, size_t *at) {
    size_t end = *at;
    while (*at < to && nashra_walk_is_blank(nashra_walk_next(text, to, &end)))
        *at = end;
    struct nashra_span token = {*at, *at};
    while (token.to < to && !nashra_walk_is_blank(nashra_walk_peek(text, to, token.to)))
        nashra_walk_next(text, to, &token.to);
    *at = token.to;
    return token;
}

static bool is_word_character(unsigned c) {
    return nashra_walk_is_letter(c) || nashra_walk_is_silent(c) || nashra_digit_value(c) >= 0;
}

struct nashra_span nashra_walk_bare(const char *text, struct nashra_span token) {
    size_t at = token.from;
    while (at < token.to && !is_word_character(nashra_walk_next(text, token.to, &at)))
        token.from = at;
    at = token.to;
    while (at > token.from && !is_word_character(nashra_walk_back(text, token.from, &at)))
        token.to = at;
    return token;
}

/* Lines of stars, dashes and dots part sections; they have no words. */
static bool is_spoken(unsigned c) {
    if (c < 0x80)
        return c == '%' || c == '$' || c == '&' || c == '@';
    return !nashra_walk_is_silent(c) && !u_ispunct((UChar32)c) && !nashra_walk_is_blank(c) && c != 0xFFFD &&
           u_charType((UChar32)c) != U_CONTROL_CHAR && !(c >= 0x2500 && c <= 0x25FF);
}

static void profile_add(struct nashra_profile *profile, unsigned c) {
    if (nashra_walk_is_letter(c))
        profile->letters++;
    else if (nashra_digit_value(c) >= 0)
        profile->digits++;
    else if (nashra_walk_is_quote(c))
        profile->quotes++;
    else if (nashra_walk_is_comma(c))
        profile->commas++;
    else if (is_spoken(c))
        profile->spoken = true;
}

struct nashra_profile nashra_walk_profile(const char *text, struct nashra_span span) {
    struct nashra_profile profile = {0};
    bool in_word = false;
    for (size_t at = span.from; at < span.to;) {
        unsigned c = nashra_walk_next(text, span.to, &at);
        if (nashra_walk_is_blank(c)) {
            in_word = false;
            continue;
        }
        profile_add(&profile, c);
        if (!in_word && is_word_character(c)) {
            in_word = true;
            profile.words++;
        }
        if (!profile.first)
            profile.first = c;
        if (!nashra_walk_is_closer(c))
            profile.stop = c;
        profile.last = c;
    }
    profile.spoken = profile.spoken || profile.letters || profile.digits;
    return profile;
}
