/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Telephone numbers: digit by digit, a short pause after each group. */
#include <string.h>

#include "classes/classes.h"
#include "number/letters.h"
#include "quantity.h"

enum {
    FEWEST_DIGITS = 7,
    FEWEST_AFTER_CUE = 5,
    FEWEST_OF_HOTLINE = 3,
    MOST_GROUPS = 10,
    MOST_DIGITS = 15,
    SHORTEST_GROUP = 3,
    LETTER = 2
};

static bool after_cue(const struct nashra_scan *scan, size_t at, bool *called) {
    size_t i = at;
    if (i != 0 && nashra_scan_is_symbol(scan, i - 1, ':'))
        i--;
    if (i >= 2 && (nashra_scan_is_word(scan, i - 1, "على") || nashra_scan_is_word(scan, i - 1, "بالرقم")))
        i--; /* اتصل على 19123 */
    *called = i < at && !nashra_scan_is_symbol(scan, at - 1, ':');
    if (i == 0)
        return false;
    const struct nashra_token *token = &scan->tokens[i - 1];
    bool abbreviated = token->lexeme != NULL && token->stem == 0 && i < at &&
                       nashra_abbreviation(token->lexeme, NASHRA_ABBREVIATES_BEFORE_COLON) != NULL;
    return abbreviated || (nashra_scan_cues(scan, i - 1) & NASHRA_CUE_BIT(NASHRA_CUE_PHONE)) != 0;
}

/* الخط الساخن: 937, رقم الطوارئ 112 */
static bool is_of_hotline(const struct nashra_scan *scan, size_t at) {
    size_t word = at != 0 && nashra_scan_is_symbol(scan, at - 1, ':') ? at - 1 : at;
    return word != 0 && (nashra_scan_cues(scan, word - 1) & NASHRA_CUE_BIT(NASHRA_CUE_HOTLINE)) != 0;
}

/* الاتصال على الرقم 19033: where the sentence tells of a telephone the number is one's. */
static bool is_number_to_call(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = at != 0 ? &scan->tokens[at - 1] : NULL;
    return token != NULL && (scan->near & NASHRA_CUE_BIT(NASHRA_CUE_PHONE)) != 0 && token->lexeme != NULL &&
           token->lexeme->label != NULL && nashra_ends_with(token->text, token->length, "رقم");
}

/* هاتف: 4567890، 4567891 أو 4567892 */
static bool is_another(const struct nashra_scan *scan, size_t at) {
    return at != 0 && scan->has_last && scan->last_class == NASHRA_CLASS_PHONE && scan->last_end == at - 1 &&
           (nashra_scan_is_word(scan, at - 1, "أو") || nashra_scan_is_symbol(scan, at - 1, 0x060C) ||
            nashra_scan_is_symbol(scan, at - 1, '/'));
}

static bool is_joint(const struct nashra_scan *scan, size_t at) {
    return nashra_scan_is_dash(scan, at) || nashra_scan_is_symbol(scan, at, '(') ||
           nashra_scan_is_symbol(scan, at, ')');
}

/* The next group of digits behind token `at`; scan->count when there is none. */
static size_t next_group(const struct nashra_scan *scan, size_t at) {
    size_t i = at + 1;
    while (i < scan->count && i <= at + 2 && is_joint(scan, i))
        i++;
    bool near = nashra_scan_is_number(scan, i) && scan->tokens[i].prefix == NULL;
    bool loose = near && scan->tokens[i].space && i > at + 1 && !nashra_scan_is_symbol(scan, i - 1, ')');
    return near && !loose ? i : scan->count;
}

int nashra_match_phone(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    bool plus = nashra_scan_is_symbol(scan, at, '+');
    bool called = false, told = after_cue(scan, at, &called);
    bool hotline = is_of_hotline(scan, at) || (told && called),
         cue = hotline || told || is_number_to_call(scan, at) || is_another(scan, at);
    size_t fewest = hotline ? FEWEST_OF_HOTLINE : cue ? FEWEST_AFTER_CUE : FEWEST_DIGITS;
    size_t first = plus ? at + 1 : at;
    if (!nashra_scan_is_number(scan, first) || (plus && scan->tokens[first].space))
        return 0;
    bool zero = scan->tokens[first].text[0] == '0';
    size_t digits = 0, last = first, groups = 0, longest = 0;
    if (!plus && !zero && !cue)
        return 0;
    for (size_t i = first; i < scan->count && groups < MOST_GROUPS; i = next_group(scan, i), groups++) {
        bool spaced = i != first && scan->tokens[i].space;
        if (digits + scan->tokens[i].length > MOST_DIGITS || (spaced && digits >= FEWEST_DIGITS && !plus))
            break;
        digits += scan->tokens[i].length;
        longest = scan->tokens[i].length > longest ? scan->tokens[i].length : longest;
        last = i;
    }
    if (digits < fewest || digits > MOST_DIGITS || longest < SHORTEST_GROUP)
        return 0;
    reading->cls = NASHRA_CLASS_PHONE;
    reading->first = at;
    reading->last = last + 1;
    reading->shapes = (plus ? 1u << NASHRA_SHAPE_SIGNED : 0) | (zero ? 1u << NASHRA_SHAPE_LEADING_ZERO : 0) |
                      1u << NASHRA_SHAPE_LONG | (cue ? 1u << NASHRA_SHAPE_COMMON : 0);
    return 1;
}

int nashra_speak_phone(struct nashra_scan *scan, const struct nashra_reading *reading) {
    int status = 0;
    bool begun = false;
    for (size_t i = reading->first; i < reading->last && status == 0; i++) {
        if (nashra_scan_is_symbol(scan, i, '+'))
            status = nashra_scan_say(scan, NASHRA_SAY_PLUS);
        if (!nashra_scan_is_number(scan, i))
            continue;
        if (begun)
            nashra_scan_cut(scan, i, NASHRA_PAUSE_COMMA);
        begun = true;
        if (status == 0)
            status = nashra_phrase_digits(scan->numbers, &scan->phrase, scan->tokens[i].text, scan->tokens[i].length);
    }
    return status;
}
