/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spans between whole dates: (3 مايو 1921 - 27 يناير 1990), 1420 - 8 يونيو 1481. The first number gets من, the dash is
 * said إلى; between them the dates are read as any others. */
#include <string.h>

#include "classes/classes.h"
#include "classes/year.h"
#include "quantity.h"

enum { LAST_DAY = 31, FIRST_YEAR = 100, LARGEST_YEAR = 2999 };

/* One past month, its other name, year and era behind the day at `at`; 0 when no month follows. */
static size_t end_of_date(const struct nashra_scan *scan, size_t at) {
    long day = nashra_quantity_plain(scan, at);
    size_t end = at + 1 + (size_t)nashra_scan_is_word(scan, at + 1, "من");
    if (day < 1 || day > LAST_DAY || nashra_scan_month(scan, end, &end) == NULL)
        return 0;
    if (nashra_scan_is_symbol(scan, end, '/') && nashra_scan_month(scan, end + 1, &end) == NULL)
        return 0;
    end += (size_t)((nashra_scan_cues(scan, end) & NASHRA_CUE_BIT(NASHRA_CUE_YEAR)) != 0);
    long year = nashra_quantity_plain(scan, end);
    if (year >= FIRST_YEAR && year <= LARGEST_YEAR) {
        end++;
        nashra_year_era(scan, end, &end);
    }
    return end;
}

static size_t end_of_year(const struct nashra_scan *scan, size_t at) {
    long year = nashra_quantity_plain(scan, at);
    size_t end = at + 1;
    if (year < FIRST_YEAR || year > LARGEST_YEAR)
        return 0;
    nashra_year_era(scan, end, &end);
    return end;
}

static bool is_dash_between(const struct nashra_scan *scan, size_t at) {
    return nashra_scan_is_dash(scan, at) && nashra_scan_is_number(scan, at + 1);
}

int nashra_match_dates(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    if (scan->tokens[at].prefix != NULL || (at != 0 && !nashra_scan_is_edge(scan, at - 1)))
        return 0; /* in brackets and the like: elsewhere the words around it join the two */
    size_t day_end = end_of_date(scan, at), end = day_end != 0 ? day_end : end_of_year(scan, at);
    if (end == 0 || !is_dash_between(scan, end) || end_of_date(scan, end + 1) == 0)
        return 0;
    reading->cls = NASHRA_CLASS_DATE;
    reading->first = at;
    reading->last = at + 1;
    reading->form = day_end != 0;
    reading->shapes = 1u << NASHRA_SHAPE_FULL_DATE;
    return 1;
}

static int say_day(struct nashra_scan *scan, const struct nashra_token *token) {
    struct nashra_decimal value;
    struct nashra_stance stance = {.grammatical_case = NASHRA_GENITIVE, .definite = NASHRA_DEFINITE};
    int status = nashra_decimal_make(scan->arena, token->text, token->length, NULL, 0, &value);
    return status < 0 ? status : nashra_phrase_ordinal(scan->numbers, &scan->phrase, &value, stance);
}

int nashra_speak_dates(struct nashra_scan *scan, const struct nashra_reading *reading) {
    size_t at = reading->first;
    bool day = reading->form != 0;
    bool from = at >= 2 && nashra_scan_is_word(scan, at - 2, "من"); /* من (3 يناير 1930 - …) */
    int status = from ? 0 : nashra_scan_say(scan, NASHRA_SAY_FROM);
    scan->last_case = NASHRA_GENITIVE;
    scan->confidence = 0.95f;
    if (status == 0 && !day)
        status = nashra_scan_say(scan, NASHRA_SAY_YEAR_GEN);
    if (status == 0)
        status = day ? say_day(scan, &scan->tokens[at])
                     : nashra_year_say(scan, nashra_quantity_plain(scan, at), NASHRA_MASCULINE);
    bool of = day && !nashra_scan_is_word(scan, at + 1, "من");
    return status == 0 && of ? nashra_scan_say(scan, NASHRA_SAY_DATE_OF) : status;
}

/* 9 صباحا - 8 مساء */
static bool is_between_hours(const struct nashra_scan *scan, size_t at) {
    const uint64_t daytime = NASHRA_CUE_BIT(NASHRA_CUE_DAYTIME);
    return at != 0 && (nashra_scan_cues(scan, at - 1) & nashra_scan_cues(scan, at + 2) & daytime) != 0;
}

/* The dash, with a date or an hour on either side. */
int nashra_match_until(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    bool year_before = scan->has_last && scan->last_end == at &&
                       (scan->last_class == NASHRA_CLASS_YEAR || scan->last_class == NASHRA_CLASS_DATE);
    bool month_before = at != 0 && (nashra_scan_cues(scan, at - 1) & NASHRA_CUE_BIT(NASHRA_CUE_MONTH)) != 0;
    bool dates = (year_before || month_before) && end_of_date(scan, at + 1) != 0;
    if (!is_dash_between(scan, at) || !(dates || is_between_hours(scan, at)))
        return 0;
    reading->cls = NASHRA_CLASS_DATE;
    reading->first = at;
    reading->last = at + 1;
    return 1;
}

int nashra_speak_until(struct nashra_scan *scan, const struct nashra_reading *reading) {
    (void)reading;
    return nashra_scan_say(scan, NASHRA_SAY_TO);
}
