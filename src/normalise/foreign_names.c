/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "foreign_names.h"

#include <string.h>

enum { LETTER = 2 };

/* مخصصات, مسيرة: an ending that names of families don't have. */
static bool ends_like_noun(const struct nashra_token *token) {
    static const char *const endings[] = {"ات", "ة"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t n = strlen(endings[i]);
        if (token->length > n && strcmp(token->text + token->length - n, endings[i]) == 0)
            return true;
    }
    return false;
}

/* A word of names: no table has it. 0 also for what isn't a word; negative: no memory. */
static int is_unknown(const struct nashra_numbers *numbers, struct nashra_arena *arena,
                      const struct nashra_tokens *tokens, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = at < tokens->count ? &tokens->items[at] : NULL;
    unsigned bits = 0;
    if (token == NULL || token->kind != NASHRA_TOKEN_WORD || token->length <= LETTER || token->lexeme != NULL ||
        ends_like_noun(token) || nashra_article_end(token->text, token->length, &bits) != 0)
        return 0;
    size_t stem = token->length - nashra_pronoun_of(token->text, token->length);
    int status = nashra_noun_find(numbers, arena, token->text, stem, &match);
    return status < 0 ? status : !match.noun.known;
}

/* فان تعذر الأمر: what begins as an imperfect or a derived perfect does may be a verb. */
static bool may_be_verb(const struct nashra_token *token) {
    static const char *const begins[] = {"ت", "ي", "ن", "ا", "أ"};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (strncmp(token->text, begins[i], LETTER) == 0)
            return true;
    return false;
}

/* The car, or a name: فان at a clause's end, before a part of names (فان دير), before a word that no table knows. */
static int is_name(const struct nashra_numbers *numbers, struct nashra_arena *arena, const struct nashra_tokens *tokens,
                   size_t at) {
    const struct nashra_token *next = at + 1 < tokens->count ? &tokens->items[at + 1] : NULL;
    if (next == NULL || next->kind == NASHRA_TOKEN_SYMBOL)
        return 1;
    if (next->lexeme != NULL && next->stem == 0 && (next->lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_NAME)) != 0)
        return 1;
    int unknown = is_unknown(numbers, arena, tokens, at + 1);
    if (unknown <= 0 || !may_be_verb(next))
        return unknown;
    return at != 0 ? is_unknown(numbers, arena, tokens, at - 1) : 0;
}

int nashra_keep_foreign_names(const struct nashra_numbers *numbers, struct nashra_arena *arena,
                              struct nashra_tokens *tokens) {
    for (size_t i = 0; i < tokens->count; i++) {
        struct nashra_token *token = &tokens->items[i];
        if (!token->respelt || token->marked != NULL || strcmp(token->text, "فإن") != 0)
            continue;
        int name = is_name(numbers, arena, tokens, i);
        if (name < 0)
            return name;
        if (name) {
            token->text = "فان";
            token->lexeme = NULL;
            token->respelt = false;
            token->name = true;
        }
    }
    return 0;
}
