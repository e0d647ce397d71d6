/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Spans of years: 2010-2015, 1998-99, (835-884م), موسم 2014/2015, بين 2010 و2015. */
#include <string.h>

#include "classes/classes.h"
#include "classes/year.h"
#include "context/clause.h"
#include "context/weigh.h"
#include "number/letters.h"
#include "quantity.h"

enum { FIRST_YEAR = 1000, LAST_YEAR = 2100, CENTURY = 100, LONGEST_YEAR = 4 };
enum form { FORM_FROM_TO, FORM_TO, FORM_PERIOD, FORM_TWO, FORM_SEASON, FORM_AND, FORM_NAMED };
#define CUE(name) NASHRA_CUE_BIT(NASHRA_CUE_##name)

struct span {
    long first;
    long second;
    size_t second_at;
    size_t last;
    const char *era;
    bool slash;
    bool short_second; /* 1998-99 */
    bool short_first;  /* موسم 53 - 1954 */
    bool reversed;     /* موسم 04-2003, written from right to left */
};

/* 1998-99: the century is the first year's. */
static long complete(long first, long second, const struct nashra_token *token) {
    return token->length == 2 ? first / CENTURY * CENTURY + second : second;
}

/* Where the second year stands; 0 when the first is followed by none. Its own era may follow the first (1096م-1099م).
 */
static size_t find_second(const struct nashra_scan *scan, size_t at, uint64_t before, const char **first_era,
                          bool *slash) {
    size_t sign = at + 1;
    bool joined = nashra_scan_is_number(scan, at + 1) && scan->tokens[at + 1].prefix != NULL &&
                  (scan->tokens[at + 1].proclitics & NASHRA_PROCLITIC_AND) != 0;
    if ((before & CUE(BETWEEN)) != 0 && joined)
        return at + 1;
    *first_era = nashra_year_era(scan, at + 1, &sign);
    *slash = nashra_scan_is_symbol(scan, sign, '/');
    return nashra_scan_is_dash(scan, sign) || *slash ? sign + 1 : 0;
}

/* Without an era years have four digits; in brackets and with هـ or ق.م fewer will do. */
static bool look_like_years(const struct nashra_scan *scan, size_t at, const struct span *span) {
    const struct nashra_token *second = &scan->tokens[span->second_at];
    bool bracket = at != 0 && nashra_scan_is_symbol(scan, at - 1, '(');
    bool certain = span->era != NULL && (bracket || strcmp(scan->tokens[span->second_at + 1].text, "م") != 0);
    bool whole = scan->tokens[at].length == LONGEST_YEAR && (second->length == LONGEST_YEAR || span->short_second);
    if (span->short_first || span->reversed)
        return true;
    if (whole && at != 0 && (nashra_scan_cues(scan, at - 1) & CUE(YEAR)) != 0 && nashra_year_has_era(scan, span->last))
        return true; /* بين عامي 2500-2000 قبل الميلاد */
    return (whole && span->first >= FIRST_YEAR && span->first <= LAST_YEAR && span->second <= LAST_YEAR) ||
           (certain && scan->tokens[at].length <= LONGEST_YEAR && second->length <= LONGEST_YEAR);
}

/* موسم 53 - 1954: the first year in short; 04-2003: the second one, in front. */
static void shorten(const struct nashra_scan *scan, size_t at, long written, struct span *span) {
    long first = span->first, last = written % CENTURY;
    if (scan->tokens[at].length != 2 || scan->tokens[span->second_at].length != LONGEST_YEAR || written > LAST_YEAR)
        return;
    span->short_first = last == first + 1;
    span->reversed = first == (last + 1) % CENTURY;
    if (span->reversed) {
        span->first = written;
        span->second = written + 1;
    }
}

/* موسم 1960-61 و1961-62, موسمي 2010-2011، 2011-2012: another season. */
static uint64_t cues_before(const struct nashra_scan *scan, size_t at) {
    bool comma = at != 0 && (nashra_scan_is_symbol(scan, at - 1, 0x060C) || nashra_scan_is_symbol(scan, at - 1, ','));
    bool joined = (scan->tokens[at].proclitics & NASHRA_PROCLITIC_AND) != 0 && scan->last_end == at;
    bool another = scan->has_last && scan->last_class == NASHRA_CLASS_YEARS && scan->season &&
                   (joined || (comma && scan->last_end == at - 1));
    return nashra_weigh_before(scan, at) | (another ? CUE(SEASON) : 0);
}

static bool parse(const struct nashra_scan *scan, size_t at, uint64_t before, struct span *span) {
    const char *first_era = NULL;
    *span = (struct span){.first = nashra_quantity_plain(scan, at)};
    span->second_at = find_second(scan, at, before, &first_era, &span->slash);
    long second = span->second_at != 0 ? nashra_quantity_plain(scan, span->second_at) : -1;
    if (span->first < 1 || second < 1)
        return false;
    const struct nashra_token *token = &scan->tokens[span->second_at];
    span->second = complete(span->first, second, token);
    span->short_second = token->length == 2 && !token->space && span->second > span->first;
    if ((before & CUE(SEASON)) != 0)
        shorten(scan, at, second, span);
    span->last = span->second_at + 1;
    span->era = nashra_year_era(scan, span->second_at + 1, &span->last);
    bool eras_agree = first_era == NULL || (span->era != NULL && strcmp(first_era, span->era) == 0);
    bool consecutive = span->second == span->first + 1 || span->short_first;
    return eras_agree && look_like_years(scan, at, span) && !(span->slash && !consecutive);
}

/* عامي, الأعوام, سنوات: a word for more than one year. */
static bool names_several(const struct nashra_token *token) {
    enum { LETTER = 2 };
    const char *word = token->text;
    bool dual = token->length > 3 * LETTER && nashra_ends_with(word, token->length, "ي");
    return dual || strstr(word, "سنوات") != NULL || strstr(word, "أعوام") != NULL || strstr(word, "ين") != NULL;
}

/* العام المالي, السنة الدراسية */
static bool follows_adjective(const struct nashra_scan *scan, size_t at) {
    return at >= 2 && (nashra_scan_cues(scan, at - 1) & CUE(YEAR)) == 0 &&
           (nashra_scan_cues(scan, at - 2) & CUE(YEAR)) != 0 && nashra_word_has_article(&scan->tokens[at - 1]) &&
           nashra_word_has_article(&scan->tokens[at - 2]);
}

static enum form form_of(const struct nashra_scan *scan, size_t at, uint64_t before, const struct span *span) {
    if ((before & CUE(BETWEEN)) != 0)
        return FORM_TWO;
    bool budget = span->second == span->first + 1 && follows_adjective(scan, at); /* العام المالي 2026-2027 */
    if ((before & CUE(SEASON)) != 0 || span->slash || budget)
        return span->second == span->first + 1 || span->short_first ? FORM_SEASON : FORM_AND;
    if ((before & CUE(FROM)) != 0)
        return FORM_TO;
    if ((before & CUE(YEAR)) != 0)
        return names_several(&scan->tokens[at - 1]) ? FORM_AND : FORM_NAMED;
    bool governed = (before & CUE(GOVERNED)) != 0 || (scan->tokens[at].proclitics & NASHRA_PROCLITIC_GENITIVE) != 0;
    if (governed && (before & CUE(AMOUNT)) != 0)
        return FORM_TO; /* حوالي 1603-1659 */
    return governed ? FORM_PERIOD : FORM_FROM_TO;
}

/* What follows may be counted by the second number after all, if it has the form for it. */
static int cues_behind(const struct nashra_scan *scan, const struct span *span, uint64_t *cues) {
    struct nashra_amount thing = {0};
    int status = 0;
    if (!nashra_quantity_digits_at(scan, span->second_at, &thing.quantity, &status))
        return status;
    status = nashra_amount_find_thing(scan, span->last, &thing);
    if (thing.kind == NASHRA_COUNTS_NOUN && nashra_year_may_count(scan, &thing))
        *cues |= CUE(NOUN);
    if (thing.kind > NASHRA_COUNTS_OF)
        *cues |= CUE(UNIT);
    return status;
}

int nashra_match_years(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    uint64_t before = cues_before(scan, at);
    struct span span;
    if (!parse(scan, at, before, &span))
        return 0;
    reading->cls = NASHRA_CLASS_YEARS;
    reading->first = at;
    reading->last = span.last;
    reading->form = (int)form_of(scan, at, before, &span);
    reading->shapes = nashra_year_shapes(span.first) | (span.short_second ? 1u << NASHRA_SHAPE_SHORT_SECOND : 0) |
                      (span.second > span.first ? 1u << NASHRA_SHAPE_ASCENDING : 0) |
                      (at != 0 && nashra_scan_is_symbol(scan, at - 1, '(') ? 1u << NASHRA_SHAPE_BRACKETED : 0);
    if (span.reversed)
        reading->shapes |= 1u << NASHRA_SHAPE_SHORT_SECOND | 1u << NASHRA_SHAPE_ASCENDING;
    reading->after = span.era != NULL ? CUE(ERA) : 0;
    int status = span.era == NULL ? cues_behind(scan, &span, &reading->after) : 0;
    return status < 0 ? status : 1;
}

static int say_opening(struct nashra_scan *scan, enum form form, uint64_t before) {
    bool bare_season = form == FORM_SEASON && (before & (CUE(SEASON) | CUE(YEAR))) == 0;
    if (bare_season && (before & CUE(GOVERNED)) != 0) /* في 1957/58 */
        return nashra_scan_say(scan, NASHRA_SAY_YEAR_GEN);
    int status = form == FORM_PERIOD ? nashra_scan_say(scan, NASHRA_SAY_PERIOD_GEN) : 0;
    if (status == 0 && (form == FORM_FROM_TO || form == FORM_PERIOD))
        status = nashra_scan_say(scan, NASHRA_SAY_FROM);
    return status == 0 && form == FORM_TWO ? nashra_scan_say(scan, NASHRA_SAY_TWO_YEARS) : status;
}

/* سنة, السنة المالية: the word that the years agree with is a feminine. */
static bool is_feminine(const struct nashra_scan *scan, size_t at) {
    size_t word = at - 1 - follows_adjective(scan, at);
    return (nashra_scan_cues(scan, word) & CUE(YEAR)) != 0 && nashra_year_is_feminine(&scan->tokens[word]);
}

static int say_one(struct nashra_scan *scan, bool named, long value, bool feminine) {
    int status = named ? nashra_scan_say(scan, NASHRA_SAY_YEAR_GEN) : 0;
    return status < 0 ? status : nashra_year_say(scan, value, feminine ? NASHRA_FEMININE : NASHRA_MASCULINE);
}

int nashra_speak_years(struct nashra_scan *scan, const struct nashra_reading *reading) {
    size_t at = reading->first;
    enum form form = (enum form)reading->form;
    uint64_t before = cues_before(scan, at);
    struct span span;
    if (!parse(scan, at, before, &span))
        return nashra_fail(NASHRA_EINTERNAL, "a span of years that was matched isn't one");
    bool feminine = at != 0 && (form == FORM_AND || form == FORM_NAMED || form == FORM_SEASON) && is_feminine(scan, at);
    bool named = form == FORM_FROM_TO || form == FORM_TO || form == FORM_PERIOD;
    scan->last_case = NASHRA_GENITIVE;
    scan->confidence = 0.9f;
    scan->season = form == FORM_SEASON;
    int status = say_opening(scan, form, before);
    if (status == 0)
        status = say_one(scan, named, span.first, feminine);
    /* no word joins the two years of a season: a breath parts them */
    nashra_scan_cut(scan, span.second_at, form == FORM_SEASON ? NASHRA_PAUSE_PHRASE : NASHRA_PAUSE_NONE);
    if (status == 0 && (named || form == FORM_NAMED))
        status = nashra_scan_say(scan, NASHRA_SAY_TO);
    if (status == 0 && form == FORM_NAMED)
        status = nashra_scan_say(scan, feminine ? NASHRA_SAY_YEAR_FEMININE : NASHRA_SAY_YEAR_GEN);
    size_t joined = scan->phrase.count;
    if (status == 0)
        status = say_one(scan, named, span.second, feminine);
    if (status == 0 && (form == FORM_TWO || form == FORM_AND))
        status = nashra_phrase_prefix(&scan->phrase, joined, "وَ");
    return status == 0 && span.era != NULL ? nashra_scan_words(scan, span.era) : status;
}
