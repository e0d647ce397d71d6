/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/valency.h"

#include "context/subject.h"
#include "quantity.h"

static struct nashra_case_guess guess(enum nashra_case grammatical_case, float confidence) {
    return (struct nashra_case_guess){grammatical_case, confidence};
}

static bool is_doer(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[at];
    return (nashra_scan_cues(scan, at) & NASHRA_CUE_BIT(NASHRA_CUE_ACTOR)) != 0 ||
           (nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 && match.noun.human);
}

/* تقدم المنتخب 20 مركزا: who does it stands there; the rest is how far, how long, how much. */
static bool has_doer(const struct nashra_scan *scan, size_t argument, size_t at) {
    return argument + 1 == at && !nashra_counts_people(scan) && nashra_word_has_article(&scan->tokens[argument]) &&
           is_doer(scan, argument);
}

/* زار المتحف 20 سائحا, ترأس الجلسة 20 نائبا: people behind the place or the event; but زار الوزير 20 مدرسة. */
static bool attends(const struct nashra_scan *scan, size_t verb) {
    return (nashra_scan_cues(scan, verb) & NASHRA_CUE_BIT(NASHRA_CUE_ATTEND)) != 0 && nashra_counts_humans(scan) &&
           nashra_word_has_article(&scan->tokens[verb + 1]) && !is_doer(scan, verb + 1);
}

/* تصل سرعة الدوران 50 كيلومترا: no measure does anything; أقصى سرعة فيها 25 ميلا is a sentence of its own. */
static bool counts_units(const struct nashra_scan *scan, size_t at) {
    return scan->amount != NULL && nashra_word_governs(&scan->tokens[at - 1]) != NASHRA_GOVERNS_PRONOUN &&
           (scan->amount->kind > NASHRA_COUNTS_OF || nashra_amount_is_unit_name(scan, scan->amount));
}

/* الجيش قتل في المدينة 20 مسلحا, الذي دمر في الليل 20 منزلا; but هجوم قتل فيه 20. */
static bool has_subject(const struct nashra_scan *scan, size_t verb, size_t at) {
    bool subject = nashra_clause_is_relative(scan, verb) || nashra_subject_in_front(scan, verb);
    return subject && nashra_word_governs(&scan->tokens[at - 1]) != NASHRA_GOVERNS_PRONOUN;
}

/* ضبط في المطار 20 مسافرا is passive; وأنفق على البناء 20 مليونا goes on with its subject. */
static struct nashra_case_guess by_either(const struct nashra_scan *scan, const struct nashra_clause *clause,
                                          size_t at) {
    if (nashra_clause_has_argument(scan, clause->verb, at))
        return guess(NASHRA_ACCUSATIVE, 0.8f);
    if (has_subject(scan, clause->verb, at))
        return guess(NASHRA_ACCUSATIVE, 0.7f);
    if (nashra_subject_goes_on(scan, clause->verb) && !nashra_counts_people(scan))
        return guess(NASHRA_ACCUSATIVE, 0.66f);
    return guess(NASHRA_NOMINATIVE, 0.75f);
}

struct nashra_case_guess nashra_case_by_verb(const struct nashra_scan *scan, const struct nashra_clause *clause,
                                             size_t at) {
    bool argument = nashra_clause_has_argument(scan, clause->verb, at);
    enum nashra_governor governor =
        argument ? nashra_verb_governs_argument(scan, clause->verb, clause->governor) : clause->governor;
    if (argument && attends(scan, clause->verb))
        return guess(NASHRA_NOMINATIVE, 0.7f);
    switch (governor) {
    case NASHRA_GOVERNS_NOTHING: /* ويشرف على المعابر 45 مراقبا */
        return argument ? guess(NASHRA_GENITIVE, 0.5f) : guess(NASHRA_NOMINATIVE, 0.7f);
    case NASHRA_GOVERNS_INNA: /* the predicate of إن; its noun behind a preposition: إن في الدار 20 رجلا */
        return argument ? guess(NASHRA_NOMINATIVE, 0.7f) : guess(NASHRA_ACCUSATIVE, 0.8f);
    case NASHRA_GOVERNS_KANA: /* كان في الحافلة 42: its noun; كان عددهم 42: its predicate */
        return argument ? guess(NASHRA_ACCUSATIVE, 0.85f) : guess(NASHRA_NOMINATIVE, 0.7f);
    case NASHRA_GOVERNS_PASSIVE:
        if (nashra_verb_may_be_active(&scan->tokens[clause->verb]) && has_subject(scan, clause->verb, at))
            return guess(NASHRA_ACCUSATIVE, 0.7f);
        if (nashra_counts_time(scan, at) && !nashra_verb_passes(&scan->tokens[clause->verb]))
            return guess(NASHRA_ACCUSATIVE, 0.75f); /* أوقف عن اللعب 4 أعوام */
        return argument ? guess(NASHRA_ACCUSATIVE, 0.8f) : guess(NASHRA_NOMINATIVE, 0.85f);
    case NASHRA_GOVERNS_TRANSITIVE: /* شهد له 70 شيخا */
        return !argument && nashra_counts_people(scan) ? guess(NASHRA_NOMINATIVE, 0.6f)
                                                       : guess(NASHRA_ACCUSATIVE, 0.8f);
    case NASHRA_GOVERNS_INTRANSITIVE:
        if (argument && (counts_units(scan, at) || has_doer(scan, clause->verb + 1, at)))
            return guess(NASHRA_ACCUSATIVE, 0.7f);
        return nashra_counts_time(scan, at) && !nashra_verb_passes(&scan->tokens[clause->verb])
                   ? guess(NASHRA_ACCUSATIVE, 0.8f)
                   : guess(NASHRA_NOMINATIVE, 0.7f);
    case NASHRA_GOVERNS_EITHER:
        return by_either(scan, clause, at);
    default:
        return guess(NASHRA_ACCUSATIVE, 0.8f);
    }
}
