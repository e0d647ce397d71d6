/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Proclitics: و ف, then ب ك ل, then the article. */
#include <string.h>

#include <unicode/uchar.h>

#include <nashra/utf8.h>

#include "token/spelling.h"

enum {
    LETTER = 2 /* bytes of an Arabic letter in UTF-8 */,
    SHORTEST_STEM = 2 * LETTER,
    LONGEST_PREFIX = 2 * LETTER,
    WAW = 0x0648
};

static bool starts(const char *word, size_t length, const char *prefix) {
    size_t n = strlen(prefix);
    return length >= n && memcmp(word, prefix, n) == 0;
}

static bool look_up_stem(const struct nashra_lexis *lexis, struct nashra_token *token, size_t stem, unsigned bits) {
    if (stem == 0 || token->length < stem + SHORTEST_STEM)
        return false;
    const struct nashra_lexeme *lexeme = nashra_lexis_word(lexis, token->text + stem, token->length - stem);
    if (lexeme == NULL)
        return false;
    token->lexeme = lexeme;
    token->stem = stem;
    token->proclitics = bits;
    return true;
}

/* The future's س stands before an imperfect only. */
static size_t future(const char *word, size_t length) {
    bool imperfect = starts(word, length, "سي") || starts(word, length, "ست") || starts(word, length, "سن");
    return imperfect ? LETTER : 0;
}

static void look_up_word(const struct nashra_lexis *lexis, struct nashra_token *token) {
    const char *word = token->text;
    size_t length = token->length;
    unsigned bits = 0;
    token->lexeme = nashra_lexis_word(lexis, word, length);
    token->stem = 0;
    token->proclitics = 0;
    if (token->lexeme != NULL)
        return;
    size_t at = nashra_conjunction_of(word, length, &bits);
    if (look_up_stem(lexis, token, at, bits))
        return;
    if (look_up_stem(lexis, token, at + future(word + at, length - at), bits) && future(word + at, length - at) != 0)
        return;
    bool lam = starts(word + at, length - at, "ل");
    size_t after = at + nashra_preposition_of(word + at, length - at, &bits);
    if (after != at && look_up_stem(lexis, token, after, bits))
        return;
    unsigned with_article = bits;
    size_t stem = after + nashra_bare_article_of(word + after, length - after, lam && after != at, &with_article);
    if (stem != after)
        look_up_stem(lexis, token, stem, with_article);
}

static bool has_number(const struct nashra_tokens *tokens) {
    for (size_t i = 0; i < tokens->count; i++)
        if (tokens->items[i].kind == NASHRA_TOKEN_NUMBER)
            return true;
    return false;
}

int nashra_tokens_look_up(const struct nashra_lexis *lexis, struct nashra_arena *arena, struct nashra_tokens *tokens) {
    bool numbers = has_number(tokens);
    for (size_t i = 0; i < tokens->count; i++) {
        struct nashra_token *token = &tokens->items[i];
        if (token->kind != NASHRA_TOKEN_WORD)
            continue;
        if (nashra_token_respell(lexis, arena, token) < 0)
            return NASHRA_ENOMEM;
        look_up_word(lexis, token);
        token->verb = numbers ? nashra_verbs_find(lexis, token->text, token->length, &token->verb_joined) : NULL;
    }
    return 0;
}

static bool is_opening_quote(const struct nashra_lexis *lexis, const struct nashra_token *token) {
    if (token->kind != NASHRA_TOKEN_SYMBOL)
        return false;
    const struct nashra_symbol *symbol = nashra_lexis_symbol(lexis, token->text, token->length);
    return symbol != NULL && (symbol->role == NASHRA_SYMBOL_QUOTE || symbol->role == NASHRA_SYMBOL_QUOTE_OPEN);
}

static bool is_spoken(const struct nashra_lexis *lexis, const struct nashra_token *token) {
    if (token->kind != NASHRA_TOKEN_SYMBOL)
        return true;
    const struct nashra_symbol *symbol = nashra_lexis_symbol(lexis, token->text, token->length);
    if (symbol == NULL && token->repeat == 1)
        return u_charType((UChar32)token->cp) == U_OTHER_SYMBOL || u_charType((UChar32)token->cp) == U_MATH_SYMBOL;
    return symbol != NULL && token->repeat == 1 &&
           (symbol->role == NASHRA_SYMBOL_NAMED || symbol->role == NASHRA_SYMBOL_EMOJI);
}

/* ولاية, وزير: words that a table knows with their و. */
static bool is_whole(const struct nashra_token *token) {
    return token->lexeme != NULL && token->stem == 0;
}

static bool is_single_letter(const struct nashra_token *token) {
    return token->kind == NASHRA_TOKEN_WORD && token->length == LETTER;
}

/* A letter alone is a clitic when a tatweel or a quotation shows it, before digits, and else when it is و or a
 * preposition that no letter name (فيتامين ب) and no row of letters (أ ب ت) explains. */
static bool stands_as_clitic(const struct nashra_tokens *tokens, const struct nashra_token *before, size_t at,
                             size_t next) {
    const struct nashra_token *token = &tokens->items[at];
    if (token->prefix != NULL && strlen(token->prefix) >= LONGEST_PREFIX)
        return false; /* a row of single letters is none */
    if (token->kind != NASHRA_TOKEN_WORD || nashra_proclitics_of(token->text, token->length) == 0)
        return false;
    if (token->stretched || next > at + 1 || !tokens->items[next].space)
        return true;
    bool number = tokens->items[next].kind == NASHRA_TOKEN_NUMBER;
    if (before != NULL && before->cp == '.' && !token->space && is_single_letter(token))
        return false; /* ق.ب إلى */
    if (before != NULL && is_single_letter(before) && !(number && starts(token->text, token->length, "و")))
        return false; /* 1389 ه و 1402 ه is no row of letters */
    if (starts(tokens->items[next].text, tokens->items[next].length, "و") && tokens->items[next].length > LETTER &&
        !starts(token->text, token->length, "و") && !is_whole(&tokens->items[next]))
        return false; /* يا ب وتوحيدة: no preposition governs a conjunction */
    uint64_t cues = before != NULL && before->lexeme != NULL ? before->lexeme->cues : 0;
    if ((cues & NASHRA_CUE_BIT(NASHRA_CUE_LETTER)) != 0 && !starts(token->text, token->length, "و"))
        return false;
    return number || is_single_letter(token);
}

static const char *skip_letter(const char *word) {
    unsigned cp;
    word += nashra_utf8_decode(word, strlen(word), &cp);
    for (size_t n; *word != '\0'; word += n) {
        n = nashra_utf8_decode(word, strlen(word), &cp);
        if (!nashra_is_arabic_mark(cp))
            break;
    }
    return word;
}

/* ل before the article swallows its alif, and the article's own lam before another lam (اللغة → للغة). */
static const char *after_lam(const char *word, const char *bare) {
    if (!starts(bare, strlen(bare), "ال"))
        return word;
    word = skip_letter(word);
    return starts(bare, strlen(bare), "الل") ? skip_letter(word) : word;
}

static char *concatenate(struct nashra_arena *arena, const char *a, const char *b) {
    size_t first = strlen(a), second = strlen(b);
    char *joined = nashra_arena_alloc(arena, first + second + 1);
    if (joined == NULL)
        return NULL;
    memcpy(joined, a, first);
    memcpy(joined + first, b, second);
    return joined;
}

static int join_word(struct nashra_arena *arena, const struct nashra_token *clitic, struct nashra_token *word) {
    bool lam = clitic->length >= LETTER && memcmp(clitic->text + clitic->length - LETTER, "ل", LETTER) == 0 &&
               (nashra_proclitics_of(clitic->text, clitic->length) & NASHRA_PROCLITIC_ARTICLE) == 0;
    const char *bare = lam ? after_lam(word->text, word->text) : word->text;
    if (word->marked != NULL || clitic->marked != NULL) {
        const char *rest = word->marked != NULL ? word->marked : word->text;
        rest = lam ? after_lam(rest, word->text) : rest;
        word->marked = concatenate(arena, clitic->marked != NULL ? clitic->marked : clitic->text, rest);
        if (word->marked == NULL)
            return NASHRA_ENOMEM;
    }
    word->text = concatenate(arena, clitic->text, bare);
    if (word->text == NULL)
        return NASHRA_ENOMEM;
    word->length = strlen(word->text);
    if (word->marked != NULL && strlen(word->marked) == word->length)
        word->marked = NULL; /* the only mark stood on the article's alif */
    return 0;
}

int nashra_token_take_prefix(struct nashra_arena *arena, struct nashra_token *token) {
    if (token->prefix == NULL)
        return 0;
    token->text = concatenate(arena, token->prefix, token->text);
    if (token->marked != NULL) {
        token->marked = concatenate(arena, token->prefix, token->marked);
        if (token->marked == NULL)
            return NASHRA_ENOMEM;
    }
    if (token->text == NULL)
        return NASHRA_ENOMEM;
    token->length = strlen(token->text);
    token->prefix = NULL;
    return 0;
}

static int join(const struct nashra_lexis *lexis, struct nashra_arena *arena, struct nashra_token *clitic,
                struct nashra_token *next, bool quoted) {
    int status = 0;
    if (nashra_token_take_prefix(arena, clitic) < 0) /* و ب … */
        return NASHRA_ENOMEM;
    if (next->kind == NASHRA_TOKEN_WORD && strchr(next->text, '.') == NULL && !is_single_letter(next)) {
        status = join_word(arena, clitic, next);
        if (status == 0)
            status = nashra_token_respell(lexis, arena, next);
        look_up_word(lexis, next);
    } else {
        next->prefix = next->prefix != NULL ? concatenate(arena, clitic->text, next->prefix) : clitic->text;
        next->proclitics |= nashra_proclitics_of(clitic->text, clitic->length);
        status = next->prefix != NULL ? 0 : NASHRA_ENOMEM;
    }
    next->span.from = clitic->span.from;
    next->space = clitic->space;
    next->narrow = clitic->narrow;
    next->quoted = next->quoted || quoted;
    return status;
}

/* بـ(20) دولارا, ب(4-3): where the bracket closes; 0 when there is none. */
static size_t close_of_bracket(const struct nashra_tokens *tokens, size_t at) {
    size_t end = at + 2;
    if (end >= tokens->count || tokens->items[at].cp != '(' ||
        (tokens->items[at].space && tokens->items[at - 1].cp != WAW) ||
        tokens->items[at + 1].kind != NASHRA_TOKEN_NUMBER)
        return 0;
    if (tokens->items[end].cp == '-' && end + 2 < tokens->count && tokens->items[end + 1].kind == NASHRA_TOKEN_NUMBER)
        end += 2;
    return tokens->items[end].cp == ')' ? end : 0;
}

/* ب("دوق الكروات") */
static bool is_quoted_in_bracket(const struct nashra_lexis *lexis, const struct nashra_tokens *tokens, size_t at) {
    const struct nashra_token *next = tokens->items + at + 1;
    return at + 3 < tokens->count && is_single_letter(&tokens->items[at]) && next[0].cp == '(' && !next[0].space &&
           is_opening_quote(lexis, &next[1]) && !next[1].space && next[2].kind == NASHRA_TOKEN_WORD && !next[2].space;
}

/* The token that a clitic at `at` would join, across a quotation mark that opens; `count` when there is none. */
static size_t target_of(const struct nashra_lexis *lexis, const struct nashra_tokens *tokens, size_t at) {
    size_t next = at + 1;
    bool article =
        tokens->items[at].kind == NASHRA_TOKEN_WORD &&
        (nashra_proclitics_of(tokens->items[at].text, tokens->items[at].length) & NASHRA_PROCLITIC_ARTICLE) != 0;
    bool hyphen = next + 1 < tokens->count && tokens->items[next].cp == '-' && !tokens->items[next].space &&
                  tokens->items[next + 1].kind == NASHRA_TOKEN_NUMBER && !tokens->items[next + 1].space;
    bool conjunction = tokens->items[at].length == LETTER && tokens->items[at].cp == WAW;
    bool clitic = tokens->items[at].kind == NASHRA_TOKEN_WORD &&
                  nashra_proclitics_of(tokens->items[at].text, tokens->items[at].length) != 0 && !conjunction;
    if ((article || clitic) && hyphen)
        return next + 1; /* ال-50, ب-31, but و-60 is below zero */
    if (close_of_bracket(tokens, next) != 0)
        return next + 1;
    bool and = tokens->items[at].cp == WAW, glued = next < tokens->count && !tokens->items[next].space;
    bool bracket = next + 1 < tokens->count && tokens->items[next].cp == '(' && is_single_letter(&tokens->items[at]) &&
                   !tokens->items[next + 1].space &&
                   ((tokens->items[next + 1].kind == NASHRA_TOKEN_WORD && (!and || glued)) ||
                    (tokens->items[next + 1].kind == NASHRA_TOKEN_NUMBER && !and)); /* يلقب ب (شاهنشاه), ب (50 كم) */
    if (bracket)
        return next + 1;
    if (is_quoted_in_bracket(lexis, tokens, at))
        return next + 2;
    if (next + 1 < tokens->count && is_opening_quote(lexis, &tokens->items[next]) &&
        (!tokens->items[next + 1].space || tokens->items[at].stretched))
        next++;
    return next < tokens->count && is_spoken(lexis, &tokens->items[next]) ? next : tokens->count;
}

/* جونسون & جونسون: a sign that stands for the word. */
static void read_ampersand(const struct nashra_tokens *tokens, size_t at) {
    struct nashra_token *token = &tokens->items[at];
    bool free = at + 1 < tokens->count && token->space && tokens->items[at + 1].space;
    if (token->kind != NASHRA_TOKEN_SYMBOL || token->cp != '&' || token->repeat != 1 || !free ||
        tokens->items[at + 1].kind != NASHRA_TOKEN_WORD)
        return;
    token->kind = NASHRA_TOKEN_WORD;
    token->text = "و";
    token->length = LETTER;
}

int nashra_tokens_join_clitics(const struct nashra_lexis *lexis, struct nashra_arena *arena,
                               struct nashra_tokens *tokens) {
    size_t kept = 0;
    for (size_t at = 0; at < tokens->count;) {
        read_ampersand(tokens, at);
        const struct nashra_token *before = kept != 0 ? &tokens->items[kept - 1] : NULL;
        const struct nashra_token *token = &tokens->items[at];
        bool letters = token->kind == NASHRA_TOKEN_WORD && nashra_proclitics_of(token->text, token->length) != 0;
        size_t target = letters ? target_of(lexis, tokens, at) : tokens->count;
        if (target < tokens->count && stands_as_clitic(tokens, before, at, target)) {
            size_t close = close_of_bracket(tokens, at + 1);
            bool quoted = target > at + 1 && tokens->items[at + 1].cp != '-' && tokens->items[at + 1].cp != '(';
            int status = join(lexis, arena, &tokens->items[at], &tokens->items[target], quoted);
            if (status < 0)
                return status;
            at = target;
            if (close != 0) { /* what the bracket holds moves up to where it closed */
                tokens->items[close - 1].span.to = tokens->items[close].span.to;
                memmove(tokens->items + target + 1, tokens->items + target, (close - target) * sizeof *tokens->items);
                at = target + 1;
            }
        } else {
            tokens->items[kept++] = tokens->items[at++];
        }
    }
    tokens->count = kept;
    return 0;
}
