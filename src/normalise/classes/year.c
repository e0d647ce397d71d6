/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Years and spans of years, with their eras. */
#include <string.h>

#include "classes/classes.h"
#include "classes/year.h"
#include "context/weigh.h"
#include "quantity.h"

enum {
    FIRST_YEAR = 1000,
    FIRST_RECENT = 1800,
    LAST_YEAR = 2100,
    LARGEST_YEAR = 2999,
    LARGEST_ANCIENT = 99999,
    CENTURY = 100
};
#define CUE(name) NASHRA_CUE_BIT(NASHRA_CUE_##name)

const char *nashra_year_era(const struct nashra_scan *scan, size_t at, size_t *last) {
    const struct nashra_token *token = nashra_scan_token(scan, at);
    if (token == NULL || token->kind != NASHRA_TOKEN_WORD || token->lexeme == NULL || token->stem != 0)
        return NULL;
    const char *era = token->lexeme->abbreviation[NASHRA_ABBREVIATES_AFTER_YEAR];
    if (era == NULL)
        return NULL;
    *last = at + 1;
    bool stop = token->length == 2 && nashra_scan_is_symbol(scan, at + 1, '.') && !scan->tokens[at + 1].space &&
                at + 2 < scan->count;
    if (stop && !nashra_scan_is_edge(scan, at + 2))
        *last = at + 2; /* 1948 م. جاء */
    return era;
}

unsigned nashra_year_shapes(long value) {
    unsigned shapes = 0;
    if (value >= FIRST_YEAR && value <= LAST_YEAR)
        shapes |= 1u << NASHRA_SHAPE_YEAR;
    if (value >= FIRST_RECENT && value <= LAST_YEAR)
        shapes |= 1u << NASHRA_SHAPE_RECENT;
    return shapes;
}

static bool in_brackets(const struct nashra_scan *scan, size_t first, size_t last) {
    return first != 0 && nashra_scan_is_symbol(scan, first - 1, '(') && nashra_scan_is_symbol(scan, last, ')');
}

/* The value of a whole number that nothing groups; after عام grouping is allowed (عام 2،000 ق.م). Else -1. */
static long year_value(const struct nashra_scan *scan, size_t at, unsigned before) {
    unsigned long long value;
    if (scan->amount == NULL || scan->amount->quantity.value.fraction_length != 0 || scan->tokens[at].text[0] == '0')
        return -1;
    bool whole = scan->amount->quantity.digits_end == at + 1;
    if (!nashra_decimal_value(&scan->amount->quantity.value, &value) || value < 1 || value > LARGEST_ANCIENT)
        return -1;
    return (whole && value <= LARGEST_YEAR) || (before & CUE(YEAR)) != 0 ? (long)value : -1;
}

/* 1426 هـ/2006 م */
static bool is_other_calendar(const struct nashra_scan *scan, size_t at) {
    return at != 0 && scan->has_last && scan->last_end == at - 1 && scan->last_class == NASHRA_CLASS_YEAR &&
           (nashra_scan_is_symbol(scan, at - 1, '/') || nashra_scan_is_symbol(scan, at - 1, '=') ||
            nashra_scan_is_dash(scan, at - 1));
}

/* عام, سنة and their duals make a year of any number, the plurals of such as look like one. */
static bool after_year_word(const struct nashra_scan *scan, size_t at, unsigned before, unsigned shapes) {
    if ((before & CUE(YEAR)) == 0 || scan->tokens[at].prefix != NULL || at == 0)
        return false;
    const char *word = scan->tokens[at - 1].text;
    return shapes != 0 || (strstr(word, "سنوات") == NULL && strstr(word, "أعوام") == NULL);
}

static bool is_to(const struct nashra_scan *scan, size_t at) {
    return nashra_scan_is_word(scan, at, "إلى") || nashra_scan_is_word(scan, at, "الى") ||
           nashra_scan_is_word(scan, at, "حتى");
}

/* من 1965 إلى 1969: either end. */
static bool is_of_span(const struct nashra_scan *scan, size_t at, size_t last) {
    if (at == 0)
        return false;
    long next = nashra_quantity_plain(scan, last + 1);
    bool first = nashra_scan_is_word(scan, at - 1, "من") && is_to(scan, last) && next >= 1 && next <= LARGEST_YEAR;
    bool second =
        is_to(scan, at - 1) && scan->has_last && scan->last_end == at - 1 && scan->last_class == NASHRA_CLASS_YEAR;
    return first || second;
}

int nashra_match_year(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    unsigned before = nashra_weigh_before(scan, at);
    long value = year_value(scan, at, before);
    if (value < 0)
        return 0;
    size_t end = scan->amount->quantity.digits_end, last = end;
    const char *era = nashra_year_era(scan, end, &last);
    bool metre = era != NULL && strcmp(scan->tokens[end].text, "م") == 0;
    unsigned shapes = nashra_year_shapes(value);
    bool spans = is_of_span(scan, at, last) || is_other_calendar(scan, at);
    if (shapes == 0 && spans && era != NULL)
        shapes = 1u << NASHRA_SHAPE_YEAR;
    if (shapes == 0 && !after_year_word(scan, at, before, shapes) && (era == NULL || metre))
        return 0;
    bool after_year = scan->has_last && scan->last_end == at && scan->last_class == NASHRA_CLASS_YEAR &&
                      (scan->tokens[at].proclitics & NASHRA_PROCLITIC_AND) != 0;
    if (after_year)
        shapes |= 1u << NASHRA_SHAPE_CONSECUTIVE;
    reading->cls = NASHRA_CLASS_YEAR;
    reading->first = at;
    reading->last = last;
    reading->token = end;
    reading->part[0] = scan->amount->quantity;
    reading->text = era;
    reading->shapes = shapes | (in_brackets(scan, at, last) ? 1u << NASHRA_SHAPE_BRACKETED : 0);
    reading->after = (era != NULL ? CUE(ERA) : 0) | (spans ? CUE(PERIOD) : 0);
    if (era == NULL && scan->amount->kind == NASHRA_COUNTS_NOUN)
        reading->after |= scan->amount->noun.noun.known ? CUE(NOUN) : 0;
    if (era == NULL && (scan->amount->kind > NASHRA_COUNTS_OF || scan->amount->quantity.scale_count != 0))
        reading->after |= CUE(UNIT);
    return 1;
}

static bool is_feminine_cue(const struct nashra_token *token) {
    return strstr(token->text, "سن") != NULL;
}

/* سنة asks for the feminine; a second year after it leans on the first. */
static enum nashra_gender gender_before(struct nashra_scan *scan, size_t at, unsigned before) {
    if (at != 0 && (before & CUE(YEAR)) != 0)
        scan->year_gender = is_feminine_cue(&scan->tokens[at - 1]) ? NASHRA_FEMININE : NASHRA_MASCULINE;
    else if (!(scan->has_last && scan->last_end == at))
        scan->year_gender = NASHRA_MASCULINE;
    return scan->year_gender;
}

int nashra_year_say(struct nashra_scan *scan, long value, enum nashra_gender gender) {
    char digits[8];
    struct nashra_decimal year;
    size_t length = 0;
    for (long rest = value, power = 1000; power > 0; rest %= power, power /= 10)
        digits[length++] = (char)('0' + rest / power);
    int status = nashra_decimal_make(scan->arena, digits, length, NULL, 0, &year);
    return status < 0 ? status : nashra_phrase_year(scan->numbers, &scan->phrase, &year, gender);
}

int nashra_speak_year(struct nashra_scan *scan, const struct nashra_reading *reading) {
    size_t at = reading->first;
    unsigned before = nashra_weigh_before(scan, at);
    bool joined = (reading->shapes >> NASHRA_SHAPE_CONSECUTIVE & 1) != 0;
    bool bare = (before & (CUE(YEAR) | CUE(SEASON))) != 0 || joined || (before & (CUE(GOVERNED) | CUE(MONTH))) == 0;
    enum nashra_gender gender = gender_before(scan, at, before);
    int status = 0;
    scan->last_case = NASHRA_GENITIVE;
    scan->confidence = 0.95f;
    if (!bare)
        status = nashra_scan_say(scan, (before & CUE(MONTH)) != 0 ? NASHRA_SAY_YEAR_ACC : NASHRA_SAY_YEAR_GEN);
    if (status == 0)
        status = nashra_phrase_year(scan->numbers, &scan->phrase, &reading->part[0].value, gender);
    if (status < 0 || reading->text == NULL)
        return status;
    nashra_scan_cut(scan, reading->token, false);
    return nashra_scan_words(scan, reading->text);
}

/* ---- spans ---- */

enum form { FORM_FROM_TO, FORM_TO, FORM_PERIOD, FORM_TWO, FORM_SEASON, FORM_AND };

/* 1998-99: the century is the first year's. */
static long complete(long first, long second, const struct nashra_token *token) {
    return token->length == 2 ? first / CENTURY * CENTURY + second : second;
}

static enum form form_of(const struct nashra_scan *scan, size_t at, unsigned before, bool slash, bool consecutive) {
    if ((before & CUE(BETWEEN)) != 0)
        return FORM_TWO;
    if ((before & CUE(SEASON)) != 0 || slash)
        return consecutive ? FORM_SEASON : FORM_AND;
    if ((before & CUE(FROM)) != 0)
        return FORM_TO;
    if ((before & CUE(YEAR)) != 0)
        return FORM_AND;
    bool governed = (before & CUE(GOVERNED)) != 0 || (scan->tokens[at].proclitics & NASHRA_PROCLITIC_GENITIVE) != 0;
    return governed ? FORM_PERIOD : FORM_FROM_TO;
}

int nashra_match_years(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    long first = nashra_quantity_plain(scan, at);
    unsigned before = nashra_weigh_before(scan, at);
    size_t second_at = at + 2;
    bool slash = nashra_scan_is_symbol(scan, at + 1, '/');
    bool two = (before & CUE(BETWEEN)) != 0 && nashra_scan_is_number(scan, at + 1) &&
               scan->tokens[at + 1].prefix != NULL && (scan->tokens[at + 1].proclitics & NASHRA_PROCLITIC_AND) != 0;
    if (two)
        second_at = at + 1;
    else if (!nashra_scan_is_dash(scan, at + 1) && !slash)
        return 0;
    long second = nashra_quantity_plain(scan, second_at);
    if (first < FIRST_YEAR || first > LAST_YEAR || second < 0)
        return 0;
    size_t digits = scan->tokens[second_at].length;
    second = complete(first, second, &scan->tokens[second_at]);
    bool consecutive = second == first + 1;
    bool glued_short = digits == 2 && !scan->tokens[second_at].space && second > first;
    if ((digits != 4 && !glued_short) || second > LAST_YEAR || (slash && !consecutive))
        return 0;
    reading->cls = NASHRA_CLASS_YEARS;
    reading->first = at;
    reading->last = second_at + 1;
    reading->token = second_at;
    reading->text = nashra_year_era(scan, second_at + 1, &reading->last);
    reading->form = form_of(scan, at, before, slash, consecutive);
    reading->shapes = nashra_year_shapes(first) | (glued_short ? 1u << NASHRA_SHAPE_SHORT_SECOND : 0) |
                      (second > first ? 1u << NASHRA_SHAPE_ASCENDING : 0) |
                      (at != 0 && nashra_scan_is_symbol(scan, at - 1, '(') ? 1u << NASHRA_SHAPE_BRACKETED : 0);
    reading->after = reading->text != NULL ? CUE(ERA) : 0;
    return 1;
}

static int say_one(struct nashra_scan *scan, enum nashra_saying word, long value, bool feminine) {
    int status = word != NASHRA_SAY_COUNT ? nashra_scan_say(scan, word) : 0;
    if (status < 0)
        return status;
    return nashra_year_say(scan, value, feminine ? NASHRA_FEMININE : NASHRA_MASCULINE);
}

int nashra_speak_years(struct nashra_scan *scan, const struct nashra_reading *reading) {
    size_t at = reading->first, second_at = reading->token;
    long first = nashra_quantity_plain(scan, at);
    long second = complete(first, nashra_quantity_plain(scan, second_at), &scan->tokens[second_at]);
    bool feminine = at != 0 && reading->form == FORM_AND && is_feminine_cue(&scan->tokens[at - 1]);
    bool named = reading->form == FORM_FROM_TO || reading->form == FORM_TO || reading->form == FORM_PERIOD;
    enum nashra_saying word = named ? NASHRA_SAY_YEAR_GEN : NASHRA_SAY_COUNT;
    int status = 0;
    scan->last_case = NASHRA_GENITIVE;
    scan->confidence = 0.9f;
    if (reading->form == FORM_PERIOD)
        status = nashra_scan_say(scan, NASHRA_SAY_PERIOD_GEN);
    if (status == 0 && (reading->form == FORM_FROM_TO || reading->form == FORM_PERIOD))
        status = nashra_scan_say(scan, NASHRA_SAY_FROM);
    if (status == 0 && reading->form == FORM_TWO)
        status = nashra_scan_say(scan, NASHRA_SAY_TWO_YEARS);
    if (status == 0)
        status = say_one(scan, word, first, feminine);
    nashra_scan_cut(scan, second_at, false);
    if (status == 0 && named)
        status = nashra_scan_say(scan, NASHRA_SAY_TO);
    size_t joined = scan->phrase.count;
    if (status == 0)
        status = say_one(scan, word, second, feminine);
    bool and = reading->form == FORM_TWO || reading->form == FORM_AND;
    if (status == 0 && and)
        status = nashra_phrase_prefix(&scan->phrase, joined, "وَ");
    return status == 0 && reading->text != NULL ? nashra_scan_words(scan, reading->text) : status;
}
