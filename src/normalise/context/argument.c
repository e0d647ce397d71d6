/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/argument.h"

#include <string.h>

#include "context/agree.h"
#include "context/clause.h"
#include "context/subject.h"
#include "number/letters.h"
#include "quantity.h"

bool nashra_argument_is_time(const struct nashra_scan *scan, size_t at) {
    const uint64_t time = NASHRA_CUE_BIT(NASHRA_CUE_SPAN) | NASHRA_CUE_BIT(NASHRA_CUE_DAY) |
                          NASHRA_CUE_BIT(NASHRA_CUE_DAYTIME) | NASHRA_CUE_BIT(NASHRA_CUE_MONTH) |
                          NASHRA_CUE_BIT(NASHRA_CUE_YEAR) | NASHRA_CUE_BIT(NASHRA_CUE_TIME);
    return (nashra_scan_cues(scan, at) & time) != 0;
}

bool nashra_argument_is_doer(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[at];
    return (nashra_scan_cues(scan, at) & NASHRA_CUE_BIT(NASHRA_CUE_ACTOR)) != 0 ||
           (nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 && match.noun.human);
}

/* كان بانتظاره 3 رجال */
static bool is_owned_noun_behind_bi(const struct nashra_scan *scan, const struct nashra_token *token) {
    enum { LETTER = 2 };
    size_t tail = nashra_pronoun_of(token->text, token->length);
    if (tail == 0 || token->lexeme != NULL || strncmp(token->text, "ب", LETTER) != 0)
        return false;
    const char *stem = token->text + LETTER;
    size_t length = token->length - LETTER - tail;
    return nashra_noun_is_verbal(stem, length) || nashra_word_is_noun_stem(scan, stem, length);
}

/* الماضي, الأول: what follows a noun of time. */
static bool describes_time(const struct nashra_scan *scan, size_t at) {
    static const char *const words[] = {"الماضي", "الماضية", "الجاري", "الجارية", "الحالي", "الحالية",
                                        "المقبل", "المقبلة", "القادم", "القادمة", "الفائت", "المنصرم"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (nashra_scan_is_word(scan, at, words[i]))
            return true;
    return nashra_scan_is_word(scan, at, "الأول") || nashra_scan_is_word(scan, at, "نفسه");
}

/* قتل صباح الأحد, وصل متأخرا: one past the adverbials behind a verb. */
static size_t skip_adverbials(const struct nashra_scan *scan, size_t verb, size_t at) {
    enum nashra_governor governor = nashra_word_governs(&scan->tokens[verb]);
    size_t next = verb + 1;
    if (governor < NASHRA_GOVERNS_PASSIVE || governor > NASHRA_GOVERNS_TRANSITIVE ||
        nashra_verb_passes(&scan->tokens[verb]))
        return next;
    while (next < at && scan->tokens[next].kind == NASHRA_TOKEN_WORD &&
           (nashra_word_governs(&scan->tokens[next]) == NASHRA_GOVERNS_ADVERB || nashra_argument_is_time(scan, next) ||
            (next > verb + 1 && describes_time(scan, next))))
        next++;
    return next;
}

size_t nashra_argument_find(const struct nashra_scan *scan, size_t verb, size_t at) {
    size_t next = skip_adverbials(scan, verb, at);
    if (next >= at)
        return at;
    const struct nashra_token *token = &scan->tokens[next];
    enum nashra_governor governor = nashra_word_governs(token);
    bool place = token->lexeme != NULL && (token->lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_BETWEEN)) != 0;
    bool by = nashra_word_is_noun_behind_bi(scan, token) && !nashra_word_is_noun_stem(scan, token->text, token->length);
    bool stands = token->kind == NASHRA_TOKEN_WORD && governor != NASHRA_GOVERNS_PREPOSITION && !place &&
                  governor < NASHRA_GOVERNS_FUNCTION && !nashra_word_is_governed(token) &&
                  !is_owned_noun_behind_bi(scan, token) && !by; /* خصصت لإيواء النازحين 7 مدارس */
    return stands ? next : at;
}

/* المتحف, دراسته, مركز الإقلاع */
static bool is_definite(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at], *next = nashra_scan_token(scan, at + 1);
    return nashra_word_has_article(token) || nashra_word_has_pronoun(token) ||
           (next != NULL && next->kind == NASHRA_TOKEN_WORD && nashra_word_has_article(next) &&
            nashra_word_may_be_construct(scan, token));
}

/* 20 متسلقا, 1000 مدخن: a participle that the tables don't know names who does something. */
static bool counts_participle(const struct nashra_scan *scan) {
    enum { SHORTEST = 8 /* bytes: four letters, not the unit م */ };
    const struct nashra_token *thing = scan->amount != NULL ? nashra_scan_token(scan, scan->amount->thing) : NULL;
    return thing != NULL && scan->amount->kind == NASHRA_COUNTS_NOUN && !scan->amount->noun.noun.known &&
           thing->length >= SHORTEST && strncmp(thing->text, "م", 2) == 0;
}

/* زار المتحف 20 سائحا, ترأس الجلسة 20 نائبا: people behind the place or the event; but زار الوزير 20 مدرسة. */
static bool is_thing_done(const struct nashra_scan *scan, size_t verb, size_t noun) {
    return nashra_verb_takes_thing(&scan->tokens[verb]) && (nashra_counts_people(scan) || counts_participle(scan)) &&
           is_definite(scan, noun) && !nashra_argument_is_doer(scan, noun) &&
           nashra_word_governs(&scan->tokens[noun]) == NASHRA_GOVERNS_NOTHING;
}

/* ضربت المنطقة 20 هزة, هز بيروت 3 انفجارات; but ضرب الجيش 20 هدفا, أصاب الصاروخ 3 أبراج */
static bool is_struck(const struct nashra_scan *scan, size_t verb, size_t noun) {
    const uint64_t blow = NASHRA_CUE_BIT(NASHRA_CUE_BLOW);
    return (nashra_scan_cues(scan, verb) & blow) != 0 && scan->amount != NULL &&
           scan->amount->kind == NASHRA_COUNTS_NOUN && (nashra_scan_cues(scan, scan->amount->thing) & blow) != 0 &&
           (nashra_scan_cues(scan, noun) & blow) == 0 && !nashra_argument_is_doer(scan, noun);
}

bool nashra_argument_is_object(const struct nashra_scan *scan, size_t verb, size_t noun) {
    if (is_thing_done(scan, verb, noun) || is_struck(scan, verb, noun))
        return true;
    bool counted = scan->amount != NULL && scan->amount->kind == NASHRA_COUNTS_NOUN &&
                   !nashra_counts_time(scan, scan->amount->first);
    return counted && noun == verb + 1 && nashra_agree_bars_noun(scan, verb) && !nashra_agree_bars_phrase(scan, verb) &&
           !nashra_clause_is_relative(scan, verb) && !nashra_subject_goes_on(scan, verb) &&
           !nashra_subject_in_front(scan, verb);
}
