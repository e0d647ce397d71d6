/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that name: المادة 5, رقم 10, ميغ 29. */
#include <string.h>

#include "classes/classes.h"
#include "context/case.h"
#include "quantity.h"

enum { LARGEST_ORDINAL = 99 };

static const struct nashra_label *label_before(const struct nashra_scan *scan, size_t at) {
    if (at == 0 || scan->tokens[at - 1].lexeme == NULL)
        return NULL;
    return scan->tokens[at - 1].lexeme->label;
}

int nashra_match_label(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    if (scan->amount == NULL || label_before(scan, at) == NULL || scan->tokens[at].prefix != NULL)
        return 0;
    const struct nashra_quantity *quantity = &scan->amount->quantity;
    bool counts = scan->amount->kind == NASHRA_COUNTS_UNIT || scan->amount->kind == NASHRA_COUNTS_CURRENCY ||
                  scan->amount->kind == NASHRA_COUNTS_PERCENT;
    if (counts || quantity->scale_count != 0 || quantity->value.fraction_length != 0)
        return 0;
    reading->cls = NASHRA_CLASS_LABEL;
    reading->first = at;
    reading->last = quantity->last;
    reading->amount.quantity = *quantity;
    reading->shapes = quantity->shapes;
    return 1;
}

static bool is_definite(const struct nashra_token *token) {
    return (token->proclitics & NASHRA_PROCLITIC_ARTICLE) != 0;
}

int nashra_speak_label(struct nashra_scan *scan, const struct nashra_reading *reading) {
    const struct nashra_label *label = label_before(scan, reading->first);
    const struct nashra_token *noun = &scan->tokens[reading->first - 1];
    const struct nashra_decimal *value = &reading->amount.quantity.value;
    struct nashra_stance stance = {.gender = label->gender};
    unsigned long long number;
    bool small = nashra_decimal_value(value, &number) && number >= 1 && number <= LARGEST_ORDINAL;
    if (label->kind == NASHRA_LABEL_NAME)
        return nashra_phrase_cardinal(scan->numbers, &scan->phrase, value, stance);
    if (label->kind == NASHRA_LABEL_CARDINAL) {
        stance.grammatical_case = NASHRA_GENITIVE;
        scan->last_case = NASHRA_GENITIVE;
        return nashra_phrase_cardinal(scan->numbers, &scan->phrase, value, stance);
    }
    struct nashra_case_guess guess = nashra_case_at(scan, reading->first - 1);
    if ((noun->proclitics & NASHRA_PROCLITIC_GENITIVE) != 0)
        guess = (struct nashra_case_guess){NASHRA_GENITIVE, 1.0f};
    stance.grammatical_case = scan->last_case = guess.grammatical_case;
    scan->confidence = guess.confidence;
    if (!small || !is_definite(noun)) {
        stance.gender = NASHRA_MASCULINE;
        return nashra_phrase_cardinal(scan->numbers, &scan->phrase, value, stance);
    }
    stance.definite = NASHRA_DEFINITE;
    return nashra_phrase_ordinal(scan->numbers, &scan->phrase, value, stance);
}
