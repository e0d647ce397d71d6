/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "classes/classes.h"

#define NUMBER (1u << NASHRA_TOKEN_NUMBER)
#define LATIN (1u << NASHRA_TOKEN_LATIN)
#define SYMBOL (1u << NASHRA_TOKEN_SYMBOL)
#define WORD (1u << NASHRA_TOKEN_WORD)
#define SCRIPT (1u << NASHRA_TOKEN_SCRIPT)
#define ENTRY(name, kinds)                                                                                             \
    { nashra_match_##name, nashra_speak_##name, (kinds) }

/* Where two readings have the same points and length, the first wins. */
const struct nashra_class_entry nashra_classes[] = {
    ENTRY(ordinal, NUMBER),
    ENTRY(label, NUMBER),
    ENTRY(shorthand, WORD),
    ENTRY(verse, NUMBER),
    ENTRY(numeric_date, NUMBER),
    ENTRY(dates, NUMBER),
    ENTRY(until, SYMBOL),
    ENTRY(date, NUMBER),
    ENTRY(years, NUMBER),
    ENTRY(year, NUMBER),
    ENTRY(duration, NUMBER),
    ENTRY(time, NUMBER),
    ENTRY(midnight, WORD),
    ENTRY(phone, NUMBER | SYMBOL),
    ENTRY(code, NUMBER | LATIN | SYMBOL),
    ENTRY(fraction, NUMBER | SYMBOL),
    ENTRY(score, NUMBER),
    ENTRY(ratio, NUMBER),
    ENTRY(range, NUMBER | SYMBOL | LATIN),
    ENTRY(amount, NUMBER),
    ENTRY(signed, SYMBOL),
    ENTRY(money, SYMBOL | LATIN),
    {nashra_match_percent, nashra_speak_money, SYMBOL}, /* like money, it only stands before its number */
    ENTRY(url, LATIN),
    ENTRY(roman, LATIN),
    ENTRY(latin, LATIN),
    ENTRY(script, SCRIPT),
    ENTRY(hashtag, SYMBOL),
    ENTRY(abbreviation, WORD | SYMBOL),
    ENTRY(per, SYMBOL),
    ENTRY(flag, SYMBOL),
    ENTRY(symbol, SYMBOL),
};
const size_t nashra_class_entries = sizeof nashra_classes / sizeof *nashra_classes;
