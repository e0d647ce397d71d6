/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers with what they count: cardinals, decimals, percentages, measures, money after the number. */
#include <string.h>

#include "classes/classes.h"
#include "context/case.h"
#include "context/clause.h"
#include "quantity.h"

static enum nashra_class class_of(const struct nashra_amount *amount) {
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
    reading->cls = class_of(scan->amount);
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

/* 10 و15 دولة, 17 من أصل 21 طائرة, من 20 إلى 30 دولة: the first number agrees with what the second counts. */
static int borrow_thing(const struct nashra_scan *scan, struct nashra_amount *amount) {
    size_t next = amount->last;
    struct nashra_amount other;
    int status = 0;
    if (follows_name(scan, amount->first))
        return 0;
    if (nashra_scan_is_word(scan, next, "من") &&
        (nashra_scan_is_word(scan, next + 1, "أصل") || nashra_scan_is_word(scan, next + 1, "بين")))
        next += 2;
    else if (nashra_scan_is_word(scan, next, "إلى") || nashra_scan_is_word(scan, next, "أو") ||
             nashra_scan_is_word(scan, next, "حتى"))
        next++;
    else if (!nashra_scan_is_number(scan, next) || (scan->tokens[next].proclitics & NASHRA_PROCLITIC_AND) == 0)
        return 0;
    if (!nashra_amount_at(scan, next, &other, &status) || other.quantity.scale_count != 0)
        return status;
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

int nashra_speak_amount(struct nashra_scan *scan, const struct nashra_reading *reading) {
    struct nashra_amount amount = reading->amount;
    struct nashra_case_guess guess = nashra_case_of_amount(scan, reading->first);
    scan->last_case = guess.grammatical_case;
    scan->confidence = guess.confidence;
    if (amount.kind == NASHRA_COUNTS_NOTHING && amount.quantity.scale_count == 0) {
        int status = borrow_thing(scan, &amount);
        if (status < 0)
            return status;
    }
    bool of_the_same = amount.kind == NASHRA_COUNTS_NOTHING && reading->first != 0 && scan->has_last &&
                       scan->last_end == reading->first - 1 && scan->last_class == NASHRA_CLASS_CARDINAL &&
                       nashra_scan_is_word(scan, reading->first - 1, "من");
    of_the_same = of_the_same || (amount.kind == NASHRA_COUNTS_NOTHING && reading->first >= 2 && scan->has_last &&
                                  scan->last_end == reading->first - 2 && scan->last_class == NASHRA_CLASS_CARDINAL &&
                                  nashra_scan_is_word(scan, reading->first - 2, "من") &&
                                  nashra_scan_is_word(scan, reading->first - 1, "أصل"));
    bool alone = amount.kind == NASHRA_COUNTS_NOTHING && amount.quantity.scale_count == 0;
    if (alone && scan->has_last && nashra_scan_is_word(scan, amount.last, "منها"))
        scan->anaphora = true;
    bool counted = scan->last_class == NASHRA_CLASS_CARDINAL || scan->last_class == NASHRA_CLASS_MEASURE;
    bool joined = alone && scan->has_last && counted &&
                  (scan->tokens[reading->first].proclitics & NASHRA_PROCLITIC_AND) != 0 &&
                  scan->tokens[reading->first].prefix != NULL; /* 48 درجة في الجنوب و39 في الساحل */
    bool among = alone && scan->has_last && reading->first != 0 && is_among(&scan->tokens[reading->first - 1]);
    scan->anaphora = scan->anaphora || among;
    if (of_the_same || joined || (alone && scan->anaphora)) { /* 5 مباريات من 8 */
        amount.kind = NASHRA_COUNTS_OF;
        amount.noun.noun.gender = scan->last_gender;
    }
    scan->anaphora = scan->anaphora && alone;
    scan->last_gender = nashra_amount_gender(&amount);
    scan->last_kind = amount.kind;
    return nashra_amount_speak(scan, &amount, guess.grammatical_case, false);
}

/* -5, −5, +5, ±5. A hyphen before something counted begins a line of a list, unless that is degrees. */
enum { LONGEST_ASIDE = 24 /* tokens */ };
enum sign { SIGN_MINUS, SIGN_PLUS, SIGN_EITHER, SIGN_NONE };

static bool is_degree(const struct nashra_scan *scan, const struct nashra_amount *amount) {
    return (amount->kind == NASHRA_COUNTS_UNIT && nashra_unit_is_temperature(amount->unit)) ||
           (amount->kind == NASHRA_COUNTS_NOUN &&
            (nashra_scan_cues(scan, amount->thing) & NASHRA_CUE_BIT(NASHRA_CUE_TEMPERATURE)) != 0);
}

/* بلغ السكان -7.5 مليون نسمة- ثلث البلاد: a dash that another one closes is a bracket. */
static bool is_closed_later(const struct nashra_scan *scan, size_t at) {
    size_t last = at + LONGEST_ASIDE < scan->count ? at + LONGEST_ASIDE : scan->count;
    for (size_t i = at + 2; i < last; i++) {
        bool closes = scan->tokens[i].cp == scan->tokens[at].cp && scan->tokens[i].kind == NASHRA_TOKEN_SYMBOL &&
                      !scan->tokens[i].space && scan->tokens[i - 1].kind == NASHRA_TOKEN_WORD;
        if (closes && (i + 1 == scan->count || scan->tokens[i + 1].space || nashra_scan_is_edge(scan, i + 1)))
            return true;
    }
    return false;
}

int nashra_match_signed(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    int status = 0;
    bool plus = nashra_scan_is_symbol(scan, at, '+'), either = nashra_scan_is_symbol(scan, at, 0x00B1);
    bool minus = nashra_scan_is_symbol(scan, at, '-') || nashra_scan_is_symbol(scan, at, 0x2212) ||
                 nashra_scan_is_symbol(scan, at, 0x2013);
    if ((!plus && !either && !minus) || !nashra_scan_is_number(scan, at + 1))
        return 0;
    bool clitic = at != 0 && scan->tokens[at - 1].kind == NASHRA_TOKEN_WORD &&
                  nashra_proclitics_of(scan->tokens[at - 1].text, scan->tokens[at - 1].length) != 0; /* و-60 */
    bool apart = at == 0 || scan->tokens[at].space || nashra_scan_is_edge(scan, at - 1) || either || clitic;
    if (!apart || (scan->tokens[at + 1].space && !either) || (minus && at != 0 && is_closed_later(scan, at)))
        return 0;
    if (!nashra_amount_at(scan, at + 1, &reading->amount, &status))
        return status;
    if (minus && reading->amount.kind == NASHRA_COUNTS_NOUN && !is_degree(scan, &reading->amount))
        return 0;
    if (minus && at != 0 && (nashra_scan_cues(scan, at - 1) & NASHRA_CUE_BIT(NASHRA_CUE_CODE)) != 0)
        return 0; /* الأكسجين -16 */
    bool below_zero = minus && nashra_scan_is_word(scan, reading->amount.last, "تحت") &&
                      nashra_scan_is_word(scan, reading->amount.last + 1, "الصفر"); /* the text says it itself */
    reading->form = plus ? SIGN_PLUS : either ? SIGN_EITHER : below_zero ? SIGN_NONE : SIGN_MINUS;
    reading->cls = class_of(&reading->amount);
    reading->first = at;
    reading->last = reading->amount.last;
    bool counted = minus && !below_zero && reading->amount.kind == NASHRA_COUNTS_NOUN;
    reading->token = counted && nashra_scan_is_word(scan, reading->last, "مئوية") ? reading->last++ : 0;
    reading->shapes = reading->amount.quantity.shapes | 1u << NASHRA_SHAPE_SIGNED;
    return 1;
}

int nashra_speak_signed(struct nashra_scan *scan, const struct nashra_reading *reading) {
    struct nashra_amount amount = reading->amount;
    struct nashra_case_guess guess = nashra_case_of_amount(scan, reading->first);
    int status = 0;
    scan->last_case = guess.grammatical_case;
    scan->confidence = guess.confidence;
    if (reading->form == SIGN_PLUS)
        status = nashra_scan_say(scan, NASHRA_SAY_PLUS);
    if (reading->form == SIGN_EITHER)
        status = nashra_scan_say(scan, NASHRA_SAY_PLUS_OR_MINUS);
    if (status < 0)
        return status;
    bool below_zero = reading->form == SIGN_MINUS && amount.kind == NASHRA_COUNTS_NOUN;
    amount.quantity.value.negative = reading->form == SIGN_MINUS && !below_zero;
    status = nashra_amount_speak(scan, &amount, guess.grammatical_case, false);
    if (status == 0 && reading->token != 0) { /* -11 درجة مئوية */
        nashra_scan_cut_source(scan, reading->token);
        status = nashra_scan_source(scan, reading->token);
    }
    return status == 0 && below_zero ? nashra_scan_say(scan, NASHRA_SAY_BELOW_ZERO) : status;
}
