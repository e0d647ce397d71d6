/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signs and emoji by their names. What is only a pause or a quotation mark is not read (pause.c). */
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
    reading->text = symbol != NULL ? symbol->name
                                   : nashra_lexis_saying(scan->lexis, emoji ? NASHRA_SAY_EMOJI : NASHRA_SAY_SYMBOL);
    return 1;
}

int nashra_speak_symbol(struct nashra_scan *scan, const struct nashra_reading *reading) {
    return nashra_scan_words(scan, reading->text);
}
