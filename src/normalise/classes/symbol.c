/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs and emoji by their names. What is only a pause or a quotation mark is not read (pause.c). */
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

#include <nashra/utf8.h>

#include "classes/classes.h"
#include "quantity.h"

enum { FEWEST_OF_A_RULE = 3 };

static bool is_emoji(unsigned cp) {
    return cp > 0x2000 && u_hasBinaryProperty((UChar32)cp, UCHAR_EMOJI_PRESENTATION);
}

/* A skin tone or a region's half without its other half says nothing by itself. */
static bool is_modifier(unsigned cp) {
    return u_hasBinaryProperty((UChar32)cp, UCHAR_EMOJI_MODIFIER);
}

/* أوبك+, Disney+: the sign is part of the name. */
static bool is_plus_of_name(const struct nashra_scan *scan, size_t at) {
    enum { SHORTEST_LATIN = 3, SHORTEST_ARABIC = 6 };
    const struct nashra_token *name = at != 0 ? &scan->tokens[at - 1] : NULL, *next = nashra_scan_token(scan, at + 1);
    if (name == NULL || !nashra_scan_is_symbol(scan, at, '+') || scan->tokens[at].space ||
        (next != NULL && !next->space && next->kind != NASHRA_TOKEN_SYMBOL))
        return false;
    return (name->kind == NASHRA_TOKEN_WORD && name->length >= SHORTEST_ARABIC) ||
           (name->kind == NASHRA_TOKEN_LATIN && name->length >= SHORTEST_LATIN);
}

int nashra_match_symbol(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const struct nashra_token *token = &scan->tokens[at];
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at);
    if ((symbol != NULL && symbol->name == NULL) || nashra_scan_parts_eras(scan, at))
        return 0;
    if (token->repeat >= FEWEST_OF_A_RULE && (symbol == NULL || symbol->role != NASHRA_SYMBOL_EMOJI))
        return 0; /* ===== is a rule */
    if (is_modifier(token->cp) && at != 0 && !token->space)
        return 0;
    bool emoji = symbol != NULL ? symbol->role == NASHRA_SYMBOL_EMOJI : is_emoji(token->cp);
    reading->cls = emoji ? NASHRA_CLASS_EMOJI : NASHRA_CLASS_SYMBOL;
    reading->first = at;
    reading->last = at + 1;
    reading->text =
        symbol != NULL ? symbol->name : nashra_lexis_saying(scan->lexis, emoji ? NASHRA_SAY_EMOJI : NASHRA_SAY_SYMBOL);
    if (is_plus_of_name(scan, at))
        reading->text = nashra_lexis_saying(scan->lexis, NASHRA_SAY_PLUS_OF_NAME);
    return 1;
}

/* ---- flags: two letters of a country's code ---- */

enum { FIRST_INDICATOR = 0x1F1E6, LAST_INDICATOR = 0x1F1FF, LONGEST_NAME = 128 };

static bool is_indicator(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = nashra_scan_token(scan, at);
    return token != NULL && token->kind == NASHRA_TOKEN_SYMBOL && token->repeat == 1 && token->cp >= FIRST_INDICATOR &&
           token->cp <= LAST_INDICATOR;
}

int nashra_match_flag(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    if (!is_indicator(scan, at) || !is_indicator(scan, at + 1) || scan->tokens[at + 1].space)
        return 0;
    reading->cls = NASHRA_CLASS_EMOJI;
    reading->first = at;
    reading->last = at + 2;
    return 1;
}

/* ICU knows the countries' names; what stands in brackets behind one is left out. */
static size_t country_name(const struct nashra_scan *scan, size_t at, char *name) {
    char locale[] = {'_', (char)('A' + (scan->tokens[at].cp - FIRST_INDICATOR)),
                     (char)('A' + (scan->tokens[at + 1].cp - FIRST_INDICATOR)), '\0'};
    UChar units[LONGEST_NAME];
    UErrorCode error = U_ZERO_ERROR;
    int32_t length = uloc_getDisplayCountry(locale, "ar", units, LONGEST_NAME, &error);
    size_t written = 0;
    for (int32_t i = 0; i < length && U_SUCCESS(error) && units[i] != '('; i++)
        if (units[i] == ' ' || nashra_is_arabic_letter(units[i]))
            written += nashra_utf8_encode(units[i], name + written);
    name[written] = '\0';
    return written;
}

int nashra_speak_flag(struct nashra_scan *scan, const struct nashra_reading *reading) {
    char name[3 * LONGEST_NAME + 1];
    int status = nashra_scan_say(scan, NASHRA_SAY_FLAG);
    if (status < 0 || country_name(scan, reading->first, name) == 0)
        return status;
    return nashra_scan_words(scan, name);
}

int nashra_speak_symbol(struct nashra_scan *scan, const struct nashra_reading *reading) {
    return nashra_scan_words(scan, reading->text);
}

/* 20 دولارا/برميل: for each of what follows; 300 كلم/ث: in the time that follows. */
int nashra_match_per(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    enum { LETTER = 2 };
    const struct nashra_token *next = nashra_scan_token(scan, at + 1);
    bool counted =
        scan->has_last && scan->last_end == at && at != 0 && scan->tokens[at - 1].kind != NASHRA_TOKEN_NUMBER;
    if (!nashra_scan_is_symbol(scan, at, '/') || !counted || next == NULL || next->kind != NASHRA_TOKEN_WORD ||
        scan->tokens[at].space != next->space)
        return 0;
    const struct nashra_lexeme *lexeme = next->stem == 0 ? next->lexeme : NULL;
    reading->cls = NASHRA_CLASS_MEASURE;
    reading->first = at;
    reading->last = at + 2;
    reading->text = nashra_abbreviation(lexeme, NASHRA_ABBREVIATES_AFTER_SLASH);
    bool noun = next->length > LETTER && strchr(next->text, '.') == NULL &&
                (next->lexeme == NULL || next->lexeme->governor == NASHRA_GOVERNS_NOTHING);
    int status = reading->text == NULL ? nashra_amount_find_thing(scan, at + 1, &reading->amount) : 0;
    if (status < 0)
        return status;
    if (reading->amount.kind == NASHRA_COUNTS_UNIT) {
        reading->last = reading->amount.last;
        return 1;
    }
    if (next->space) /* سم / ثانية, but a slash between two words is often a pause */
        return reading->text != NULL && next->length > LETTER;
    return reading->text != NULL || noun;
}

/* 344 نسمة / كم²: للكيلومتر المربع */
static int speak_per_unit(struct nashra_scan *scan, const struct nashra_reading *reading) {
    struct nashra_noun noun = nashra_unit_noun(reading->amount.unit);
    struct nashra_stance stance = {.grammatical_case = NASHRA_GENITIVE, .definite = NASHRA_DEFINITE};
    int status = nashra_phrase_noun(&scan->phrase, &noun, NASHRA_SINGULAR, stance);
    return status < 0 ? status : nashra_phrase_prefix(&scan->phrase, 0, "لِ");
}

int nashra_speak_per(struct nashra_scan *scan, const struct nashra_reading *reading) {
    if (reading->text != NULL)
        return nashra_scan_words(scan, reading->text);
    if (reading->amount.kind == NASHRA_COUNTS_UNIT)
        return speak_per_unit(scan, reading);
    int status = nashra_scan_source(scan, reading->first + 1);
    return status < 0 ? status : nashra_phrase_prefix(&scan->phrase, 0, "لِال");
}
