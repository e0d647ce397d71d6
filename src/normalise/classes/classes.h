/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The semiotic classes. Each says whether a reading of its own begins at a token, and writes it. */
#ifndef NASHRA_NORMALISE_CLASSES_H
#define NASHRA_NORMALISE_CLASSES_H

#include "scan.h"

/* 1 and the reading's first, last, cls, shapes and form; 0 when there is none; negative for no memory. Points are added
 * by nashra_weigh(). */
typedef int (*nashra_match_fn)(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading);
/* Writes the reading into scan->phrase. */
typedef int (*nashra_speak_fn)(struct nashra_scan *scan, const struct nashra_reading *reading);

struct nashra_class_entry {
    nashra_match_fn match;
    nashra_speak_fn speak;
    unsigned kinds; /* bits of enum nashra_token_kind that it may begin with */
};

extern const struct nashra_class_entry nashra_classes[];
extern const size_t nashra_class_entries;

/* The class of a number with what it counts. */
enum nashra_class nashra_class_of_amount(const struct nashra_amount *amount);

#define NASHRA_DECLARE_CLASS(name)                                                                                     \
    int nashra_match_##name(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading);                \
    int nashra_speak_##name(struct nashra_scan *scan, const struct nashra_reading *reading)

NASHRA_DECLARE_CLASS(amount);
NASHRA_DECLARE_CLASS(signed);
NASHRA_DECLARE_CLASS(money);
int nashra_match_percent(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading);
NASHRA_DECLARE_CLASS(ordinal);
NASHRA_DECLARE_CLASS(label);
NASHRA_DECLARE_CLASS(shorthand);
NASHRA_DECLARE_CLASS(verse);
NASHRA_DECLARE_CLASS(year);
NASHRA_DECLARE_CLASS(years);
NASHRA_DECLARE_CLASS(date);
NASHRA_DECLARE_CLASS(dates);
NASHRA_DECLARE_CLASS(until);
NASHRA_DECLARE_CLASS(numeric_date);
NASHRA_DECLARE_CLASS(time);
NASHRA_DECLARE_CLASS(midnight);
NASHRA_DECLARE_CLASS(duration);
NASHRA_DECLARE_CLASS(fraction);
NASHRA_DECLARE_CLASS(range);
NASHRA_DECLARE_CLASS(ratio);
NASHRA_DECLARE_CLASS(score);
NASHRA_DECLARE_CLASS(phone);
NASHRA_DECLARE_CLASS(code);
NASHRA_DECLARE_CLASS(roman);
NASHRA_DECLARE_CLASS(latin);
NASHRA_DECLARE_CLASS(script);
NASHRA_DECLARE_CLASS(url);
NASHRA_DECLARE_CLASS(hashtag);
NASHRA_DECLARE_CLASS(abbreviation);
NASHRA_DECLARE_CLASS(symbol);
NASHRA_DECLARE_CLASS(per);
NASHRA_DECLARE_CLASS(flag);

#endif
