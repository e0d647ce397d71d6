/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/subject.h"

#include <string.h>

#include "context/agree.h"
#include "context/argument.h"
#include "context/clause.h"

enum {
    LETTER = 2 /* bytes of an Arabic letter in UTF-8 */,
    LONGEST_SUBJECT = 6 /* words: قوات الجيش اللبناني في الجنوب */,
    LONGEST_CLAUSE = 7
};

bool nashra_verb_may_be_active(const struct nashra_token *token) {
    return token->verb != NULL &&
           (token->verb->governor == NASHRA_GOVERNS_EITHER || token->verb->governor == NASHRA_GOVERNS_TRANSITIVE);
}

bool nashra_verb_takes_thing(const struct nashra_token *token) {
    return token->verb != NULL && token->verb->takes_thing;
}

bool nashra_verb_is_also_noun(const struct nashra_token *token) {
    bool cue = token->lexeme != NULL && (token->lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_NOUN)) != 0;
    return cue || (token->verb != NULL && token->verb->also_noun);
}

bool nashra_verb_is_noun_here(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    if (at == 0 || !nashra_verb_is_also_noun(&scan->tokens[at]) || nashra_clause_begins(scan, at))
        return false;
    const struct nashra_token *before = &scan->tokens[at - 1];
    enum nashra_governor governor = nashra_word_governs(before);
    if (governor == NASHRA_GOVERNS_PREPOSITION || governor == NASHRA_GOVERNS_NOUN ||
        governor == NASHRA_GOVERNS_MEASURE ||
        (governor >= NASHRA_GOVERNS_PASSIVE && governor <= NASHRA_GOVERNS_TRANSITIVE))
        return true; /* بعد كشف, دخلت عبر, يبلغ عرض */
    const struct nashra_token *next = nashra_scan_token(scan, at + 1);
    if (next != NULL && nashra_word_governs(next) == NASHRA_GOVERNS_PRONOUN)
        return false; /* حفل كرم خلاله */
    return !nashra_word_has_pronoun(before) && nashra_word_may_be_construct(scan, before) &&
           nashra_noun_find(scan->numbers, scan->arena, before->text, before->length, &match) == 0 && match.noun.known;
}

static bool is_plain_noun(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    return token->kind == NASHRA_TOKEN_WORD && nashra_word_governs(token) == NASHRA_GOVERNS_NOTHING &&
           !nashra_word_is_governed(token) && !nashra_argument_is_time(scan, at);
}

/* في حادث سير قتل 20: the sentence begins with it, and needs its verb. */
static bool is_in_front_of_main_verb(const struct nashra_scan *scan, size_t verb) {
    enum { LONGEST = 4 /* words */ };
    for (size_t i = 2; i <= LONGEST && i <= verb; i++)
        if (nashra_word_governs(&scan->tokens[verb - i]) == NASHRA_GOVERNS_PREPOSITION &&
            nashra_clause_begins(scan, verb - i))
            return true;
    return false;
}

/* زلزال, حريق متعمد: a thing without the article; its adjective has none either. The place of the noun, or `end`. */
static size_t thing_before(const struct nashra_scan *scan, size_t end) {
    enum { NOUN_AND_ADJECTIVE = 2 };
    struct nashra_noun_match match;
    for (size_t i = 1; i <= NOUN_AND_ADJECTIVE && i <= end; i++) {
        const struct nashra_token *noun = &scan->tokens[end - i];
        if (!is_plain_noun(scan, end - i) || nashra_word_has_article(noun) || nashra_word_has_pronoun(noun) ||
            nashra_noun_find(scan->numbers, scan->arena, noun->text, noun->length, &match) != 0)
            return end;
        if (match.noun.known)
            return !match.noun.human && match.number == NASHRA_SINGULAR ? end - i : end;
    }
    return end;
}

bool nashra_subject_is_described(const struct nashra_scan *scan, size_t verb) {
    if (nashra_clause_begins(scan, verb) || is_in_front_of_main_verb(scan, verb) ||
        nashra_verb_is_also_noun(&scan->tokens[verb]) || nashra_subject_goes_on(scan, verb)) /* فقتل */
        return false;
    return thing_before(scan, verb) != verb;
}

/* إنها اعتقلت 20, وهم قتلوا: a pronoun is the subject; in إنه قتل 20 it may stand for nothing, so that it is none here.
 */
static bool is_pronoun(const struct nashra_scan *scan, size_t at) {
    static const char *const pronouns[] = {"إنها",  "أنها",  "إنهم",  "أنهم", "لأنها",
                                           "لأنهم", "لكنها", "لكنهم", "هي",   "هم"};
    const struct nashra_token *token = &scan->tokens[at];
    for (size_t i = 0; i < sizeof pronouns / sizeof *pronouns; i++)
        if (token->kind == NASHRA_TOKEN_WORD && strcmp(token->text + token->stem, pronouns[i]) == 0)
            return true;
    return false;
}

static bool is_comma(const struct nashra_scan *scan, size_t at) {
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at);
    return symbol != NULL && symbol->role == NASHRA_SYMBOL_COMMA;
}

static bool is_of_noun_phrase(enum nashra_governor governor) {
    return governor == NASHRA_GOVERNS_NOTHING || governor == NASHRA_GOVERNS_NOUN || governor == NASHRA_GOVERNS_ADVERB ||
           governor == NASHRA_GOVERNS_TOPIC || governor == NASHRA_GOVERNS_PREPOSITION; /* غارة على البلدة */
}

/* القوات التي دخلت المدينة: the clause behind a relative pronoun is part of the subject; the place of the pronoun, or
 * `end` when no such clause ends there. */
static size_t before_relative_clause(const struct nashra_scan *scan, size_t end) {
    for (size_t at = end; at > 1 && end - at < LONGEST_CLAUSE; at--) {
        if (nashra_clause_is_relative(scan, at))
            return at - 1;
        if (nashra_clause_begins(scan, at) || scan->tokens[at - 1].kind != NASHRA_TOKEN_WORD)
            return end;
    }
    return end;
}

/* The first word of the noun phrase that ends before `end` and begins the clause, or stands behind إن or كان; `end`
 * when there is none. */
static size_t start_of_subject(const struct nashra_scan *scan, size_t end) {
    size_t at = before_relative_clause(scan, end);
    for (size_t words = 0; at > 0 && words < LONGEST_SUBJECT && !nashra_clause_begins(scan, at); words++) {
        enum nashra_governor governor = nashra_word_governs(&scan->tokens[at - 1]);
        if (governor == NASHRA_GOVERNS_INNA || governor == NASHRA_GOVERNS_KANA)
            return at;
        if (scan->tokens[at - 1].kind != NASHRA_TOKEN_WORD || !is_of_noun_phrase(governor))
            return end;
        at--;
    }
    return nashra_clause_begins(scan, at) ? at : end;
}

/* السيول، وهي الأعنف منذ عقود، عزلت: the comma where what stands between two of them begins, or `end`. */
static size_t before_parenthesis(const struct nashra_scan *scan, size_t end) {
    enum { LONGEST = 9 /* words */ };
    size_t open = end - 1;
    if (!is_comma(scan, end - 1) || nashra_subject_goes_on(scan, end))
        return end;
    for (size_t words = 0; words < LONGEST && open > 0 && scan->tokens[open - 1].kind == NASHRA_TOKEN_WORD; words++)
        open--;
    if (open < 2 || open + 1 >= end || !is_comma(scan, open - 1))
        return end;
    const struct nashra_token *first = &scan->tokens[open];
    enum nashra_governor governor = nashra_word_governs(first);
    bool verb = governor >= NASHRA_GOVERNS_PASSIVE && governor <= NASHRA_GOVERNS_TRANSITIVE &&
                !nashra_word_has_article(&scan->tokens[open - 2]); /* عقار للسل، يؤخذ أسبوعيا، أثبت */
    return verb || governor == NASHRA_GOVERNS_RELATIVE || governor == NASHRA_GOVERNS_PREPOSITION ||
                   is_pronoun(scan, open) || strcmp(first->text, "وهو") == 0
               ? open - 1
               : end;
}

bool nashra_subject_in_front(const struct nashra_scan *scan, size_t verb) {
    size_t end = verb > 1 && strcmp(scan->tokens[verb - 1].text, "قد") == 0 ? verb - 1 : verb; /* كان الجيش قد قتل */
    if (end == 0)
        return false;
    size_t outside = before_parenthesis(scan, end);
    if (outside == end && nashra_clause_begins(scan, end))
        return false;
    end = outside;
    if (is_pronoun(scan, end - 1) || nashra_subject_is_described(scan, end))
        return true;
    size_t start = start_of_subject(scan, end);
    if (start == end || !is_plain_noun(scan, start))
        return false;
    const struct nashra_token *last = &scan->tokens[end - 1];
    bool plain = !nashra_argument_is_time(scan, end - 1) && nashra_word_governs(last) == NASHRA_GOVERNS_NOTHING;
    return plain || before_relative_clause(scan, end) != end;
}

/* في غرفة مكتظة بالشاشات يراقب 6 شبان: what begins the clause is an adverbial, and no subject. */
bool nashra_subject_is_absent(const struct nashra_scan *scan, size_t verb) {
    enum { LONGEST = 8 };
    size_t start = verb;
    for (size_t words = 0; words < LONGEST && !nashra_clause_begins(scan, start); words++)
        start--;
    const struct nashra_token *first = &scan->tokens[start];
    if (start == verb || nashra_word_governs(&scan->tokens[verb - 1]) == NASHRA_GOVERNS_INNA) /* قبل أن يسجل */
        return false;
    return nashra_clause_begins(scan, start) && first->kind == NASHRA_TOKEN_WORD &&
           (nashra_word_governs(first) == NASHRA_GOVERNS_PREPOSITION || nashra_word_is_governed(first) ||
            (nashra_word_governs(first) == NASHRA_GOVERNS_NOUN &&
             strncmp(first->text + first->stem, "ب", LETTER) == 0)); /* بموجب الاتفاق */
}

bool nashra_subject_goes_on(const struct nashra_scan *scan, size_t verb) {
    const struct nashra_token *token = &scan->tokens[verb];
    bool listed = token->lexeme != NULL && token->lexeme->governor != NASHRA_GOVERNS_NOTHING;
    bool joined = listed ? token->stem != 0 && (token->proclitics & NASHRA_PROCLITIC_GENITIVE) == 0
                         : token->verb != NULL && token->verb_joined;
    static const char *const before[] = {"ثم", "بل", "وقد"};
    for (size_t i = 0; i < sizeof before / sizeof *before && verb > 0 && !joined; i++)
        joined = nashra_scan_is_word(scan, verb - 1, before[i]);
    return joined;
}

/* The verb before one that goes on: in its clause, or in the one before the comma. */
static struct nashra_clause clause_before(const struct nashra_scan *scan, size_t verb) {
    if (!nashra_subject_goes_on(scan, verb))
        return (struct nashra_clause){0};
    size_t end = nashra_scan_is_word(scan, verb - 1, "وقد") || nashra_scan_is_word(scan, verb - 1, "ثم") ||
                         nashra_scan_is_word(scan, verb - 1, "بل")
                     ? verb - 1
                     : verb;
    return nashra_clause_look_left(scan, end != 0 && is_comma(scan, end - 1) ? end - 1 : end);
}

/* الجيش, الزلزال: what does something to people and things. */
static bool acts(const struct nashra_scan *scan, size_t noun) {
    return nashra_argument_is_doer(scan, noun) || (nashra_scan_cues(scan, noun) & NASHRA_CUE_BIT(NASHRA_CUE_BLOW)) != 0;
}

bool nashra_subject_is_shared(const struct nashra_scan *scan, size_t verb) {
    struct nashra_clause before = clause_before(scan, verb);
    if (!before.found || before.governor < NASHRA_GOVERNS_PASSIVE || before.governor > NASHRA_GOVERNS_TRANSITIVE ||
        !nashra_agree_verbs(scan, before.verb, verb))
        return false;
    if (nashra_subject_in_front(scan, before.verb))
        return true;
    size_t noun = nashra_argument_find(scan, before.verb, verb);
    return noun < verb && acts(scan, noun) &&
           (before.governor >= NASHRA_GOVERNS_EITHER ||
            (before.governor == NASHRA_GOVERNS_INTRANSITIVE && !nashra_counts_people(scan)));
}

bool nashra_subject_changes(const struct nashra_scan *scan, size_t verb) {
    struct nashra_clause before = clause_before(scan, verb);
    if (!before.found || before.governor < NASHRA_GOVERNS_PASSIVE || before.governor > NASHRA_GOVERNS_TRANSITIVE)
        return false;
    bool passive = before.governor == NASHRA_GOVERNS_PASSIVE && !nashra_verb_may_be_active(&scan->tokens[before.verb]);
    if (passive || nashra_agree_parts_verbs(scan, before.verb, verb))
        return true;
    size_t noun = nashra_argument_find(scan, before.verb, verb);
    const struct nashra_token *token = &scan->tokens[verb];
    bool joined = token->stem != 0 || token->verb_joined; /* not وقد وظف */
    return joined && noun < verb && nashra_counts_people(scan) && !acts(scan, noun) &&
           !nashra_word_is_name(scan, noun) &&
           !nashra_subject_in_front(scan, before.verb); /* فتح تحقيق واستجوب 20 شاهدا */
}

bool nashra_subject_is_awaited(const struct nashra_scan *scan, size_t verb) {
    static const char *const awaited[] = {"المقرر", "المتوقع", "المنتظر", "المرجح", "المفترض", "المرتقب", "المحتمل",
                                          "الممكن", "المزمع",  "ينتظر",   "يتوقع",  "يرجح",    "يفترض",   "ينبغي"};
    if (verb < 2 || !nashra_scan_is_word(scan, verb - 1, "أن"))
        return false;
    for (size_t i = 0; i < sizeof awaited / sizeof *awaited; i++)
        if (strcmp(scan->tokens[verb - 2].text + scan->tokens[verb - 2].stem, awaited[i]) == 0)
            return true;
    return false;
}

enum nashra_governor nashra_verb_governs_argument(const struct nashra_scan *scan, size_t verb,
                                                  enum nashra_governor governor) {
    struct nashra_noun_match match;
    static const char *const imperfect[] = {"أن", "لن", "لم", "سوف", "لكي", "كي"};
    const struct nashra_token *token = &scan->tokens[verb], *next = nashra_scan_token(scan, verb + 1);
    size_t skip = token->verb != NULL && token->verb_joined ? LETTER : token->stem; /* وتجمع البطولة */
    const struct nashra_verb *feminine =
        nashra_verbs_find_feminine(scan->lexis, token->text + skip, token->length - skip);
    for (size_t i = 0; i < sizeof imperfect / sizeof *imperfect && verb > 0 && feminine != NULL; i++)
        if (nashra_scan_is_word(scan, verb - 1, imperfect[i]))
            return (enum nashra_governor)feminine->governor; /* أن توقع */
    if (feminine == NULL || next == NULL || next->kind != NASHRA_TOKEN_WORD || nashra_word_is_governed(next) ||
        nashra_noun_find(scan->numbers, scan->arena, next->text, next->length, &match) != 0 || !match.noun.known ||
        match.noun.gender != NASHRA_FEMININE)
        return governor;
    return (enum nashra_governor)feminine->governor;
}
