/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/view.h"

#include <string.h>

enum { LETTER = 2, ROW_NUMBER = 0, ROW_FOREIGN = 1, FIRST_ROW = 3, PART = 3 * LETTER };

const uint32_t nashra_view_rows[NASHRA_VIEW_TABLES] = {8192, 4096, 2048, 2048};

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

static void see_word(const struct nashra_token *token, bool counted, uint16_t row[NASHRA_VIEW_TABLES]) {
    const char *text = token->text;
    size_t length = counted ? without_alif(text, token->length) : token->length;
    size_t prefix = prefix_of(text, length), part = length < PART ? length : PART;
    row[0] = row_of(text, length, 0);
    row[1] = row_of(text + prefix, length - prefix, 1);
    row[2] = row_of(text, part, 2);
    row[3] = row_of(text + length - part, part, 3);
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

static void add(struct nashra_view *view, const struct nashra_token *token, enum nashra_gap gap) {
    size_t i = view->count++;
    bool counted = i > 0 && gap == NASHRA_GAP_SPACE && view->row[i - 1][0] == ROW_NUMBER;
    uint16_t special = token->kind == NASHRA_TOKEN_NUMBER ? ROW_NUMBER : ROW_FOREIGN;
    view->gap[i] = (unsigned char)gap;
    if (token->kind == NASHRA_TOKEN_WORD)
        see_word(token, counted, view->row[i]);
    else
        for (size_t t = 0; t < NASHRA_VIEW_TABLES; t++)
            view->row[i][t] = special;
}

void nashra_view_take(const struct nashra_scan *scan, size_t at, size_t end, struct nashra_view *view) {
    size_t i = first_of(scan, at), limit = NASHRA_VIEW_WORDS;
    enum nashra_gap gap = i == 0 ? NASHRA_GAP_START : NASHRA_GAP_SPACE;
    view->count = view->number = 0;
    for (; i < scan->count && view->count < limit; i++) {
        if (scan->tokens[i].kind == NASHRA_TOKEN_SYMBOL) {
            gap = gap == NASHRA_GAP_START ? gap : stronger(gap, gap_of(scan, i));
            continue;
        }
        if (is_same_number(scan, i)) {
            gap = NASHRA_GAP_SPACE;
            continue;
        }
        if (i == at) {
            view->number = view->count;
            limit = view->count + NASHRA_VIEW_REACH;
        }
        add(view, &scan->tokens[i], gap);
        gap = NASHRA_GAP_SPACE;
        if (i == at && end > at + 1)
            i = end - 1; /* its scale words belong to it */
    }
}
