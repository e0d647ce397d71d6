/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan.h"

#include <string.h>

#include <nashra/utf8.h>

const struct nashra_token *nashra_scan_token(const struct nashra_scan *scan, size_t at) {
    return at < scan->count ? &scan->tokens[at] : NULL;
}

bool nashra_scan_is_symbol(const struct nashra_scan *scan, size_t at, unsigned cp) {
    const struct nashra_token *token = nashra_scan_token(scan, at);
    return token != NULL && token->kind == NASHRA_TOKEN_SYMBOL && token->cp == cp && token->repeat == 1;
}

bool nashra_scan_is_word(const struct nashra_scan *scan, size_t at, const char *word) {
    const struct nashra_token *token = nashra_scan_token(scan, at);
    return token != NULL && token->kind == NASHRA_TOKEN_WORD && strcmp(token->text, word) == 0;
}

bool nashra_scan_is_number(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = nashra_scan_token(scan, at);
    return token != NULL && token->kind == NASHRA_TOKEN_NUMBER;
}

bool nashra_scan_is_percent(const struct nashra_scan *scan, size_t at) {
    enum { ARABIC_PERCENT = 0x066A, SMALL_PERCENT = 0xFE6A };
    return nashra_scan_is_symbol(scan, at, '%') || nashra_scan_is_symbol(scan, at, ARABIC_PERCENT) ||
           nashra_scan_is_symbol(scan, at, SMALL_PERCENT);
}

bool nashra_scan_is_dash(const struct nashra_scan *scan, size_t at) {
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at);
    return symbol != NULL && symbol->role == NASHRA_SYMBOL_DASH && scan->tokens[at].repeat == 1 &&
           scan->tokens[at].prefix == NULL; /* و-2% is a minus */
}

bool nashra_scan_glued(const struct nashra_scan *scan, size_t at) {
    return at < scan->count && at != 0 && !scan->tokens[at].space;
}

const struct nashra_symbol *nashra_scan_symbol(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = nashra_scan_token(scan, at);
    if (token == NULL || token->kind != NASHRA_TOKEN_SYMBOL)
        return NULL;
    return nashra_lexis_symbol(scan->lexis, token->text, token->length);
}

uint64_t nashra_scan_cues(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = nashra_scan_token(scan, at);
    return token != NULL && token->lexeme != NULL ? token->lexeme->cues : 0;
}

bool nashra_scan_is_edge(const struct nashra_scan *scan, size_t at) {
    if (at >= scan->count)
        return true;
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at);
    return symbol != NULL && (symbol->role >= NASHRA_SYMBOL_COMMA && symbol->role <= NASHRA_SYMBOL_CLOSE);
}

const char *nashra_scan_joined(const struct nashra_scan *scan, size_t at, size_t most, size_t *end) {
    size_t length = 0, last = at;
    do
        length += scan->tokens[last++].length;
    while (last < scan->count && last - at < most && !scan->tokens[last].space);
    char *text = nashra_arena_alloc(scan->arena, length + 1);
    if (text == NULL)
        return NULL;
    length = 0;
    for (size_t i = at; i < last; i++) {
        memcpy(text + length, scan->tokens[i].text, scan->tokens[i].length);
        length += scan->tokens[i].length;
    }
    *end = last;
    return text;
}

/* "كانون الثاني": the second word may itself carry nothing but the article. */
static const struct nashra_month *two_words(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *a = &scan->tokens[at], *b = nashra_scan_token(scan, at + 1);
    char key[64];
    size_t stem = a->length - a->stem;
    if (b == NULL || b->kind != NASHRA_TOKEN_WORD || stem + 1 + b->length >= sizeof key)
        return NULL;
    memcpy(key, a->text + a->stem, stem);
    key[stem] = ' ';
    memcpy(key + stem + 1, b->text, b->length);
    const struct nashra_lexeme *lexeme = nashra_lexis_word(scan->lexis, key, stem + 1 + b->length);
    return lexeme != NULL ? lexeme->month : NULL;
}

const struct nashra_month *nashra_scan_month(const struct nashra_scan *scan, size_t at, size_t *last) {
    const struct nashra_token *token = nashra_scan_token(scan, at);
    if (token == NULL || token->lexeme == NULL)
        return NULL;
    const struct nashra_month *month = token->lexeme->phrase_start ? two_words(scan, at) : NULL;
    *last = at + 2;
    if (month == NULL) {
        month = token->lexeme->month;
        *last = at + 1;
    }
    return month;
}

static void cut(struct nashra_scan *scan, struct nashra_cut where) {
    if (scan->cut_count < NASHRA_MAX_CUTS)
        scan->cuts[scan->cut_count++] = where;
}

void nashra_scan_cut(struct nashra_scan *scan, size_t token, enum nashra_pause pause) {
    cut(scan, (struct nashra_cut){.word = scan->phrase.count, .token = token, .pause = pause});
}

void nashra_scan_cut_source(struct nashra_scan *scan, size_t token) {
    cut(scan, (struct nashra_cut){.word = scan->phrase.count, .token = token, .source = true});
}

int nashra_scan_say(struct nashra_scan *scan, enum nashra_saying saying) {
    return nashra_scan_words(scan, nashra_lexis_saying(scan->lexis, saying));
}

int nashra_scan_words(struct nashra_scan *scan, const char *marked) {
    enum { ARTICLE = 4 };
    size_t first = scan->phrase.count;
    int status = nashra_phrase_words(&scan->phrase, marked);
    for (size_t i = first; i < scan->phrase.count && status == 0; i++)
        if (strncmp(scan->phrase.words[i].bare, "ال", ARTICLE) == 0 && strlen(scan->phrase.words[i].bare) > 2 * ARTICLE)
            scan->phrase.words[i].flags |= NASHRA_SPOKEN_ARTICLE; /* so that clitics know it */
    return status;
}

int nashra_scan_source(struct nashra_scan *scan, size_t token) {
    const struct nashra_token *source = &scan->tokens[token];
    return nashra_phrase_word(&scan->phrase, source->marked != NULL ? source->marked : source->text);
}

int nashra_scan_spell(struct nashra_scan *scan, const char *text, size_t length) {
    for (size_t at = 0, n; at < length; at += n) {
        unsigned cp;
        char letter[4];
        n = nashra_utf8_decode(text + at, length - at, &cp);
        if (cp >= 'a' && cp <= 'z')
            cp -= 'a' - 'A';
        const char *name = nashra_lexis_letter(scan->lexis, letter, nashra_utf8_encode(cp, letter));
        int status = name != NULL ? nashra_scan_words(scan, name) : nashra_scan_say(scan, NASHRA_SAY_SYMBOL);
        if (status < 0)
            return status;
    }
    scan->spelt = true;
    return 0;
}

bool nashra_scan_is_era(const struct nashra_scan *scan, size_t at) {
    const struct nashra_lexeme *lexeme = scan->tokens[at].lexeme;
    return at != 0 && scan->tokens[at - 1].kind == NASHRA_TOKEN_NUMBER && lexeme != NULL &&
           nashra_abbreviation(lexeme, NASHRA_ABBREVIATES_AFTER_YEAR) != NULL;
}

bool nashra_scan_parts_eras(const struct nashra_scan *scan, size_t at) {
    bool sign =
        nashra_scan_is_symbol(scan, at, '/') || nashra_scan_is_symbol(scan, at, '=') || nashra_scan_is_dash(scan, at);
    return sign && at > 1 && nashra_scan_is_era(scan, at - 1) && nashra_scan_is_number(scan, at + 1);
}
