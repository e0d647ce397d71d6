/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "quantity.h"

enum { MOST_TOKENS_OF_A_UNIT = 5 };

static bool is_percent(const struct nashra_scan *scan, size_t at) {
    return nashra_scan_is_symbol(scan, at, '%') || nashra_scan_is_symbol(scan, at, 0x066A);
}

/* Units and currencies may be of several tokens (كم/س, م², ر.س, °م): the longest that is known counts. */
static int find_unit(const struct nashra_scan *scan, size_t at, struct nashra_amount *amount) {
    for (size_t most = MOST_TOKENS_OF_A_UNIT; most > 0;) {
        size_t end;
        const char *text = nashra_scan_joined(scan, at, most, &end);
        if (text == NULL)
            return NASHRA_ENOMEM;
        size_t length = strlen(text);
        most = end - at - 1;
        bool glued_on = end < scan->count && !scan->tokens[end].space &&
                        (scan->tokens[end].kind == NASHRA_TOKEN_LATIN || scan->tokens[end].kind == NASHRA_TOKEN_NUMBER);
        if (glued_on)
            continue;
        amount->unit = nashra_unit_find(scan->numbers, text, length);
        amount->currency = amount->unit == NULL
                               ? nashra_currency_find(scan->numbers, text, length, scan->region)
                               : NULL;
        if (amount->unit == NULL && amount->currency == NULL)
            continue;
        amount->last = end;
        amount->qualified = amount->currency != NULL && scan->tokens[at].kind != NASHRA_TOKEN_SYMBOL;
        return 1;
    }
    return 0;
}

/* A word that only a noun can be, as far as the tables know. */
static bool may_be_noun(const struct nashra_token *token) {
    if (token->kind != NASHRA_TOKEN_WORD || token->prefix != NULL || token->length < 4)
        return false;
    const struct nashra_lexeme *lexeme = token->lexeme;
    if (lexeme == NULL)
        return true;
    bool joined = token->proclitics != 0;
    bool listed = lexeme->governor != NASHRA_GOVERNS_NOTHING && lexeme->governor != NASHRA_GOVERNS_NOUN &&
                  lexeme->governor != NASHRA_GOVERNS_MEASURE;
    return !(listed && (lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_SPAN)) == 0) &&
           !(joined && lexeme->governor != NASHRA_GOVERNS_NOTHING) && lexeme->month == NULL;
}

static bool fits(const struct nashra_amount *amount, const struct nashra_noun_match *match) {
    if (match->article)
        return false;
    switch (nashra_decimal_counted(&amount->quantity.value)) {
    case NASHRA_COUNTED_ONE:
    case NASHRA_COUNTED_TWO:
        return amount->quantity.scale_count != 0 || match->noun.known;
    default:
        return true;
    }
}

static int find_noun(const struct nashra_scan *scan, size_t at, struct nashra_amount *amount) {
    const struct nashra_token *token = &scan->tokens[at];
    if (!may_be_noun(token))
        return 0;
    int status = nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &amount->noun);
    if (status < 0)
        return status;
    return fits(amount, &amount->noun) && !amount->noun.scale;
}

/* خمس من الدول: the noun after من gives the gender. */
static int find_partitive(const struct nashra_scan *scan, size_t at, struct nashra_amount *amount) {
    if (!nashra_scan_is_word(scan, at, "من") || at + 1 >= scan->count)
        return 0;
    const struct nashra_token *token = &scan->tokens[at + 1];
    if (token->kind != NASHRA_TOKEN_WORD)
        return 0;
    int status = nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &amount->noun);
    if (status < 0)
        return status;
    return amount->noun.article && amount->noun.noun.known && amount->noun.number == NASHRA_PLURAL;
}

/* A currency that a word of the text names is a noun like any other, unless its minor unit has to be said. */
static void settle_named_currency(const struct nashra_scan *scan, struct nashra_amount *amount) {
    const struct nashra_token *token = &scan->tokens[amount->thing];
    amount->named = token->kind == NASHRA_TOKEN_WORD && strchr(token->text, '.') == NULL &&
                    amount->last == amount->thing + 1 && token->length > 4;
    if (!amount->named)
        return;
    amount->qualified = false;
    if ((amount->quantity.shapes & (1u << NASHRA_SHAPE_FRACTION)) == 0 || amount->quantity.scale_count != 0)
        amount->kind = NASHRA_COUNTS_NOUN;
}

int nashra_amount_find_thing(const struct nashra_scan *scan, size_t thing, struct nashra_amount *amount) {
    amount->kind = NASHRA_COUNTS_NOTHING;
    amount->thing = amount->last = thing;
    if (thing >= scan->count)
        return 0;
    if (is_percent(scan, thing)) {
        amount->kind = NASHRA_COUNTS_PERCENT;
        amount->last = thing + 1;
        return 0;
    }
    int found = find_unit(scan, thing, amount);
    if (found < 0)
        return found;
    if (found > 0) {
        amount->kind = amount->unit != NULL ? NASHRA_COUNTS_UNIT : NASHRA_COUNTS_CURRENCY;
        if (amount->currency != NULL)
            settle_named_currency(scan, amount);
        if (amount->kind != NASHRA_COUNTS_NOUN)
            return 0;
    }
    int status = find_noun(scan, thing, amount);
    if (status > 0) {
        amount->kind = NASHRA_COUNTS_NOUN;
        amount->last = thing + 1;
        return 0;
    }
    amount->kind = NASHRA_COUNTS_NOTHING;
    amount->last = thing;
    if (status == 0)
        status = find_partitive(scan, thing, amount);
    if (status > 0)
        amount->kind = NASHRA_COUNTS_OF;
    return status < 0 ? status : 0;
}

bool nashra_amount_at(const struct nashra_scan *scan, size_t at, struct nashra_amount *amount, int *status) {
    memset(amount, 0, sizeof *amount);
    amount->first = at;
    if (!nashra_quantity_at(scan, at, &amount->quantity, status))
        return false;
    *status = nashra_amount_find_thing(scan, amount->quantity.last, amount);
    return *status == 0;
}

enum nashra_gender nashra_amount_gender(const struct nashra_amount *amount) {
    if (amount->quantity.scale_count != 0)
        return NASHRA_MASCULINE;
    switch (amount->kind) {
    case NASHRA_COUNTS_NOUN:
    case NASHRA_COUNTS_OF:
        return amount->noun.noun.gender;
    case NASHRA_COUNTS_UNIT:
        return nashra_unit_noun(amount->unit).gender;
    case NASHRA_COUNTS_CURRENCY:
        return nashra_currency_noun(amount->currency, amount->qualified).gender;
    default:
        return NASHRA_MASCULINE;
    }
}

static int speak_number(struct nashra_scan *scan, const struct nashra_amount *amount, struct nashra_stance stance) {
    const struct nashra_quantity *quantity = &amount->quantity;
    if (quantity->scale_count != 0)
        return nashra_phrase_scaled(scan->numbers, &scan->phrase, &quantity->value, quantity->scales,
                                    quantity->scale_count, NULL, stance);
    return nashra_phrase_cardinal(scan->numbers, &scan->phrase, &quantity->value, stance);
}

static int speak_with_noun(struct nashra_scan *scan, const struct nashra_amount *amount, struct nashra_stance stance) {
    const struct nashra_token *token = &scan->tokens[amount->thing];
    bool scaled = amount->quantity.scale_count != 0;
    enum nashra_counted counted =
        scaled ? NASHRA_COUNTED_SINGULAR_GENITIVE : nashra_decimal_counted(&amount->quantity.value);
    if (counted == NASHRA_COUNTED_ONE || counted == NASHRA_COUNTED_TWO)
        return nashra_phrase_count(scan->numbers, &scan->phrase, &amount->quantity.value, &amount->noun.noun, stance);
    stance.construct = true;
    int status = speak_number(scan, amount, stance);
    if (status < 0)
        return status;
    nashra_scan_cut_source(scan, amount->thing);
    if (token->marked != NULL)
        return nashra_scan_source(scan, amount->thing);
    return nashra_phrase_noun_as_written(&scan->phrase, token->text, token->length, &amount->noun, counted, stance);
}

int nashra_amount_speak(struct nashra_scan *scan, const struct nashra_amount *amount,
                        enum nashra_case grammatical_case, bool without_thing) {
    const struct nashra_quantity *quantity = &amount->quantity;
    bool article = (scan->tokens[amount->first].proclitics & NASHRA_PROCLITIC_ARTICLE) != 0 &&
                   scan->tokens[amount->first].prefix != NULL;
    struct nashra_stance stance = {.gender = nashra_amount_gender(amount),
                                   .grammatical_case = grammatical_case,
                                   .definite = article ? NASHRA_DEFINITE_NUMBER : NASHRA_INDEFINITE};
    if (without_thing)
        return speak_number(scan, amount, stance);
    switch (amount->kind) {
    case NASHRA_COUNTS_NOUN:
        return speak_with_noun(scan, amount, stance);
    case NASHRA_COUNTS_UNIT:
        return nashra_phrase_measure(scan->numbers, &scan->phrase, &quantity->value, quantity->scales,
                                     quantity->scale_count, amount->unit, stance);
    case NASHRA_COUNTS_CURRENCY:
        return nashra_phrase_money(scan->numbers, &scan->phrase, &quantity->value, quantity->scales,
                                   quantity->scale_count, amount->currency, amount->qualified, stance);
    case NASHRA_COUNTS_PERCENT:
        if (quantity->scale_count == 0)
            return nashra_phrase_percent(scan->numbers, &scan->phrase, &quantity->value, stance);
        break;
    default:
        break;
    }
    return speak_number(scan, amount, stance);
}
