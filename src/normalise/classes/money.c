/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sign before its number: $5, USD 5, %20. */
#include <string.h>

#include "classes/classes.h"
#include "context/case.h"
#include "quantity.h"

enum { ISO_LENGTH = 3 };

static bool is_iso_code(const struct nashra_token *token) {
    if (token->kind != NASHRA_TOKEN_LATIN || token->length != ISO_LENGTH)
        return false;
    for (size_t i = 0; i < token->length; i++)
        if (token->text[i] < 'A' || token->text[i] > 'Z')
            return false;
    return true;
}

const struct nashra_currency *nashra_currency_before(const struct nashra_scan *scan, size_t at, size_t *number) {
    const struct nashra_token *token = &scan->tokens[at];
    *number = at + 1;
    if (token->kind == NASHRA_TOKEN_LATIN && nashra_scan_is_symbol(scan, at + 1, '$') && !scan->tokens[at + 1].space) {
        *number = at + 2; /* US$ */
        return nashra_currency_find(scan->numbers, "USD", ISO_LENGTH, scan->region);
    }
    bool name = token->kind == NASHRA_TOKEN_LATIN && nashra_scan_glued(scan, at + 1) &&
                nashra_lexis_acronym(scan->lexis, token->text, token->length) != NULL; /* COP28 */
    if (name)
        return NULL;
    bool sign = token->kind == NASHRA_TOKEN_SYMBOL && token->repeat == 1 && token->cp > ' ' &&
                nashra_scan_symbol(scan, at) != NULL && nashra_scan_symbol(scan, at)->role == NASHRA_SYMBOL_NAMED;
    if (!sign && !is_iso_code(token))
        return NULL;
    return nashra_currency_find(scan->numbers, token->text, token->length, scan->region);
}

int nashra_match_money(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    int status = 0;
    size_t number;
    const struct nashra_currency *currency = nashra_currency_before(scan, at, &number);
    if (currency == NULL || !nashra_quantity_at(scan, number, &reading->amount.quantity, &status))
        return status;
    reading->cls = NASHRA_CLASS_CURRENCY;
    reading->first = at;
    reading->last = reading->amount.last = reading->amount.quantity.last;
    reading->amount.first = at;
    reading->amount.kind = NASHRA_COUNTS_CURRENCY;
    reading->amount.currency = currency;
    reading->amount.qualified = nashra_currency_needs_country(scan, at, currency);
    return 1;
}

int nashra_speak_money(struct nashra_scan *scan, const struct nashra_reading *reading) {
    struct nashra_case_guess guess = nashra_case_of_amount(scan, reading->first);
    scan->last_case = guess.grammatical_case;
    scan->confidence = guess.confidence;
    return nashra_amount_speak(scan, &reading->amount, guess.grammatical_case, false);
}

int nashra_match_percent(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    int status = 0;
    bool sign = nashra_scan_is_percent(scan, at);
    bool taken = at != 0 && nashra_scan_is_number(scan, at - 1); /* 5% 10: belongs to the number before */
    if (!sign || taken || !nashra_quantity_at(scan, at + 1, &reading->amount.quantity, &status))
        return status;
    reading->cls = NASHRA_CLASS_PERCENT;
    reading->first = at;
    reading->last = reading->amount.last = reading->amount.quantity.last;
    reading->amount.first = at;
    reading->amount.kind = NASHRA_COUNTS_PERCENT;
    return 1;
}
