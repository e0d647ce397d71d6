/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <unicode/uchar.h>

#include "classes/classes.h"
#include "context/case.h"
#include "quantity.h"

enum { LARGEST_DENOMINATOR = 10, LARGEST_WRITTEN = 10, SCHOOL_MARK = 20, HUNDRED = 100 };

/* ½ is one half: its value is Unicode's, the smallest denominator that gives a whole numerator is ours to find. */
static bool of_symbol(const struct nashra_scan *scan, size_t at, long *numerator, long *denominator) {
    const struct nashra_token *token = nashra_scan_token(scan, at);
    if (token == NULL || token->kind != NASHRA_TOKEN_SYMBOL || token->repeat != 1 || token->cp < 0xBC ||
        u_charType((UChar32)token->cp) != U_OTHER_NUMBER)
        return false;
    double value = u_getNumericValue((UChar32)token->cp);
    for (long d = 2; d <= LARGEST_DENOMINATOR && value > 0 && value < 1; d++) {
        double n = value * (double)d;
        long whole = (long)(n + 0.5);
        if (n - (double)whole < 1e-6 && (double)whole - n < 1e-6) {
            *numerator = whole;
            *denominator = d;
            return true;
        }
    }
    return false;
}

static bool of_digits(const struct nashra_scan *scan, size_t at, long *numerator, long *denominator) {
    *numerator = nashra_quantity_plain(scan, at);
    *denominator = nashra_quantity_plain(scan, at + 2);
    bool slash = nashra_scan_is_symbol(scan, at + 1, '/') || nashra_scan_is_symbol(scan, at + 1, 0x2044);
    bool mark = *denominator == LARGEST_DENOMINATOR || *denominator == SCHOOL_MARK || *denominator == HUNDRED;
    if (slash && mark && *numerator >= 0 && *numerator <= *denominator && !scan->tokens[at + 1].space &&
        !scan->tokens[at + 2].space)
        return true;
    return slash && *numerator >= 1 && *denominator > *numerator && !scan->tokens[at + 1].space &&
           !scan->tokens[at + 2].space && *denominator <= LARGEST_WRITTEN && !nashra_scan_is_symbol(scan, at + 3, '/');
}

int nashra_match_fraction(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    long numerator, denominator;
    reading->cls = NASHRA_CLASS_FRACTION;
    reading->first = reading->token = at;
    if (of_symbol(scan, at, &numerator, &denominator)) {
        reading->last = at + 1;
        return 1;
    }
    if (nashra_scan_is_number(scan, at) && of_symbol(scan, at + 1, &numerator, &denominator) &&
        !scan->tokens[at + 1].space) {
        reading->token = at + 1;
        reading->last = at + 2;
        reading->shapes = 1u << NASHRA_SHAPE_COMMON;
        return 1;
    }
    reading->last = at + 3;
    if (!of_digits(scan, at, &numerator, &denominator))
        return 0;
    reading->shapes = denominator <= 5 || denominator >= LARGEST_DENOMINATOR ? 1u << NASHRA_SHAPE_COMMON : 0;
    return 1;
}

/* 10/10: عشرة من عشرة */
static int say_mark(struct nashra_scan *scan, size_t at, enum nashra_case grammatical_case) {
    struct nashra_quantity part;
    struct nashra_stance stance = {.grammatical_case = grammatical_case};
    int status = 0;
    for (size_t i = at; i <= at + 2 && status == 0; i += 2) {
        if (!nashra_quantity_digits_at(scan, i, &part, &status))
            return status;
        if (i != at)
            status = nashra_scan_say(scan, NASHRA_SAY_DATE_OF);
        if (status == 0)
            status = nashra_phrase_cardinal(scan->numbers, &scan->phrase, &part.value, stance);
        stance.grammatical_case = NASHRA_GENITIVE;
    }
    return status;
}

int nashra_speak_fraction(struct nashra_scan *scan, const struct nashra_reading *reading) {
    long numerator = 0, denominator = 1;
    struct nashra_quantity whole;
    struct nashra_case_guess guess = nashra_case_at(scan, reading->first);
    struct nashra_stance stance = {.grammatical_case = guess.grammatical_case};
    int status = 0;
    bool mixed = reading->token > reading->first;
    if (!of_symbol(scan, reading->token, &numerator, &denominator))
        of_digits(scan, reading->token, &numerator, &denominator);
    if (mixed && !nashra_quantity_digits_at(scan, reading->first, &whole, &status))
        return status;
    scan->last_case = guess.grammatical_case;
    scan->confidence = guess.confidence;
    if (denominator > LARGEST_WRITTEN || numerator == denominator || numerator == 0)
        return say_mark(scan, reading->first, guess.grammatical_case);
    return nashra_phrase_fraction(scan->numbers, &scan->phrase, mixed ? &whole.value : NULL, (unsigned long)numerator,
                                  (unsigned long)denominator, stance);
}
