/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "classes/classes.h"
#include "context/clause.h"
#include "number/letters.h"
#include "quantity.h"

enum { LETTER = 2, LONGEST_DOTLESS_TITLE = 2 };

static const char *use(const struct nashra_token *token, enum nashra_abbreviation_use how) {
    return token->stem == 0 ? nashra_abbreviation(token->lexeme, how) : NULL;
}

static bool take(struct nashra_reading *reading, size_t at, size_t last, const char *text) {
    reading->cls = NASHRA_CLASS_ABBREVIATION;
    reading->first = at;
    reading->last = last;
    reading->text = text;
    return true;
}

static bool in_brackets(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    if (!nashra_scan_is_symbol(scan, at, '(') || at + 2 >= scan->count || !nashra_scan_is_symbol(scan, at + 2, ')'))
        return false;
    const char *text = use(&scan->tokens[at + 1], NASHRA_ABBREVIATES_IN_BRACKETS);
    return text != NULL && at != 0 && take(reading, at, at + 3, text);
}

/* قالت, أوضحت: behind such a verb the one who speaks is a woman. */
static bool woman_speaks(const struct nashra_scan *scan, size_t at) {
    const uint64_t speech = NASHRA_CUE_BIT(NASHRA_CUE_SAY) | NASHRA_CUE_BIT(NASHRA_CUE_ANNOUNCE);
    const struct nashra_token *verb = at != 0 ? &scan->tokens[at - 1] : NULL;
    return verb != NULL && (nashra_scan_cues(scan, at - 1) & speech) != 0 &&
           nashra_ends_with(verb->text, verb->length, "ت");
}

/* A title by the one who has it: the first name tells, or the verb. */
static const char *title_of(const struct nashra_scan *scan, size_t at, const struct nashra_token *name) {
    const char *feminine = use(&scan->tokens[at], NASHRA_ABBREVIATES_BEFORE_WOMAN);
    bool woman = feminine != NULL && name->kind == NASHRA_TOKEN_WORD &&
                 (nashra_lexis_is_womans_name(scan->lexis, name->text, name->length) || woman_speaks(scan, at));
    return woman ? feminine : use(&scan->tokens[at], NASHRA_ABBREVIATES_BEFORE_NAME);
}

/* A word that is no name, whatever stands before it: إن, ثم. (علي is a name and, misspelt, a preposition.) */
static bool is_no_name(const struct nashra_token *token) {
    enum nashra_governor governor = nashra_word_governs(token);
    return governor == NASHRA_GOVERNS_INNA || governor == NASHRA_GOVERNS_KANA ||
           (governor >= NASHRA_GOVERNS_NEGATION && governor <= NASHRA_GOVERNS_RELATIVE);
}

/* أ.ش. إنه: letters for a name rather than two titles, where no name follows them. */
static bool are_initials(const struct nashra_scan *scan, size_t second) {
    const struct nashra_token *letter = &scan->tokens[second];
    size_t next = second + 1 + nashra_scan_is_symbol(scan, second + 1, '.');
    const struct nashra_token *name = nashra_scan_token(scan, next);
    if (letter->length > LETTER)
        return is_no_name(letter);
    return name == NULL || name->kind != NASHRA_TOKEN_WORD || name->length <= LETTER || is_no_name(name);
}

/* د. أحمد: the stop belongs to it; without one only د itself is sure. */
static bool before_name(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const char *text = use(&scan->tokens[at], NASHRA_ABBREVIATES_BEFORE_NAME);
    bool after_number = at != 0 && (nashra_scan_is_number(scan, at - 1) || nashra_scan_is_symbol(scan, at - 1, ')'));
    if (text == NULL || after_number)
        return false;
    bool stop = nashra_scan_is_symbol(scan, at + 1, '.') && !scan->tokens[at + 1].space;
    bool slash = nashra_scan_is_symbol(scan, at + 1, '/');
    bool merged = scan->tokens[at].length > LONGEST_DOTLESS_TITLE;
    size_t name = at + 1 + (stop || slash);
    bool plain = strcmp(scan->tokens[at].text, "د") == 0 && scan->tokens[at].prefix == NULL;
    if ((!stop && !slash && !merged && !plain) || name >= scan->count)
        return false;
    const struct nashra_token *next = &scan->tokens[name];
    if (next->kind == NASHRA_TOKEN_WORD && are_initials(scan, name))
        return false;
    if (at != 0 && nashra_scan_is_symbol(scan, at - 1, '(') && next->kind == NASHRA_TOKEN_WORD &&
        next->length <= LETTER)
        return false; /* (أ. م، 34 عاما): initials of somebody who isn't named */
    bool is_name =
        (next->kind == NASHRA_TOKEN_WORD && (next->length > LETTER || use(next, NASHRA_ABBREVIATES_BEFORE_NAME))) ||
        next->kind == NASHRA_TOKEN_LATIN;
    return is_name && take(reading, at, name, title_of(scan, at, next));
}

/* القرن ال 11 م., (961) م.: an era behind what isn't read as a year. */
static bool after_number(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const char *text = use(&scan->tokens[at], NASHRA_ABBREVIATES_AFTER_YEAR);
    bool bracket = at >= 2 && nashra_scan_is_symbol(scan, at - 1, ')') && nashra_scan_is_number(scan, at - 2);
    bool number = at != 0 && nashra_scan_is_number(scan, at - 1) && scan->has_last && scan->last_end == at;
    return text != NULL && (bracket || number) && take(reading, at, at + 1, text);
}

/* (ت 632 هـ): when somebody died. */
static bool before_year(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    enum { LONGEST_YEAR = 4 };
    const char *text = use(&scan->tokens[at], NASHRA_ABBREVIATES_BEFORE_YEAR);
    bool sign = nashra_scan_is_symbol(scan, at + 1, '.') || nashra_scan_is_symbol(scan, at + 1, ':');
    size_t number = at + 1 + sign;
    return text != NULL && nashra_scan_is_number(scan, number) && scan->tokens[number].length <= LONGEST_YEAR &&
           at != 0 && nashra_scan_is_symbol(scan, at - 1, '(') && take(reading, at, number, text);
}

static bool before_number(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const char *text = use(&scan->tokens[at], NASHRA_ABBREVIATES_BEFORE_NUMBER);
    size_t number = at + 1 + (nashra_scan_is_symbol(scan, at + 1, '.') || nashra_scan_is_symbol(scan, at + 1, ':'));
    return text != NULL && nashra_scan_is_number(scan, number) && scan->tokens[number].prefix == NULL &&
           take(reading, at, nashra_scan_is_symbol(scan, at + 1, '.') ? number : at + 1, text);
}

static bool before_colon(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const char *text = use(&scan->tokens[at], NASHRA_ABBREVIATES_BEFORE_COLON);
    bool begins = at == 0 || nashra_scan_is_edge(scan, at - 1) || nashra_scan_is_number(scan, at - 1);
    bool number = nashra_scan_is_number(scan, at + 2) || nashra_scan_is_symbol(scan, at + 2, '+');
    return text != NULL && nashra_scan_is_symbol(scan, at + 1, ':') && (begins || number) &&
           take(reading, at, at + 1, text);
}

static bool always(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const struct nashra_token *token = &scan->tokens[at];
    const char *text = use(token, NASHRA_ABBREVIATES_ALWAYS);
    if (text == NULL && token->lexeme != NULL && token->stem == 0)
        text = token->lexeme->acronym;
    return text != NULL && take(reading, at, at + 1, text);
}

/* A letter alone, and letters that only stops join, are named. */
static bool letters(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const struct nashra_token *token = &scan->tokens[at];
    bool row = nashra_scan_is_edge(scan, at + 1) && at != 0 && nashra_scan_is_edge(scan, at - 1); /* هـ، و، ز */
    bool conjunction = strcmp(token->text, "و") == 0 && !row;
    bool single = token->length == LETTER && token->marked == NULL && !conjunction;
    if (!single && strchr(token->text, '.') == NULL)
        return false;
    return take(reading, at, at + 1, NULL);
}

int nashra_match_abbreviation(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    if (scan->tokens[at].kind == NASHRA_TOKEN_SYMBOL)
        return in_brackets(scan, at, reading);
    return before_name(scan, at, reading) || after_number(scan, at, reading) || before_year(scan, at, reading) ||
           before_number(scan, at, reading) || before_colon(scan, at, reading) || always(scan, at, reading) ||
           letters(scan, at, reading);
}

int nashra_speak_abbreviation(struct nashra_scan *scan, const struct nashra_reading *reading) {
    const struct nashra_token *token = &scan->tokens[reading->first];
    if (reading->text != NULL)
        return nashra_scan_words(scan, reading->text);
    int status = 0;
    for (const char *at = token->text; *at != '\0' && status == 0; at += strcspn(at, "."), at += *at == '.')
        status = nashra_scan_spell(scan, at, strcspn(at, "."));
    return status;
}
