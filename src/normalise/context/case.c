/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/case.h"

#include <string.h>

enum { REACH = 9 /* tokens that are looked at to the left */, MAX_QUOTES = 3 };

static struct nashra_case_guess guess(enum nashra_case grammatical_case, float confidence) {
    return (struct nashra_case_guess){grammatical_case, confidence};
}

/* Where nothing tells, broadcasters say the oblique form. */
static struct nashra_case_guess oblique(float confidence) {
    return guess(NASHRA_GENITIVE, confidence);
}

static bool has_article(const struct nashra_token *token) {
    return (token->length > 8 && strncmp(token->text, "ال", 4) == 0) ||
           (token->length > 10 && (strncmp(token->text, "وال", 6) == 0 || strncmp(token->text, "بال", 6) == 0)) ||
           (token->length > 8 && strncmp(token->text, "لل", 4) == 0);
}

static bool has_pronoun(const struct nashra_token *token) {
    static const char *const pronouns[] = {"ها", "هم", "هما", "هن", "نا", "كم", "ه"};
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++) {
        size_t n = strlen(pronouns[i]);
        if (token->length > n + 4 && strcmp(token->text + token->length - n, pronouns[i]) == 0)
            return true;
    }
    return false;
}

/* What the word governs. With the article a noun is in construct to nothing; a preposition has no article. */
static enum nashra_governor governor_of(const struct nashra_token *token) {
    if (token->kind != NASHRA_TOKEN_WORD || token->lexeme == NULL)
        return NASHRA_GOVERNS_NOTHING;
    enum nashra_governor governor = (enum nashra_governor)token->lexeme->governor;
    bool article = (token->proclitics & NASHRA_PROCLITIC_ARTICLE) != 0;
    if (article && governor != NASHRA_GOVERNS_MEASURE)
        return NASHRA_GOVERNS_NOTHING;
    /* بمقتل is a noun, بقتل isn't the verb */
    bool verb = governor >= NASHRA_GOVERNS_PASSIVE && governor <= NASHRA_GOVERNS_TRANSITIVE;
    if (verb && (token->proclitics & NASHRA_PROCLITIC_GENITIVE) != 0)
        return NASHRA_GOVERNS_NOUN;
    return governor;
}

static bool is_pause(const struct nashra_scan *scan, size_t at) {
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at);
    return symbol != NULL && symbol->role >= NASHRA_SYMBOL_COMMA && symbol->role <= NASHRA_SYMBOL_CLOSE;
}

static bool is_quote(const struct nashra_scan *scan, size_t at) {
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at);
    return symbol != NULL && symbol->role >= NASHRA_SYMBOL_QUOTE && symbol->role <= NASHRA_SYMBOL_QUOTE_CLOSE;
}

/* The clause to the left of a phrase. */
struct clause {
    bool found;
    bool negated;
    bool whole;     /* its beginning was reached */
    bool subject;   /* a noun outside of prepositional phrases stands between the verb and the phrase */
    size_t verb;
    enum nashra_governor governor;
};

static bool is_verbal(enum nashra_governor governor) {
    return governor == NASHRA_GOVERNS_INNA || governor == NASHRA_GOVERNS_KANA || governor == NASHRA_GOVERNS_MEASURE ||
           (governor >= NASHRA_GOVERNS_PASSIVE && governor <= NASHRA_GOVERNS_TRANSITIVE);
}

static struct clause look_left(const struct nashra_scan *scan, size_t at) {
    struct clause clause = {0};
    size_t k = at;
    for (size_t steps = 0; k > 0 && steps < REACH; steps++) {
        enum nashra_governor governor = governor_of(&scan->tokens[k - 1]);
        if (is_pause(scan, k - 1))
            return clause;
        k--;
        if (governor == NASHRA_GOVERNS_NEGATION)
            clause.negated = true;
        if (is_verbal(governor) && !clause.found) {
            clause.found = true;
            clause.verb = k;
            clause.governor = governor;
        }
        if (clause.found && clause.verb > k + 1)
            break; /* one more token: the negation before the verb */
    }
    clause.whole = k == 0;
    return clause;
}

/* Does a noun that no preposition governs stand between the verb and the phrase? */
static bool has_argument(const struct nashra_scan *scan, size_t verb, size_t at) {
    for (size_t i = verb + 1; i < at; i++) {
        enum nashra_governor governor = governor_of(&scan->tokens[i]);
        const struct nashra_token *token = &scan->tokens[i];
        if (governor == NASHRA_GOVERNS_PREPOSITION) {
            i++; /* its noun */
            continue;
        }
        bool clitic_phrase = (token->proclitics & NASHRA_PROCLITIC_GENITIVE) != 0 || strncmp(token->text, "لل", 4) == 0 ||
                             strncmp(token->text, "بال", 6) == 0;
        if (token->kind == NASHRA_TOKEN_WORD && governor != NASHRA_GOVERNS_NOMINATIVE &&
            governor != NASHRA_GOVERNS_FUNCTION && !clitic_phrase && i == verb + 1)
            return true;
    }
    return false;
}

/* 20 عاما, 3 ساعات: such a phrase is adverbial where the verb has its subject in it. */
static bool counts_time(const struct nashra_scan *scan, size_t at) {
    size_t i = at;
    while (i < scan->count && i < at + 4 && scan->tokens[i].kind != NASHRA_TOKEN_WORD)
        i++;
    return (nashra_scan_cues(scan, i) & NASHRA_CUE_BIT(NASHRA_CUE_SPAN)) != 0;
}

static struct nashra_case_guess by_verb(const struct nashra_scan *scan, const struct clause *clause, size_t at) {
    bool argument = has_argument(scan, clause->verb, at);
    switch (clause->governor) {
    case NASHRA_GOVERNS_INNA: /* the predicate of إن */
        return guess(NASHRA_NOMINATIVE, 0.7f);
    case NASHRA_GOVERNS_PASSIVE:
        return argument ? guess(NASHRA_ACCUSATIVE, 0.8f) : guess(NASHRA_NOMINATIVE, 0.85f);
    case NASHRA_GOVERNS_INTRANSITIVE:
        return argument && counts_time(scan, at) ? guess(NASHRA_ACCUSATIVE, 0.8f) : guess(NASHRA_NOMINATIVE, 0.7f);
    default:
        return guess(NASHRA_ACCUSATIVE, 0.8f);
    }
}

static struct nashra_case_guess after_except(const struct nashra_scan *scan, size_t at) {
    struct clause clause = look_left(scan, at - 1);
    if (!clause.negated)
        return guess(NASHRA_ACCUSATIVE, 0.95f);
    bool object = clause.found && clause.governor != NASHRA_GOVERNS_PASSIVE &&
                  clause.governor != NASHRA_GOVERNS_INTRANSITIVE;
    return guess(object ? NASHRA_ACCUSATIVE : NASHRA_NOMINATIVE, 0.8f);
}

/* عددهم 20: by what stands before it; فيها 20: the verb before it reaches over it. */
static struct nashra_case_guess after_topic(const struct nashra_scan *scan, size_t at) {
    struct clause clause = look_left(scan, at);
    if (!clause.found)
        return guess(NASHRA_NOMINATIVE, 0.8f);
    if (clause.governor == NASHRA_GOVERNS_PASSIVE)
        return guess(NASHRA_NOMINATIVE, 0.8f);
    return by_verb(scan, &clause, at);
}

static struct nashra_case_guess after_noun(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *before = &scan->tokens[at - 1];
    struct clause clause = look_left(scan, at);
    bool definite = has_article(before) || has_pronoun(before);
    bool argument_of_verb = clause.found && clause.verb + 2 == at && clause.governor != NASHRA_GOVERNS_INNA;
    if (!definite && !argument_of_verb)
        return oblique(0.7f); /* in construct: اكتشاف 20 */
    if (clause.found)
        return by_verb(scan, &clause, at);
    return clause.whole ? guess(NASHRA_NOMINATIVE, 0.6f) : oblique(0.5f);
}

static struct nashra_case_guess after_governor(const struct nashra_scan *scan, size_t at,
                                               enum nashra_governor governor) {
    const struct nashra_token *before = &scan->tokens[at - 1];
    switch (governor) {
    case NASHRA_GOVERNS_PREPOSITION:
    case NASHRA_GOVERNS_NOUN:
        return guess(NASHRA_GENITIVE, 0.98f);
    case NASHRA_GOVERNS_INNA:
    case NASHRA_GOVERNS_MEASURE:
        return guess(NASHRA_ACCUSATIVE, 0.95f);
    case NASHRA_GOVERNS_KANA: /* كانوا 20: the subject is in the verb; كان 20: the phrase is it */
        return before->length > 4 && strcmp(before->text + before->length - 4, "وا") == 0
                   ? guess(NASHRA_ACCUSATIVE, 0.95f)
                   : guess(NASHRA_NOMINATIVE, 0.6f);
    case NASHRA_GOVERNS_EXCEPT:
        return after_except(scan, at);
    case NASHRA_GOVERNS_PASSIVE:
        return guess(NASHRA_NOMINATIVE, 0.9f);
    case NASHRA_GOVERNS_INTRANSITIVE:
        return counts_time(scan, at) && (before->lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_DURATION)) == 0
                   ? guess(NASHRA_ACCUSATIVE, 0.75f)
                   : guess(NASHRA_NOMINATIVE, 0.9f);
    case NASHRA_GOVERNS_TRANSITIVE:
        return guess(NASHRA_ACCUSATIVE, 0.85f);
    case NASHRA_GOVERNS_NOMINATIVE:
        return after_topic(scan, at);
    case NASHRA_GOVERNS_NOTHING:
        return after_noun(scan, at);
    default:
        return oblique(0.5f);
    }
}

struct nashra_case_guess nashra_case_at(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    bool joined = token->kind == NASHRA_TOKEN_WORD &&
                  (strncmp(token->text, "لل", 4) == 0 || strncmp(token->text, "بال", 6) == 0);
    if (joined || (token->proclitics & NASHRA_PROCLITIC_GENITIVE) != 0)
        return guess(NASHRA_GENITIVE, 1.0f);
    for (size_t quotes = 0; quotes < MAX_QUOTES && at != 0 && is_quote(scan, at - 1); quotes++)
        at--;
    if (at == 0)
        return guess(NASHRA_NOMINATIVE, 0.9f);
    if ((token->proclitics & NASHRA_PROCLITIC_AND) != 0 && scan->has_last)
        return guess(scan->last_case, scan->last_end == at ? 0.9f : 0.7f);
    const struct nashra_token *before = &scan->tokens[at - 1];
    if (before->kind == NASHRA_TOKEN_WORD)
        return after_governor(scan, at, governor_of(before));
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at - 1);
    if (symbol != NULL && symbol->role == NASHRA_SYMBOL_COLON)
        return guess(NASHRA_NOMINATIVE, 0.7f);
    return oblique(0.5f);
}
