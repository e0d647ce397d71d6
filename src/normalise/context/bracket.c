/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/bracket.h"

#include <string.h>

#include "context/clause.h"
#include "quantity.h"

enum { LONGEST_SUBJECT = 5 /* words */ };

static struct nashra_case_guess guess(enum nashra_case grammatical_case, float confidence) {
    return (struct nashra_case_guess){grammatical_case, confidence};
}

static bool opens(const struct nashra_scan *scan, size_t at) {
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at);
    return symbol != NULL && symbol->role == NASHRA_SYMBOL_OPEN;
}

static bool ends(const struct nashra_token *token, const char *ending) {
    size_t n = strlen(ending);
    return token != NULL && token->kind == NASHRA_TOKEN_WORD && token->length > n &&
           strcmp(token->text + token->length - n, ending) == 0;
}

/* 12 كيلومترا (9843 قدما): the same once more. */
static bool follows_amount(const struct nashra_scan *scan, size_t bracket) {
    if (!scan->has_last || scan->last_end != bracket)
        return false;
    return scan->last_class == NASHRA_CLASS_CARDINAL || scan->last_class == NASHRA_CLASS_DECIMAL ||
           scan->last_class == NASHRA_CLASS_PERCENT || scan->last_class == NASHRA_CLASS_CURRENCY ||
           scan->last_class == NASHRA_CLASS_MEASURE;
}

/* قال خالد (45 عاما): the subject of a verb that has no object, up to the bracket. */
static bool follows_subject(const struct nashra_scan *scan, size_t bracket) {
    const uint64_t speech = NASHRA_CUE_BIT(NASHRA_CUE_SAY) | NASHRA_CUE_BIT(NASHRA_CUE_ANNOUNCE);
    for (size_t back = 1; back <= LONGEST_SUBJECT && back <= bracket; back++) {
        const struct nashra_token *token = &scan->tokens[bracket - back];
        enum nashra_governor governor = nashra_word_governs(token);
        bool verb = governor == NASHRA_GOVERNS_INTRANSITIVE || governor == NASHRA_GOVERNS_PASSIVE ||
                    (nashra_scan_cues(scan, bracket - back) & speech) != 0;
        if (verb)
            return back > 1;
        bool other = governor == NASHRA_GOVERNS_PREPOSITION || governor == NASHRA_GOVERNS_INNA ||
                     governor == NASHRA_GOVERNS_KANA || governor == NASHRA_GOVERNS_MEASURE ||
                     governor == NASHRA_GOVERNS_EITHER || governor == NASHRA_GOVERNS_TRANSITIVE;
        if (token->kind == NASHRA_TOKEN_SYMBOL && token->cp == '.' && !token->space)
            continue; /* of a title */
        if (token->kind != NASHRA_TOKEN_WORD || other || nashra_word_is_governed(token))
            return false;
    }
    return false;
}

/* What the letters of the noun before the bracket show, or what governs it. */
static bool by_noun(const struct nashra_scan *scan, size_t noun, struct nashra_case_guess *verdict) {
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[noun];
    if (token->kind != NASHRA_TOKEN_WORD)
        return false;
    enum nashra_governor before = noun != 0 ? nashra_word_governs(&scan->tokens[noun - 1]) : NASHRA_GOVERNS_NOTHING;
    *verdict = guess(NASHRA_GENITIVE, 0.8f);
    if (before == NASHRA_GOVERNS_PREPOSITION || before == NASHRA_GOVERNS_NOUN || nashra_word_is_governed(token))
        return true;
    if (nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) != 0 || !match.noun.known)
        return false;
    bool nominative = match.number == NASHRA_DUAL && !match.oblique;
    *verdict = guess(nominative ? NASHRA_NOMINATIVE : NASHRA_ACCUSATIVE, 0.8f);
    return nominative || match.accusative_alif;
}

/* عربية, عربيتان */
static bool is_relative_adjective(const struct nashra_token *token) {
    enum { SHORTEST = 8 /* bytes */ };
    static const char *const endings[] = {"ي", "ية", "يان", "يتان", "يين", "يتين", "يون", "يات"};
    bool relative = false;
    for (size_t i = 0; i < sizeof endings / sizeof *endings && !relative; i++)
        relative = ends(token, endings[i]);
    return relative && token->length >= SHORTEST && token->prefix == NULL && !nashra_word_has_article(token) &&
           nashra_word_governs(token) == NASHRA_GOVERNS_NOTHING;
}

/* شابان (22 و24 عاما) */
static bool is_joined_to_another(const struct nashra_scan *scan, size_t at) {
    return nashra_scan_is_number(scan, at) && (scan->tokens[at].proclitics & NASHRA_PROCLITIC_AND) != 0;
}

/* 13 ولاية (11 في الجزيرة), 292 حدثا (165 للرجال) */
static bool is_placed(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *next = nashra_scan_token(scan, at);
    return next != NULL && next->kind == NASHRA_TOKEN_WORD &&
           (nashra_word_governs(next) == NASHRA_GOVERNS_PREPOSITION || nashra_word_is_governed(next));
}

/* (1960، 1968), (22): years, notes, points: they stand for nothing before them. */
static bool is_bare(const struct nashra_scan *scan, size_t bracket) {
    const struct nashra_amount *amount = scan->amount;
    return amount == NULL || (amount->kind == NASHRA_COUNTS_NOTHING && amount->quantity.scale_count == 0 &&
                              !is_relative_adjective(nashra_scan_token(scan, amount->last)) &&
                              !is_joined_to_another(scan, amount->last) &&
                              !(follows_amount(scan, bracket) && is_placed(scan, amount->last)));
}

bool nashra_case_in_bracket(const struct nashra_scan *scan, size_t at, struct nashra_case_guess *verdict) {
    size_t bracket = at - 1;
    if (bracket == 0 || !opens(scan, bracket) || is_bare(scan, bracket))
        return false;
    if (nashra_scan_is_number(scan, at) && strcmp(scan->tokens[at].text, "2") == 0 &&
        ends(nashra_scan_token(scan, at + 1), "ان")) {
        *verdict = guess(NASHRA_NOMINATIVE, 0.9f); /* (2 عربيتان): the dual shows it */
        return true;
    }
    if (follows_amount(scan, bracket)) {
        *verdict = guess(scan->last_case, 0.8f);
        return true;
    }
    if (by_noun(scan, bracket - 1, verdict))
        return true;
    *verdict = guess(NASHRA_NOMINATIVE, 0.7f);
    return follows_subject(scan, bracket);
}

int nashra_bracket_counts(const struct nashra_scan *scan, size_t at, enum nashra_gender *gender) {
    struct nashra_noun_match match;
    if (at < 2 || !opens(scan, at - 1))
        return 0;
    bool adjective = is_relative_adjective(nashra_scan_token(scan, at + 1));
    *gender = scan->last_gender;
    if (follows_amount(scan, at - 1))
        return adjective || is_placed(scan, at + 1);
    const struct nashra_token *noun = &scan->tokens[at - 2];
    if (!adjective || noun->kind != NASHRA_TOKEN_WORD)
        return 0;
    int status = nashra_noun_find(scan->numbers, scan->arena, noun->text, noun->length, &match);
    *gender = match.noun.gender;
    return status < 0 ? status : match.noun.known;
}
