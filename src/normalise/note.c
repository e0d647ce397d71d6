/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "note.h"

enum { MOST_DIGITS = 3 };

static bool is_sign(const struct nashra_tokens *tokens, size_t at, unsigned cp) {
    const struct nashra_token *token = at < tokens->count ? &tokens->items[at] : NULL;
    return token != NULL && token->kind == NASHRA_TOKEN_SYMBOL && token->cp == cp && token->repeat == 1;
}

/* One past the mark that begins at `at`; `at` itself when there is none. What stands free before a word may be a count.
 */
static size_t end_of_note(const struct nashra_tokens *tokens, size_t at) {
    enum { LENGTH = 3 };
    if (at == 0 || !is_sign(tokens, at, '[') || !is_sign(tokens, at + 2, ']'))
        return at;
    const struct nashra_token *number = &tokens->items[at + 1];
    const struct nashra_token *next = at + LENGTH < tokens->count ? &tokens->items[at + LENGTH] : NULL;
    bool set_to = !tokens->items[at].space || next == NULL || next->kind == NASHRA_TOKEN_SYMBOL;
    bool note = number->kind == NASHRA_TOKEN_NUMBER && number->length <= MOST_DIGITS && number->prefix == NULL;
    return note && set_to ? at + LENGTH : at;
}

/* Gives the bytes up to `to` to the word or number that the mark is set to, and to what stands between them: the stop
 * in حلب.[3], the sign in 5%[3], which may be read with it. False when there is none. */
static bool give_to_host(struct nashra_tokens *tokens, size_t kept, size_t to) {
    enum { FARTHEST = 3 };
    size_t host = kept;
    for (size_t back = 1; back <= FARTHEST && back <= kept && host == kept; back++)
        if (tokens->items[kept - back].kind != NASHRA_TOKEN_SYMBOL)
            host = kept - back;
    for (size_t i = host; i < kept; i++)
        tokens->items[i].span.to = to;
    return host != kept;
}

void nashra_drop_notes(struct nashra_tokens *tokens) {
    size_t kept = 0;
    for (size_t at = 0; at < tokens->count;) {
        size_t end = end_of_note(tokens, at);
        if (end != at && give_to_host(tokens, kept, tokens->items[end - 1].span.to))
            at = end;
        else
            tokens->items[kept++] = tokens->items[at++];
    }
    tokens->count = kept;
}
