/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Moments as feeds and pages write them: RFC 822 with its later four-digit years, and RFC 3339 with what is left out of
 * it in practice. */
#include <nashra/ascii.h>
#include <nashra/feed.h>

#include <stdbool.h>
#include <string.h>

struct moment {
    long year, month, day, hour, minute, second;
    long offset; /* seconds east of UTC */
};

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                     "jul", "aug", "sep", "oct", "nov", "dec"};

/* Days from 1970-01-01 in the Gregorian calendar: years are counted from March, so that the leap day comes last. */
static int64_t days_from_epoch(long year, long month, long day) {
    int64_t y = year - (month <= 2);
    int64_t era = (y >= 0 ? y : y - 399) / 400;
    int64_t of_era = y - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static bool is_valid(const struct moment *m) {
    static const long longest[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return m->year >= 1 && m->year <= 9999 && m->month >= 1 && m->month <= 12 && m->day >= 1 &&
           m->day <= longest[m->month - 1] && m->hour >= 0 && m->hour <= 24 && m->minute >= 0 && m->minute < 60 &&
           m->second >= 0 && m->second <= 60;
}

static bool take_number(const char **at, int most, long *value) {
    int digits = 0;
    *value = 0;
    for (; digits < most && nashra_ascii_is_digit(**at); digits++, ++*at)
        *value = *value * 10 + (**at - '0');
    return digits > 0;
}

static void skip(const char **at, const char *set) {
    *at += strspn(*at, set);
}

/* +0300, +03:00, Z, GMT, UT, and the names of RFC 822's zones. */
static bool take_zone(const char **at, long *offset) {
    static const struct {
        const char *name;
        long hours;
    } zones[] = {{"EDT", -4}, {"EST", -5}, {"CDT", -5}, {"CST", -6}, {"MDT", -6}, {"MST", -7},
                 {"PDT", -7}, {"PST", -8}, {"EET", 2},  {"EEST", 3}, {"CEST", 2}, {"CET", 1}};
    skip(at, " ");
    *offset = 0;
    if (**at == '+' || **at == '-') {
        long sign = **at == '-' ? -1 : 1, hours, minutes = 0;
        ++*at;
        if (!take_number(at, 2, &hours))
            return false;
        skip(at, ":");
        take_number(at, 2, &minutes);
        *offset = sign * (hours * 3600 + minutes * 60);
        return hours < 24 && minutes < 60;
    }
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++)
        if (nashra_ascii_same(*at, zones[i].name))
            *offset = zones[i].hours * 3600;
    return true; /* all others are UTC, as RFC 2822 has it */
}

static bool take_time(const char **at, struct moment *m) {
    if (!take_number(at, 2, &m->hour) || **at != ':')
        return false;
    ++*at;
    if (!take_number(at, 2, &m->minute))
        return false;
    if (**at == ':') {
        ++*at;
        take_number(at, 2, &m->second);
    }
    if (**at == '.' || **at == ',') {
        ++*at;
        skip(at, "0123456789");
    }
    return true;
}

static bool read_3339(const char *at, struct moment *m) {
    if (!take_number(&at, 4, &m->year) || m->year < 1000 || (*at != '-' && *at != '/'))
        return false;
    ++at;
    if (!take_number(&at, 2, &m->month))
        return false;
    m->day = 1;
    if (*at == '-' || *at == '/') {
        ++at;
        if (!take_number(&at, 2, &m->day))
            return false;
    }
    if (*at == 'T' || *at == 't' || *at == ' ') {
        skip(&at, "Tt ");
        if (nashra_ascii_is_digit(*at) && !take_time(&at, m))
            return false;
    }
    return take_zone(&at, &m->offset);
}

static bool take_month(const char **at, long *month) {
    for (long i = 0; i < 12; i++)
        if (nashra_ascii_begins(*at, 3, months[i])) {
            *month = i + 1;
            while (nashra_ascii_is_letter(**at) || **at == '.')
                ++*at;
            return true;
        }
    return false;
}

static bool read_822(const char *at, struct moment *m) {
    const char *comma = strchr(at, ',');
    if (nashra_ascii_is_letter(*at)) {
        if (comma)
            at = comma + 1;
        else
            while (nashra_ascii_is_letter(*at))
                at++;
    }
    skip(&at, " ");
    if (!take_number(&at, 2, &m->day))
        return false;
    skip(&at, " -");
    if (!take_month(&at, &m->month))
        return false;
    skip(&at, " -,");
    const char *before = at;
    if (!take_number(&at, 4, &m->year))
        return false;
    if (at - before == 2)
        m->year += m->year < 70 ? 2000 : 1900;
    skip(&at, " ");
    if (nashra_ascii_is_digit(*at) && !take_time(&at, m))
        return false;
    return take_zone(&at, &m->offset);
}

int64_t nashra_feed_date(const char *text) {
    struct moment m = {0};
    text += strspn(text, " \t\r\n");
    if (!read_3339(text, &m)) {
        m = (struct moment){0};
        if (!read_822(text, &m))
            return NASHRA_FEED_NO_DATE;
    }
    if (!is_valid(&m))
        return NASHRA_FEED_NO_DATE;
    return days_from_epoch(m.year, m.month, m.day) * 86400 + m.hour * 3600 + m.minute * 60 + m.second - m.offset;
}
