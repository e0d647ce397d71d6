/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/participle.h"

#include <string.h>

#include "context/clause.h"

enum { LETTER = 2 /* bytes of an Arabic letter in UTF-8 */, SHORTEST = 5 * LETTER, LONGEST = 8 * LETTER };

static bool takes_object(const struct nashra_scan *scan, const char *word, size_t length) {
    bool joined;
    const struct nashra_verb *verb = nashra_verbs_find(scan->lexis, word, length, &joined);
    if (verb != NULL && !joined)
        return verb->governor == NASHRA_GOVERNS_EITHER || verb->governor == NASHRA_GOVERNS_TRANSITIVE;
    const struct nashra_lexeme *lexeme = nashra_lexis_word(scan->lexis, word, length);
    return lexeme != NULL &&
           (lexeme->governor == NASHRA_GOVERNS_EITHER || lexeme->governor == NASHRA_GOVERNS_TRANSITIVE);
}

/* The perfect of a derived verb: محرز of أحرز, مكتسب of اكتسب, مخلف of خلف; معطي of أعطى. */
static bool is_derived(const struct nashra_scan *scan, const char *stem, size_t length) {
    static const char *const begins[] = {"أ", "ا", ""};
    char verb[LONGEST + LETTER + 1];
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++) {
        size_t head = strlen(begins[i]);
        memcpy(verb, begins[i], head);
        memcpy(verb + head, stem, length);
        verb[head + length] = '\0';
        char *last = verb + head + length - LETTER;
        if (strcmp(last, "ي") == 0)
            memcpy(last, "ى", LETTER);
        if (takes_object(scan, verb, head + length))
            return true;
    }
    return false;
}

/* ناقل of نقل */
static bool is_simple(const struct nashra_scan *scan, const char *stem, size_t length) {
    enum { ROOT = 3 * LETTER };
    char verb[ROOT + 1];
    if (length != ROOT + LETTER || strncmp(stem + LETTER, "ا", LETTER) != 0)
        return false;
    memcpy(verb, stem, LETTER);
    memcpy(verb + LETTER, stem + 2 * LETTER, 2 * LETTER);
    verb[ROOT] = '\0';
    return takes_object(scan, verb, ROOT);
}

bool nashra_participle_governs(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[at];
    if (token->kind != NASHRA_TOKEN_WORD || token->length < SHORTEST || token->length > LONGEST ||
        strcmp(token->text + token->length - LETTER, "ا") != 0 || nashra_word_governs(token) != NASHRA_GOVERNS_NOTHING)
        return false;
    size_t length = token->length - LETTER;
    bool derived = strncmp(token->text, "م", LETTER) == 0;
    if (derived ? !is_derived(scan, token->text + LETTER, length - LETTER) : !is_simple(scan, token->text, length))
        return false;
    return nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 &&
           !(match.noun.known && match.noun.human); /* عاملا, موظفا: people */
}
