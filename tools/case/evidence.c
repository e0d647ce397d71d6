/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "evidence.h"

#include <string.h>

enum {
    LEFT = 6,
    RIGHT = 4,
    BAG = 10, /* tokens to the left whose order doesn't count */
    LETTER = 2
};

enum aspect { EDGE, WORD, HEAD, TAIL, SHAPE, SYMBOL, OTHER, ANYWHERE, RULES, COUNTED, PAIR, VERB };

/* FNV-1a of the aspect, its place and its bytes, folded to a row. */
static void note(struct nashra_evidence *evidence, enum aspect aspect, int place, const char *bytes, size_t length) {
    uint32_t hash = 2166136261u;
    hash = (hash ^ (uint32_t)aspect) * 16777619u;
    hash = (hash ^ (uint32_t)(place + BAG)) * 16777619u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
    hash ^= hash >> 15;
    if (evidence->count < NASHRA_EVIDENCE_MOST)
        evidence->row[evidence->count++] = (uint16_t)(hash & (NASHRA_EVIDENCE_ROWS - 1));
}

static void note_number(struct nashra_evidence *evidence, enum aspect aspect, int place, unsigned number) {
    char bytes[] = {(char)(number & 0xFF), (char)(number >> 8 & 0xFF)};
    note(evidence, aspect, place, bytes, sizeof bytes);
}

/* The letters without و and ف, the article left on. */
static const char *without_conjunction(const struct nashra_token *token, size_t *length) {
    unsigned bits = 0;
    size_t skip = token->length > 3 * LETTER ? nashra_conjunction_of(token->text, token->length, &bits) : 0;
    *length = token->length - skip;
    return token->text + skip;
}

static unsigned shape_of(const struct nashra_token *token) {
    unsigned bits = 0;
    bool article = nashra_article_end(token->text, token->length, &bits) != 0;
    bool pronoun = nashra_pronoun_of(token->text, token->length) != 0;
    unsigned governor = token->lexeme != NULL ? token->lexeme->governor : 0;
    return governor | (unsigned)article << 5 | (unsigned)pronoun << 6 | (token->proclitics & 7u) << 7;
}

static void note_word(struct nashra_evidence *evidence, int place, const struct nashra_token *token) {
    size_t length;
    const char *text = without_conjunction(token, &length);
    if (place > 0 && length > 3 * LETTER && strcmp(text + length - LETTER, "ا") == 0)
        length -= LETTER; /* a counted noun's accusative */
    size_t part = length < 3 * LETTER ? length : 3 * LETTER;
    note(evidence, WORD, place, text, length);
    note(evidence, HEAD, place, text, length < 2 * LETTER ? length : 2 * LETTER);
    note(evidence, TAIL, place, text + length - part, part);
    note_number(evidence, SHAPE, place, shape_of(token));
}

static void note_place(struct nashra_evidence *evidence, const struct nashra_scan *scan, int place, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    if (token->kind == NASHRA_TOKEN_WORD)
        note_word(evidence, place, token);
    else if (token->kind == NASHRA_TOKEN_SYMBOL)
        note_number(evidence, SYMBOL, place, token->cp);
    else
        note_number(evidence, OTHER, place, (unsigned)token->kind);
}

static void note_left(struct nashra_evidence *evidence, const struct nashra_scan *scan, size_t at) {
    for (size_t i = 1; i <= BAG; i++) {
        if (i > at) {
            note_number(evidence, EDGE, -(int)i, 0);
            return;
        }
        const struct nashra_token *token = &scan->tokens[at - i];
        size_t length;
        if (i <= LEFT)
            note_place(evidence, scan, -(int)i, at - i);
        if (i > 2 && token->kind == NASHRA_TOKEN_WORD) {
            const char *text = without_conjunction(token, &length);
            note(evidence, ANYWHERE, 0, text, length);
        }
    }
}

static void note_right(struct nashra_evidence *evidence, const struct nashra_scan *scan, size_t at) {
    for (size_t i = 1; i <= RIGHT; i++) {
        if (at + i >= scan->count) {
            note_number(evidence, EDGE, (int)i, 0);
            return;
        }
        note_place(evidence, scan, (int)i, at + i);
    }
}

static void note_counted(struct nashra_evidence *evidence, const struct nashra_scan *scan) {
    const struct nashra_amount *amount = scan->amount;
    if (amount == NULL)
        return;
    bool human = amount->kind == NASHRA_COUNTS_NOUN && amount->noun.noun.human;
    unsigned cues = nashra_scan_cues(scan, amount->thing);
    bool span = (cues & NASHRA_CUE_BIT(NASHRA_CUE_SPAN)) != 0, actor = (cues & NASHRA_CUE_BIT(NASHRA_CUE_ACTOR)) != 0;
    note_number(evidence, COUNTED, 0,
                (unsigned)amount->kind | (unsigned)human << 4 | (unsigned)span << 5 | (unsigned)actor << 6);
}

static bool begins(const char *text, const char *letter) {
    return strncmp(text, letter, LETTER) == 0;
}

/* A letter for what a token is in the sentence, as far as its form tells. */
static char role_of(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    if (token->kind != NASHRA_TOKEN_WORD)
        return token->kind == NASHRA_TOKEN_SYMBOL && nashra_scan_is_edge(scan, at) ? '|'
                                                                                   : (char)('0' + (int)token->kind);
    unsigned bits = 0;
    bool article = nashra_article_end(token->text, token->length, &bits) != 0;
    if (((bits | token->proclitics) & NASHRA_PROCLITIC_GENITIVE) != 0)
        return article ? 'G' : 'g';
    if (article)
        return 'A';
    if (token->lexeme != NULL && token->lexeme->governor != NASHRA_GOVERNS_NOTHING)
        return (char)('a' + (int)token->lexeme->governor + 10);
    size_t length;
    const char *text = without_conjunction(token, &length);
    if (length >= 4 * LETTER && (begins(text, "ي") || begins(text, "ت") || begins(text, "ن")))
        return 'Y';
    if (length >= 3 * LETTER && strcmp(text + length - LETTER, "ة") == 0)
        return 'F';
    if (length >= 3 * LETTER && (strcmp(text + length - LETTER, "ت") == 0 || strcmp(text + length - LETTER, "ا") == 0))
        return 'T';
    return nashra_pronoun_of(token->text, token->length) != 0 ? 'R' : 'N';
}

/* The parts of speech around it, two to five in a row, and the same up to the nearest verb. */
static void note_roles(struct nashra_evidence *evidence, const struct nashra_scan *scan, size_t at) {
    char roles[BAG + 2];
    size_t count = 0, verb = 0;
    while (count < BAG) {
        char role = count < at ? role_of(scan, at - count - 1) : '^';
        roles[count++] = role;
        if (role == '^' || role == '|')
            break;
        int governor = role - 'a' - 10;
        bool verbal =
            role == 'Y' || (role > 'a' && governor >= NASHRA_GOVERNS_INNA && governor <= NASHRA_GOVERNS_TRANSITIVE);
        if (verbal && verb == 0)
            verb = count;
    }
    for (size_t i = 2; i <= 5 && i <= count; i++)
        note(evidence, PAIR, (int)i, roles, i);
    roles[count] = at + 1 < scan->count ? role_of(scan, at + 1) : '^';
    note_number(evidence, PAIR, 6, (unsigned)(unsigned char)roles[0] | (unsigned)(unsigned char)roles[count] << 8);
    if (verb == 0)
        return;
    note(evidence, PAIR, 7, roles, verb);
    size_t length;
    const char *text = without_conjunction(&scan->tokens[at - verb], &length);
    note(evidence, VERB, verb == 1 ? 1 : 2, text, length);
    note(evidence, VERB, verb > 2 && roles[verb - 2] == 'A' ? 3 : 4, text, length);
}

void nashra_evidence_gather(const struct nashra_scan *scan, size_t at, struct nashra_case_guess by_rules,
                            struct nashra_evidence *evidence) {
    enum { STEPS = 20 };
    evidence->count = 0;
    note_number(evidence, RULES, 0, (unsigned)by_rules.grammatical_case);
    note_number(evidence, RULES, 1,
                (unsigned)by_rules.grammatical_case << 5 | (unsigned)(by_rules.confidence * STEPS + 0.5f));
    note_left(evidence, scan, at);
    note_right(evidence, scan, at);
    note_counted(evidence, scan);
    note_roles(evidence, scan, at);
}
