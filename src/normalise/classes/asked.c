/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "classes/asked.h"

#include <string.h>

#include "classes/classes.h"
#include "classes/date.h"
#include "classes/year.h"
#include "context/case.h"
#include "quantity.h"

enum { BYTES_OF_DATE = 8, LAST_DAY = 31, MONTHS = 12 };

#define BIT(cls) (1u << NASHRA_CLASS_##cls)

/* Which classes are what is asked for; none: the reading is written here. */
static const unsigned ALLOWED[] = {
    [NASHRA_AS_CARDINAL] = BIT(CARDINAL) | BIT(DECIMAL) | BIT(PERCENT) | BIT(CURRENCY) | BIT(MEASURE),
    [NASHRA_AS_ORDINAL] = BIT(ORDINAL) | BIT(ROMAN),
    [NASHRA_AS_DATE] = BIT(DATE) | BIT(YEAR),
    [NASHRA_AS_TIME] = BIT(TIME),
    [NASHRA_AS_FRACTION] = BIT(FRACTION),
    [NASHRA_AS_CURRENCY] = BIT(CURRENCY),
    [NASHRA_AS_MEASURE] = BIT(MEASURE) | BIT(PERCENT),
    [NASHRA_AS_YEAR] = BIT(YEAR) | BIT(YEARS),
    [NASHRA_AS_NET] = BIT(URL) | BIT(EMAIL),
    [NASHRA_AS_PHONE] = 0,
    [NASHRA_AS_ENGLISH] = 0,
};

static bool touches(const struct nashra_hint *hint, const struct nashra_token *token) {
    return token->span.from < hint->span.to && token->span.to > hint->span.from;
}

const struct nashra_hint *nashra_asked_at(const struct nashra_scan *scan, size_t at) {
    for (size_t i = 0; i < scan->hint_count && scan->hints[i].span.from < scan->tokens[at].span.to; i++)
        if (touches(&scan->hints[i], &scan->tokens[at]))
            return &scan->hints[i];
    return NULL;
}

bool nashra_asked_allows(const struct nashra_hint *hint, enum nashra_class cls) {
    return (ALLOWED[hint->as] >> cls & 1) != 0;
}

bool nashra_asked_comes_first(const struct nashra_hint *hint) {
    return ALLOWED[hint->as] == 0 || (hint->as == NASHRA_AS_DATE && hint->order[0] != '\0');
}

int nashra_asked_prepare(struct nashra_tokens *tokens, const struct nashra_hint *hints, size_t count) {
    for (size_t i = 0, at = 0; i < count; i++) {
        for (; at < tokens->count && tokens->items[at].span.from < hints[i].span.to; at++) {
            struct nashra_token *token = &tokens->items[at];
            if (hints[i].as != NASHRA_AS_ORDINAL || !touches(&hints[i], token) || token->prefix != NULL ||
                token->kind != NASHRA_TOKEN_NUMBER)
                continue;
            token->prefix = "ال";
            token->proclitics |= NASHRA_PROCLITIC_ARTICLE;
        }
    }
    return 0;
}

/* ---- dates whose order is given ---- */

/* Day, month and year from `at` on; the year is 0 where there is none. */
static bool read_date(const struct nashra_scan *scan, const struct nashra_hint *hint, size_t at, long parts[3],
                      size_t *last) {
    static const char names[] = "dmy";
    size_t count = 0, wanted = strlen(hint->order);
    memset(parts, 0, 3 * sizeof *parts);
    const struct nashra_token *first = &scan->tokens[at];
    if (first->length == BYTES_OF_DATE && wanted == 3) { /* 20260325 */
        const char *digits = first->text;
        for (size_t i = 0; i < wanted; i++) {
            size_t length = hint->order[i] == 'y' ? 4 : 2;
            for (size_t k = 0; k < length; k++)
                parts[strchr(names, hint->order[i]) - names] =
                    10 * parts[strchr(names, hint->order[i]) - names] + (*digits++ - '0');
        }
        *last = at + 1;
        return true;
    }
    for (size_t i = at; i < scan->count && touches(hint, &scan->tokens[i]) && count < wanted; i++) {
        if (!nashra_scan_is_number(scan, i))
            continue;
        parts[strchr(names, hint->order[count]) - names] = nashra_quantity_plain(scan, i);
        count++;
        *last = i + 1;
    }
    return count == wanted;
}

static int match_date(const struct nashra_scan *scan, const struct nashra_hint *hint, size_t at,
                      struct nashra_reading *reading) {
    long parts[3];
    if (!nashra_scan_is_number(scan, at) || !read_date(scan, hint, at, parts, &reading->last))
        return 0;
    bool day = strchr(hint->order, 'd') == NULL || (parts[0] >= 1 && parts[0] <= LAST_DAY);
    bool month = strchr(hint->order, 'm') == NULL || (parts[1] >= 1 && parts[1] <= MONTHS);
    bool year = strchr(hint->order, 'y') == NULL || parts[2] >= 0;
    reading->cls = NASHRA_CLASS_DATE;
    return day && month && year;
}

/* ---- the others ---- */

static bool is_phone_sign(const struct nashra_scan *scan, size_t at) {
    return scan->tokens[at].kind == NASHRA_TOKEN_SYMBOL || scan->tokens[at].kind == NASHRA_TOKEN_NUMBER;
}

static int match_phone(const struct nashra_scan *scan, const struct nashra_hint *hint, size_t at,
                       struct nashra_reading *reading) {
    bool number = false;
    size_t last = at;
    for (; last < scan->count && touches(hint, &scan->tokens[last]) && is_phone_sign(scan, last); last++)
        number = number || nashra_scan_is_number(scan, last);
    reading->cls = NASHRA_CLASS_PHONE;
    reading->last = last;
    return number;
}

int nashra_match_asked(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const struct nashra_hint *hint = nashra_asked_at(scan, at);
    enum nashra_token_kind kind = scan->tokens[at].kind;
    reading->first = at;
    reading->last = at + 1;
    switch (hint->as) {
    case NASHRA_AS_CHARACTERS:
        reading->cls = kind == NASHRA_TOKEN_SYMBOL ? NASHRA_CLASS_SYMBOL : NASHRA_CLASS_ACRONYM;
        return 1;
    case NASHRA_AS_DIGITS:
        reading->cls = NASHRA_CLASS_CODE;
        return kind == NASHRA_TOKEN_NUMBER;
    case NASHRA_AS_PHONE:
        return match_phone(scan, hint, at, reading);
    case NASHRA_AS_ENGLISH:
        reading->cls = NASHRA_CLASS_LATIN;
        return kind == NASHRA_TOKEN_NUMBER || kind == NASHRA_TOKEN_LATIN;
    case NASHRA_AS_DATE:
        return hint->order[0] != '\0' ? match_date(scan, hint, at, reading) : 0;
    case NASHRA_AS_CARDINAL:
    case NASHRA_AS_ORDINAL:
    case NASHRA_AS_YEAR:
        reading->cls = hint->as == NASHRA_AS_YEAR      ? NASHRA_CLASS_YEAR
                       : hint->as == NASHRA_AS_ORDINAL ? NASHRA_CLASS_ORDINAL
                                                       : NASHRA_CLASS_CARDINAL;
        return kind == NASHRA_TOKEN_NUMBER && nashra_quantity_plain(scan, at) >= 0;
    default:
        return 0;
    }
}

/* Letters, digits and signs, each by its name. */
static int spell(struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at);
    struct nashra_reading script = {.first = at, .last = at + 1};
    scan->spelt = true;
    switch (token->kind) {
    case NASHRA_TOKEN_NUMBER:
        return nashra_phrase_digits(scan->numbers, &scan->phrase, token->text, token->length);
    case NASHRA_TOKEN_SCRIPT:
        return nashra_speak_script(scan, &script);
    case NASHRA_TOKEN_SYMBOL: {
        const char *name = nashra_lexis_letter(scan->lexis, token->text, token->length);
        if (name == NULL)
            name = symbol != NULL && symbol->name != NULL ? symbol->name
                                                          : nashra_lexis_saying(scan->lexis, NASHRA_SAY_SYMBOL);
        int status = 0;
        for (unsigned i = 0; i < token->repeat && status == 0; i++)
            status = nashra_scan_words(scan, name);
        return status;
    }
    default:
        return nashra_scan_spell(scan, token->text, token->length);
    }
}

/* A noun that no table knows tells its gender by its ending as often as not. */
static enum nashra_gender gender_before(const struct nashra_scan *scan, size_t at) {
    static const char ending[] = "ة";
    const struct nashra_token *before = at != 0 ? &scan->tokens[at - 1] : NULL;
    bool feminine = before != NULL && before->kind == NASHRA_TOKEN_WORD && before->length >= sizeof ending - 1 &&
                    strcmp(before->text + before->length - (sizeof ending - 1), ending) == 0;
    return feminine ? NASHRA_FEMININE : NASHRA_MASCULINE;
}

/* الثالث: with the article, which the token may have from prepare(). */
static int say_number(struct nashra_scan *scan, size_t at, bool ordinal) {
    const struct nashra_token *token = &scan->tokens[at];
    struct nashra_case_guess guess = nashra_case_at(scan, at);
    struct nashra_stance stance = {.gender = ordinal ? gender_before(scan, at) : NASHRA_MASCULINE,
                                   .grammatical_case = guess.grammatical_case,
                                   .definite = ordinal ? NASHRA_DEFINITE : NASHRA_INDEFINITE};
    struct nashra_decimal value;
    int status = nashra_decimal_make(scan->arena, token->text, token->length, NULL, 0, &value);
    scan->confidence = guess.confidence;
    scan->wrote_article = ordinal;
    if (status < 0)
        return status;
    return ordinal ? nashra_phrase_ordinal(scan->numbers, &scan->phrase, &value, stance)
                   : nashra_phrase_cardinal(scan->numbers, &scan->phrase, &value, stance);
}

static int say_date(struct nashra_scan *scan, const struct nashra_hint *hint, size_t at) {
    long parts[3];
    size_t last = at;
    if (!read_date(scan, hint, at, parts, &last))
        return nashra_fail(NASHRA_EINTERNAL, "a date that was matched isn't one");
    if (strcmp(hint->order, "d") == 0)
        return say_number(scan, at, true);
    return nashra_date_say(scan, at, parts[0], parts[1], strchr(hint->order, 'y') != NULL ? parts[2] : -1);
}

int nashra_speak_asked(struct nashra_scan *scan, const struct nashra_reading *reading) {
    const struct nashra_hint *hint = nashra_asked_at(scan, reading->first);
    const struct nashra_token *token = &scan->tokens[reading->first];
    switch (hint->as) {
    case NASHRA_AS_CHARACTERS:
        return spell(scan, reading->first);
    case NASHRA_AS_DIGITS:
        return nashra_phrase_digits(scan->numbers, &scan->phrase, token->text, token->length);
    case NASHRA_AS_PHONE:
        return nashra_speak_phone(scan, reading);
    case NASHRA_AS_ENGLISH:
        scan->foreign = true;
        return nashra_phrase_word(&scan->phrase, token->text);
    case NASHRA_AS_DATE:
        return say_date(scan, hint, reading->first);
    case NASHRA_AS_YEAR:
        return nashra_year_say(scan, nashra_quantity_plain(scan, reading->first), NASHRA_MASCULINE);
    default:
        return say_number(scan, reading->first, hint->as == NASHRA_AS_ORDINAL);
    }
}
