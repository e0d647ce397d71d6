/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Amounts in words: number, noun, unit, currency. */
#include <string.h>

#include "classes/asked.h"
#include "quantity.h"

static int speak_number(struct nashra_scan *scan, const struct nashra_amount *amount, struct nashra_stance stance) {
    const struct nashra_quantity *quantity = &amount->quantity;
    if (quantity->scale_count != 0)
        return nashra_phrase_scaled(scan->numbers, &scan->phrase, &quantity->value, quantity->scales,
                                    quantity->scale_count, NULL, stance);
    return nashra_phrase_cardinal(scan->numbers, &scan->phrase, &quantity->value, stance);
}

static int speak_unit_name(struct nashra_scan *scan, const struct nashra_amount *amount, struct nashra_stance stance) {
    const struct nashra_quantity *quantity = &amount->quantity;
    if (quantity->scale_count != 0)
        return nashra_phrase_scaled(scan->numbers, &scan->phrase, &quantity->value, quantity->scales,
                                    quantity->scale_count, &amount->noun.noun, stance);
    return nashra_phrase_count(scan->numbers, &scan->phrase, &quantity->value, &amount->noun.noun, stance);
}

/* طائرتين مسيرتين: the dual's adjective is put into the dual as well. */
static int speak_pair(struct nashra_scan *scan, const struct nashra_amount *amount, struct nashra_stance stance) {
    enum { LETTER = 2 };
    const struct nashra_token *token = &scan->tokens[amount->last - 1];
    struct nashra_noun noun = amount->noun.noun;
    size_t ending = noun.gender == NASHRA_FEMININE ? LETTER : 0; /* its ة */
    char *masculine = nashra_arena_copy(scan->arena, token->text, token->length - ending);
    if (masculine == NULL)
        return NASHRA_ENOMEM;
    noun.adjective = masculine;
    return nashra_phrase_count(scan->numbers, &scan->phrase, &amount->quantity.value, &noun, stance);
}

/* لتر حليب واحد, لترا حليب */
static int speak_measured(struct nashra_scan *scan, const struct nashra_amount *amount, struct nashra_stance stance) {
    struct nashra_noun noun = amount->kind == NASHRA_COUNTS_UNIT ? nashra_unit_noun(amount->unit) : amount->noun.noun;
    bool one = nashra_decimal_counted(&amount->quantity.value) == NASHRA_COUNTED_ONE;
    stance.construct = true;
    int status = nashra_phrase_noun(&scan->phrase, &noun, one ? NASHRA_SINGULAR : NASHRA_DUAL, stance);
    nashra_scan_cut_source(scan, amount->measured);
    if (status == 0)
        status = nashra_scan_source(scan, amount->measured);
    stance.construct = false;
    stance.gender = noun.gender;
    nashra_scan_cut(scan, amount->measured, NASHRA_PAUSE_NONE);
    return status == 0 && one ? nashra_phrase_cardinal(scan->numbers, &scan->phrase, &amount->quantity.value, stance)
                              : status;
}

/* Whoever fills a number into a text doesn't know it: the noun is put into the form that it asks for. */
static bool takes_form(const struct nashra_scan *scan, const struct nashra_amount *amount) {
    const struct nashra_hint *hint = nashra_asked_at(scan, amount->first);
    const struct nashra_token *noun = &scan->tokens[amount->thing];
    bool asked = hint != NULL && hint->as == NASHRA_AS_CARDINAL && noun->span.to <= hint->span.to;
    return (scan->agreement || asked) && noun->marked == NULL;
}

static int speak_with_noun(struct nashra_scan *scan, const struct nashra_amount *amount, struct nashra_stance stance) {
    const struct nashra_token *token = &scan->tokens[amount->thing];
    bool scaled = amount->quantity.scale_count != 0;
    enum nashra_counted counted =
        scaled ? NASHRA_COUNTED_SINGULAR_GENITIVE : nashra_decimal_counted(&amount->quantity.value);
    if (amount->adjective)
        return speak_pair(scan, amount, stance);
    if (counted == NASHRA_COUNTED_ONE || counted == NASHRA_COUNTED_TWO)
        return nashra_phrase_count(scan->numbers, &scan->phrase, &amount->quantity.value, &amount->noun.noun, stance);
    if (nashra_amount_is_unit_name(scan, amount) || (amount->noun.noun.known && takes_form(scan, amount)))
        return speak_unit_name(scan, amount, stance);
    stance.construct = true;
    int status = speak_number(scan, amount, stance);
    if (status < 0)
        return status;
    stance.construct = false; /* of the noun itself: nothing in the genitive follows it, as far as is known */
    nashra_scan_cut_source(scan, amount->thing);
    if (token->marked != NULL)
        return nashra_scan_source(scan, amount->thing);
    return nashra_phrase_noun_as_written(&scan->phrase, token->text, token->length, &amount->noun, counted, stance);
}

/* خط عرض -40°: no temperature below zero. */
static bool is_angle(const struct nashra_scan *scan, const struct nashra_amount *amount) {
    size_t noun = amount->first - (amount->first != 0 && nashra_scan_is_dash(scan, amount->first - 1));
    return amount->quantity.value.negative && nashra_unit_is_temperature(amount->unit) && noun != 0 &&
           (nashra_scan_is_word(scan, noun - 1, "عرض") || nashra_scan_is_word(scan, noun - 1, "طول"));
}

static const char *adjective_of(const struct nashra_amount *amount) {
    if (amount->nisba != NULL)
        return amount->nisba;
    return amount->qualified ? nashra_currency_adjective(amount->currency) : NULL;
}

int nashra_amount_speak(struct nashra_scan *scan, const struct nashra_amount *amount, enum nashra_case grammatical_case,
                        bool without_thing) {
    const struct nashra_quantity *quantity = &amount->quantity;
    bool article = (scan->tokens[amount->first].proclitics & NASHRA_PROCLITIC_ARTICLE) != 0 &&
                   scan->tokens[amount->first].prefix != NULL;
    struct nashra_stance stance = {.gender = nashra_amount_gender(amount),
                                   .grammatical_case = grammatical_case,
                                   .definite = article ? NASHRA_DEFINITE_NUMBER : NASHRA_INDEFINITE};
    struct nashra_decimal size = quantity->value;
    if (without_thing)
        return speak_number(scan, amount, stance);
    if (amount->measured != 0)
        return speak_measured(scan, amount, stance);
    switch (amount->kind) {
    case NASHRA_COUNTS_NOUN:
        return speak_with_noun(scan, amount, stance);
    case NASHRA_COUNTS_UNIT:
        if (is_angle(scan, amount)) {
            int status = nashra_scan_say(scan, NASHRA_SAY_MINUS);
            size.negative = false;
            if (status < 0)
                return status;
        }
        return nashra_phrase_measure(scan->numbers, &scan->phrase, &size, quantity->scales, quantity->scale_count,
                                     amount->unit, stance);
    case NASHRA_COUNTS_CURRENCY:
        return nashra_phrase_money(scan->numbers, &scan->phrase, &quantity->value, quantity->scales,
                                   quantity->scale_count, amount->currency, adjective_of(amount), stance);
    case NASHRA_COUNTS_PERCENT:
        if (quantity->scale_count == 0)
            return nashra_phrase_percent(scan->numbers, &scan->phrase, &quantity->value, stance);
        break;
    default:
        break;
    }
    return speak_number(scan, amount, stance);
}
