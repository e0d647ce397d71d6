/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Abbreviations of several letters, with or without stops and spaces (ق.م, ق. م., أ ف ب), become one token each. */
#include <string.h>

#include "token/abbreviations.h"

enum { MAX_PARTS = 6, MAX_PART = 8, MAX_KEY = MAX_PARTS * (MAX_PART + 1) };

static bool is_part(const struct nashra_token *token) {
    return token->kind == NASHRA_TOKEN_WORD && token->length <= MAX_PART && token->marked == NULL;
}

static bool is_stop(const struct nashra_token *token) {
    return token->kind == NASHRA_TOKEN_SYMBOL && token->cp == '.' && token->repeat == 1 && !token->space;
}

/* Only single letters can do without a stop. */
static bool may_begin(const struct nashra_tokens *tokens, size_t at) {
    enum { LETTER = 2 };
    const struct nashra_token *token = &tokens->items[at];
    return is_part(token) && at + 1 < tokens->count && (token->length == LETTER || is_stop(token + 1));
}

struct match {
    const struct nashra_lexeme *lexeme;
    size_t end;
    size_t length;
    char key[MAX_KEY];
};

static bool is_abbreviation(const struct nashra_lexeme *lexeme) {
    return lexeme != NULL && (lexeme->abbreviation != NULL || lexeme->acronym != NULL);
}

/* The longest listed key that begins at `at`; letters that only spaces part must be single ones. */
static struct match find(const struct nashra_lexis *lexis, const struct nashra_tokens *tokens, size_t at) {
    struct match best = {0};
    char key[MAX_KEY];
    size_t length = 0;
    bool spaced = false, single = true;
    for (size_t part = 0, i = at; part < MAX_PARTS && i < tokens->count && is_part(&tokens->items[i]); part++) {
        bool stop = i + 1 < tokens->count && is_stop(&tokens->items[i + 1]);
        spaced = spaced || (part != 0 && !is_stop(&tokens->items[i - 1]));
        single = single && tokens->items[i].length == 2;
        if (part != 0)
            key[length++] = '.';
        memcpy(key + length, tokens->items[i].text, tokens->items[i].length);
        length += tokens->items[i].length;
        i += stop ? 2 : 1;
        if (spaced && !single)
            break;
        const struct nashra_lexeme *lexeme = part != 0 ? nashra_lexis_word(lexis, key, length) : NULL;
        if (is_abbreviation(lexeme)) {
            best = (struct match){.lexeme = lexeme, .end = i, .length = length};
            memcpy(best.key, key, length);
        }
        if (!stop && !(i < tokens->count && tokens->items[i].space))
            break;
    }
    return best;
}

/* The last stop belongs to the abbreviation, and ends the sentence only where nothing follows. */
static int merge(struct nashra_arena *arena, const struct nashra_tokens *tokens, const struct match *match,
                 struct nashra_token *token) {
    size_t end = match->end;
    if (is_stop(&tokens->items[end - 1]) && end == tokens->count)
        end--;
    token->text = nashra_arena_copy(arena, match->key, match->length);
    token->length = match->length;
    token->lexeme = match->lexeme;
    token->stem = 0;
    if (token->prefix == NULL)
        token->proclitics = 0;
    token->span.to = tokens->items[end - 1].span.to;
    return token->text != NULL ? 0 : NASHRA_ENOMEM;
}

/* ود. سالم: the conjunction in one with a title of one letter. */
static void part_conjunction(const struct nashra_lexis *lexis, const struct nashra_tokens *tokens, size_t at) {
    enum { LETTER = 2 };
    struct nashra_token *token = &tokens->items[at];
    if (token->kind != NASHRA_TOKEN_WORD || token->length != 2 * LETTER || token->marked != NULL ||
        token->prefix != NULL || memcmp(token->text, "و", LETTER) != 0 || at + 2 >= tokens->count ||
        !is_stop(token + 1) || token[2].kind != NASHRA_TOKEN_WORD)
        return;
    const struct nashra_lexeme *title = nashra_lexis_word(lexis, token->text + LETTER, LETTER);
    if (nashra_abbreviation(title, NASHRA_ABBREVIATES_BEFORE_NAME) == NULL)
        return;
    token->text += LETTER;
    token->length = LETTER;
    token->lexeme = title;
    token->prefix = "و";
    token->proclitics = NASHRA_PROCLITIC_AND;
    token->stem = 0;
}

int nashra_tokens_join_abbreviations(const struct nashra_lexis *lexis, struct nashra_arena *arena,
                                     struct nashra_tokens *tokens) {
    size_t kept = 0;
    for (size_t at = 0; at < tokens->count;) {
        part_conjunction(lexis, tokens, at);
        struct match match = may_begin(tokens, at) ? find(lexis, tokens, at) : (struct match){0};
        struct nashra_token token = tokens->items[at];
        size_t end = at + 1;
        if (match.lexeme != NULL) {
            int status = merge(arena, tokens, &match, &token);
            if (status < 0)
                return status;
            end = match.end - (match.end == tokens->count && is_stop(&tokens->items[match.end - 1]));
        }
        tokens->items[kept++] = token;
        at = end;
    }
    tokens->count = kept;
    return 0;
}
