/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers with what they count: cardinals, decimals, percentages, measures, money after the number. */
#include <string.h>

#include "classes/classes.h"
#include "context/bracket.h"
#include "context/clause.h"
#include "quantity.h"

enum nashra_class nashra_class_of_amount(const struct nashra_amount *amount) {
    switch (amount->kind) {
    case NASHRA_COUNTS_PERCENT:
        return NASHRA_CLASS_PERCENT;
    case NASHRA_COUNTS_CURRENCY:
        return NASHRA_CLASS_CURRENCY;
    case NASHRA_COUNTS_UNIT:
        return NASHRA_CLASS_MEASURE;
    default:
        if (amount->inflected)
            return NASHRA_CLASS_MEASURE;
        return amount->quantity.value.fraction_length != 0 ? NASHRA_CLASS_DECIMAL : NASHRA_CLASS_CARDINAL;
    }
}

int nashra_match_amount(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const struct nashra_token *token = &scan->tokens[at];
    if (scan->amount == NULL || (token->prefix != NULL && (token->proclitics & NASHRA_PROCLITIC_ARTICLE) != 0))
        return 0; /* with the article: ordinal.c */
    reading->amount = *scan->amount;
    reading->cls = nashra_class_of_amount(scan->amount);
    reading->first = at;
    reading->last = scan->amount->last;
    reading->shapes = scan->amount->quantity.shapes;
    reading->after = scan->amount->kind == NASHRA_COUNTS_NOUN ? NASHRA_CUE_BIT(NASHRA_CUE_NOUN) : 0;
    return 1;
}

/* دبابة ليوبارد 2 و40 مركبة: the number is part of a name that no table knows. */
static bool follows_name(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *name = at != 0 ? &scan->tokens[at - 1] : NULL;
    return name != NULL && name->kind == NASHRA_TOKEN_WORD && name->lexeme == NULL &&
           !nashra_clause_may_be_verb(scan, at - 1) &&
           nashra_noun_find(scan->numbers, scan->arena, name->text, name->length, &match) == 0 && !match.noun.known;
}

/* 17 من أصل 21 طائرة, 7 من آخر 10 مباريات, 1 من كل 8 نساء */
static bool is_of_whole(const struct nashra_scan *scan, size_t at) {
    static const char *const wholes[] = {"أصل", "بين", "آخر", "أول", "كل"};
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
        if (nashra_scan_is_word(scan, at, wholes[i]))
            return true;
    return false;
}

/* 89.4 من كل 1000 ولادة: so many of something else. */
static bool is_rate(const struct nashra_amount *amount, const struct nashra_amount *whole) {
    enum { HUNDRED = 100 };
    unsigned long long value;
    return amount->quantity.value.fraction_length != 0 || !nashra_decimal_value(&whole->quantity.value, &value) ||
           value >= HUNDRED;
}

/* الصغرى 11 والعظمى 24 درجة */
static bool is_first_of_pair(const struct nashra_scan *scan, const struct nashra_amount *amount) {
    const struct nashra_token *second = nashra_scan_token(scan, amount->last);
    return amount->first != 0 && second != NULL && nashra_word_has_article(&scan->tokens[amount->first - 1]) &&
           strncmp(second->text, "وال", 6) == 0 && nashra_scan_is_number(scan, amount->last + 1);
}

/* 10 و15 دولة, 17 من أصل 21 طائرة, من 20 إلى 30 دولة: the first number agrees with what the second counts. */
static int borrow_thing(const struct nashra_scan *scan, struct nashra_amount *amount) {
    size_t next = amount->last;
    struct nashra_amount other;
    int status = 0;
    bool pair = is_first_of_pair(scan, amount);
    if (!pair && follows_name(scan, amount->first))
        return 0;
    if (nashra_scan_is_word(scan, next, "من") && is_of_whole(scan, next + 1))
        next += 2;
    else if (pair)
        next++;
    else if (nashra_scan_is_word(scan, next, "إلى") || nashra_scan_is_word(scan, next, "أو") ||
             nashra_scan_is_word(scan, next, "حتى"))
        next++;
    else if (!nashra_scan_is_number(scan, next) || (scan->tokens[next].proclitics & NASHRA_PROCLITIC_AND) == 0)
        return 0;
    if (!nashra_amount_at(scan, next, &other, &status) || other.quantity.scale_count != 0)
        return status;
    if (nashra_scan_is_word(scan, next - 1, "كل") && is_rate(amount, &other))
        return 0;
    if (other.kind == NASHRA_COUNTS_NOUN) {
        amount->kind = NASHRA_COUNTS_OF;
        amount->noun = other.noun;
    }
    return 0;
}

/* 38 مباراة منها 21, 12 قتيلا بينهم 3 */
static bool is_among(const struct nashra_token *token) {
    bool pronoun = token->lexeme != NULL && token->lexeme->governor == NASHRA_GOVERNS_PRONOUN;
    const char *word = token->text + token->stem;
    return pronoun && (strncmp(word, "من", 4) == 0 || strncmp(word, "بين", 6) == 0);
}

/* العظمى بين 28 و32 درجة والصغرى بين 17 و20: the second pair counts what the first does. */
static bool is_second_pair(const struct nashra_scan *scan, size_t at) {
    return at >= 2 && (nashra_scan_cues(scan, at - 1) & NASHRA_CUE_BIT(NASHRA_CUE_BETWEEN)) != 0 &&
           nashra_scan_is_number(scan, at + 1) && strncmp(scan->tokens[at - 2].text, "وال", 6) == 0;
}

/* 5 مباريات من 8, 17 دولة من أصل 21 */
static bool is_part_of_last(const struct nashra_scan *scan, size_t at) {
    size_t of = nashra_scan_is_word(scan, at - 1, "أصل") ? 2 : 1;
    return at >= of && nashra_scan_is_word(scan, at - of, "من") && scan->has_last && scan->last_end == at - of &&
           scan->last_class == NASHRA_CLASS_CARDINAL;
}

/* 48 درجة في الجنوب و39 في الساحل */
static bool is_joined(const struct nashra_scan *scan, const struct nashra_token *token) {
    bool counted = scan->last_class == NASHRA_CLASS_CARDINAL || scan->last_class == NASHRA_CLASS_MEASURE;
    return scan->has_last && counted && (token->proclitics & NASHRA_PROCLITIC_AND) != 0 && token->prefix != NULL;
}

/* A number that nothing follows counts what the last one counted, where the words around it say so. */
static int count_the_same(struct nashra_scan *scan, struct nashra_amount *amount) {
    size_t at = amount->first;
    enum nashra_gender gender;
    int explains = nashra_bracket_counts(scan, at, &gender);
    if (explains < 0)
        return explains;
    if (explains > 0)
        scan->last_gender = gender;
    bool among = scan->has_last && at != 0 && (is_among(&scan->tokens[at - 1]) || is_second_pair(scan, at));
    scan->anaphora =
        scan->anaphora || among || explains > 0 || (scan->has_last && nashra_scan_is_word(scan, amount->last, "منها"));
    if (!scan->anaphora && !is_joined(scan, &scan->tokens[at]) && !(at != 0 && is_part_of_last(scan, at)))
        return 0;
    amount->kind = NASHRA_COUNTS_OF;
    amount->noun.noun.gender = scan->last_gender;
    return 0;
}

int nashra_speak_amount(struct nashra_scan *scan, const struct nashra_reading *reading) {
    struct nashra_amount amount = reading->amount;
    struct nashra_case_guess guess = nashra_case_of_amount(scan, reading->first);
    bool alone = amount.kind == NASHRA_COUNTS_NOTHING && amount.quantity.scale_count == 0;
    int status = alone ? borrow_thing(scan, &amount) : 0;
    scan->last_case = guess.grammatical_case;
    scan->confidence = guess.confidence;
    alone = alone && amount.kind == NASHRA_COUNTS_NOTHING;
    if (status == 0 && alone)
        status = count_the_same(scan, &amount);
    if (status < 0)
        return status;
    scan->anaphora = scan->anaphora && alone;
    scan->last_gender = nashra_amount_gender(&amount);
    scan->last_kind = amount.kind;
    return nashra_amount_speak(scan, &amount, guess.grammatical_case, false);
}
