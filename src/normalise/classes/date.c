/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days of a month, numeric dates. The year after a month's name is a year of its own (year.c). */
#include "classes/date.h"

#include <string.h>

#include <nashra/utf8.h>

#include "classes/classes.h"
#include "classes/year.h"
#include "context/case.h"
#include "context/clause.h"
#include "quantity.h"

enum {
    LAST_DAY = 31,
    MONTHS = 12,
    MOST_STEPS = 8,
    LONGEST_YEAR = 4,
    LONGEST_MONTH = 64,
    FIRST_HIJRI = 1300,
    LAST_HIJRI = 1500,
    TWO_DIGIT_PIVOT = 40
};
enum form { FORM_DAY, FORM_DAY_OF_LIST, FORM_DAY_WITH_OF, FORM_DAYS, FORM_PARTED };

static bool is_day(const struct nashra_scan *scan, size_t at) {
    long value = nashra_quantity_plain(scan, at);
    return value >= 1 && value <= LAST_DAY && scan->tokens[at].length <= 2;
}

static bool joins_days(const struct nashra_scan *scan, size_t at) {
    return nashra_scan_is_word(scan, at, "إلى") || nashra_scan_is_word(scan, at, "حتى") ||
           nashra_scan_is_word(scan, at, "أو") || nashra_scan_is_symbol(scan, at, 0x060C) ||
           nashra_scan_is_symbol(scan, at, ',');
}

static bool is_separator(const struct nashra_scan *scan, size_t at) {
    return at < scan->count && !scan->tokens[at].space &&
           (nashra_scan_is_symbol(scan, at, '/') || nashra_scan_is_symbol(scan, at, '.') ||
            nashra_scan_is_dash(scan, at));
}

/* شهر, الشهر and نفس الشهر behind من. */
static bool is_the_month(const struct nashra_scan *scan, size_t at) {
    return nashra_scan_is_word(scan, at, "شهر") || nashra_scan_is_word(scan, at, "الشهر") ||
           (nashra_scan_is_word(scan, at, "نفس") && nashra_scan_is_word(scan, at + 1, "الشهر"));
}

/* 5 و6 و7 مايو, 5 إلى 10 مايو: does a list of days that ends in a month begin behind the day at `at`? */
static bool is_day_of_list(const struct nashra_scan *scan, size_t at) {
    size_t i = at + 1, month_end;
    for (size_t steps = 0; steps < MOST_STEPS; steps++) {
        size_t month = i + (size_t)nashra_scan_is_word(scan, i, "من");
        bool of_month = month > i && is_the_month(scan, month);
        if (steps != 0 && (of_month || nashra_scan_month(scan, month, &month_end) != NULL))
            return true;
        if (joins_days(scan, i))
            i++;
        else if (!nashra_scan_is_number(scan, i) || (scan->tokens[i].proclitics & NASHRA_PROCLITIC_AND) == 0)
            return false;
        if (!is_day(scan, i))
            return false;
        if (is_separator(scan, i + 1) && nashra_quantity_plain(scan, i + 2) >= 1 && is_separator(scan, i + 3) &&
            nashra_quantity_plain(scan, i + 4) >= 1)
            return true; /* 12 و13/2/2027 */
        i++;
    }
    return false;
}

/* 12/أكتوبر/2006: one past the year, 0 when it is something else; the month's end goes to `month_end`. */
static size_t parted_date(const struct nashra_scan *scan, size_t at, size_t *month_end) {
    if (!is_separator(scan, at + 1) || nashra_scan_month(scan, at + 2, month_end) == NULL ||
        !is_separator(scan, *month_end))
        return 0;
    size_t year = *month_end + 1;
    return nashra_scan_is_number(scan, year) && scan->tokens[year].length == LONGEST_YEAR ? year + 1 : 0;
}

/* 4 دسمبر: a name that is only understood is said by the right one. */
static const struct nashra_month *misspelt_month(const struct nashra_scan *scan, size_t at) {
    size_t end;
    char bare[LONGEST_MONTH];
    const struct nashra_month *month = nashra_scan_month(scan, at, &end);
    if (month == NULL || end != at + 1 || month->regions != 0 || strlen(month->marked) >= sizeof bare)
        return NULL;
    bare[nashra_strip_marks(month->marked, strlen(month->marked), bare)] = '\0';
    return nashra_scan_is_word(scan, at, bare) ? NULL : month;
}

int nashra_match_date(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    size_t month_end, of = at + 1 + (size_t)nashra_scan_is_word(scan, at + 1, "من");
    if (!is_day(scan, at))
        return 0;
    reading->cls = NASHRA_CLASS_DATE;
    reading->first = at;
    reading->last = at + 1;
    bool of_the_month = of > at + 1 && is_the_month(scan, of);
    bool of_it = nashra_scan_is_word(scan, at + 1, "منه") && scan->has_last &&
                 (scan->last_class == NASHRA_CLASS_DATE || scan->last_class == NASHRA_CLASS_YEAR);
    if (of_it) {
        reading->form = FORM_DAY;
        return 1;
    }
    if (of_the_month || nashra_scan_month(scan, of, &month_end) != NULL) {
        reading->form = of == at + 1 ? FORM_DAY_WITH_OF : FORM_DAY;
        reading->shapes = 1u << NASHRA_SHAPE_FULL_DATE; /* ذكرى 13 نوفمبر */
        if (of == at + 1 && misspelt_month(scan, of) != NULL)
            reading->last = of + 1;
        return 1;
    }
    size_t parted = parted_date(scan, at, &month_end);
    if (parted != 0) {
        reading->form = FORM_PARTED;
        reading->last = parted;
        reading->token = month_end;
        return 1;
    }
    if (nashra_scan_is_dash(scan, at + 1) && is_day(scan, at + 2) &&
        nashra_scan_month(scan, at + 3, &month_end) != NULL) {
        reading->form = FORM_DAYS;
        reading->last = at + 3;
        return 1;
    }
    reading->form = FORM_DAY_OF_LIST;
    return is_day_of_list(scan, at);
}

/* (شينخوا) -- and (كونا) behind the date: one past the agency, `at` when there is none. */
static size_t end_of_agency(const struct nashra_scan *scan, size_t at) {
    enum { LONGEST_AGENCY = 3 };
    size_t end = at + 1;
    if (!nashra_scan_is_symbol(scan, at, '('))
        return at;
    while (end < scan->count && end <= at + LONGEST_AGENCY && scan->tokens[end].kind != NASHRA_TOKEN_SYMBOL)
        end++;
    const struct nashra_symbol *dash = nashra_scan_symbol(scan, end + 1);
    bool last = end + 1 >= scan->count || (dash != NULL && dash->role == NASHRA_SYMBOL_DASH);
    return nashra_scan_is_symbol(scan, end, ')') && last ? end + 1 : at;
}

/* One past months, years and signs. */
static size_t end_of_dates(const struct nashra_scan *scan, size_t at) {
    size_t month_end;
    while (at < scan->count && !nashra_scan_is_symbol(scan, at, '(') &&
           (scan->tokens[at].kind != NASHRA_TOKEN_WORD || nashra_scan_is_word(scan, at, "من") ||
            nashra_scan_month(scan, at, &month_end) != NULL))
        at++;
    return at;
}

/* عمان - (وكالة) - 28/11/2026: places and agencies, and then nothing but the date. */
static bool is_of_dateline(const struct nashra_scan *scan, size_t at) {
    enum { LONGEST_DATELINE = 8 };
    if (at == 0 || at > LONGEST_DATELINE)
        return false;
    for (size_t i = 0; i < at; i++)
        if (scan->tokens[i].kind == NASHRA_TOKEN_NUMBER ||
            nashra_word_governs(&scan->tokens[i]) != NASHRA_GOVERNS_NOTHING)
            return false;
    size_t end = end_of_dates(scan, at + 1), agency = end_of_agency(scan, end);
    bool parted = scan->tokens[at - 1].kind == NASHRA_TOKEN_SYMBOL;
    return agency > end || (parted && end == scan->count);
}

/* Beside the name of a day, and wherever nothing governs the date, the oblique form. */
/* انتهى 28 مارس, ستبدأ 3 أبريل: the day is when it happens. مر 28 مارس, حل 3 أبريل: the day itself is the subject. */
static bool tells_when(const struct nashra_scan *scan, size_t at) {
    const uint64_t passes = NASHRA_CUE_BIT(NASHRA_CUE_STRIKE) | NASHRA_CUE_BIT(NASHRA_CUE_DURATION);
    enum nashra_governor governor = at != 0 ? nashra_word_governs(&scan->tokens[at - 1]) : NASHRA_GOVERNS_NOTHING;
    return governor >= NASHRA_GOVERNS_PASSIVE && governor <= NASHRA_GOVERNS_TRANSITIVE &&
           (nashra_scan_cues(scan, at - 1) & passes) == 0;
}

static struct nashra_case_guess case_of_date(const struct nashra_scan *scan, size_t at) {
    struct nashra_case_guess guess = nashra_case_at(scan, at);
    if (tells_when(scan, at))
        return (struct nashra_case_guess){NASHRA_ACCUSATIVE, 0.8f};
    bool after_day = at != 0 && (nashra_scan_cues(scan, at - 1) & NASHRA_CUE_BIT(NASHRA_CUE_DAY)) != 0;
    if (is_of_dateline(scan, at))
        return (struct nashra_case_guess){NASHRA_NOMINATIVE, 0.8f};
    if (at != 0 && (after_day || guess.confidence < 0.9f))
        return (struct nashra_case_guess){NASHRA_GENITIVE, after_day ? 0.9f : 0.6f};
    return guess;
}

static int say_day(struct nashra_scan *scan, long day, enum nashra_case grammatical_case) {
    char digits[2] = {(char)('0' + day / 10), (char)('0' + day % 10)};
    struct nashra_decimal value;
    struct nashra_stance stance = {.grammatical_case = grammatical_case, .definite = NASHRA_DEFINITE};
    int status = nashra_decimal_make(scan->arena, digits, 2, NULL, 0, &value);
    return status < 0 ? status : nashra_phrase_ordinal(scan->numbers, &scan->phrase, &value, stance);
}

static int say_days(struct nashra_scan *scan, const struct nashra_reading *reading) {
    bool from = reading->first != 0 && nashra_scan_is_word(scan, reading->first - 1, "من");
    bool between =
        reading->first != 0 && (nashra_scan_cues(scan, reading->first - 1) & NASHRA_CUE_BIT(NASHRA_CUE_BETWEEN)) != 0;
    int status = from || between ? 0 : nashra_scan_say(scan, NASHRA_SAY_FROM);
    if (status == 0)
        status = say_day(scan, nashra_quantity_plain(scan, reading->first), NASHRA_GENITIVE);
    nashra_scan_cut(scan, reading->first + 2, NASHRA_PAUSE_NONE);
    if (status == 0 && !between)
        status = nashra_scan_say(scan, NASHRA_SAY_TO);
    size_t second = scan->phrase.count;
    if (status == 0)
        status = say_day(scan, nashra_quantity_plain(scan, reading->first + 2), NASHRA_GENITIVE);
    if (status == 0 && between)
        status = nashra_phrase_prefix(&scan->phrase, second, "وَ");
    return status == 0 ? nashra_scan_say(scan, NASHRA_SAY_DATE_OF) : status;
}

/* The month's name as it stands, and the year. */
static int say_parted(struct nashra_scan *scan, const struct nashra_reading *reading) {
    int status = nashra_scan_say(scan, NASHRA_SAY_DATE_OF);
    for (size_t i = reading->first + 2; i < reading->token && status == 0; i++) {
        nashra_scan_cut_source(scan, i);
        status = nashra_scan_source(scan, i);
    }
    nashra_scan_cut(scan, reading->last - 1, NASHRA_PAUSE_NONE);
    if (status == 0)
        status = nashra_scan_say(scan, NASHRA_SAY_YEAR_ACC);
    long year = nashra_quantity_plain(scan, reading->last - 1);
    return status == 0 ? nashra_year_say(scan, year, NASHRA_MASCULINE) : status;
}

int nashra_speak_date(struct nashra_scan *scan, const struct nashra_reading *reading) {
    if (reading->form == FORM_DAYS)
        return say_days(scan, reading);
    struct nashra_case_guess guess = case_of_date(scan, reading->first);
    scan->last_case = guess.grammatical_case;
    scan->confidence = guess.confidence;
    int status = say_day(scan, nashra_quantity_plain(scan, reading->first), guess.grammatical_case);
    if (status == 0 && reading->form == FORM_PARTED)
        return say_parted(scan, reading);
    if (status < 0 || reading->form != FORM_DAY_WITH_OF)
        return status;
    status = nashra_scan_say(scan, NASHRA_SAY_DATE_OF);
    if (status < 0 || reading->last == reading->first + 1)
        return status;
    nashra_scan_cut(scan, reading->first + 1, NASHRA_PAUSE_NONE);
    return nashra_scan_words(scan, misspelt_month(scan, reading->first + 1)->marked);
}

/* ---- 18/2/2022, 2022-02-18, 18.2.2022 ---- */

struct date {
    long day; /* 0: not said */
    long month;
    long year;
    size_t day_token;
    size_t month_token;
    size_t year_token;
};

static bool three_numbers(const struct nashra_scan *scan, size_t at, long values[3]) {
    if (!is_separator(scan, at + 1) || !is_separator(scan, at + 3) ||
        scan->tokens[at + 1].cp != scan->tokens[at + 3].cp)
        return false;
    if (is_separator(scan, at + 5) && nashra_scan_is_number(scan, at + 6) && !scan->tokens[at + 6].space)
        return false; /* an address, a version */
    for (size_t i = 0; i < 3; i++) {
        values[i] = nashra_quantity_plain(scan, at + 2 * i);
        bool apart = i != 0 && values[i] >= 0 && scan->tokens[at + 2 * i].space && scan->tokens[at + 1].cp != '/';
        if (values[i] < 1 || apart) /* 15/ 7/ 1992 is one date */
            return false;
    }
    return true;
}

static long full_year(long year, size_t digits) {
    if (digits != 2)
        return year;
    return year < TWO_DIGIT_PIVOT ? 2000 + year : 1900 + year;
}

static bool parse_numeric(const struct nashra_scan *scan, size_t at, struct date *date) {
    long v[3];
    if (!three_numbers(scan, at, v))
        return false;
    bool year_first = scan->tokens[at].length == 4;
    *date = year_first ? (struct date){v[2], v[1], v[0], at + 4, at + 2, at}
                       : (struct date){v[0], v[1], v[2], at, at + 2, at + 4};
    size_t digits = scan->tokens[date->year_token].length;
    if (date->month > MONTHS && date->day <= MONTHS) { /* month first */
        long day = date->month;
        date->month = date->day;
        date->day = day;
    }
    date->year = full_year(date->year, digits);
    bool dotted = scan->tokens[at + 1].cp == '.';
    return date->day <= LAST_DAY && date->month <= MONTHS && (digits == 4 || (digits == 2 && !dotted));
}

/* 3/2022 */
static bool parse_month(const struct nashra_scan *scan, size_t at, struct date *date) {
    long month = nashra_quantity_plain(scan, at), year = nashra_quantity_plain(scan, at + 2);
    if (!nashra_scan_is_symbol(scan, at + 1, '/') || scan->tokens[at + 1].space || month < 1 || month > MONTHS)
        return false;
    if (year < 0 || scan->tokens[at + 2].length != 4 || scan->tokens[at + 2].space ||
        (nashra_year_shapes(year) >> NASHRA_SHAPE_RECENT & 1) == 0 || nashra_scan_is_symbol(scan, at + 3, '/'))
        return false;
    *date = (struct date){0, month, year, at, at, at + 2};
    return true;
}

/* الكويت - 28 - 11 (كونا) */
static bool parse_dateline(const struct nashra_scan *scan, size_t at, struct date *date) {
    long day = nashra_quantity_plain(scan, at), month = nashra_quantity_plain(scan, at + 2);
    if (at == 0 || !nashra_scan_is_dash(scan, at - 1) || !nashra_scan_is_dash(scan, at + 1) || day < 1 ||
        day > LAST_DAY || month < 1 || month > MONTHS || end_of_agency(scan, at + 3) == at + 3)
        return false;
    *date = (struct date){day, month, -1, at, at + 2, at + 2};
    return true;
}

/* في 11/11, يوم 5/11: behind such a word; a smaller number over a larger one is a fraction but behind a day's name. */
static bool parse_day(const struct nashra_scan *scan, size_t at, struct date *date) {
    long day = nashra_quantity_plain(scan, at), month = nashra_quantity_plain(scan, at + 2);
    bool glued = nashra_scan_is_symbol(scan, at + 1, '/') && nashra_scan_glued(scan, at + 1) &&
                 nashra_scan_glued(scan, at + 2) && !nashra_scan_glued(scan, at + 3);
    bool after_day = at != 0 && (nashra_scan_cues(scan, at - 1) & NASHRA_CUE_BIT(NASHRA_CUE_DAY)) != 0;
    bool placed = at != 0 && (nashra_scan_is_word(scan, at - 1, "في") || nashra_scan_is_word(scan, at - 1, "منذ")) &&
                  day >= month && (scan->near & NASHRA_CUE_BIT(NASHRA_CUE_SCORE)) == 0;
    size_t month_end, of = at + 3 + (size_t)nashra_scan_is_word(scan, at + 3, "من");
    bool nights = nashra_scan_month(scan, of, &month_end) != NULL; /* ليلة 11/12 من مارس */
    if (!glued || nights || !(after_day || placed) || day < 1 || day > LAST_DAY || month < 1 || month > MONTHS)
        return false;
    *date = (struct date){day, month, -1, at, at + 2, at + 2};
    return true;
}

int nashra_match_numeric_date(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    struct date date;
    bool full = parse_numeric(scan, at, &date);
    if (!full && !parse_month(scan, at, &date) && !parse_day(scan, at, &date) && !parse_dateline(scan, at, &date))
        return 0;
    reading->cls = NASHRA_CLASS_DATE;
    reading->first = at;
    reading->last = full ? at + 5 : at + 3;
    reading->shapes = full ? 1u << NASHRA_SHAPE_FULL_DATE : 0;
    reading->text = nashra_year_era(scan, reading->last, &reading->token);
    reading->form = full;
    return 1;
}

int nashra_date_say(struct nashra_scan *scan, size_t at, long day, long month, long year) {
    struct nashra_case_guess guess = case_of_date(scan, at);
    bool hijri = year >= FIRST_HIJRI && year <= LAST_HIJRI;
    int status = 0;
    scan->last_case = guess.grammatical_case;
    scan->confidence = guess.confidence;
    if (day != 0)
        status = say_day(scan, day, guess.grammatical_case);
    if (day != 0 && month != 0 && status == 0)
        status = nashra_scan_say(scan, NASHRA_SAY_DATE_OF);
    if (month != 0 && status == 0)
        status = nashra_scan_words(scan, nashra_lexis_month(scan->lexis, hijri ? NASHRA_HIJRI : NASHRA_GREGORIAN,
                                                            (unsigned)month, scan->region));
    if (year < 0 || status < 0)
        return status;
    status = nashra_scan_say(scan, NASHRA_SAY_YEAR_ACC);
    return status == 0 ? nashra_year_say(scan, year, NASHRA_MASCULINE) : status;
}

int nashra_speak_numeric_date(struct nashra_scan *scan, const struct nashra_reading *reading) {
    struct date date;
    if (!parse_numeric(scan, reading->first, &date) && !parse_month(scan, reading->first, &date) &&
        !parse_day(scan, reading->first, &date) && !parse_dateline(scan, reading->first, &date))
        return nashra_fail(NASHRA_EINTERNAL, "a date that was matched isn't one");
    return nashra_date_say(scan, reading->first, date.day, date.month, date.year);
}
