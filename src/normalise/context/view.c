/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/view.h"

#include <string.h>

#include "context/clause.h"
#include "quantity.h"

enum { LETTER = 2, ROW_NUMBER = 0, ROW_FOREIGN = 1, FIRST_ROW = 3, PART = 3 * LETTER };
enum { WORD, STEM, BEGINNING, END, GOVERNS, NOUN, HASHED = GOVERNS };
enum { ROW_AMOUNT = 160 /* of GOVERNS */, ROW_VERDICT = 80 /* of NOUN */ };

const uint32_t nashra_view_rows[NASHRA_VIEW_TABLES] = {7680, 4096, 1024, 1024, 192, 112};

size_t nashra_view_band(float confidence) {
    static const float bands[NASHRA_VIEW_BANDS - 1] = {0.55f, 0.65f, 0.75f, 0.83f, 0.88f, 0.93f, 0.97f};
    size_t band = 0;
    while (band < NASHRA_VIEW_BANDS - 1 && confidence >= bands[band])
        band++;
    return band;
}

/* FNV-1a, its high bits folded in. */
static uint16_t row_of(const char *text, size_t length, uint32_t table) {
    uint32_t hash = (2166136261u ^ (table + 1)) * 16777619u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    hash ^= hash >> 15;
    return (uint16_t)(FIRST_ROW + hash % (nashra_view_rows[table] - FIRST_ROW));
}

static bool starts(const char *text, size_t length, const char *prefix) {
    size_t n = strlen(prefix);
    return length >= n && memcmp(text, prefix, n) == 0;
}

/* Without و or ف and without an article: as rough as it is simple, training does the same. */
static size_t prefix_of(const char *text, size_t length) {
    size_t at = length > 3 * LETTER && (starts(text, length, "و") || starts(text, length, "ف")) ? LETTER : 0;
    size_t rest = length - at;
    if (rest > 4 * LETTER && (starts(text + at, rest, "بال") || starts(text + at, rest, "كال")))
        return at + 3 * LETTER;
    if (rest > 3 * LETTER && (starts(text + at, rest, "ال") || starts(text + at, rest, "لل")))
        return at + 2 * LETTER;
    return at;
}

/* The alif of a counted noun would tell nothing but the number's size. */
static size_t without_alif(const char *text, size_t length) {
    bool alif = length > 3 * LETTER && memcmp(text + length - LETTER, "ا", LETTER) == 0;
    return alif ? length - LETTER : length;
}

/* Which word it is for grammar: what it governs, and its article, preposition or pronoun. */
static uint16_t kind_of(const struct nashra_token *token) {
    unsigned governor = (unsigned)nashra_word_governs(token);
    unsigned article = nashra_word_has_article(token) || nashra_word_is_imperfect(token);
    unsigned governed = nashra_word_is_governed(token), pronoun = nashra_word_has_pronoun(token);
    return (uint16_t)(FIRST_ROW + governor * 8 + article * 4 + governed * 2 + pronoun);
}

/* Person or thing, gender and number of a noun that the tables know; what its ending shows of its case. */
static uint16_t noun_of(const struct nashra_scan *scan, const struct nashra_token *token, size_t prefix, bool counted) {
    struct nashra_noun_match match = {0};
    if (nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) < 0)
        return ROW_FOREIGN;
    if (!match.noun.known && prefix != 0 &&
        nashra_noun_find(scan->numbers, scan->arena, token->text + prefix, token->length - prefix, &match) < 0)
        return ROW_FOREIGN;
    unsigned number = match.number == NASHRA_PLURAL ? 2 : match.number == NASHRA_DUAL;
    unsigned shown = counted ? 0 : match.accusative_alif ? 1 : match.oblique ? 2 : 0;
    unsigned gender = match.noun.gender == NASHRA_FEMININE, human = match.noun.human, known = match.noun.known;
    return (uint16_t)(FIRST_ROW + (((shown * 3 + number) * 2 + gender) * 2 + human) * 2 + known);
}

static void see_word(const struct nashra_scan *scan, const struct nashra_token *token, bool counted,
                     uint16_t row[NASHRA_VIEW_TABLES]) {
    const char *text = token->text;
    size_t length = counted ? without_alif(text, token->length) : token->length;
    size_t prefix = prefix_of(text, length), part = length < PART ? length : PART;
    row[WORD] = row_of(text, length, WORD);
    row[STEM] = row_of(text + prefix, length - prefix, STEM);
    row[BEGINNING] = row_of(text, part, BEGINNING);
    row[END] = row_of(text + length - part, part, END);
    row[GOVERNS] = kind_of(token);
    row[NOUN] = noun_of(scan, token, prefix, counted);
}

/* The number that is asked about: what it counts, and what the rules make of it. */
static void see_number(const struct nashra_scan *scan, size_t at, struct nashra_case_guess by_rules,
                       uint16_t row[NASHRA_VIEW_TABLES]) {
    unsigned kind = scan->amount != NULL ? 1 + (unsigned)scan->amount->kind : 0;
    unsigned time = scan->amount != NULL && nashra_counts_time(scan, at);
    unsigned people = scan->amount != NULL && nashra_counts_people(scan);
    row[GOVERNS] = (uint16_t)(ROW_AMOUNT + kind * 4 + time * 2 + people);
    row[NOUN] = (uint16_t)(ROW_VERDICT + (unsigned)by_rules.grammatical_case * NASHRA_VIEW_BANDS +
                           nashra_view_band(by_rules.confidence));
}

static enum nashra_gap gap_of(const struct nashra_scan *scan, size_t symbol) {
    const struct nashra_symbol *known = nashra_scan_symbol(scan, symbol);
    if (nashra_scan_is_percent(scan, symbol))
        return NASHRA_GAP_SPACE;
    switch (known != NULL ? known->role : NASHRA_SYMBOL_NAMED) {
    case NASHRA_SYMBOL_COMMA:
    case NASHRA_SYMBOL_SEMICOLON:
        return NASHRA_GAP_COMMA;
    case NASHRA_SYMBOL_COLON:
    case NASHRA_SYMBOL_STOP:
    case NASHRA_SYMBOL_QUESTION:
    case NASHRA_SYMBOL_EXCLAMATION:
    case NASHRA_SYMBOL_DOTS:
        return NASHRA_GAP_STOP;
    case NASHRA_SYMBOL_OPEN:
    case NASHRA_SYMBOL_CLOSE:
    case NASHRA_SYMBOL_QUOTE:
    case NASHRA_SYMBOL_QUOTE_OPEN:
    case NASHRA_SYMBOL_QUOTE_CLOSE:
        return NASHRA_GAP_BRACKET;
    default:
        return NASHRA_GAP_OTHER;
    }
}

/* Of several signs the one that parts most. */
static enum nashra_gap stronger(enum nashra_gap a, enum nashra_gap b) {
    static const unsigned char strength[] = {[NASHRA_GAP_SPACE] = 0,
                                             [NASHRA_GAP_COMMA] = 3,
                                             [NASHRA_GAP_STOP] = 4,
                                             [NASHRA_GAP_BRACKET] = 2,
                                             [NASHRA_GAP_OTHER] = 1};
    return strength[b] > strength[a] ? b : a;
}

/* 3.5, 1/2: digits that only a sign parts are one number. */
static bool is_same_number(const struct nashra_scan *scan, size_t at) {
    return at >= 2 && !scan->tokens[at].space && !scan->tokens[at - 1].space &&
           scan->tokens[at].kind == NASHRA_TOKEN_NUMBER && scan->tokens[at - 2].kind == NASHRA_TOKEN_NUMBER &&
           scan->tokens[at - 1].kind == NASHRA_TOKEN_SYMBOL;
}

/* The token at which the view begins: REACH words before the number. */
static size_t first_of(const struct nashra_scan *scan, size_t at) {
    for (size_t words = 0; at > 0 && words < NASHRA_VIEW_REACH; at--)
        words += scan->tokens[at - 1].kind != NASHRA_TOKEN_SYMBOL && !is_same_number(scan, at - 1);
    return at;
}

static void add(struct nashra_view *view, const struct nashra_scan *scan, size_t at, enum nashra_gap gap) {
    size_t i = view->count++;
    const struct nashra_token *token = &scan->tokens[at];
    bool counted = i > 0 && gap == NASHRA_GAP_SPACE && view->row[i - 1][WORD] == ROW_NUMBER;
    uint16_t special = token->kind == NASHRA_TOKEN_NUMBER ? ROW_NUMBER : ROW_FOREIGN;
    view->gap[i] = (unsigned char)gap;
    if (token->kind == NASHRA_TOKEN_WORD)
        see_word(scan, token, counted, view->row[i]);
    else
        for (size_t t = 0; t < NASHRA_VIEW_TABLES; t++)
            view->row[i][t] = special;
}

void nashra_view_take(const struct nashra_scan *scan, size_t at, size_t end, struct nashra_case_guess by_rules,
                      struct nashra_view *view) {
    while (at < scan->count && scan->tokens[at].kind == NASHRA_TOKEN_SYMBOL)
        at++; /* -5 */
    size_t i = first_of(scan, at), limit = NASHRA_VIEW_REACH;
    enum nashra_gap gap = i == 0 ? NASHRA_GAP_START : NASHRA_GAP_SPACE;
    view->count = view->number = 0;
    for (; i < scan->count && (i <= at || view->count < limit); i++) {
        if (scan->tokens[i].kind == NASHRA_TOKEN_SYMBOL) {
            gap = gap == NASHRA_GAP_START ? gap : stronger(gap, gap_of(scan, i));
            continue;
        }
        if (i != at && is_same_number(scan, i)) {
            gap = NASHRA_GAP_SPACE;
            continue;
        }
        add(view, scan, i, gap);
        gap = NASHRA_GAP_SPACE;
        if (i != at)
            continue;
        view->number = view->count - 1;
        limit = view->count + NASHRA_VIEW_REACH;
        see_number(scan, at, by_rules, view->row[view->number]);
        if (end > at + 1)
            i = end - 1; /* its scale words belong to it */
    }
}
