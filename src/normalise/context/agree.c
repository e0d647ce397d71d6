/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/agree.h"

#include <stdlib.h>
#include <string.h>

#include "context/clause.h"

enum { LETTER = 2 /* bytes of an Arabic letter in UTF-8 */ };
enum gender { UNKNOWN, MASCULINE, FEMININE };

static bool starts(const char *word, const char *letter) {
    return strncmp(word, letter, LETTER) == 0;
}

/* The perfect in ت: كتبت, زارت; the root's own ت stands in short words and in these. */
static bool ends_in_own_t(const char *text, size_t length) {
    enum { SHORTEST = 4 * LETTER };
    static const char *const verbs[] = {"أثبت", "التفت", "أنبت", "أسكت", "أفلت", "تثبت", "استمات", "تهافت"};
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(text, verbs[i]) == 0)
            return true;
    return length < SHORTEST;
}

/* The gender that the verb's form tells: يزور, زار and زارت do, تقدم may be perfect or imperfect. */
static enum gender gender_of_verb(const struct nashra_scan *scan, size_t verb) {
    const struct nashra_token *token = &scan->tokens[verb];
    bool joined = token->verb != NULL ? token->verb_joined : token->stem != 0;
    size_t skip = joined && (starts(token->text, "و") || starts(token->text, "ف")) ? LETTER : 0;
    const char *text = token->text + skip;
    size_t length = token->length - skip;
    if (length <= LETTER)
        return UNKNOWN;
    if (starts(text, "س") && (starts(text + LETTER, "ي") || starts(text + LETTER, "ت")) && length > 4 * LETTER)
        return starts(text + LETTER, "ي") ? MASCULINE : FEMININE;
    if (starts(text, "ي"))
        return MASCULINE;
    if (strcmp(text + length - LETTER, "ت") == 0)
        return ends_in_own_t(text, length) ? UNKNOWN : FEMININE;
    if (!starts(text, "ت"))
        return MASCULINE;
    bool listed = token->lexeme != NULL && token->lexeme->governor != NASHRA_GOVERNS_NOTHING;
    return !listed && nashra_verbs_is_feminine(scan->lexis, text, length) ? FEMININE : UNKNOWN;
}

/* The gender that a verb takes before the noun; a plural of men or of things may stand behind either form. */
static enum gender gender_of_noun(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[at];
    if (token->kind != NASHRA_TOKEN_WORD || nashra_word_governs(token) != NASHRA_GOVERNS_NOTHING ||
        nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) != 0 || !match.noun.known ||
        match.number != NASHRA_SINGULAR)
        return UNKNOWN;
    return match.noun.gender == NASHRA_FEMININE ? FEMININE : MASCULINE;
}

bool nashra_agree_bars_noun(const struct nashra_scan *scan, size_t verb) {
    if (verb + 1 >= scan->count || !nashra_word_has_article(&scan->tokens[verb + 1]))
        return false;
    enum gender of_verb = gender_of_verb(scan, verb);
    enum gender of_noun = of_verb != UNKNOWN ? gender_of_noun(scan, verb + 1) : UNKNOWN;
    return of_noun != UNKNOWN && of_noun != of_verb;
}

/* The word behind the phrase, where the number is no less than `least`. */
static bool another_follows(const struct nashra_scan *scan, const char *form, long least) {
    enum { HUNDRED = 100, DECIMAL = 10 };
    const struct nashra_amount *amount = scan->amount;
    bool follows =
        amount != NULL && (nashra_scan_is_word(scan, amount->last, form) ||
                           (amount->kind == NASHRA_COUNTS_NOUN && nashra_scan_is_word(scan, amount->thing, form)));
    if (!follows)
        return false;
    return strtol(scan->tokens[amount->first].text, NULL, DECIMAL) % HUNDRED >= least;
}

bool nashra_agree_shows_nominative(const struct nashra_scan *scan) {
    return another_follows(scan, "آخرون", 3);
}

bool nashra_agree_shows_oblique(const struct nashra_scan *scan) {
    return another_follows(scan, "آخرين", 11); /* not ثلاثة آخرين */
}

/* 4 منهم, ثلاثين آخرين */
static bool counts_men_by_pronoun(const struct nashra_scan *scan, const struct nashra_amount *amount) {
    return (amount->kind == NASHRA_COUNTS_NOTHING || amount->kind == NASHRA_COUNTS_OF) &&
           (nashra_scan_is_word(scan, amount->last, "منهم") || nashra_scan_is_word(scan, amount->last, "آخرين"));
}

bool nashra_agree_bars_phrase(const struct nashra_scan *scan, size_t verb) {
    const struct nashra_amount *amount = scan->amount;
    if (amount == NULL || gender_of_verb(scan, verb) != FEMININE)
        return false;
    if (counts_men_by_pronoun(scan, amount))
        return true;
    bool man = amount->noun.noun.human || amount->noun.number == NASHRA_SINGULAR; /* 3 منازل: either form */
    return amount->kind == NASHRA_COUNTS_NOUN && amount->noun.noun.known && man &&
           amount->noun.noun.gender == NASHRA_MASCULINE;
}

bool nashra_agree_is_feminine(const struct nashra_scan *scan, size_t verb) {
    return gender_of_verb(scan, verb) == FEMININE;
}

bool nashra_agree_verbs(const struct nashra_scan *scan, size_t first, size_t second) {
    enum gender of_first = gender_of_verb(scan, first);
    return of_first != UNKNOWN && of_first == gender_of_verb(scan, second);
}

bool nashra_agree_parts_verbs(const struct nashra_scan *scan, size_t first, size_t second) {
    enum gender of_first = gender_of_verb(scan, first), of_second = gender_of_verb(scan, second);
    return of_first != UNKNOWN && of_second != UNKNOWN && of_first != of_second;
}
