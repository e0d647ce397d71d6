/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/valency.h"

#include "context/agree.h"
#include "context/argument.h"
#include "context/subject.h"
#include "quantity.h"

static struct nashra_case_guess guess(enum nashra_case grammatical_case, float confidence) {
    return (struct nashra_case_guess){grammatical_case, confidence};
}

/* تقدم المنتخب 20 مركزا: who does it stands there; the rest is how far, how long, how much. */
static bool has_doer(const struct nashra_scan *scan, size_t argument, size_t at) {
    return argument + 1 == at && !nashra_counts_people(scan) && nashra_word_has_article(&scan->tokens[argument]) &&
           nashra_argument_is_doer(scan, argument);
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

/* لقاء أشهرت فيه 7 بطاقات: the noun that the clause describes comes back in the pronoun, and is no subject. */
static bool is_described_by_pronoun(const struct nashra_scan *scan, size_t verb, size_t at) {
    if (verb + 2 != at || verb == 0 || nashra_word_governs(&scan->tokens[at - 1]) != NASHRA_GOVERNS_PRONOUN ||
        nashra_clause_begins(scan, verb))
        return false;
    const struct nashra_token *noun = &scan->tokens[verb - 1];
    if (noun->kind != NASHRA_TOKEN_WORD || nashra_word_governs(noun) != NASHRA_GOVERNS_NOTHING ||
        nashra_word_has_article(noun))
        return false;
    struct nashra_clause before = nashra_clause_look_left(scan, verb);
    return !before.found || !nashra_agree_verbs(scan, before.verb, verb); /* not معسكرا يلعب فيه 20 مباراة */
}

/* خصصت لإيواء النازحين 7 مدارس: nothing precedes the verb; سجل ضده 20 هدفا speaks of somebody known. */
static bool opens_sentence(const struct nashra_scan *scan, size_t verb) {
    const struct nashra_token *next = &scan->tokens[verb + 1];
    return verb == 0 && !nashra_scan_is_word(scan, verb + 1, "مع") &&
           (nashra_word_governs(next) == NASHRA_GOVERNS_PREPOSITION || nashra_word_is_governed(next));
}

/* وعلقت على الجدران 20 لوحة: passive, where the sentence names nobody; but وأنفقت على البناء 20 مليونا. */
static bool lies_there(const struct nashra_scan *scan, size_t verb) {
    return opens_sentence(scan, verb) && nashra_agree_is_feminine(scan, verb) && !nashra_counts_money(scan);
}

/* ضبط في المطار 20 مسافرا is passive; وأنفق على البناء 20 مليونا goes on with its subject. */
static struct nashra_case_guess by_either(const struct nashra_scan *scan, size_t verb, bool argument, size_t at) {
    if (argument)
        return guess(NASHRA_ACCUSATIVE, 0.8f);
    if (has_subject(scan, verb, at))
        return guess(NASHRA_ACCUSATIVE, 0.7f);
    if (nashra_counts_time(scan, at) && verb > 0 && nashra_word_governs(&scan->tokens[verb - 1]) == NASHRA_GOVERNS_INNA)
        return guess(NASHRA_ACCUSATIVE, 0.66f); /* أن يضيف إلى الرحلة 3 ساعات */
    if (nashra_subject_changes(scan, verb) || lies_there(scan, verb))
        return guess(NASHRA_NOMINATIVE, 0.7f);
    if ((nashra_subject_goes_on(scan, verb) && !nashra_counts_people(scan)) || nashra_agree_bars_phrase(scan, verb))
        return guess(NASHRA_ACCUSATIVE, 0.66f);
    return guess(NASHRA_NOMINATIVE, 0.75f);
}

/* شهد له 70 شيخا; خصصت للنازحين 7 مدارس: nothing precedes the verb, so that the phrase is its subject, active or not.
 */
static struct nashra_case_guess by_transitive(const struct nashra_scan *scan, size_t verb, bool argument, size_t at) {
    if (!argument && (opens_sentence(scan, verb) || is_described_by_pronoun(scan, verb, at)))
        return guess(NASHRA_NOMINATIVE, 0.7f);
    return !argument && nashra_counts_people(scan) ? guess(NASHRA_NOMINATIVE, 0.6f) : guess(NASHRA_ACCUSATIVE, 0.8f);
}

/* Nothing in front of the verb is its subject, nor does one go on. */
static bool opens_clause_with_place(const struct nashra_scan *scan, size_t verb) {
    return nashra_clause_begins(scan, verb) && !nashra_subject_goes_on(scan, verb) &&
           !nashra_clause_is_relative(scan, verb) &&
           nashra_word_governs(&scan->tokens[verb + 1]) == NASHRA_GOVERNS_PREPOSITION;
}

static struct nashra_case_guess by_passive(const struct nashra_scan *scan, size_t verb, bool argument, size_t at) {
    bool subject = has_subject(scan, verb, at) || (!argument && nashra_subject_is_shared(scan, verb));
    if (nashra_verb_may_be_active(&scan->tokens[verb]) && subject)
        return guess(NASHRA_ACCUSATIVE, 0.7f);
    if (nashra_counts_time(scan, at) && !nashra_verb_passes(&scan->tokens[verb]))
        return guess(NASHRA_ACCUSATIVE, 0.75f); /* أوقف عن اللعب 4 أعوام */
    return argument ? guess(NASHRA_ACCUSATIVE, 0.8f) : guess(NASHRA_NOMINATIVE, 0.85f);
}

/* توغلت القوات البرية 10 كيلومترات, تراجعت البلاد 20 مركزا: the subject stands there; but تلزم البلاد 20 مليارا. */
static bool has_whole_subject(const struct nashra_scan *scan, size_t verb, size_t noun, size_t at) {
    const struct nashra_token *token = &scan->tokens[verb];
    if (nashra_word_governs(&scan->tokens[noun]) == NASHRA_GOVERNS_NOUN && !nashra_verb_passes(token))
        return true; /* وصل عدد القتلى 20 قتيلا */
    bool whole = nashra_word_has_article(&scan->tokens[noun]) || nashra_argument_is_doer(scan, noun);
    return whole && nashra_word_has_article(&scan->tokens[at - 1]) && !nashra_counts_people(scan) &&
           !nashra_verb_takes_thing(token) && !nashra_verb_passes(token);
}

static struct nashra_case_guess by_intransitive(const struct nashra_scan *scan, size_t verb, size_t noun, size_t at) {
    if (noun < at && (counts_units(scan, at) || has_doer(scan, noun, at) || has_whole_subject(scan, verb, noun, at)))
        return guess(NASHRA_ACCUSATIVE, 0.7f);
    return nashra_counts_time(scan, at) && (noun < at || !nashra_verb_passes(&scan->tokens[verb]))
               ? guess(NASHRA_ACCUSATIVE, 0.8f)
               : guess(NASHRA_NOMINATIVE, 0.7f);
}

struct nashra_case_guess nashra_case_by_verb(const struct nashra_scan *scan, const struct nashra_clause *clause,
                                             size_t at) {
    size_t verb = clause->verb, noun = nashra_argument_find(scan, verb, at);
    bool argument = noun < at;
    enum nashra_governor governor = nashra_verb_governs_argument(scan, verb, clause->governor);
    bool acts = governor == NASHRA_GOVERNS_MEASURE || governor == NASHRA_GOVERNS_NOTHING ||
                (governor >= NASHRA_GOVERNS_PASSIVE && governor <= NASHRA_GOVERNS_TRANSITIVE);
    if (argument && acts && nashra_argument_is_object(scan, verb, noun))
        return guess(NASHRA_NOMINATIVE, 0.7f);
    switch (governor) {
    case NASHRA_GOVERNS_NOTHING: /* ويشرف على المعابر 45 مراقبا */
        return argument ? guess(NASHRA_GENITIVE, 0.5f) : guess(NASHRA_NOMINATIVE, 0.7f);
    case NASHRA_GOVERNS_INNA: /* the predicate of إن; its noun behind a preposition: إن في الدار 20 رجلا */
        return argument ? guess(NASHRA_NOMINATIVE, 0.7f) : guess(NASHRA_ACCUSATIVE, 0.8f);
    case NASHRA_GOVERNS_KANA: /* كان في الحافلة 42: its noun; كان عددهم 42: its predicate */
        return argument ? guess(NASHRA_ACCUSATIVE, 0.85f) : guess(NASHRA_NOMINATIVE, 0.7f);
    case NASHRA_GOVERNS_PASSIVE:
        return by_passive(scan, verb, argument, at);
    case NASHRA_GOVERNS_TRANSITIVE:
        return by_transitive(scan, verb, argument, at);
    case NASHRA_GOVERNS_INTRANSITIVE:
        return by_intransitive(scan, verb, noun, at);
    case NASHRA_GOVERNS_EITHER:
        return by_either(scan, verb, argument, at);
    default: /* صعد إلى القطار 20 راكبا */
        if (!argument && nashra_counts_humans(scan) && opens_clause_with_place(scan, verb))
            return guess(NASHRA_NOMINATIVE, 0.66f);
        return guess(NASHRA_ACCUSATIVE, 0.8f);
    }
}
