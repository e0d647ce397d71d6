/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The case of a phrase that a sign stands before: a comma, a colon, a bracket. */
#include <string.h>

#include "context/argument.h"
#include "context/bracket.h"
#include "context/clause.h"
#include "context/rules.h"
#include "context/valency.h"
#include "number/letters.h"
#include "quantity.h"

static struct nashra_case_guess guess(enum nashra_case grammatical_case, float confidence) {
    return (struct nashra_case_guess){grammatical_case, confidence};
}

/* هي (15 دولة), عددهم (20): the predicate of what stands before the bracket. */
static bool is_predicate_in_bracket(const struct nashra_scan *scan, size_t bracket, struct nashra_case_guess *verdict) {
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, bracket);
    if (symbol == NULL || symbol->role != NASHRA_SYMBOL_OPEN || bracket == 0)
        return false;
    enum nashra_governor governor = nashra_word_governs(&scan->tokens[bracket - 1]);
    *verdict =
        governor == NASHRA_GOVERNS_TOPIC ? nashra_case_after_topic(scan, bracket) : guess(NASHRA_NOMINATIVE, 0.85f);
    return governor == NASHRA_GOVERNS_TOPIC || governor == NASHRA_GOVERNS_NOMINATIVE;
}

/* منها 670 كم مع سلوفينيا، 329 كم مع المجر: the next member counts the same. */
static bool goes_on_with_list(const struct nashra_scan *scan, size_t at) {
    enum { REACH = 6 };
    return scan->has_last && scan->amount != NULL && scan->amount->kind > NASHRA_COUNTS_OF &&
           scan->amount->kind == scan->last_kind && at - scan->last_end <= REACH &&
           (scan->last_class == NASHRA_CLASS_MEASURE || scan->last_class == NASHRA_CLASS_CURRENCY ||
            scan->last_class == NASHRA_CLASS_PERCENT);
}

/* هدمت في الأغوار، بذريعة افتقارها إلى التراخيص، 20 خيمة: what a preposition or واو and a pronoun begins between two
 * commas is passed over. */
static bool after_parenthesis(const struct nashra_scan *scan, size_t comma, struct nashra_case_guess *verdict) {
    enum { LONGEST = 9 /* words */ };
    static const char *const pronouns[] = {"هو",   "هي",  "هم",    "هما",  "بحسب",  "وفق",
                                           "وفقا", "حسب", "إضافة", "فضلا", "علاوة", "بالإضافة"};
    size_t open = comma;
    for (size_t i = 0; i <= LONGEST && open > 0; i++)
        if (scan->tokens[--open].kind != NASHRA_TOKEN_WORD)
            break;
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, open);
    if (symbol == NULL || symbol->role != NASHRA_SYMBOL_COMMA || open == 0 || open + 1 >= comma)
        return false;
    const struct nashra_token *first = &scan->tokens[open + 1];
    bool begins = nashra_word_governs(first) == NASHRA_GOVERNS_PREPOSITION ||
                  nashra_word_governs(first) == NASHRA_GOVERNS_ADVERB || nashra_word_has_article(first) ||
                  nashra_word_is_governed(first) || nashra_word_is_noun_behind_bi(scan, first) ||
                  (nashra_word_governs(first) == NASHRA_GOVERNS_NOUN && strncmp(first->text, "ب", 2) == 0);
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns && !begins; i++)
        begins = strcmp(first->text + first->stem, pronouns[i]) == 0;
    struct nashra_clause clause = begins ? nashra_clause_look_left(scan, open) : (struct nashra_clause){0};
    bool kana = clause.governor == NASHRA_GOVERNS_KANA; /* كان بين الحاضرين، إضافة إلى السفراء، 4 مزارعين */
    if (!clause.found ||
        (!kana && (clause.governor < NASHRA_GOVERNS_PASSIVE || clause.governor > NASHRA_GOVERNS_TRANSITIVE)))
        return false;
    if (clause.governor == NASHRA_GOVERNS_INTRANSITIVE && nashra_argument_find(scan, clause.verb, open) < open)
        return false; /* its subject is told of */
    *verdict = nashra_case_by_verb(scan, &clause, open);
    verdict->confidence = 0.66f;
    return true;
}

struct nashra_case_guess nashra_case_after_symbol(const struct nashra_scan *scan, size_t at) {
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at - 1);
    struct nashra_case_guess verdict;
    if (is_predicate_in_bracket(scan, at - 1, &verdict) || nashra_case_in_bracket(scan, at, &verdict))
        return verdict;
    bool comma = symbol != NULL && symbol->role == NASHRA_SYMBOL_COMMA;
    if (comma && nashra_counts_share(scan))
        return guess(NASHRA_NOMINATIVE, 0.7f); /* ، 80% منهم طلاب */
    if (comma && goes_on_with_list(scan, at))
        return guess(scan->last_case, 0.65f);
    if (comma && after_parenthesis(scan, at - 1, &verdict))
        return verdict;
    struct nashra_clause before = comma ? nashra_clause_look_left(scan, at - 1) : (struct nashra_clause){0};
    if (before.found && before.governor == NASHRA_GOVERNS_MEASURE &&
        !(scan->has_last && scan->last_class != NASHRA_CLASS_YEAR && scan->last_end > before.verb))
        return guess(NASHRA_ACCUSATIVE, 0.7f); /* بلغت قيمته في 2014، 691 مليون */
    if (symbol != NULL && symbol->role == NASHRA_SYMBOL_COLON)
        return guess(NASHRA_NOMINATIVE, 0.7f);
    return guess(NASHRA_GENITIVE, 0.5f);
}
