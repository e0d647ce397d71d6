/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unwrap.h"

#include <stdlib.h>
#include <string.h>

enum { LAST_YEAR = 2100 };

static bool is_symbol(const struct nashra_tokens *tokens, size_t at, unsigned cp) {
    const struct nashra_token *token = at < tokens->count ? &tokens->items[at] : NULL;
    return token != NULL && token->kind == NASHRA_TOKEN_SYMBOL && token->cp == cp && token->repeat == 1;
}

static bool is_number(const struct nashra_tokens *tokens, size_t at) {
    return at < tokens->count && tokens->items[at].kind == NASHRA_TOKEN_NUMBER && tokens->items[at].prefix == NULL;
}

/* One past the number that begins at `at`, with its groups and its fraction: 550,136; 2.5. */
static size_t end_of_number(const struct nashra_tokens *tokens, size_t at) {
    size_t end = at + 1;
    while ((is_symbol(tokens, end, ',') || is_symbol(tokens, end, '.') || is_symbol(tokens, end, 0x066B) ||
            is_symbol(tokens, end, 0x066C)) &&
           !tokens->items[end].space && is_number(tokens, end + 1) && !tokens->items[end + 1].space)
        end += 2;
    return end;
}

static size_t skip_era(const struct nashra_tokens *tokens, size_t at) {
    const struct nashra_token *token = at < tokens->count ? &tokens->items[at] : NULL;
    bool era = token != NULL && token->kind == NASHRA_TOKEN_WORD && token->lexeme != NULL &&
               nashra_abbreviation(token->lexeme, NASHRA_ABBREVIATES_AFTER_YEAR) != NULL;
    return era ? at + 1 : at;
}

/* Where the number, or two with a dash between them, that the sign at `at` opens is closed; 0 when it isn't. */
static size_t close_of(const struct nashra_tokens *tokens, size_t at) {
    unsigned open = tokens->items[at].cp, close = open == '(' ? ')' : open == '[' ? ']' : open == 0xAB ? 0xBB : open;
    if (!(open == '(' || open == '[' || open == '"' || open == 0xAB) || tokens->items[at].repeat != 1 ||
        !is_number(tokens, at + 1))
        return 0;
    size_t end = skip_era(tokens, end_of_number(tokens, at + 1));
    bool two = is_symbol(tokens, end, '-') || is_symbol(tokens, end, '/') || is_symbol(tokens, end, '=');
    if (open == '(' && two && is_number(tokens, end + 1))
        end = skip_era(tokens, end + 2);
    return is_symbol(tokens, end, close) ? end : 0;
}

/* المادة (58), عام (1931-1934), سنة (220 ه/834 م), الفترة من (1967-1970) */
static bool belongs_to_left(const struct nashra_tokens *tokens, size_t at, size_t end) {
    const struct nashra_lexeme *lexeme = at != 0 ? tokens->items[at - 1].lexeme : NULL;
    if (lexeme == NULL || tokens->items[at].cp != '(')
        return false;
    if (strcmp(tokens->items[at - 1].text, "من") == 0 && is_symbol(tokens, end_of_number(tokens, at + 1), '-'))
        return true;
    bool year = (lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_YEAR)) != 0;
    return year || (lexeme->label != NULL && end_of_number(tokens, at + 1) == end);
}

/* ة, ء and ى hide the accusative. */
static bool ends_openly(const struct nashra_token *word) {
    enum { LETTER = 2 };
    const char *last = word->text + word->length - LETTER;
    return strcmp(last, "ة") == 0 || strcmp(last, "ء") == 0 || strcmp(last, "ى") == 0;
}

/* Has the noun the form that the number asks for: (8) وحدات, (15) شخصا, (550,136) حالة? */
static bool is_counted(const struct nashra_token *last, const struct nashra_token *next,
                       const struct nashra_noun_match *noun) {
    enum { PAIR = 2 };
    const char *digits = last->text + (last->length > PAIR ? last->length - PAIR : 0);
    long value = strtol(digits, NULL, 10);
    bool few = value >= 3 && value <= 10;
    bool like_year = last->length == 2 * PAIR && strtol(last->text, NULL, 10) <= LAST_YEAR;
    bool accusative = value > 10 && like_year; /* إخراج behind 2015 isn't counted by it, سلة is */
    if (accusative && !noun->accusative_alif && !ends_openly(next))
        return false;
    bool one_or_two = value >= 1 && value <= 2;
    if (!noun->noun.known || noun->article || one_or_two)
        return false;
    return few ? noun->number == NASHRA_PLURAL : noun->number == NASHRA_SINGULAR;
}

/* سجلت الوزارة (1215) حالة, أكثر من (2000) متطوع: what governs the number, or a verb and its subject, stands before it.
 */
static bool is_governed(const struct nashra_tokens *tokens, size_t at) {
    for (size_t back = 1; back <= 2 && back <= at; back++) {
        const struct nashra_token *token = &tokens->items[at - back];
        enum nashra_governor governor = token->lexeme != NULL ? (enum nashra_governor)token->lexeme->governor : 0;
        bool verb = governor == NASHRA_GOVERNS_MEASURE ||
                    (governor >= NASHRA_GOVERNS_PASSIVE && governor <= NASHRA_GOVERNS_TRANSITIVE);
        bool noun = governor == NASHRA_GOVERNS_NOUN || governor == NASHRA_GOVERNS_PREPOSITION;
        if (token->kind != NASHRA_TOKEN_WORD)
            return false;
        if ((token->proclitics & NASHRA_PROCLITIC_ARTICLE) != 0)
            continue;
        if (verb || (noun && back == 1 && strcmp(token->text, "في") != 0))
            return true;
    }
    return false;
}

/* (8) وحدات, (550,136) حالة: a number that a noun follows. Behind a number the bracket says something else again. */
static int belongs_to_right(const struct nashra_numbers *numbers, struct nashra_arena *arena,
                            const struct nashra_tokens *tokens, size_t at, size_t end) {
    enum { YEAR_DIGITS = 4 };
    const struct nashra_token *last = &tokens->items[end - 1], *next = &tokens->items[end + 1];
    struct nashra_noun_match match;
    bool one = end_of_number(tokens, at + 1) == end;
    bool year = end == at + 2 && last->length == YEAR_DIGITS && strtol(last->text, NULL, 10) <= LAST_YEAR &&
                !is_governed(tokens, at); /* (2015) إخراج */
    bool quoted = tokens->items[at].cp != '(' && last->length > 2;
    if (!one || year || quoted || end + 1 >= tokens->count || next->kind != NASHRA_TOKEN_WORD || next->prefix != NULL ||
        (at != 0 && tokens->items[at].cp == '(' && tokens->items[at - 1].kind == NASHRA_TOKEN_NUMBER))
        return 0;
    int status = nashra_noun_find(numbers, arena, next->text, next->length, &match);
    return status < 0 ? status : match.scale || is_counted(last, next, &match);
}

/* The signs go, their bytes are the number's. */
static void unwrap(struct nashra_tokens *tokens, size_t at, size_t end, size_t *kept) {
    tokens->items[at + 1].span.from = tokens->items[at].span.from;
    tokens->items[at + 1].space = true;
    tokens->items[end - 1].span.to = tokens->items[end].span.to;
    for (size_t i = at + 1; i < end; i++)
        tokens->items[(*kept)++] = tokens->items[i];
}

/* 1385ء1569: the key beside the dash. */
static void mend_dash(struct nashra_tokens *tokens, size_t at) {
    enum { YEAR_DIGITS = 4 };
    struct nashra_token *token = &tokens->items[at];
    bool between = at != 0 && at + 1 < tokens->count && tokens->items[at - 1].kind == NASHRA_TOKEN_NUMBER &&
                   tokens->items[at + 1].kind == NASHRA_TOKEN_NUMBER;
    if (!between || token->kind != NASHRA_TOKEN_WORD || strcmp(token->text, "ء") != 0 || token->space)
        return;
    if (tokens->items[at - 1].length != YEAR_DIGITS || tokens->items[at + 1].length != YEAR_DIGITS)
        return;
    tokens->items[at - 1].span.to = token->span.to; /* the letter is accounted for, whatever becomes of the dash */
    token->kind = NASHRA_TOKEN_SYMBOL;
    token->cp = '-';
    token->repeat = 1;
    token->text = "-";
    token->length = 1;
}

int nashra_unwrap_numbers(const struct nashra_numbers *numbers, struct nashra_arena *arena,
                          struct nashra_tokens *tokens) {
    size_t kept = 0;
    for (size_t at = 0; at < tokens->count;) {
        mend_dash(tokens, at);
        size_t end = tokens->items[at].kind == NASHRA_TOKEN_SYMBOL ? close_of(tokens, at) : 0;
        int belongs = end != 0 && belongs_to_left(tokens, at, end);
        if (end != 0 && belongs == 0)
            belongs = belongs_to_right(numbers, arena, tokens, at, end);
        if (belongs < 0)
            return belongs;
        if (belongs != 0) {
            unwrap(tokens, at, end, &kept);
            at = end + 1;
        } else {
            tokens->items[kept++] = tokens->items[at++];
        }
    }
    tokens->count = kept;
    return 0;
}
