/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/masdar.h"

#include <string.h>

#include "context/clause.h"
#include "quantity.h"

/* بعد قصف 3 مواقع, تمكن من قتل 5: what looks like a verb is a verbal noun behind what governs. */
bool nashra_masdar_is_governed(const struct nashra_scan *scan, size_t at) {
    enum nashra_governor before = at != 0 ? nashra_word_governs(&scan->tokens[at - 1]) : NASHRA_GOVERNS_NOTHING;
    bool until = at != 0 && nashra_scan_is_word(scan, at - 1, "حتى"); /* حتى قتل 3: until he killed */
    if ((scan->tokens[at].proclitics & NASHRA_PROCLITIC_AND) != 0 || nashra_word_is_imperfect(&scan->tokens[at]))
        return false; /* قبل ولعب 6: accepted and played; كل تملك 25 */
    return (before == NASHRA_GOVERNS_PREPOSITION || before == NASHRA_GOVERNS_NOUN) && !until;
}

/* بعد أن قصف, قبل أن يقصف */
static bool is_behind_that(const struct nashra_scan *scan, size_t at) {
    return at >= 2 && nashra_scan_is_word(scan, at - 1, "أن") &&
           nashra_word_governs(&scan->tokens[at - 2]) == NASHRA_GOVERNS_PREPOSITION;
}

/* إن ميسي رفع 8 كؤوس; but يحاول رفع 8, يمكنها حمل 150 */
static bool is_subject_by_name(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    return nashra_word_is_name(scan, at) && !nashra_word_has_pronoun(token) && strncmp(token->text, "ي", 2) != 0 &&
           !nashra_clause_may_be_verb(scan, at);
}

/* أعلن الجيش نشر 3 كتائب, عملية هدم 3 منازل: spelt as the verb is; that stands where a clause begins, behind بعد أن, or
 * behind a subject that no verb precedes (إن الفريق جمع 5 نقاط). A first word may be a headline's. */
bool nashra_masdar_looks_like_verb(const struct nashra_scan *scan, size_t at) {
    if ((nashra_scan_cues(scan, at) & NASHRA_CUE_BIT(NASHRA_CUE_MASDAR)) == 0 || is_behind_that(scan, at))
        return false;
    if (at == 0) /* هدم 6 منازل */
        return strncmp(scan->tokens[0].text, "و", 2) != 0 && scan->amount != NULL &&
               scan->amount->kind == NASHRA_COUNTS_NOUN && !nashra_counts_people(scan);
    if (nashra_clause_begins(scan, at))
        return false;
    struct nashra_clause clause = nashra_clause_look_left(scan, at);
    const uint64_t speech = NASHRA_CUE_BIT(NASHRA_CUE_SAY) | NASHRA_CUE_BIT(NASHRA_CUE_ANNOUNCE);
    bool verb = clause.found ? clause.governor != NASHRA_GOVERNS_INNA && clause.governor != NASHRA_GOVERNS_KANA
                             : (nashra_scan_cues(scan, clause.start) & speech) != 0;
    return verb || (nashra_word_may_be_construct(scan, &scan->tokens[at - 1]) && !is_subject_by_name(scan, at - 1));
}
