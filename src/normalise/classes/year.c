/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Years, with their eras. */
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
    FIRST_OF_MONTH = 100,
    LONGEST_ABBREVIATION = 6,
    CENTURY = 100
};
#define CUE(name) NASHRA_CUE_BIT(NASHRA_CUE_##name)

const char *nashra_year_era(const struct nashra_scan *scan, size_t at, size_t *last) {
    const struct nashra_token *token = nashra_scan_token(scan, at);
    if (token == NULL || token->kind != NASHRA_TOKEN_WORD || token->lexeme == NULL || token->stem != 0)
        return NULL;
    const char *era = nashra_abbreviation(token->lexeme, NASHRA_ABBREVIATES_AFTER_YEAR);
    if (era == NULL)
        return NULL;
    *last = at + 1;
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

/* A cue of its own, or of the word behind قبل or بعد. */
bool nashra_year_has_era(const struct nashra_scan *scan, size_t at) {
    bool before = nashra_scan_is_word(scan, at, "قبل") || nashra_scan_is_word(scan, at, "بعد");
    const struct nashra_token *token = nashra_scan_token(scan, at + before);
    return token != NULL && token->length > LONGEST_ABBREVIATION &&
           (nashra_scan_cues(scan, at + before) & CUE(ERA)) != 0;
}

/* The value of a whole number that nothing groups; after عام grouping is allowed (عام 2،000 ق.م). Else -1. */
static long year_value(const struct nashra_scan *scan, size_t at, uint64_t before) {
    unsigned long long value;
    if (scan->amount == NULL || scan->amount->quantity.value.fraction_length != 0 || scan->tokens[at].text[0] == '0')
        return -1;
    bool whole = scan->amount->quantity.digits_end == at + 1;
    if (!nashra_decimal_value(&scan->amount->quantity.value, &value) || value < 1 || value > LARGEST_ANCIENT)
        return -1;
    bool certain = (before & CUE(YEAR)) != 0 || nashra_year_has_era(scan, scan->amount->quantity.digits_end);
    return (whole && value <= LARGEST_YEAR) || certain ? (long)value : -1;
}

/* 1426 هـ/2006 م, سنة 590 هـ (1194 م), السنة التاسعة للهجرة (629 م) */
static bool is_other_calendar(const struct nashra_scan *scan, size_t at) {
    if (at == 0)
        return false;
    bool after_year = scan->has_last && scan->last_end == at - 1 && scan->last_class == NASHRA_CLASS_YEAR;
    bool bracket = nashra_scan_is_symbol(scan, at - 1, '(');
    if (bracket && !after_year)
        return at >= 2 && (nashra_scan_cues(scan, at - 2) & CUE(ERA)) != 0;
    bool comma = nashra_scan_is_symbol(scan, at - 1, 0x060C) || nashra_scan_is_symbol(scan, at - 1, ',');
    if (comma) /* عام 1354 هـ، 1936 م */
        return after_year && at >= 3 && nashra_year_era(scan, at - 2, &at) != NULL;
    return after_year && (bracket || nashra_scan_is_symbol(scan, at - 1, '/') ||
                          nashra_scan_is_symbol(scan, at - 1, '=') || nashra_scan_is_dash(scan, at - 1));
}

/* عام, سنة and their duals make a year of any number, the plurals of such as look like one. */
static bool after_year_word(const struct nashra_scan *scan, size_t at, uint64_t before, unsigned shapes) {
    if ((before & CUE(YEAR)) == 0 || scan->tokens[at].prefix != NULL || at == 0)
        return false;
    const char *word = scan->tokens[at - 1].text;
    bool small = scan->tokens[at].length <= 2; /* الدوري العام 15 مباراة */
    if (shapes == 0 && small && scan->amount->kind == NASHRA_COUNTS_NOUN && nashra_year_may_count(scan, scan->amount))
        return false;
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

static bool ends(const struct nashra_token *token, const char *ending) {
    size_t n = strlen(ending);
    return token->length > n && strcmp(token->text + token->length - n, ending) == 0;
}

bool nashra_year_may_count(const struct nashra_scan *scan, const struct nashra_amount *amount) {
    const struct nashra_token *noun = &scan->tokens[amount->thing];
    const struct nashra_token *next = nashra_scan_token(scan, amount->last);
    unsigned bits = 0;
    bool construct = next != NULL && next->kind == NASHRA_TOKEN_WORD && next->space &&
                     nashra_article_end(next->text, next->length, &bits) != 0 && bits == NASHRA_PROCLITIC_ARTICLE &&
                     !amount->noun.accusative_alif;
    if (!amount->noun.noun.known || construct)
        return false;
    switch (nashra_decimal_counted(&amount->quantity.value)) {
    case NASHRA_COUNTED_PLURAL:
        return amount->noun.number == NASHRA_PLURAL;
    case NASHRA_COUNTED_SINGULAR_ACCUSATIVE: /* a written alif shows it, unless ة or a hamza ends the noun */
        return amount->noun.accusative_alif || ends(noun, "ة") || ends(noun, "ء") || ends(noun, "ى");
    default:
        return true;
    }
}

/* عامي 1989 و2001: the word before the first names two. */
static bool is_of_two(const struct nashra_scan *scan, size_t at) {
    enum { LETTER = 2, STEPS = 3 };
    for (size_t back = 2; back <= STEPS && back <= at; back++) {
        const struct nashra_token *word = &scan->tokens[at - back];
        bool dual = ends(word, "ي") || ends(word, "ين");
        if ((nashra_scan_cues(scan, at - back) & CUE(YEAR)) != 0)
            return dual && word->length > 3 * LETTER;
    }
    return false;
}

/* Is something measured in the sentence, so that م may well be a metre? في 1895 م is a year all the same. */
static bool is_measured(const struct nashra_scan *scan, size_t at) {
    return (scan->near & CUE(DISTANCE)) != 0 && !(at != 0 && nashra_scan_is_word(scan, at - 1, "في"));
}

/* 1975م, (560م), في 395 م: where nothing is measured and the number is no round one, م is an era. */
static unsigned shapes_of_miladi(const struct nashra_scan *scan, size_t at, size_t last, long value) {
    enum { ROUND = 100 };
    bool recent = value >= FIRST_RECENT && value <= LAST_YEAR;
    bool placed = in_brackets(scan, at, last) || (at != 0 && nashra_scan_is_word(scan, at - 1, "في")) ||
                  (value >= FIRST_YEAR && value <= LAST_YEAR);
    bool span = nashra_scan_is_dash(scan, last) && nashra_scan_is_number(scan, last + 1);
    if (is_measured(scan, at) || span || value < FIRST_OF_MONTH || !(recent || (placed && value % ROUND != 0)))
        return 0;
    return 1u << NASHRA_SHAPE_YEAR | 1u << NASHRA_SHAPE_FULL_DATE;
}

/* في 1991 معاهدة: of the numbers behind في and مواليد, those of living memory are years, unless the noun's alif shows
 * that it is counted. */
static bool is_surely_year(const struct nashra_scan *scan, size_t at, long value) {
    enum { FIRST = 1900, LAST = 2030, ROUND = 100 };
    bool placed =
        at != 0 && (nashra_scan_is_word(scan, at - 1, "في") || (nashra_scan_cues(scan, at - 1) & CUE(EVENT)) != 0);
    return placed && value >= FIRST && value <= LAST && value % ROUND != 0 &&
           scan->amount->noun.number == NASHRA_SINGULAR && !scan->amount->noun.accusative_alif;
}

/* 1170 م فوق سطح البحر */
static bool is_height(const struct nashra_scan *scan, size_t behind) {
    const struct nashra_token *token = nashra_scan_token(scan, behind);
    return token != NULL && token->lexeme != NULL && token->lexeme->governor == NASHRA_GOVERNS_PREPOSITION &&
           (nashra_scan_cues(scan, behind + 1) & CUE(DISTANCE)) != 0;
}

int nashra_match_year(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    uint64_t before = nashra_weigh_before(scan, at);
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
    bool after_month = (before & CUE(MONTH)) != 0 && (era != NULL || value >= FIRST_OF_MONTH);
    bool after_event = (before & CUE(EVENT)) != 0 && era != NULL && value >= FIRST_OF_MONTH; /* توفي 632م */
    bool after_year = scan->has_last && scan->last_end == at && scan->last_class == NASHRA_CLASS_YEAR &&
                      (scan->tokens[at].proclitics & NASHRA_PROCLITIC_AND) != 0;
    if (metre)
        shapes |= shapes_of_miladi(scan, at, last, value);
    if (shapes == 0 && (after_month || after_event || (after_year && era != NULL) || nashra_year_has_era(scan, end)))
        shapes = 1u << NASHRA_SHAPE_YEAR;
    if (era != NULL && (!metre || after_year)) /* سنتي 901 و908م */
        shapes |= 1u << NASHRA_SHAPE_FULL_DATE;
    if (shapes == 0 && !after_year_word(scan, at, before, shapes) && (era == NULL || metre))
        return 0;
    if (after_year)
        shapes |= 1u << NASHRA_SHAPE_CONSECUTIVE | (is_of_two(scan, at) ? 1u << NASHRA_SHAPE_FULL_DATE : 0);
    reading->cls = NASHRA_CLASS_YEAR;
    reading->first = at;
    reading->last = last;
    reading->token = end;
    reading->part[0] = scan->amount->quantity;
    reading->text = era;
    reading->shapes = shapes | (in_brackets(scan, at, last) ? 1u << NASHRA_SHAPE_BRACKETED : 0);
    bool deep = metre && at != 0 && (nashra_scan_cues(scan, at - 1) & CUE(DISTANCE)) != 0; /* عمقها 1642 م */
    bool named = era != NULL ? !metre || !(deep || is_height(scan, last)) : nashra_year_has_era(scan, end);
    reading->after = (named ? CUE(ERA) : 0) | (spans ? CUE(PERIOD) : 0);
    if (era == NULL && scan->amount->kind == NASHRA_COUNTS_NOUN)
        reading->after |= nashra_year_may_count(scan, scan->amount) && !is_surely_year(scan, at, value) ? CUE(NOUN) : 0;
    if (era == NULL && (scan->amount->kind > NASHRA_COUNTS_OF || scan->amount->quantity.scale_count != 0))
        reading->after |= CUE(UNIT);
    return 1;
}

bool nashra_year_is_feminine(const struct nashra_token *token) {
    return strstr(token->text, "سن") != NULL;
}

/* سنة asks for the feminine; a second year after it leans on the first. */
static enum nashra_gender gender_before(struct nashra_scan *scan, size_t at, uint64_t before) {
    bool bracket = at >= 2 && nashra_scan_is_symbol(scan, at - 1, '('); /* سنة (827 هـ = 1424 م) */
    size_t word = at - 1 - bracket;
    if (at != 0 && ((before | (bracket ? nashra_scan_cues(scan, word) : 0)) & CUE(YEAR)) != 0)
        scan->year_gender = nashra_year_is_feminine(&scan->tokens[word]) ? NASHRA_FEMININE : NASHRA_MASCULINE;
    else if (!(scan->has_last && scan->last_end == at) && !is_other_calendar(scan, at)) /* سنة 656 هـ/1258 م */
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
    uint64_t before = nashra_weigh_before(scan, at);
    bool joined = (reading->shapes >> NASHRA_SHAPE_CONSECUTIVE & 1) != 0;
    bool bare = (before & (CUE(YEAR) | CUE(SEASON))) != 0 || joined ||
                (before & (CUE(GOVERNED) | CUE(MONTH) | CUE(EVENT))) == 0;
    enum nashra_gender gender = gender_before(scan, at, before);
    bool bracketed = at != 0 && nashra_scan_is_symbol(scan, at - 1, '(');          /* سنة (827 هـ = 1424 م) */
    bool defined = at >= 2 && (nashra_scan_cues(scan, at - 2) & CUE(YEAR)) != 0 && /* العام الهجري 1447هـ */
                   (nashra_scan_cues(scan, at - 1) & CUE(ERA)) != 0;
    bool lone = reading->text != NULL && !defined && (before & (CUE(YEAR) | CUE(SEASON) | CUE(LABEL))) == 0 &&
                !joined && !bracketed && !is_other_calendar(scan, at) &&
                !(scan->has_last && scan->last_end == at); /* توفي الملك 1078م */
    int status = 0;
    scan->last_case = NASHRA_GENITIVE;
    scan->confidence = 0.95f;
    bool genitive = (before & CUE(GOVERNED)) != 0 && (before & (CUE(MONTH) | CUE(EVENT))) == 0;
    if (!bare || lone)
        status = nashra_scan_say(scan, genitive ? NASHRA_SAY_YEAR_GEN : NASHRA_SAY_YEAR_ACC);
    if (status == 0)
        status = nashra_phrase_year(scan->numbers, &scan->phrase, &reading->part[0].value, gender);
    if (status < 0 || reading->text == NULL)
        return status;
    nashra_scan_cut(scan, reading->token, NASHRA_PAUSE_NONE);
    return nashra_scan_words(scan, reading->text);
}
