/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "turn.h"
#include "number/letters.h"

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

/* 200- ميل, 15- يوما inside a clause: the noun has the form that the number asks for, and the hyphen says nothing.
 * Behind a label (المادة 5- أحكام) and behind what may be a year it does. */
static int is_noise(const struct nashra_numbers *numbers, struct nashra_arena *arena, const struct nashra_token *before,
                    const struct nashra_token *number, const struct nashra_token *next) {
    enum { FEW = 3, MANY = 11, HUNDRED = 100, YEAR_DIGITS = 4, LETTER = 2 };
    struct nashra_noun_match noun;
    long value = strtol(number->text, NULL, 10) % HUNDRED;
    bool labelled = (before->lexeme != NULL && before->lexeme->label != NULL) ||
                    (number->proclitics & NASHRA_PROCLITIC_AND) != 0; /* 17- الجبر و18- نظرية */
    if (before->kind != NASHRA_TOKEN_WORD || labelled || number->length >= YEAR_DIGITS ||
        next->kind != NASHRA_TOKEN_WORD || next->prefix != NULL)
        return 0;
    int status = nashra_noun_find(numbers, arena, next->text, next->length, &noun);
    if (status < 0 || !noun.noun.known || noun.article)
        return status;
    if (value >= FEW && value < MANY)
        return noun.number == NASHRA_PLURAL;
    bool open = nashra_ends_with(next->text, next->length, "ة") || value == 0;
    return noun.number == NASHRA_SINGULAR && value != 1 && value != 2 && (noun.accusative_alif || open);
}

enum { SIGN_STAYS, SIGN_TURNS, SIGN_GOES };

/* What becomes of the sign between the number that ends the kept tokens and `next`. */
static int judge(const struct nashra_numbers *numbers, enum nashra_region region, struct nashra_arena *arena,
                 const struct nashra_token *items, size_t kept, const struct nashra_token *sign) {
    const struct nashra_token *number = &items[kept - 1], *next = sign + 1;
    bool apart = next->space != (next->kind == NASHRA_TOKEN_SYMBOL); /* not 90+4, not 2- % */
    size_t begin = begin_of(items, kept - 1);
    if (sign->space || number->kind != NASHRA_TOKEN_NUMBER || !apart)
        return SIGN_STAYS;
    if (is_plus(sign))
        return is_countable(numbers, arena, next);
    if (begins_line(items, begin))
        return SIGN_STAYS;
    int turns = is_measured(numbers, region, arena, number, next);
    if (turns != 0 || begin != kept - 1)
        return turns;
    int noise = is_noise(numbers, arena, number - 1, number, next);
    return noise > 0 ? SIGN_GOES : noise;
}

/* The clitics before the number stand before the sign then. */
static void turn(struct nashra_token *items, size_t first, size_t kept, const struct nashra_token *sign) {
    struct nashra_token moved = *sign;
    struct nashra_token *number = &items[first + 1];
    memmove(number, &items[first], (kept - first) * sizeof *items);
    items[kept].span.to = moved.span.to;
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

/* و-2%: the conjunction goes with the sign. True when the word before it is gone. */
static bool take_conjunction(struct nashra_token *items, size_t kept, struct nashra_token *sign) {
    const struct nashra_token *word = kept != 0 ? &items[kept - 1] : NULL;
    bool alone = word != NULL && word->kind == NASHRA_TOKEN_WORD && strcmp(word->text, "و") == 0 &&
                 word->marked == NULL && word->prefix == NULL;
    if (!alone || sign->space || sign[1].kind != NASHRA_TOKEN_NUMBER || sign[1].space)
        return false;
    sign->prefix = "و";
    sign->proclitics = NASHRA_PROCLITIC_AND;
    sign->span.from = word->span.from;
    sign->space = word->space;
    return true;
}

int nashra_turn_signs(const struct nashra_numbers *numbers, enum nashra_region region, struct nashra_arena *arena,
                      struct nashra_tokens *tokens) {
    struct nashra_token *items = tokens->items;
    size_t kept = 0;
    for (size_t at = 0; at < tokens->count; at++) {
        struct nashra_token *token = &items[at];
        bool sign = token->kind == NASHRA_TOKEN_SYMBOL && (is_plus(token) || is_minus(token)) && kept != 0 &&
                    at + 1 < tokens->count;
        kept -= sign && take_conjunction(items, kept, token);
        sign = sign && kept != 0;
        int fate = sign ? judge(numbers, region, arena, items, kept, token) : SIGN_STAYS;
        if (fate < 0)
            return fate;
        if (fate == SIGN_TURNS)
            turn(items, begin_of(items, kept - 1), kept, token);
        else if (fate == SIGN_GOES)
            items[kept - 1].span.to = token->span.to;
        else if (kept != at)
            items[kept] = *token;
        kept += fate != SIGN_GOES;
    }
    tokens->count = kept;
    return 0;
}
