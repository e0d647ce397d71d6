/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/case.h"

#include <string.h>

#include <nashra/utf8.h>

#include "context/clause.h"
#include "context/judge.h"
#include "context/rules.h"
#include "context/subject.h"

static struct nashra_case_guess guess(enum nashra_case grammatical_case, float confidence) {
    return (struct nashra_case_guess){grammatical_case, confidence};
}

struct nashra_case_guess nashra_case_at(const struct nashra_scan *scan, size_t at) {
    return nashra_case_by_rules(scan, at);
}

/* 12 منزلا و3 سيارات, من المدينة و34 بلدية: the second leans on the first. */
static bool leans(const struct nashra_scan *scan, size_t at) {
    bool joined = (scan->tokens[at].proclitics & NASHRA_PROCLITIC_AND) != 0;
    bool either = at != 0 && scan->last_end == at - 1 && nashra_scan_is_word(scan, at - 1, "أو");
    return joined || (scan->has_last && either);
}

bool nashra_case_asks_network(const struct nashra_scan *scan, size_t at) {
    size_t before = nashra_case_skip_quotes(scan, at);
    bool apart = before == 0 || scan->tokens[before - 1].kind != NASHRA_TOKEN_WORD; /* (9843 قدم) */
    return !apart && !leans(scan, at) && !nashra_counts_nothing(scan);
}

struct nashra_case_guess nashra_case_of_amount(const struct nashra_scan *scan, size_t at) {
    const float certain = 0.76f; /* surer rules are the better judge of news */
    struct nashra_case_guess by_rules = nashra_case_by_rules(scan, at);
    if (by_rules.confidence >= certain || scan->judge == NULL || !nashra_case_asks_network(scan, at))
        return by_rules;
    return nashra_judge_settle(scan->judge, scan, at, by_rules);
}

/* The author's mark on the last letter says it: السَّاعَةَ 10:30. */
static bool is_marked(const struct nashra_token *token, enum nashra_case *grammatical_case) {
    enum { MARK = 2 };
    size_t length = token->marked != NULL ? strlen(token->marked) : 0;
    unsigned mark = 0;
    if (length > MARK)
        nashra_utf8_decode(token->marked + length - MARK, MARK, &mark);
    if (mark != NASHRA_FATHA && mark != NASHRA_DAMMA && mark != NASHRA_KASRA)
        return false;
    *grammatical_case = mark == NASHRA_DAMMA   ? NASHRA_NOMINATIVE
                        : mark == NASHRA_KASRA ? NASHRA_GENITIVE
                                               : NASHRA_ACCUSATIVE;
    return true;
}

/* القرن 19 والقرن 21: the second stands as the first. */
static bool joins_label(const struct nashra_scan *scan, size_t at) {
    unsigned bits = 0;
    bool joined = nashra_article_end(scan->tokens[at].text, scan->tokens[at].length, &bits) != 0 &&
                  (bits & NASHRA_PROCLITIC_AND) != 0;
    return joined && scan->has_last && scan->last_end == at &&
           (scan->last_class == NASHRA_CLASS_LABEL || scan->last_class == NASHRA_CLASS_ORDINAL);
}

/* الراهب نشر أطروحاته الـ95, الذي عقد الجلسة 12 */
static bool has_subject(const struct nashra_scan *scan, size_t verb) {
    return nashra_clause_is_relative(scan, verb) || nashra_subject_in_front(scan, verb);
}

/* A noun that a number follows as its adjective: here only what stands right before it tells. */
struct nashra_case_guess nashra_case_of_noun(const struct nashra_scan *scan, size_t at) {
    enum nashra_case marked;
    if (is_marked(&scan->tokens[at], &marked))
        return guess(marked, 1.0f);
    if (nashra_word_is_governed(&scan->tokens[at]))
        return guess(NASHRA_GENITIVE, 1.0f);
    if (joins_label(scan, at))
        return guess(scan->last_case, 0.8f);
    at = nashra_case_skip_quotes(scan, at);
    if (at == 0)
        return guess(NASHRA_NOMINATIVE, 0.9f);
    if (scan->tokens[at - 1].kind != NASHRA_TOKEN_WORD)
        return nashra_case_after_symbol(scan, at);
    switch (nashra_word_governs(&scan->tokens[at - 1])) {
    case NASHRA_GOVERNS_PREPOSITION:
    case NASHRA_GOVERNS_NOUN:
        return guess(NASHRA_GENITIVE, 0.98f);
    case NASHRA_GOVERNS_INNA:
    case NASHRA_GOVERNS_MEASURE:
    case NASHRA_GOVERNS_TRANSITIVE:
        return guess(NASHRA_ACCUSATIVE, 0.8f);
    case NASHRA_GOVERNS_KANA:
    case NASHRA_GOVERNS_PASSIVE:
    case NASHRA_GOVERNS_INTRANSITIVE:
        return guess(NASHRA_NOMINATIVE, 0.8f);
    case NASHRA_GOVERNS_EITHER:
        return guess(has_subject(scan, at - 1) ? NASHRA_ACCUSATIVE : NASHRA_NOMINATIVE, 0.8f);
    case NASHRA_GOVERNS_NOTHING:
        return nashra_clause_may_be_verb(scan, at - 1) ? guess(NASHRA_NOMINATIVE, 0.6f) : guess(NASHRA_GENITIVE, 0.5f);
    default:
        return guess(NASHRA_GENITIVE, 0.5f);
    }
}

/* الساعة 9:00 مساء وصل الوزير: a verb behind the hour and what belongs to it. */
static bool verb_follows(const struct nashra_scan *scan, size_t end) {
    const uint64_t part = NASHRA_CUE_BIT(NASHRA_CUE_DAYTIME);
    enum { REACH = 3 };
    for (size_t i = end; i < scan->count && i < end + REACH; i++) {
        enum nashra_governor governor = nashra_word_governs(&scan->tokens[i]);
        if (governor >= NASHRA_GOVERNS_PASSIVE && governor <= NASHRA_GOVERNS_TRANSITIVE)
            return true;
        bool place = i != end && (nashra_scan_cues(scan, i - 1) & part) != 0; /* بتوقيت مكة */
        if ((nashra_scan_cues(scan, i) & part) == 0 && !place)
            return false;
    }
    return false;
}

/* نشرة الساعة 5: a thing that the hour is in construct with. */
static bool is_thing_of_hour(const struct nashra_scan *scan, const struct nashra_token *token) {
    struct nashra_noun_match match;
    return token->lexeme == NULL &&
           nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 && match.noun.known &&
           !match.article && !match.noun.human && !match.accusative_alif && match.number != NASHRA_DUAL;
}

struct nashra_case_guess nashra_case_of_hour(const struct nashra_scan *scan, size_t at, size_t end) {
    const float sure = 0.95f;
    struct nashra_case_guess by_neighbour = nashra_case_of_noun(scan, at);
    const struct nashra_symbol *symbol = at != 0 ? nashra_scan_symbol(scan, at - 1) : NULL;
    if (by_neighbour.confidence >= sure)
        return by_neighbour;
    if (at == 0)
        return verb_follows(scan, end) ? guess(NASHRA_ACCUSATIVE, 0.8f) : by_neighbour;
    if (symbol != NULL && symbol->role == NASHRA_SYMBOL_COLON)
        return guess(NASHRA_NOMINATIVE, 0.7f); /* الموعد: الساعة 5 */
    enum nashra_governor before = symbol == NULL ? nashra_word_governs(&scan->tokens[at - 1]) : NASHRA_GOVERNS_NOTHING;
    if (before == NASHRA_GOVERNS_KANA || before == NASHRA_GOVERNS_MEASURE)
        return guess(NASHRA_NOMINATIVE, 0.8f);
    if ((nashra_scan_cues(scan, at - 1) & NASHRA_CUE_BIT(NASHRA_CUE_STRIKE)) != 0)
        return guess(NASHRA_NOMINATIVE, 0.9f);
    bool thing = symbol == NULL && scan->tokens[at - 1].kind == NASHRA_TOKEN_WORD &&
                 is_thing_of_hour(scan, &scan->tokens[at - 1]);
    return thing ? guess(NASHRA_GENITIVE, 0.6f) : guess(NASHRA_ACCUSATIVE, 0.8f);
}
