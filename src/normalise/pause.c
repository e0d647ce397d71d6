/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Punctuation: pauses and quotations. */
#include <unicode/uchar.h>

#include "writer.h"

enum { LETTER = 2 };

/* A sign that the table doesn't know, by its Unicode category. */
static enum nashra_symbol_role role_by_category(unsigned cp) {
    switch (u_charType((UChar32)cp)) {
    case U_START_PUNCTUATION:
        return NASHRA_SYMBOL_OPEN;
    case U_END_PUNCTUATION:
        return NASHRA_SYMBOL_CLOSE;
    case U_DASH_PUNCTUATION:
        return NASHRA_SYMBOL_DASH;
    case U_INITIAL_PUNCTUATION:
        return NASHRA_SYMBOL_QUOTE_OPEN;
    case U_FINAL_PUNCTUATION:
        return NASHRA_SYMBOL_QUOTE_CLOSE;
    default:
        return NASHRA_SYMBOL_SILENT;
    }
}

static bool nothing_follows(const struct nashra_scan *scan, size_t at) {
    for (size_t i = at + 1; i < scan->count; i++) {
        if (scan->tokens[i].kind != NASHRA_TOKEN_SYMBOL)
            return false;
        const struct nashra_symbol *symbol = nashra_scan_symbol(scan, i);
        if (symbol == NULL || symbol->name != NULL)
            return false;
        if (i > at + LETTER)
            return true; /* a tail of signs is looked at no further */
    }
    return true;
}

/* 1517م.،: another mark follows. */
static bool mark_follows(const struct nashra_scan *scan, size_t at) {
    const struct nashra_symbol *next = nashra_scan_glued(scan, at + 1) ? nashra_scan_symbol(scan, at + 1) : NULL;
    return next != NULL && next->role >= NASHRA_SYMBOL_COMMA && next->role <= NASHRA_SYMBOL_COLON;
}

/* The stop of an initial (أ. سالم) ends nothing, that of an era (1517 م.) may. */
static bool ends_letter(const struct nashra_scan *scan, size_t at) {
    return at != 0 && !scan->tokens[at].space && scan->tokens[at - 1].kind == NASHRA_TOKEN_WORD &&
           scan->tokens[at - 1].length == LETTER && (!nashra_scan_is_era(scan, at - 1) || mark_follows(scan, at)) &&
           !nothing_follows(scan, at);
}

static void read_stop(struct nashra_writer *writer, const struct nashra_scan *scan, size_t at) {
    if (scan->tokens[at].repeat > 1 && !nothing_follows(scan, at))
        nashra_writer_pause(writer, NASHRA_PAUSE_COMMA, false);
    else if (!ends_letter(scan, at))
        nashra_writer_pause(writer, NASHRA_PAUSE_STOP, false);
}

/* A dash parts words only where it stands free on one side. */
static void read_dash(struct nashra_writer *writer, const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *next = nashra_scan_token(scan, at + 1);
    if (scan->tokens[at].space || next == NULL || next->space || scan->tokens[at].repeat > 1)
        nashra_writer_pause(writer, NASHRA_PAUSE_COMMA, true);
}

/* One sign opens and closes: what stands beside it tells which, else the last one does. */
static void read_quote(struct nashra_writer *writer, const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *next = nashra_scan_token(scan, at + 1);
    bool space_before = at == 0 || scan->tokens[at].space, space_after = next == NULL || next->space;
    bool opens = space_before != space_after ? space_before : !writer->inside_quote;
    writer->inside_quote = opens;
    if (opens)
        nashra_writer_open_quote(writer);
    else
        nashra_writer_close_quote(writer);
}

void nashra_read_punctuation(struct nashra_writer *writer, const struct nashra_scan *scan, size_t at) {
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at);
    if (nashra_scan_parts_eras(scan, at)) {
        nashra_writer_pause(writer, NASHRA_PAUSE_COMMA, true);
        return;
    }
    switch (symbol != NULL ? symbol->role : role_by_category(scan->tokens[at].cp)) {
    case NASHRA_SYMBOL_COMMA:
        nashra_writer_pause(writer, NASHRA_PAUSE_COMMA, false);
        break;
    case NASHRA_SYMBOL_SEMICOLON:
        nashra_writer_pause(writer, NASHRA_PAUSE_SEMICOLON, false);
        break;
    case NASHRA_SYMBOL_COLON:
        nashra_writer_pause(writer, NASHRA_PAUSE_COLON, false);
        break;
    case NASHRA_SYMBOL_STOP:
        read_stop(writer, scan, at);
        break;
    case NASHRA_SYMBOL_DOTS:
        nashra_writer_pause(writer, nothing_follows(scan, at) ? NASHRA_PAUSE_STOP : NASHRA_PAUSE_COMMA, false);
        break;
    case NASHRA_SYMBOL_QUESTION:
        nashra_writer_pause(writer, NASHRA_PAUSE_QUESTION, false);
        break;
    case NASHRA_SYMBOL_EXCLAMATION:
        nashra_writer_pause(writer, NASHRA_PAUSE_EXCLAMATION, false);
        break;
    case NASHRA_SYMBOL_DASH:
        read_dash(writer, scan, at);
        break;
    case NASHRA_SYMBOL_SLASH:
        if (scan->tokens[at].space && (nashra_scan_cues(scan, at + 1) & NASHRA_CUE_BIT(NASHRA_CUE_MONTH)) == 0)
            nashra_writer_pause(writer, NASHRA_PAUSE_COMMA, true);
        break;
    case NASHRA_SYMBOL_OPEN:
    case NASHRA_SYMBOL_CLOSE:
        nashra_writer_pause(writer, NASHRA_PAUSE_COMMA, true);
        break;
    case NASHRA_SYMBOL_QUOTE:
        read_quote(writer, scan, at);
        break;
    case NASHRA_SYMBOL_QUOTE_OPEN:
        nashra_writer_open_quote(writer);
        break;
    case NASHRA_SYMBOL_QUOTE_CLOSE:
        nashra_writer_close_quote(writer);
        break;
    default:
        break;
    }
}
