/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two numbers and a sign between them: ranges, ratios, scores. */
#include <string.h>

#include "classes/classes.h"
#include "classes/year.h"
#include "context/case.h"
#include "context/weigh.h"
#include "quantity.h"

enum { LARGEST_GOALS = 15, LONGEST_SCORE = 3, LAST_DAY = 31, FEWEST_UNDER = 10 };
enum form { FORM_FROM_TO, FORM_TO, FORM_AND, FORM_THREE, FORM_OVER };
#define CUE(name) NASHRA_CUE_BIT(NASHRA_CUE_##name)

static unsigned order_of(const struct nashra_decimal *a, const struct nashra_decimal *b) {
    unsigned long long x, y;
    if (!nashra_decimal_value(a, &x) || !nashra_decimal_value(b, &y))
        return 1u << NASHRA_SHAPE_ASCENDING; /* fractions: a range, if anything */
    unsigned shapes = x < y ? 1u << NASHRA_SHAPE_ASCENDING : 0;
    return shapes | (x <= LARGEST_GOALS && y <= LARGEST_GOALS ? 1u << NASHRA_SHAPE_SMALL : 0);
}

/* What follows the dash: an amount, or one more sign of the currency that stands before the first number. */
static bool second_amount(const struct nashra_scan *scan, size_t at, const struct nashra_currency *currency,
                          struct nashra_reading *reading, int *status) {
    size_t number = at;
    if (!nashra_scan_is_number(scan, at) && (currency == NULL || nashra_currency_before(scan, at, &number) != currency))
        return false;
    if (currency == NULL)
        return nashra_amount_at(scan, number, &reading->amount, status);
    reading->amount = (struct nashra_amount){.kind = NASHRA_COUNTS_CURRENCY, .first = number, .currency = currency};
    reading->amount.qualified = nashra_currency_needs_country(scan, reading->first, currency);
    if (!nashra_quantity_at(scan, number, &reading->amount.quantity, status))
        return false;
    reading->amount.last = reading->amount.quantity.last;
    return true;
}

int nashra_match_range(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    int status = 0;
    size_t number = at;
    const struct nashra_currency *currency =
        nashra_scan_is_number(scan, at) ? NULL : nashra_currency_before(scan, at, &number);
    if ((number != at) != (currency != NULL) || !nashra_quantity_digits_at(scan, number, &reading->part[0], &status))
        return status;
    size_t dash = reading->part[0].last;
    bool percent = nashra_scan_is_percent(scan, dash);
    dash += percent;
    if (!nashra_scan_is_dash(scan, dash) || dash + 1 >= scan->count)
        return 0;
    bool spaced = scan->tokens[dash].space;
    if (!spaced && scan->tokens[dash + 1].space)
        return 0; /* 10- 15 is a list as like as not */
    reading->first = at;
    if (!second_amount(scan, dash + 1, currency, reading, &status) ||
        (percent && reading->amount.kind != NASHRA_COUNTS_PERCENT))
        return status;
    if (nashra_scan_is_dash(scan, reading->amount.last) && nashra_scan_glued(scan, reading->amount.last) &&
        nashra_scan_is_number(scan, reading->amount.last + 1))
        return 0; /* 1-2-3 */
    size_t month_end;
    if (nashra_scan_month(scan, reading->amount.quantity.digits_end, &month_end) != NULL)
        return 0; /* 1936 - 16 فبراير 2015 */
    reading->cls = NASHRA_CLASS_RANGE;
    reading->last = reading->amount.last;
    reading->token = dash + 1;
    reading->shapes = order_of(&reading->part[0].value, &reading->amount.quantity.value) |
                      (spaced ? 1u << NASHRA_SHAPE_SPACED : 0) | reading->part[0].shapes |
                      (currency != NULL || percent ? 1u << NASHRA_SHAPE_SIGNED : 0);
    reading->after = reading->amount.kind == NASHRA_COUNTS_NOUN ? CUE(NOUN)
                     : reading->amount.kind > NASHRA_COUNTS_OF  ? CUE(UNIT)
                                                                : 0;
    uint64_t before = nashra_weigh_before(scan, at);
    bool governed = (before & CUE(GOVERNED)) != 0 || (scan->tokens[at].proclitics & NASHRA_PROCLITIC_GENITIVE) != 0;
    reading->form = (before & CUE(BETWEEN)) != 0            ? FORM_AND
                    : (before & CUE(FROM)) != 0 || governed ? FORM_TO
                                                            : FORM_FROM_TO;
    return 1;
}

/* 1-2 متر: من متر إلى مترين. */
static int say_first(struct nashra_scan *scan, const struct nashra_amount *first) {
    struct nashra_stance stance = {.grammatical_case = NASHRA_GENITIVE};
    struct nashra_noun noun = first->noun.noun;
    unsigned long long value;
    if (first->kind == NASHRA_COUNTS_UNIT)
        noun = nashra_unit_noun(first->unit);
    bool known = first->kind == NASHRA_COUNTS_UNIT || (first->kind == NASHRA_COUNTS_NOUN && noun.known);
    bool counted = known && nashra_decimal_value(&first->quantity.value, &value);
    if (counted && (value == 1 || value == 2))
        return nashra_phrase_noun(&scan->phrase, &noun, value == 1 ? NASHRA_SINGULAR : NASHRA_DUAL, stance);
    return nashra_amount_speak(scan, first, NASHRA_GENITIVE, true);
}

int nashra_speak_range(struct nashra_scan *scan, const struct nashra_reading *reading) {
    struct nashra_amount first = reading->amount;
    first.quantity = reading->part[0];
    if (reading->amount.quantity.scale_count != 0)
        first.kind = NASHRA_COUNTS_NOTHING; /* 2-3 مليار: what is counted are the milliards */
    first.first = reading->first;
    int status = reading->form == FORM_FROM_TO ? nashra_scan_say(scan, NASHRA_SAY_FROM) : 0;
    scan->last_case = NASHRA_GENITIVE;
    scan->confidence = 0.9f;
    if (status == 0)
        status = say_first(scan, &first);
    nashra_scan_cut(scan, reading->token, NASHRA_PAUSE_NONE);
    if (status == 0 && reading->form != FORM_AND)
        status = nashra_scan_say(scan, NASHRA_SAY_TO);
    size_t second = scan->phrase.count;
    if (status == 0)
        status = nashra_amount_speak(scan, &reading->amount, NASHRA_GENITIVE, false);
    if (status < 0 || reading->form != FORM_AND)
        return status;
    return nashra_phrase_prefix(&scan->phrase, second, "وَ");
}

/* ---- scores and ratios: two whole numbers, nothing counted ---- */

static int match_pair(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    int status = 0;
    size_t second = at + 2;
    if (!nashra_quantity_digits_at(scan, at, &reading->part[0], &status) ||
        !nashra_quantity_digits_at(scan, second, &reading->part[1], &status))
        return status;
    if (reading->part[0].last != at + 1 || reading->part[1].last != at + 3)
        return 0;
    reading->first = at;
    reading->last = at + 3;
    reading->shapes = order_of(&reading->part[0].value, &reading->part[1].value) |
                      (scan->tokens[at + 1].space ? 1u << NASHRA_SHAPE_SPACED : 0);
    return 1;
}

static bool is_pair(const struct nashra_scan *scan, size_t at, bool *descends) {
    long first = nashra_quantity_plain(scan, at), second = nashra_quantity_plain(scan, at + 2);
    *descends = first > second;
    return nashra_scan_is_dash(scan, at + 1) && first >= 0 && second >= 0 && first <= LARGEST_GOALS &&
           second <= LARGEST_GOALS;
}

static size_t skip_comma(const struct nashra_scan *scan, size_t at) {
    return at + (nashra_scan_is_symbol(scan, at, 0x060C) || nashra_scan_is_symbol(scan, at, ','));
}

/* 6-4 و3-6, 3-6، 6-4: what stands beside a score is one as well. */
static bool is_of_chain(const struct nashra_scan *scan, size_t at) {
    bool descends, next_descends;
    bool after = scan->has_last && scan->last_class == NASHRA_CLASS_SCORE && skip_comma(scan, scan->last_end) == at;
    if (!is_pair(scan, at, &descends))
        return after;
    return after || (is_pair(scan, skip_comma(scan, at + 3), &next_descends) && descends != next_descends);
}

int nashra_match_score(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    if ((!nashra_scan_is_dash(scan, at + 1) && !nashra_scan_is_symbol(scan, at + 1, '/') &&
         !nashra_scan_is_symbol(scan, at + 1, ':')) ||
        scan->tokens[at].length > LONGEST_SCORE)
        return 0;
    bool slash = nashra_scan_is_symbol(scan, at + 1, '/');
    if (slash && (nashra_weigh_before(scan, at) & CUE(SCORE)) == 0)
        return 0;
    reading->cls = NASHRA_CLASS_SCORE;
    int status = match_pair(scan, at, reading);
    if (status > 0) {
        struct nashra_amount second = {.quantity = reading->part[1]};
        status = nashra_amount_find_thing(scan, reading->last, &second);
        if (status < 0)
            return status;
        if (nashra_scan_is_symbol(scan, at + 1, ':'))
            reading->shapes &= ~(1u << NASHRA_SHAPE_SMALL); /* as like as not a ratio */
        if (is_of_chain(scan, at))
            reading->shapes |= 1u << NASHRA_SHAPE_CONSECUTIVE;
        reading->after = nashra_amount_is_counted(&second) ? CUE(NOUN) : 0;
        reading->after |= second.kind > NASHRA_COUNTS_OF ? CUE(UNIT) : 0;
        return 1;
    }
    return status;
}

/* ضغط 120/80: no date, no part of a whole. */
static int match_over(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    long first = nashra_quantity_plain(scan, at), second = nashra_quantity_plain(scan, at + 2);
    bool glued = nashra_scan_glued(scan, at + 1) && nashra_scan_glued(scan, at + 2);
    size_t end = at + 3;
    bool era = nashra_year_has_era(scan, end) || nashra_year_era(scan, end, &end) != NULL; /* 130/29 قبل الميلاد */
    if (era || !glued || first <= LAST_DAY || second < FEWEST_UNDER || second >= first ||
        scan->tokens[at].length > LONGEST_SCORE || nashra_scan_is_symbol(scan, at + 3, '/'))
        return 0;
    reading->cls = NASHRA_CLASS_RATIO;
    reading->form = FORM_OVER;
    return match_pair(scan, at, reading);
}

int nashra_match_ratio(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    if (nashra_scan_is_symbol(scan, at + 1, '/'))
        return match_over(scan, at, reading);
    if (!nashra_scan_is_symbol(scan, at + 1, ':') || scan->tokens[at + 1].space || at + 2 >= scan->count ||
        scan->tokens[at + 2].space)
        return 0;
    reading->cls = NASHRA_CLASS_RATIO;
    int status = match_pair(scan, at, reading);
    bool third = status > 0 && nashra_scan_is_symbol(scan, at + 3, ':') && nashra_scan_glued(scan, at + 3) &&
                 nashra_scan_glued(scan, at + 4) && nashra_scan_is_number(scan, at + 4);
    if (!third || !nashra_quantity_digits_at(scan, at + 4, &reading->part[2], &status))
        return status;
    reading->last = at + 5; /* 1:1:2 */
    reading->form = FORM_THREE;
    return 1;
}

/* نتيجة المباراة 2-1 is a sentence of its own; after a verb the result is an adverbial. */
static struct nashra_case_guess case_of_pair(const struct nashra_scan *scan, const struct nashra_reading *reading) {
    struct nashra_case_guess guess = nashra_case_at(scan, reading->first);
    bool verbal = reading->first != 0 && (nashra_scan_cues(scan, 0) & CUE(RESULT)) == 0 && guess.confidence < 0.8f &&
                  reading->cls == NASHRA_CLASS_SCORE;
    return verbal ? (struct nashra_case_guess){NASHRA_GENITIVE, 0.6f} : guess;
}

static int speak_pair(struct nashra_scan *scan, const struct nashra_reading *reading, enum nashra_saying between) {
    struct nashra_case_guess guess = case_of_pair(scan, reading);
    struct nashra_stance stance = {.grammatical_case = guess.grammatical_case};
    scan->last_case = guess.grammatical_case;
    scan->confidence = guess.confidence;
    int status = nashra_phrase_cardinal(scan->numbers, &scan->phrase, &reading->part[0].value, stance);
    nashra_scan_cut(scan, reading->first + 2, NASHRA_PAUSE_NONE);
    if (status == 0)
        status = nashra_scan_say(scan, between);
    stance.grammatical_case = NASHRA_GENITIVE;
    if (status == 0)
        status = nashra_phrase_cardinal(scan->numbers, &scan->phrase, &reading->part[1].value, stance);
    if (status < 0 || reading->form != FORM_THREE)
        return status;
    nashra_scan_cut(scan, reading->first + 4, NASHRA_PAUSE_NONE);
    status = nashra_scan_say(scan, between);
    return status < 0 ? status : nashra_phrase_cardinal(scan->numbers, &scan->phrase, &reading->part[2].value, stance);
}

int nashra_speak_score(struct nashra_scan *scan, const struct nashra_reading *reading) {
    return speak_pair(scan, reading, NASHRA_SAY_AGAINST);
}

int nashra_speak_ratio(struct nashra_scan *scan, const struct nashra_reading *reading) {
    return speak_pair(scan, reading, reading->form == FORM_OVER ? NASHRA_SAY_OVER : NASHRA_SAY_TO);
}
