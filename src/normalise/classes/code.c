/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names with digits: كوفيد-19, G20, F-16, SA038…, 2.1.3, 007. */
#include <string.h>

#include "classes/classes.h"
#include "quantity.h"

enum { LONGEST_NUMBER = 4, LONGEST_CARDINAL = 15, SHORTEST_WITH_ZERO = 3, MOST_PARTS = 24 };
enum form { FORM_AFTER_DASH, FORM_LATIN, FORM_DOTTED, FORM_DIGITS, FORM_GROUP };

static bool all_capitals(const struct nashra_token *token) {
    for (size_t i = 0; i < token->length; i++)
        if (token->text[i] < 'A' || token->text[i] > 'Z')
            return false;
    return true;
}

static bool is_era_or_clitic(const struct nashra_token *token) {
    bool era = nashra_abbreviation(token->lexeme, NASHRA_ABBREVIATES_AFTER_YEAR) != NULL;
    return era || nashra_proclitics_of(token->text, token->length) != 0;
}

/* إف-16: the reading begins at the dash, the name before it is a word of its own. */
static bool is_after_dash(const struct nashra_scan *scan, size_t at) {
    return at != 0 && nashra_scan_is_dash(scan, at) && nashra_scan_glued(scan, at) &&
           nashra_scan_is_number(scan, at + 1) && !scan->tokens[at + 1].space &&
           scan->tokens[at - 1].kind == NASHRA_TOKEN_WORD && !is_era_or_clitic(&scan->tokens[at - 1]);
}

/* A hyphen, or between digits a stop, inside a name: SM-3, XBB.1.5. */
static bool is_inner_sign(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *next = nashra_scan_token(scan, at + 1);
    if (next == NULL || next->space)
        return false;
    if (nashra_scan_is_symbol(scan, at, '.'))
        return next->kind == NASHRA_TOKEN_NUMBER;
    return nashra_scan_is_dash(scan, at) && (next->kind == NASHRA_TOKEN_NUMBER || next->kind == NASHRA_TOKEN_LATIN);
}

/* Letters and digits that hang together, with hyphens and stops. */
static size_t end_of_latin(const struct nashra_scan *scan, size_t at, bool *digits) {
    size_t i = at + 1;
    *digits = false;
    while (i < scan->count && i < at + MOST_PARTS && !scan->tokens[i].space) {
        const struct nashra_token *token = &scan->tokens[i];
        if (token->kind != NASHRA_TOKEN_NUMBER && token->kind != NASHRA_TOKEN_LATIN && !is_inner_sign(scan, i))
            break;
        *digits = *digits || token->kind == NASHRA_TOKEN_NUMBER;
        i++;
    }
    return i;
}

/* 2.1.3; behind a word that tells of a version 11.2 as well. */
static size_t end_of_dotted(const struct nashra_scan *scan, size_t at, size_t fewest) {
    size_t i = at + 1, dots = 0;
    while (i + 1 < scan->count && i < at + MOST_PARTS && nashra_scan_is_symbol(scan, i, '.') &&
           !scan->tokens[i].space && nashra_scan_is_number(scan, i + 1) && !scan->tokens[i + 1].space) {
        i += 2;
        dots++;
    }
    return dots >= fewest ? i : at;
}

/* نسخة, إصدار */
static bool follows_version(const struct nashra_scan *scan, size_t at) {
    return at != 0 && (nashra_scan_cues(scan, at - 1) & NASHRA_CUE_BIT(NASHRA_CUE_VERSION)) != 0;
}

static int match_number(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const struct nashra_token *token = &scan->tokens[at];
    bool version = follows_version(scan, at);
    size_t dotted = end_of_dotted(scan, at, version ? 1 : 2);
    bool counts = scan->amount != NULL && /* أندرويد 1.4 مليار جهاز */
                  (scan->amount->kind > NASHRA_COUNTS_OF || scan->amount->quantity.scale_count != 0);
    if (dotted > at && !counts && (version || scan->amount == NULL)) {
        reading->form = FORM_DOTTED;
        reading->last = dotted;
        return 1;
    }
    reading->form = FORM_DIGITS;
    reading->last = at + 1;
    bool zero = token->text[0] == '0' && token->length >= SHORTEST_WITH_ZERO;
    if (scan->amount != NULL && scan->amount->quantity.digits_end > at + 1)
        return 0;
    reading->shapes = zero ? 1u << NASHRA_SHAPE_LEADING_ZERO : 0;
    return zero || token->length > LONGEST_CARDINAL || scan->amount == NULL;
}

int nashra_match_code(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    bool digits;
    reading->cls = NASHRA_CLASS_CODE;
    reading->first = at;
    if (scan->tokens[at].kind == NASHRA_TOKEN_NUMBER)
        return match_number(scan, at, reading);
    if (scan->tokens[at].kind == NASHRA_TOKEN_SYMBOL) {
        reading->form = FORM_AFTER_DASH;
        reading->last = at + 2;
        return is_after_dash(scan, at);
    }
    reading->form = FORM_LATIN;
    reading->last = end_of_latin(scan, at, &digits);
    if (digits && reading->last == at + 2 && scan->tokens[at].length == 1 && scan->tokens[at].text[0] == 'G' &&
        nashra_quantity_plain(scan, at + 1) <= 99)
        reading->form = FORM_GROUP;
    return digits;
}

static int say_number(struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    struct nashra_decimal value;
    if (token->length > LONGEST_NUMBER || (token->text[0] == '0' && token->length > 1))
        return nashra_phrase_digits(scan->numbers, &scan->phrase, token->text, token->length);
    int status = nashra_decimal_make(scan->arena, token->text, token->length, NULL, 0, &value);
    return status < 0 ? status
                      : nashra_phrase_cardinal(scan->numbers, &scan->phrase, &value, (struct nashra_stance){0});
}

static int say_letters(struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    const char *known = nashra_lexis_acronym(scan->lexis, token->text, token->length);
    if (known == NULL && !all_capitals(token))
        known = nashra_lexis_latin(scan->lexis, token->text, token->length);
    if (known != NULL)
        return nashra_scan_words(scan, known);
    return nashra_scan_spell(scan, token->text, token->length);
}

/* v2.3.1, نسخة v10: the letter stands for الإصدار. A V8 is an engine. */
static bool is_version(const struct nashra_scan *scan, const struct nashra_reading *reading) {
    size_t at = reading->first;
    const struct nashra_token *token = &scan->tokens[at];
    bool letter = token->kind == NASHRA_TOKEN_LATIN && token->length == 1 && (token->text[0] | 0x20) == 'v';
    return letter && nashra_scan_is_number(scan, at + 1) &&
           (follows_version(scan, at) || nashra_scan_is_symbol(scan, at + 2, '.')) && reading->last > at + 1;
}

/* G20 is the group of twenty states. */
static int say_group(struct nashra_scan *scan, size_t at) {
    struct nashra_decimal value;
    struct nashra_stance stance = {NASHRA_FEMININE, NASHRA_GENITIVE, NASHRA_DEFINITE, false};
    int status = nashra_scan_say(scan, NASHRA_SAY_GROUP_OF);
    if (status == 0)
        status =
            nashra_decimal_make(scan->arena, scan->tokens[at + 1].text, scan->tokens[at + 1].length, NULL, 0, &value);
    return status < 0 ? status : nashra_phrase_cardinal(scan->numbers, &scan->phrase, &value, stance);
}

int nashra_speak_code(struct nashra_scan *scan, const struct nashra_reading *reading) {
    int status = 0;
    if (reading->form == FORM_GROUP)
        return say_group(scan, reading->first);
    if (reading->form == FORM_DIGITS)
        return nashra_phrase_digits(scan->numbers, &scan->phrase, scan->tokens[reading->first].text,
                                    scan->tokens[reading->first].length);
    bool version = is_version(scan, reading);
    if (version && !follows_version(scan, reading->first))
        status = nashra_scan_say(scan, NASHRA_SAY_VERSION);
    for (size_t i = reading->first + version; i < reading->last && status == 0; i++) {
        const struct nashra_token *token = &scan->tokens[i];
        if (token->kind == NASHRA_TOKEN_NUMBER)
            status = say_number(scan, i);
        else if (token->kind == NASHRA_TOKEN_LATIN)
            status = say_letters(scan, i);
        else if (token->cp == '.')
            status = nashra_scan_say(scan, NASHRA_SAY_POINT);
    }
    return status;
}
