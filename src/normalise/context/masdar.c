/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/masdar.h"

#include <string.h>

#include "context/argument.h"
#include "context/clause.h"
#include "context/subject.h"
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

/* أعلن الجيش قتل 20 مسلحا, تبنى التنظيم قتل 20: the sentence has its verb and its subject; the second is a verbal noun.
 */
bool nashra_masdar_follows_subject(const struct nashra_scan *scan, size_t at) {
    enum { TWO_WORDS = 2 };
    if (at < 2 || nashra_clause_begins(scan, at) || !nashra_word_has_article(&scan->tokens[at - 1]))
        return false;
    struct nashra_clause clause = nashra_clause_look_left(scan, at);
    bool transitive = clause.governor == NASHRA_GOVERNS_TRANSITIVE || clause.governor == NASHRA_GOVERNS_EITHER;
    const uint64_t speech = NASHRA_CUE_BIT(NASHRA_CUE_SAY) | NASHRA_CUE_BIT(NASHRA_CUE_ANNOUNCE);
    return clause.found && (transitive || (nashra_scan_cues(scan, clause.verb) & speech) != 0) &&
           clause.verb + TWO_WORDS >= at - 1 && nashra_argument_find(scan, clause.verb, at) < at &&
           (clause.verb == 0 || !nashra_clause_opens(scan, clause.verb - 1));
}

/* قتل, أسر, وطرد: a verb of three letters, whose verbal noun is spelt alike. */
static bool may_be_masdar(const struct nashra_scan *scan, size_t at) {
    enum { ROOT = 6 };
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[at];
    enum nashra_governor governor = nashra_word_governs(token);
    if (nashra_verb_is_also_noun(token))
        return true;
    if (governor == NASHRA_GOVERNS_PASSIVE || governor == NASHRA_GOVERNS_EITHER)
        return token->length - (strncmp(token->text, "و", 2) == 0 ? 2 : 0) == ROOT;
    return governor == NASHRA_GOVERNS_NOTHING && nashra_noun_is_verbal(token->text, token->length) &&
           nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 && !match.noun.human;
}

/* أعلن الجيش قتل قائد وأسر 3, بهدم المنازل وطرد 20 عائلة: joined to a verbal noun that something governs. */
bool nashra_masdar_is_joined(const struct nashra_scan *scan, size_t at) {
    enum { REACH = 6 };
    if (strncmp(scan->tokens[at].text, "و", 2) != 0 || !may_be_masdar(scan, at))
        return false;
    for (size_t i = 1; i <= REACH && i < at && scan->tokens[at - i].kind == NASHRA_TOKEN_WORD; i++) {
        const struct nashra_token *other = &scan->tokens[at - i];
        if (!nashra_word_has_article(other) && strncmp(other->text, "و", 2) != 0 && may_be_masdar(scan, at - i))
            return nashra_word_is_governed(other) || nashra_masdar_is_governed(scan, at - i) ||
                   nashra_masdar_follows_subject(scan, at - i);
    }
    return false;
}
