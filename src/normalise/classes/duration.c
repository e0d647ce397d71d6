/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long something took: 3:26.73 (minutes, seconds, parts), 2:05:12 (hours, minutes, seconds). */
#include <string.h>

#include "classes/classes.h"
#include "context/case.h"
#include "quantity.h"

enum { SIXTY = 60, LARGEST_FIRST = 99, LONGEST_FRACTION = 3, PARTS = 5 /* tokens */ };
enum form { FORM_HOURS, FORM_MINUTES };

static bool is_of_sixty(const struct nashra_scan *scan, size_t at) {
    long value = nashra_quantity_plain(scan, at);
    return nashra_scan_glued(scan, at) && scan->tokens[at].length == 2 && value >= 0 && value < SIXTY;
}

/* 3:26.73 دقيقة: the unit once more. */
static bool is_unit_of_time(const struct nashra_scan *scan, size_t at) {
    return nashra_scan_is_word(scan, at, "دقيقة") || nashra_scan_is_word(scan, at, "دقائق") ||
           nashra_scan_is_word(scan, at, "ساعة") || nashra_scan_is_word(scan, at, "ساعات") ||
           nashra_scan_is_word(scan, at, "ثانية");
}

/* 0:30.0.5: more parts than a duration has. */
static bool goes_on(const struct nashra_scan *scan, size_t at) {
    return (nashra_scan_is_symbol(scan, at, '.') || nashra_scan_is_symbol(scan, at, ':')) &&
           nashra_scan_glued(scan, at) && nashra_scan_is_number(scan, at + 1) && nashra_scan_glued(scan, at + 1);
}

int nashra_match_duration(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    long first = nashra_quantity_plain(scan, at);
    bool clock = at != 0 && (nashra_scan_cues(scan, at - 1) & NASHRA_CUE_BIT(NASHRA_CUE_TIME)) != 0;
    if (clock || first < 0 || first > LARGEST_FIRST || !nashra_scan_is_symbol(scan, at + 1, ':') ||
        !nashra_scan_glued(scan, at + 1) || !is_of_sixty(scan, at + 2) || !nashra_scan_glued(scan, at + 3) ||
        !nashra_scan_is_number(scan, at + 4) || !nashra_scan_glued(scan, at + 4))
        return 0;
    bool parts = nashra_scan_is_symbol(scan, at + 3, '.') && scan->tokens[at + 4].length <= LONGEST_FRACTION;
    bool seconds = nashra_scan_is_symbol(scan, at + 3, ':') && is_of_sixty(scan, at + 4);
    bool nothing = first + nashra_quantity_plain(scan, at + 2) + nashra_quantity_plain(scan, at + 4) == 0;
    if ((!parts && !seconds) || nothing || goes_on(scan, at + PARTS))
        return 0;
    reading->cls = NASHRA_CLASS_TIME;
    reading->first = at;
    reading->last = at + PARTS + is_unit_of_time(scan, at + PARTS);
    reading->form = parts ? FORM_MINUTES : FORM_HOURS;
    reading->shapes = 1u << NASHRA_SHAPE_FULL_DATE;
    return 1;
}

/* As many of a thing, joined to what was said before; nothing for none. */
static int say_count(struct nashra_scan *scan, size_t token, enum nashra_saying thing,
                     enum nashra_case grammatical_case) {
    struct nashra_quantity count;
    struct nashra_noun_match noun;
    struct nashra_stance stance = {.grammatical_case = grammatical_case};
    const char *word = nashra_lexis_saying(scan->lexis, thing);
    size_t before = scan->phrase.count;
    int status = 0;
    if (nashra_quantity_plain(scan, token) == 0 || !nashra_quantity_digits_at(scan, token, &count, &status))
        return status;
    count.value.fraction_length = 0; /* 26.73: the parts are counted by themselves */
    if (before != 0)
        nashra_scan_cut(scan, token, NASHRA_PAUSE_NONE);
    status = nashra_noun_find(scan->numbers, scan->arena, word, strlen(word), &noun);
    if (status == 0)
        status = nashra_phrase_count(scan->numbers, &scan->phrase, &count.value, &noun.noun, stance);
    return status == 0 && before != 0 ? nashra_phrase_prefix(&scan->phrase, before, "وَ") : status;
}

int nashra_speak_duration(struct nashra_scan *scan, const struct nashra_reading *reading) {
    static const enum nashra_saying things[][3] = {
        [FORM_HOURS] = {NASHRA_SAY_HOUR_SINGULAR, NASHRA_SAY_MINUTE_SINGULAR, NASHRA_SAY_SECOND_SINGULAR},
        [FORM_MINUTES] = {NASHRA_SAY_MINUTE_SINGULAR, NASHRA_SAY_SECOND_SINGULAR, NASHRA_SAY_PART_SINGULAR}};
    static const enum nashra_saying of[] = {NASHRA_SAY_OF_TEN, NASHRA_SAY_OF_HUNDRED, NASHRA_SAY_OF_THOUSAND};
    struct nashra_case_guess guess = nashra_case_at(scan, reading->first);
    size_t at = reading->first;
    int status = 0;
    scan->last_case = guess.grammatical_case;
    scan->confidence = guess.confidence;
    for (size_t i = 0; i < 3 && status == 0; i++)
        status = say_count(scan, at + 2 * i, things[reading->form][i], guess.grammatical_case);
    bool parts = reading->form == FORM_MINUTES && nashra_quantity_plain(scan, at + 4) > 0;
    return status == 0 && parts ? nashra_scan_say(scan, of[scan->tokens[at + 4].length - 1]) : status;
}
