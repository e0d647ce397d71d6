/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hour is a definite ordinal in the feminine; quarters, thirds and halves have names. */
#include <string.h>

#include <nashra/utf8.h>

#include "classes/classes.h"
#include "context/case.h"
#include "context/clause.h"
#include "context/weigh.h"
#include "number/letters.h"
#include "quantity.h"

enum { HOURS = 24, MINUTES = 60, HALF = 30, THIRD = 20, QUARTER = 15, FIVE = 5, FOUR_DIGITS = 4, HUNDRED = 100 };
enum form { FORM_ONE, FORM_SPAN };

struct clock {
    long hour;
    long minute;
    long second; /* 0: none is said */
    size_t last;
};

static bool after_the_hour(const struct nashra_scan *scan, size_t at) {
    return at != 0 && (nashra_scan_cues(scan, at - 1) & NASHRA_CUE_BIT(NASHRA_CUE_TIME)) != 0;
}

/* After the half the next hour is near only at the fives: العاشرة واثنتان وأربعون دقيقة, الحادية عشرة إلا الثلث.
 * Seconds can't be added to what is taken away. */
static bool is_before_next(const struct clock *clock) {
    return clock->minute >= MINUTES - THIRD && clock->minute % FIVE == 0 && clock->second == 0;
}

static long spoken_hour(const struct clock *clock) {
    if (!is_before_next(clock))
        return clock->hour % HOURS;
    return clock->hour == 12 ? 1 : (clock->hour + 1) % HOURS;
}

static bool is_minute_sign(const struct nashra_scan *scan, size_t at, bool hour_word) {
    if (nashra_scan_is_symbol(scan, at, ':'))
        return true;
    return hour_word && (nashra_scan_is_symbol(scan, at, '.') || nashra_scan_is_symbol(scan, at, 0x060C) ||
                         nashra_scan_is_symbol(scan, at, ',') || nashra_scan_is_word(scan, at, "ر"));
}

/* الساعة 0835, 1400 */
static bool parse_four_digits(const struct nashra_scan *scan, size_t at, struct clock *clock) {
    long value = nashra_quantity_plain(scan, at);
    if (value < 0 || scan->tokens[at].length != FOUR_DIGITS)
        return false;
    *clock = (struct clock){value / HUNDRED, value % HUNDRED, 0, at + 1};
    return clock->hour < HOURS && clock->minute < MINUTES;
}

/* The seconds of 10:30:15. */
static void parse_seconds(const struct nashra_scan *scan, struct clock *clock) {
    size_t colon = clock->last;
    long second = nashra_quantity_plain(scan, colon + 1);
    if (!nashra_scan_is_symbol(scan, colon, ':') || scan->tokens[colon].space || second < 0 || second >= MINUTES ||
        scan->tokens[colon + 1].space || scan->tokens[colon + 1].length != 2)
        return;
    clock->second = second;
    clock->last = colon + 2;
}

/* 10:30; after الساعة also 10, 15ر05, 10.30 and 1030. */
static bool parse(const struct nashra_scan *scan, size_t at, bool hour_word, struct clock *clock) {
    if (hour_word && parse_four_digits(scan, at, clock))
        return true;
    long hour = nashra_quantity_plain(scan, at), minute = nashra_quantity_plain(scan, at + 2);
    if (hour < 0 || hour > HOURS || scan->tokens[at].length > 2)
        return false;
    *clock = (struct clock){hour, 0, 0, at + 1};
    bool minutes = at + 2 < scan->count && is_minute_sign(scan, at + 1, hour_word) && !scan->tokens[at + 1].space &&
                   !scan->tokens[at + 2].space && scan->tokens[at + 2].length == 2 && minute >= 0 && minute < MINUTES;
    if (minutes) {
        clock->minute = minute;
        clock->last = at + 3;
        parse_seconds(scan, clock);
        return true;
    }
    return hour_word && hour >= 1;
}

/* 19:00 بتوقيت مكة, 19:00 ت.غ, 19:00 GMT: the part of the day or the zone behind the minutes. */
static bool is_surely_time(const struct nashra_scan *scan, size_t behind) {
    const struct nashra_token *token = nashra_scan_token(scan, behind);
    bool zone = token != NULL && token->kind == NASHRA_TOKEN_LATIN &&
                nashra_lexis_acronym(scan->lexis, token->text, token->length) != NULL;
    return zone || (nashra_scan_cues(scan, behind) & NASHRA_CUE_BIT(NASHRA_CUE_DAYTIME)) != 0;
}

/* 9 صباحا, 2 في المساء */
static bool before_part_of_day(const struct nashra_scan *scan, size_t at) {
    enum { NOON = 12 };
    long hour = nashra_quantity_plain(scan, at);
    size_t part = at + 1 + (size_t)nashra_scan_is_word(scan, at + 1, "في");
    return hour >= 1 && hour <= NOON && (nashra_scan_cues(scan, part) & NASHRA_CUE_BIT(NASHRA_CUE_DAYTIME)) != 0;
}

static const char *part_of_day(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = nashra_scan_token(scan, at);
    if (token == NULL || token->kind != NASHRA_TOKEN_WORD || token->lexeme == NULL || token->stem != 0)
        return NULL;
    return nashra_abbreviation(token->lexeme, NASHRA_ABBREVIATES_AFTER_TIME);
}

/* من 9 ص إلى 5 م: ص behind an hour is the morning, and then م is the evening. */
static bool is_shortened(const struct nashra_scan *scan, size_t at) {
    enum { NOON = 12, REACH = 2 };
    long hour = nashra_quantity_plain(scan, at);
    bool pair = scan->has_last && scan->last_class == NASHRA_CLASS_TIME && scan->last_end + REACH >= at;
    bool evening = nashra_scan_is_word(scan, at + 1, "م") && pair;
    return hour >= 1 && hour <= NOON && part_of_day(scan, at + 1) != NULL &&
           (nashra_scan_is_word(scan, at + 1, "ص") || evening);
}

int nashra_match_time(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    struct clock clock, second;
    bool daytime = before_part_of_day(scan, at) || is_shortened(scan, at),
         hour_word = after_the_hour(scan, at) || daytime;
    if (!parse(scan, at, hour_word, &clock))
        return 0;
    bool counts =
        scan->amount != NULL && clock.last == at + 1 &&
        (scan->amount->kind >= NASHRA_COUNTS_UNIT || scan->amount->quantity.scale_count != 0 || scan->amount->named) &&
        part_of_day(scan, at + 1) == NULL;
    if (counts)
        return 0;
    reading->cls = NASHRA_CLASS_TIME;
    reading->first = at;
    reading->last = clock.last;
    reading->form = FORM_ONE;
    reading->shapes = (clock.last > at + 1 || is_shortened(scan, at) ? 1u << NASHRA_SHAPE_TWO_DIGITS : 0) |
                      (daytime || is_surely_time(scan, clock.last) ? 1u << NASHRA_SHAPE_FULL_DATE : 0);
    if (nashra_scan_is_dash(scan, clock.last) && parse(scan, clock.last + 1, false, &second)) {
        reading->form = FORM_SPAN;
        reading->token = clock.last + 1;
        reading->last = second.last;
    }
    reading->text = part_of_day(scan, reading->last);
    if (reading->text != NULL)
        reading->last++;
    return 1;
}

static int make(struct nashra_scan *scan, long value, struct nashra_decimal *decimal) {
    char digits[2] = {(char)('0' + value / 10), (char)('0' + value % 10)};
    return nashra_decimal_make(scan->arena, digits, 2, NULL, 0, decimal);
}

/* والنصف, الواحدة, الساعة in the hour's case: the nominative of the table has damma, its last letter. NULL: no memory.
 */
static char *inflect(struct nashra_scan *scan, enum nashra_saying saying, enum nashra_case grammatical_case) {
    static const unsigned vowels[] = {
        [NASHRA_NOMINATIVE] = NASHRA_DAMMA, [NASHRA_ACCUSATIVE] = NASHRA_FATHA, [NASHRA_GENITIVE] = NASHRA_KASRA};
    const char *nominative = nashra_lexis_saying(scan->lexis, saying);
    size_t length = strlen(nominative);
    char *word = nashra_arena_copy(scan->arena, nominative, length);
    char damma[4];
    size_t mark = nashra_utf8_encode(NASHRA_DAMMA, damma);
    if (word != NULL && length > mark && memcmp(word + length - mark, damma, mark) == 0)
        nashra_utf8_encode(vowels[grammatical_case], word + length - mark);
    return word;
}

static int say_part(struct nashra_scan *scan, enum nashra_saying saying, enum nashra_case grammatical_case) {
    const char *word = inflect(scan, saying, grammatical_case);
    return word != NULL ? nashra_scan_words(scan, word) : NASHRA_ENOMEM;
}

static int say_hour(struct nashra_scan *scan, long hour, enum nashra_case grammatical_case) {
    struct nashra_decimal value;
    struct nashra_stance stance = {NASHRA_FEMININE, grammatical_case, NASHRA_DEFINITE, false};
    int status = make(scan, hour, &value);
    if (status < 0)
        return status;
    if (hour == 0)
        return nashra_scan_say(scan, grammatical_case == NASHRA_NOMINATIVE ? NASHRA_SAY_MIDNIGHT_NOM
                                     : grammatical_case == NASHRA_GENITIVE ? NASHRA_SAY_MIDNIGHT_GEN
                                                                           : NASHRA_SAY_MIDNIGHT_ACC);
    if (hour == 1)
        return say_part(scan, NASHRA_SAY_ONE_OCLOCK, grammatical_case);
    return nashra_phrase_ordinal(scan->numbers, &scan->phrase, &value, stance);
}

/* كانت الساعة 2, بلغت الساعة 9: the hour is what is said of الساعة. */
static bool is_predicate(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *verb = at >= 2 ? &scan->tokens[at - 2] : NULL;
    enum nashra_governor governor = verb != NULL ? nashra_word_governs(verb) : NASHRA_GOVERNS_NOTHING;
    bool feminine = verb != NULL &&
                    (nashra_ends_with(verb->text, verb->length, "ت") || strncmp(verb->text + verb->stem, "ت", 2) == 0);
    return feminine && (governor == NASHRA_GOVERNS_KANA || governor == NASHRA_GOVERNS_MEASURE);
}

/* Minutes and seconds are counted nouns that share the hour's case. */
static int say_counted(struct nashra_scan *scan, long count, enum nashra_saying singular,
                       enum nashra_case grammatical_case) {
    struct nashra_decimal value;
    struct nashra_noun_match noun;
    const char *word = nashra_lexis_saying(scan->lexis, singular);
    struct nashra_stance stance = {.grammatical_case = grammatical_case};
    int status = make(scan, count, &value);
    if (status == 0)
        status = nashra_noun_find(scan->numbers, scan->arena, word, strlen(word), &noun);
    return status < 0 ? status : nashra_phrase_count(scan->numbers, &scan->phrase, &value, &noun.noun, stance);
}

/* وخمس دقائق, وثلاثون ثانية */
static int say_joined(struct nashra_scan *scan, long count, enum nashra_saying singular,
                      enum nashra_case grammatical_case) {
    size_t first = scan->phrase.count;
    int status = say_counted(scan, count, singular, grammatical_case);
    return status < 0 ? status : nashra_phrase_prefix(&scan->phrase, first, "وَ");
}

static int say_past(struct nashra_scan *scan, long minute, enum nashra_case grammatical_case) {
    switch (minute) {
    case 0:
        return 0;
    case QUARTER:
        return say_part(scan, NASHRA_SAY_QUARTER, grammatical_case);
    case THIRD:
        return say_part(scan, NASHRA_SAY_THIRD, grammatical_case);
    case HALF:
        return say_part(scan, NASHRA_SAY_HALF, grammatical_case);
    default:
        break;
    }
    return say_joined(scan, minute, NASHRA_SAY_MINUTE_SINGULAR, grammatical_case);
}

static int say_to(struct nashra_scan *scan, long left) {
    if (left == QUARTER)
        return nashra_scan_say(scan, NASHRA_SAY_LESS_QUARTER);
    if (left == THIRD)
        return nashra_scan_say(scan, NASHRA_SAY_LESS_THIRD);
    int status = nashra_scan_say(scan, NASHRA_SAY_LESS);
    return status < 0 ? status : say_counted(scan, left, NASHRA_SAY_MINUTE_SINGULAR, NASHRA_ACCUSATIVE);
}

static int say_clock(struct nashra_scan *scan, const struct clock *clock, enum nashra_case grammatical_case) {
    int status = say_hour(scan, spoken_hour(clock), grammatical_case);
    if (status < 0)
        return status;
    status =
        is_before_next(clock) ? say_to(scan, MINUTES - clock->minute) : say_past(scan, clock->minute, grammatical_case);
    return status < 0 || clock->second == 0
               ? status
               : say_joined(scan, clock->second, NASHRA_SAY_SECOND_SINGULAR, grammatical_case);
}

/* الساعة itself is a word of the text: its case can't be seen, but it is the hour's. */
static int mark_noun(struct nashra_scan *scan, size_t at, enum nashra_case grammatical_case) {
    if (strcmp(scan->tokens[at].text, "الساعة") != 0 || scan->tokens[at].prefix != NULL)
        return 0;
    scan->noun = inflect(scan, NASHRA_SAY_THE_HOUR, grammatical_case);
    return scan->noun != NULL ? 0 : NASHRA_ENOMEM;
}

int nashra_speak_time(struct nashra_scan *scan, const struct nashra_reading *reading) {
    struct clock clock, second;
    size_t at = reading->first;
    bool after = after_the_hour(scan, at), hour_word = after || before_part_of_day(scan, at) || is_shortened(scan, at);
    struct nashra_case_guess guess =
        after ? nashra_case_of_hour(scan, at - 1, reading->last) : nashra_case_at(scan, at);
    bool span = reading->form == FORM_SPAN;
    bool from = at != 0 && nashra_scan_is_word(scan, at - 1, "من");
    int status = after && !span ? mark_noun(scan, at - 1, guess.grammatical_case) : 0;
    if (after && is_predicate(scan, at))
        guess.grammatical_case = NASHRA_ACCUSATIVE;
    if (status == 0 && span && !from)
        status = nashra_scan_say(scan, NASHRA_SAY_FROM);
    if (span)
        guess.grammatical_case = NASHRA_GENITIVE;
    scan->last_case = guess.grammatical_case;
    scan->confidence = guess.confidence;
    scan->wrote_article = true;
    if (status == 0 && parse(scan, at, hour_word, &clock))
        status = say_clock(scan, &clock, guess.grammatical_case);
    if (status == 0 && span && parse(scan, reading->token, false, &second)) {
        nashra_scan_cut(scan, reading->token, NASHRA_PAUSE_NONE);
        status = nashra_scan_say(scan, NASHRA_SAY_TO);
        if (status == 0)
            status = say_clock(scan, &second, NASHRA_GENITIVE);
    }
    if (status < 0 || reading->text == NULL)
        return status;
    nashra_scan_cut(scan, reading->last - 1, NASHRA_PAUSE_NONE);
    return nashra_scan_words(scan, reading->text);
}

/* الساعة 00:30 is منتصف الليل والنصف, without the word. */
int nashra_match_midnight(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    struct clock clock;
    bool hour_word = (nashra_scan_cues(scan, at) & NASHRA_CUE_BIT(NASHRA_CUE_TIME)) != 0 && scan->tokens[at].stem == 0;
    if (!hour_word || !parse(scan, at + 1, true, &clock) || spoken_hour(&clock) != 0 ||
        (clock.last == at + 2 && scan->tokens[at + 1].length != FOUR_DIGITS))
        return 0;
    reading->cls = NASHRA_CLASS_TIME;
    reading->first = at;
    reading->last = clock.last;
    return 1;
}

int nashra_speak_midnight(struct nashra_scan *scan, const struct nashra_reading *reading) {
    struct clock clock;
    struct nashra_case_guess guess = nashra_case_of_hour(scan, reading->first, reading->last);
    scan->confidence = guess.confidence;
    if (!parse(scan, reading->first + 1, true, &clock))
        return nashra_fail(NASHRA_EINTERNAL, "a time that was matched isn't one");
    return say_clock(scan, &clock, guess.grammatical_case);
}
