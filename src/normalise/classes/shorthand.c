/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels that are abbreviated: ص 12, ص 12-15, ط2, ج. 3. */
#include <string.h>

#include "classes/classes.h"
#include "classes/label.h"
#include "context/case.h"
#include "context/weigh.h"
#include "quantity.h"

enum form { FORM_ONE, FORM_FROM_TO, FORM_TO };

/* The second number of a range that ascends; 0 when there is none. */
static size_t end_of_range(const struct nashra_scan *scan, size_t number) {
    size_t second = number + 2;
    if (!nashra_scan_is_dash(scan, number + 1) || nashra_quantity_plain(scan, second) <= 0)
        return 0;
    bool alike = scan->tokens[number + 1].space == scan->tokens[second].space;
    return alike && nashra_quantity_plain(scan, number) < nashra_quantity_plain(scan, second) ? second : 0;
}

int nashra_match_shorthand(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const struct nashra_token *token = &scan->tokens[at];
    reading->text = token->stem == 0 ? nashra_abbreviation(token->lexeme, NASHRA_ABBREVIATES_BEFORE_NUMBER) : NULL;
    reading->label = reading->text != NULL ? nashra_label_of(scan, reading->text) : NULL;
    size_t number = at + 1 + (nashra_scan_is_symbol(scan, at + 1, '.') || nashra_scan_is_symbol(scan, at + 1, ':'));
    if (reading->label == NULL || nashra_quantity_plain(scan, number) <= 0 || scan->tokens[number].prefix != NULL)
        return 0;
    int status = 0;
    if (!nashra_amount_at(scan, number, &reading->amount, &status))
        return status;
    size_t second = end_of_range(scan, number);
    bool alone = reading->amount.quantity.last == number + 1 && !nashra_amount_is_counted(&reading->amount);
    if (second == 0 && !alone)
        return 0;
    bool governed = (nashra_weigh_before(scan, at) & NASHRA_CUE_BIT(NASHRA_CUE_GOVERNED)) != 0;
    reading->cls = NASHRA_CLASS_LABEL;
    reading->first = at;
    reading->token = number;
    reading->last = (second != 0 ? second : number) + 1;
    reading->form = second == 0 ? FORM_ONE : governed ? FORM_TO : FORM_FROM_TO;
    return 1;
}

/* The noun, whose ending only its own clause tells, and its number. */
static int say_one(struct nashra_scan *scan, const struct nashra_reading *reading, size_t number,
                   enum nashra_case grammatical_case) {
    struct nashra_quantity quantity;
    int status = nashra_scan_words(scan, reading->text);
    if (status < 0 || !nashra_quantity_digits_at(scan, number, &quantity, &status))
        return status;
    nashra_scan_cut(scan, number, NASHRA_PAUSE_NONE);
    if (reading->label->kind == NASHRA_LABEL_CARDINAL)
        grammatical_case = NASHRA_GENITIVE;
    return nashra_label_say(scan, reading->label, &quantity.value, grammatical_case, true);
}

int nashra_speak_shorthand(struct nashra_scan *scan, const struct nashra_reading *reading) {
    struct nashra_case_guess guess = nashra_case_of_noun(scan, reading->first);
    scan->last_label = reading->label;
    scan->confidence = 0.9f;
    if (reading->form != FORM_ONE)
        guess.grammatical_case = NASHRA_GENITIVE;
    int status = reading->form == FORM_FROM_TO ? nashra_scan_say(scan, NASHRA_SAY_FROM) : 0;
    if (status == 0)
        status = say_one(scan, reading, reading->token, guess.grammatical_case);
    if (status < 0 || reading->form == FORM_ONE)
        return status;
    nashra_scan_cut(scan, reading->token + 1, NASHRA_PAUSE_NONE);
    status = nashra_scan_say(scan, NASHRA_SAY_TO);
    return status == 0 ? say_one(scan, reading, reading->token + 2, guess.grammatical_case) : status;
}
