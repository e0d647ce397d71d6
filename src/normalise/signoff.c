/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "signoff.h"

enum { LETTER = 2, LONGEST_PART = 3 * LETTER, MOST_TOKENS = 16 };

static bool is_sign(const struct nashra_token *token, unsigned cp) {
    return token->kind == NASHRA_TOKEN_SYMBOL && token->cp == cp && token->repeat == 1;
}

static bool is_slash(const struct nashra_tokens *tokens, size_t at) {
    return is_sign(&tokens->items[at], '/') && !tokens->items[at].space && at + 1 < tokens->count &&
           !tokens->items[at + 1].space;
}

static bool may_be_part(const struct nashra_token *token) {
    bool governs = token->lexeme != NULL && token->lexeme->governor != NASHRA_GOVERNS_NOTHING;
    return token->kind == NASHRA_TOKEN_WORD && token->prefix == NULL && token->marked == NULL &&
           token->length <= LONGEST_PART && !(governs && token->length > LETTER);
}

static bool ends_sentence(const struct nashra_token *token) {
    return token->kind == NASHRA_TOKEN_SYMBOL && (token->cp == '.' || token->cp == '!' || token->cp == 0x061F ||
                                                  token->cp == '"' || token->cp == 0xBB || token->cp == 0x2026);
}

/* Where the row of letters, slashes and stops that ends before `end` begins. */
static size_t begin_of(const struct nashra_tokens *tokens, size_t end, size_t *slashes) {
    size_t at = end;
    *slashes = 0;
    while (at > 0 && end - at < MOST_TOKENS) {
        const struct nashra_token *token = &tokens->items[at - 1];
        bool slash = is_slash(tokens, at - 1), stop = is_sign(token, '.') && !token->space;
        if (!slash && !stop && !may_be_part(token))
            break;
        *slashes += slash;
        at--;
    }
    while (at < end && tokens->items[at].kind != NASHRA_TOKEN_WORD)
        at++; /* the stop of the sentence before */
    return at;
}

/* Single letters, or short words; two of them might be a pair of nouns: أب/أم. */
static int are_initials(const struct nashra_numbers *numbers, struct nashra_arena *arena,
                        const struct nashra_tokens *tokens, size_t from, size_t end, size_t slashes) {
    for (size_t i = from; i < end; i++) {
        const struct nashra_token *token = &tokens->items[i];
        struct nashra_noun_match match = {0};
        if (token->kind != NASHRA_TOKEN_WORD || token->length <= LETTER)
            continue;
        bool alone = (i == from || is_slash(tokens, i - 1)) && (i + 1 == end || is_slash(tokens, i + 1));
        int status = slashes == 1 ? nashra_noun_find(numbers, arena, token->text, token->length, &match) : 0;
        if (status < 0 || !alone || match.noun.known)
            return status;
    }
    return 1;
}

int nashra_drop_sign_off(const struct nashra_numbers *numbers, struct nashra_arena *arena, struct nashra_tokens *tokens,
                         struct nashra_span *unread) {
    size_t end = tokens->count, slashes;
    while (end > 0 && is_sign(&tokens->items[end - 1], '.'))
        end--;
    bool bracket = end > 0 && is_sign(&tokens->items[end - 1], ')');
    size_t from = begin_of(tokens, end - bracket, &slashes);
    if (slashes == 0 || from == end - bracket)
        return 0;
    size_t first = from - (bracket && from > 0);
    if ((bracket && !is_sign(&tokens->items[first], '(')) || (first > 0 && !ends_sentence(&tokens->items[first - 1])))
        return 0;
    int initials = are_initials(numbers, arena, tokens, from, end - bracket, slashes);
    if (initials <= 0)
        return initials;
    *unread = (struct nashra_span){tokens->items[first].span.from, tokens->items[tokens->count - 1].span.to};
    tokens->count = first;
    return 0;
}
