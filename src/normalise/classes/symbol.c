/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs and emoji by their names. What is only a pause or a quotation mark is not read (pause.c). */
#include <string.h>

#include <unicode/uchar.h>

#include "classes/classes.h"

enum { FEWEST_OF_A_RULE = 3 };

static bool is_emoji(unsigned cp) {
    return cp > 0x2000 && u_hasBinaryProperty((UChar32)cp, UCHAR_EMOJI_PRESENTATION);
}

/* A skin tone or a region's half without its other half says nothing by itself. */
static bool is_modifier(unsigned cp) {
    return u_hasBinaryProperty((UChar32)cp, UCHAR_EMOJI_MODIFIER);
}

int nashra_match_symbol(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const struct nashra_token *token = &scan->tokens[at];
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at);
    if (symbol != NULL && symbol->name == NULL)
        return 0;
    if (token->repeat >= FEWEST_OF_A_RULE && (symbol == NULL || symbol->role != NASHRA_SYMBOL_EMOJI))
        return 0; /* ===== is a rule */
    if (is_modifier(token->cp) && at != 0 && !token->space)
        return 0;
    bool emoji = symbol != NULL ? symbol->role == NASHRA_SYMBOL_EMOJI : is_emoji(token->cp);
    reading->cls = emoji ? NASHRA_CLASS_EMOJI : NASHRA_CLASS_SYMBOL;
    reading->first = at;
    reading->last = at + 1;
    reading->text =
        symbol != NULL ? symbol->name : nashra_lexis_saying(scan->lexis, emoji ? NASHRA_SAY_EMOJI : NASHRA_SAY_SYMBOL);
    return 1;
}

int nashra_speak_symbol(struct nashra_scan *scan, const struct nashra_reading *reading) {
    return nashra_scan_words(scan, reading->text);
}

/* 20 دولارا/برميل: for each of what follows. */
int nashra_match_per(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const struct nashra_token *next = nashra_scan_token(scan, at + 1);
    if (!nashra_scan_is_symbol(scan, at, '/') || scan->tokens[at].space || !scan->has_last || scan->last_end != at)
        return 0;
    if (next != NULL && strchr(next->text, '.') != NULL)
        return 0;
    bool counted = at != 0 && scan->tokens[at - 1].kind == NASHRA_TOKEN_WORD;
    if (!counted || next == NULL || next->space || next->kind != NASHRA_TOKEN_WORD ||
        (next->lexeme != NULL && next->lexeme->governor != NASHRA_GOVERNS_NOTHING))
        return 0;
    reading->cls = NASHRA_CLASS_MEASURE;
    reading->first = at;
    reading->last = at + 2;
    return 1;
}

int nashra_speak_per(struct nashra_scan *scan, const struct nashra_reading *reading) {
    int status = nashra_scan_source(scan, reading->first + 1);
    return status < 0 ? status : nashra_phrase_prefix(&scan->phrase, 0, "لِال");
}
