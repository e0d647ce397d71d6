/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "turn.h"

#include <stdlib.h>
#include <string.h>

static bool is_plus(const struct nashra_token *token) {
    return token->cp == '+' && token->repeat == 1;
}

static bool is_minus(const struct nashra_token *token) {
    return (token->cp == '-' || token->cp == 0x2212) && token->repeat == 1;
}

/* What only a noun behind a number can be: 30+ مليون, 200+ لاعب, 1000+ كتاب. */
static int is_countable(const struct nashra_numbers *numbers, struct nashra_arena *arena,
                        const struct nashra_token *next) {
    struct nashra_noun_match match;
    if (next->kind != NASHRA_TOKEN_WORD || next->prefix != NULL)
        return 0;
    int status = nashra_noun_find(numbers, arena, next->text, next->length, &match);
    return status < 0 ? status : match.scale || (match.noun.known && !match.article);
}

/* Not 4- درجة الماجستير: an item of a list. */
static bool agrees(const struct nashra_token *number, const struct nashra_noun_match *noun) {
    enum { FEW = 3, MANY = 11, HUNDRED = 100 };
    long value = strtol(number->text, NULL, 10) % HUNDRED;
    return (value >= FEW && value < MANY) == (noun->number == NASHRA_PLURAL);
}

/* 390- مليون, 5- درجات, 2-%: of what is counted by people a hyphen says something else (44- قرية السلام). */
static int is_measured(const struct nashra_numbers *numbers, enum nashra_region region, struct nashra_arena *arena,
                       const struct nashra_token *number, const struct nashra_token *next) {
    const uint64_t cues = NASHRA_CUE_BIT(NASHRA_CUE_CHANGE) | NASHRA_CUE_BIT(NASHRA_CUE_TEMPERATURE);
    struct nashra_noun_match noun;
    if (next->kind == NASHRA_TOKEN_SYMBOL)
        return next->cp == '%' || next->cp == 0x066A || next->cp == 0xB0;
    if (next->kind != NASHRA_TOKEN_WORD || next->prefix != NULL)
        return 0;
    if (nashra_scale_find(numbers, next->text, next->length) != 0 ||
        nashra_currency_find(numbers, next->text, next->length, region) != NULL)
        return 1;
    if (next->lexeme == NULL || (next->lexeme->cues & cues) == 0)
        return 0;
    int status = nashra_noun_find(numbers, arena, next->text, next->length, &noun);
    return status < 0 ? status : agrees(number, &noun);
}

/* Where the number begins whose last digits stand at `at`: 1,250; 2.5. */
static size_t begin_of(const struct nashra_token *items, size_t at) {
    while (at >= 2 && !items[at].space && !items[at - 1].space &&
           (items[at - 1].cp == ',' || items[at - 1].cp == '.') && items[at - 2].kind == NASHRA_TOKEN_NUMBER)
        at -= 2;
    return at;
}

/* At the beginning of a line a hyphen parts the number of an item from the item. */
static bool begins_line(const struct nashra_token *items, size_t number) {
    return number == 0 || (items[number - 1].kind == NASHRA_TOKEN_SYMBOL && items[number - 1].cp != '(');
}

static int belongs_to_number(const struct nashra_numbers *numbers, enum nashra_region region,
                             struct nashra_arena *arena, const struct nashra_tokens *tokens, size_t sign) {
    const struct nashra_token *items = tokens->items, *next = &items[sign + 1];
    if (sign == 0 || sign + 1 >= tokens->count || items[sign].space || items[sign - 1].kind != NASHRA_TOKEN_NUMBER)
        return 0;
    bool apart = next->space != (next->kind == NASHRA_TOKEN_SYMBOL); /* not 90+4, not 2- % */
    if (!apart)
        return 0;
    if (is_plus(&items[sign]))
        return is_countable(numbers, arena, next);
    return begins_line(items, begin_of(items, sign - 1)) ? 0
                                                         : is_measured(numbers, region, arena, &items[sign - 1], next);
}

/* The clitics before the number stand before the sign then. */
static void turn(struct nashra_token *items, size_t first, size_t sign) {
    struct nashra_token moved = items[sign];
    struct nashra_token *number = &items[first + 1];
    memmove(number, &items[first], (sign - first) * sizeof *items);
    items[sign].span.to = moved.span.to;
    moved.turned = true;
    moved.span = number->span;
    moved.space = number->space;
    moved.quoted = number->quoted;
    moved.prefix = number->prefix;
    moved.proclitics = number->proclitics;
    number->space = number->quoted = false;
    number->prefix = NULL;
    number->proclitics = 0;
    items[first] = moved;
}

int nashra_turn_signs(const struct nashra_numbers *numbers, enum nashra_region region, struct nashra_arena *arena,
                      struct nashra_tokens *tokens) {
    for (size_t at = 1; at < tokens->count; at++) {
        const struct nashra_token *token = &tokens->items[at];
        if (token->kind != NASHRA_TOKEN_SYMBOL || (!is_plus(token) && !is_minus(token)))
            continue;
        int belongs = belongs_to_number(numbers, region, arena, tokens, at);
        if (belongs < 0)
            return belongs;
        if (belongs > 0)
            turn(tokens->items, begin_of(tokens->items, at - 1), at);
    }
    return 0;
}
