/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/clause.h"

#include <string.h>

#include "context/participle.h"
#include "context/subject.h"
#include "number/letters.h"
#include "quantity.h"

enum { REACH = 12 /* tokens that are looked at to the left */ };

bool nashra_word_has_article(const struct nashra_token *token) {
    unsigned bits = 0;
    return nashra_article_end(token->text, token->length, &bits) != 0;
}

bool nashra_word_has_pronoun(const struct nashra_token *token) {
    return nashra_pronoun_of(token->text, token->length) != 0;
}

bool nashra_word_is_governed(const struct nashra_token *token) {
    unsigned bits = token->proclitics;
    if (token->kind == NASHRA_TOKEN_WORD)
        nashra_article_end(token->text, token->length, &bits);
    return (bits & NASHRA_PROCLITIC_GENITIVE) != 0;
}

bool nashra_word_is_imperfect(const struct nashra_token *token) {
    enum { LETTER = 2, SHORTEST = 4 * LETTER };
    const char *stem = token->text + token->stem;
    size_t length = token->length - token->stem;
    if (length < SHORTEST || strncmp(stem, "ي", LETTER) == 0)
        return length >= SHORTEST;
    const char *last = stem + length - LETTER;
    return strncmp(stem, "ت", LETTER) == 0 && strcmp(last, "ت") != 0 && strcmp(last, "ى") != 0;
}

/* What verbs.tsv says where governors.tsv says nothing. */
static enum nashra_governor governs_as_verb(const struct nashra_token *token) {
    return token->verb != NULL ? (enum nashra_governor)token->verb->governor : NASHRA_GOVERNS_NOTHING;
}

enum nashra_governor nashra_word_governs(const struct nashra_token *token) {
    if (token->kind != NASHRA_TOKEN_WORD)
        return NASHRA_GOVERNS_NOTHING;
    if (token->lexeme == NULL || (token->stem != 0 && token->verb != NULL && !token->verb_joined))
        return governs_as_verb(token); /* فتحت is no ف and تحت */
    enum nashra_governor governor = (enum nashra_governor)token->lexeme->governor;
    bool article = (token->proclitics & NASHRA_PROCLITIC_ARTICLE) != 0;
    if (article && governor != NASHRA_GOVERNS_MEASURE)
        return NASHRA_GOVERNS_NOTHING;
    /* بمقتل is a noun, بقتل isn't the verb, ليفقد is */
    bool verb = governor >= NASHRA_GOVERNS_PASSIVE && governor <= NASHRA_GOVERNS_TRANSITIVE;
    if (verb && (token->proclitics & NASHRA_PROCLITIC_GENITIVE) != 0 && !nashra_word_is_imperfect(token))
        return token->verb != NULL ? governs_as_verb(token) : NASHRA_GOVERNS_NOUN; /* برأت is no ب and رأت */
    return governor == NASHRA_GOVERNS_NOTHING ? governs_as_verb(token) : governor;
}

bool nashra_word_is_noun_behind_bi(const struct nashra_scan *scan, const struct nashra_token *token) {
    enum { LETTER = 2, SHORTEST = 5 * LETTER };
    struct nashra_noun_match match;
    bool behind = strncmp(token->text, "ب", LETTER) == 0 || strncmp(token->text, "ل", LETTER) == 0;
    if (token->lexeme != NULL && token->stem != 0 && (token->proclitics & NASHRA_PROCLITIC_GENITIVE) != 0)
        return true; /* قام ببطولة 25 فيلما */
    return behind && token->length >= SHORTEST && token->lexeme == NULL &&
           nashra_noun_find(scan->numbers, scan->arena, token->text + LETTER, token->length - LETTER, &match) == 0 &&
           match.noun.known && !match.article;
}

bool nashra_word_is_plural_verb(const struct nashra_token *token) {
    const char *text = token->text;
    if (strncmp(text, "و", 2) == 0 || strncmp(text, "ف", 2) == 0)
        text += 2;
    size_t length = strlen(text);
    bool imperfect = strncmp(text, "ي", 2) == 0 || strncmp(text, "ت", 2) == 0;
    return length > 8 && ((imperfect && nashra_ends_with(text, length, "ون")) || nashra_ends_with(text, length, "وا"));
}

bool nashra_word_is_our_verb(const struct nashra_token *token) {
    return token->lexeme == NULL && token->length >= 10 && nashra_ends_with(token->text, token->length, "نا") &&
           !nashra_word_has_article(token);
}

bool nashra_word_holds_subject(const struct nashra_token *token) {
    return strstr(token->text, "ون") != NULL;
}

static bool is_verbal_noun_behind_bi(const struct nashra_token *token, size_t pronoun) {
    enum { LETTER = 2, SHORTEST = 6 * LETTER };
    bool behind = strncmp(token->text, "ب", LETTER) == 0 || strncmp(token->text, "ل", LETTER) == 0;
    return behind && token->lexeme == NULL && token->length >= SHORTEST + pronoun &&
           nashra_noun_is_verbal(token->text + LETTER, token->length - LETTER - pronoun);
}

bool nashra_word_is_verbal_noun(const struct nashra_scan *scan, size_t at) {
    enum { LETTER = 2, SHORTEST = 3 * LETTER, SHORTEST_DERIVED = 5 * LETTER };
    const struct nashra_token *token = &scan->tokens[at];
    size_t skip = strncmp(token->text, "و", LETTER) == 0 ? LETTER : 0,
           pronoun = nashra_pronoun_of(token->text, token->length);
    if (pronoun == 0 || at == 0 || token->length < skip + pronoun + SHORTEST)
        return false;
    if (is_verbal_noun_behind_bi(token, pronoun)) /* بتغريمه 20 دينارا */
        return true;
    enum nashra_governor before = nashra_word_governs(&scan->tokens[at - 1]);
    bool governed =
        before == NASHRA_GOVERNS_PREPOSITION || before == NASHRA_GOVERNS_NOUN || (skip != 0 && scan->has_last);
    const char *stem = token->text + skip;
    size_t length = token->length - skip - pronoun;
    if (!governed || (length >= SHORTEST_DERIVED && nashra_noun_is_verbal(stem, length)))
        return governed;
    const struct nashra_lexeme *verb = nashra_lexis_word(scan->lexis, stem, length); /* بعد خفضه 25 نقطة */
    return skip == 0 && verb != NULL &&
           (verb->governor == NASHRA_GOVERNS_TRANSITIVE || verb->governor == NASHRA_GOVERNS_EITHER);
}

static bool is_pause(const struct nashra_scan *scan, size_t at) {
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at);
    const struct nashra_token *next = nashra_scan_token(scan, at + 1);
    if (symbol == NULL || symbol->role < NASHRA_SYMBOL_COMMA || symbol->role > NASHRA_SYMBOL_CLOSE)
        return false;
    bool inside = symbol->role == NASHRA_SYMBOL_DASH && !scan->tokens[at].space && next != NULL && !next->space;
    return !inside; /* إي-أون */
}

static bool is_verbal(enum nashra_governor governor) {
    return governor == NASHRA_GOVERNS_INNA || governor == NASHRA_GOVERNS_KANA || governor == NASHRA_GOVERNS_MEASURE ||
           (governor >= NASHRA_GOVERNS_PASSIVE && governor <= NASHRA_GOVERNS_TRANSITIVE);
}

static bool is_negation(const struct nashra_token *token, enum nashra_governor governor) {
    const char *stem = token->text + (strncmp(token->text, "و", 2) == 0 ? 2 : 0);
    return governor == NASHRA_GOVERNS_NEGATION || strcmp(stem, "ليس") == 0 || strcmp(stem, "ليست") == 0;
}

static bool opens_clause(enum nashra_governor governor) {
    return governor == NASHRA_GOVERNS_FUNCTION || governor == NASHRA_GOVERNS_RELATIVE;
}

/* وصل, وضع begin with a letter of their own. */
static bool is_joined(const struct nashra_token *token) {
    bool listed = token->lexeme != NULL && token->lexeme->governor != NASHRA_GOVERNS_NOTHING;
    bool own = listed ? token->stem == 0 : token->verb != NULL && !token->verb_joined;
    return strncmp(token->text, "و", 2) == 0 && !own;
}

bool nashra_clause_opens(const struct nashra_scan *scan, size_t at) {
    enum nashra_governor governor = nashra_word_governs(&scan->tokens[at]);
    return opens_clause(governor) || governor == NASHRA_GOVERNS_PREPOSITION || governor == NASHRA_GOVERNS_INNA;
}

bool nashra_clause_begins(const struct nashra_scan *scan, size_t at) {
    return at == 0 || is_pause(scan, at - 1) || is_joined(&scan->tokens[at]) ||
           opens_clause(nashra_word_governs(&scan->tokens[at - 1]));
}

/* تم, ستتم … */
bool nashra_clause_is_done(const struct nashra_scan *scan, size_t at) {
    const char *ends[] = {"تم", "تمت"};
    const struct nashra_token *token = &scan->tokens[at];
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(ends[i]);
        if (token->length >= n && token->length <= n + 6 && strcmp(token->text + token->length - n, ends[i]) == 0)
            return true;
    }
    return false;
}

/* تأهيل, إطلاق, استقبال: verbal nouns by a pattern that no verb has (تقدم, استفاد). */
static bool is_surely_verbal_noun(const struct nashra_token *token) {
    enum { LETTER = 2, FIVE = 5 * LETTER, SIX = 6 * LETTER };
    const char *text = token->text;
    if (token->length < FIVE || !nashra_noun_is_verbal(text, token->length))
        return false;
    const char *before_last = text + token->length - 2 * LETTER;
    bool alif = strncmp(before_last, "ا", LETTER) == 0;
    bool short_tenth = strncmp(text, "است", 3 * LETTER) == 0 && token->length == SIX;
    return (alif && ((token->length >= SIX && !short_tenth) || strncmp(text, "إ", LETTER) == 0)) ||
           (token->length == FIVE && strncmp(before_last, "ي", LETTER) == 0);
}

bool nashra_clause_may_be_verb(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[at];
    bool masdar = at != 0 && nashra_clause_is_done(scan, at - 1); /* تم استبعاد 50 */
    if (masdar || !nashra_clause_begins(scan, at) || token->kind != NASHRA_TOKEN_WORD || token->lexeme != NULL ||
        nashra_word_has_article(token))
        return false;
    bool foreign =
        strncmp(token->text, "إ", 2) == 0 || strncmp(token->text, "وإ", 4) == 0; /* إكستر: no verb begins so */
    bool nominal = token->length < 4 || foreign || is_surely_verbal_noun(token) ||
                   nashra_ends_with(token->text, token->length, "ة") ||
                   nashra_ends_with(token->text, token->length, "اء");
    return !nominal && nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 &&
           !match.noun.known;
}

bool nashra_clause_is_relative(const struct nashra_scan *scan, size_t at) {
    return at != 0 && nashra_word_governs(&scan->tokens[at - 1]) == NASHRA_GOVERNS_RELATIVE;
}

/* دخلت عبر المعبر: a preposition or a noun inside a clause. أنقذت السفينة التي وصلت إلى الميناء 9: the relative clause
 * has its subject, the phrase belongs to the verb before it. */
static bool is_no_verb_here(const struct nashra_scan *scan, size_t at, size_t end, enum nashra_governor governor) {
    if (governor < NASHRA_GOVERNS_PASSIVE || governor > NASHRA_GOVERNS_TRANSITIVE)
        return false;
    if (nashra_verb_is_noun_here(scan, at) ||
        (at > 0 && nashra_verb_is_also_noun(&scan->tokens[at]) && nashra_clause_is_done(scan, at - 1)))
        return true;
    if (governor != NASHRA_GOVERNS_INTRANSITIVE || at < 2 ||
        !(nashra_clause_is_relative(scan, at) || nashra_subject_is_described(scan, at)))
        return false;
    for (size_t i = at + 1; i < end; i++)
        if (nashra_word_has_pronoun(&scan->tokens[i]) &&
            nashra_word_governs(&scan->tokens[i]) != NASHRA_GOVERNS_PRONOUN)
            return false; /* الذين وصل عددهم 20, الذي مضى على بنائه 20 عاما */
    if (at + 2 == end && nashra_word_governs(&scan->tokens[at + 1]) == NASHRA_GOVERNS_PRONOUN)
        return false; /* الذي تقدمت به 20 شركة */
    return !nashra_verb_passes(&scan->tokens[at]);
}

bool nashra_word_may_be_construct(const struct nashra_scan *scan, const struct nashra_token *token) {
    enum { ENDING = 4 };
    struct nashra_noun_match match;
    if (token->kind != NASHRA_TOKEN_WORD || token->length < ENDING || nashra_word_has_article(token))
        return false;
    const char *end = token->text + token->length - ENDING;
    bool nunated = nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 &&
                   match.noun.known && (match.accusative_alif || match.number == NASHRA_DUAL);
    return !nunated && strcmp(end, "ون") != 0 && strcmp(end, "ين") != 0;
}

/* صعد خام برنت 1.2 دولار, يوجد في أنقرة 20 متحفا: a word that no table knows is a name, and governs nothing. */
bool nashra_word_is_name(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[at];
    return token->lexeme == NULL && !nashra_noun_is_verbal(token->text, token->length) &&
           nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 && !match.noun.known;
}

/* سطح سحب الميثان: a verb's verbal noun that another noun governs. بعد قصف الجيش 3 مواقع still has an object. */
static bool is_masdar_in_construct(const struct nashra_scan *scan, size_t at) {
    if ((nashra_scan_cues(scan, at) & NASHRA_CUE_BIT(NASHRA_CUE_MASDAR)) == 0 || nashra_clause_begins(scan, at))
        return false;
    const struct nashra_token *before = &scan->tokens[at - 1];
    enum nashra_governor governor = nashra_word_governs(before);
    return nashra_word_may_be_construct(scan, before) &&
           (governor == NASHRA_GOVERNS_NOTHING || governor == NASHRA_GOVERNS_NOUN);
}

/* دفع المشجعون 200 دولار, رصد المرصد 20 هزة: a noun that governs, but a verb with its subject where the clause begins.
 * ظهر السبت 20 مايو tells the time. */
static bool is_verb_too(const struct nashra_scan *scan, size_t at) {
    const uint64_t time = NASHRA_CUE_BIT(NASHRA_CUE_DAY) | NASHRA_CUE_BIT(NASHRA_CUE_DAYTIME);
    const struct nashra_token *next = &scan->tokens[at + 1];
    return scan->tokens[at].verb != NULL && nashra_clause_begins(scan, at) &&
           (nashra_word_has_article(next) || nashra_word_governs(next) == NASHRA_GOVERNS_PREPOSITION) &&
           (nashra_scan_cues(scan, at + 1) & time) == 0;
}

/* شاهدنا في الطريق 3 سيارات */
static bool holds_our_subject(const struct nashra_scan *scan, size_t at) {
    enum { ENDING = 4 };
    bool joined;
    const struct nashra_token *token = &scan->tokens[at];
    return nashra_word_is_our_verb(token) &&
           nashra_verbs_find(scan->lexis, token->text, token->length - ENDING, &joined) != NULL;
}

struct nashra_clause nashra_clause_look_left(const struct nashra_scan *scan, size_t at) {
    struct nashra_clause clause = {0};
    size_t k = at;
    for (size_t steps = 0; k > 0 && steps < REACH && !is_pause(scan, k - 1); steps++) {
        enum nashra_governor governor = nashra_word_governs(&scan->tokens[--k]);
        clause.negated = clause.negated || is_negation(&scan->tokens[k], governor);
        if (is_no_verb_here(scan, k, at, governor))
            governor = NASHRA_GOVERNS_NOTHING;
        if (governor == NASHRA_GOVERNS_NOUN && k + 1 < at && is_verb_too(scan, k))
            governor = (enum nashra_governor)scan->tokens[k].verb->governor;
        if (!clause.found && governor == NASHRA_GOVERNS_NOTHING && nashra_word_is_plural_verb(&scan->tokens[k]))
            governor = NASHRA_GOVERNS_MEASURE; /* its subject is in it, what follows is no subject */
        if (!clause.found && governor == NASHRA_GOVERNS_NOTHING &&
            (nashra_participle_governs(scan, k) || holds_our_subject(scan, k)))
            governor = NASHRA_GOVERNS_MEASURE;
        if (is_verbal(governor) && !clause.found && !is_masdar_in_construct(scan, k)) {
            clause.found = true;
            clause.verb = k;
            clause.governor = governor;
        }
        if (clause.found && clause.verb > k)
            break; /* one more token: the negation before the verb */
        if (!clause.found && k + 1 < at && nashra_clause_may_be_verb(scan, k) && !nashra_clause_is_relative(scan, k)) {
            clause.found = true; /* one that the tables don't know */
            clause.verb = k;
            clause.governor = NASHRA_GOVERNS_NOTHING;
            break;
        }
    }
    clause.whole = k == 0;
    clause.start = k;
    return clause;
}

bool nashra_word_is_noun_stem(const struct nashra_scan *scan, const char *stem, size_t length) {
    enum { LETTER = 2 };
    struct nashra_noun_match match;
    if (nashra_noun_find(scan->numbers, scan->arena, stem, length, &match) == 0 && match.noun.known)
        return true;
    char *singular = length > LETTER && strncmp(stem + length - LETTER, "ت", LETTER) == 0
                         ? nashra_arena_copy(scan->arena, stem, length)
                         : NULL;
    if (singular == NULL)
        return false;
    memcpy(singular + length - LETTER, "ة", LETTER);
    return nashra_noun_find(scan->numbers, scan->arena, singular, length, &match) == 0 && match.noun.known;
}

/* يومه, تعدادها */
static bool is_noun_with_pronoun(const struct nashra_scan *scan, const struct nashra_token *token) {
    size_t tail = nashra_pronoun_of(token->text, token->length);
    return nashra_word_is_noun_stem(scan, token->text, token->length - tail);
}

/* The verb that is left of a word without its object: أجرا of أجراها is أجرى. */
static const struct nashra_verb *verb_of_stem(const struct nashra_scan *scan, const char *stem, size_t length) {
    enum { LETTER = 2 };
    bool joined;
    const struct nashra_verb *verb = nashra_verbs_find(scan->lexis, stem, length, &joined);
    if (verb != NULL || length <= LETTER || strncmp(stem + length - LETTER, "ا", LETTER) != 0)
        return verb;
    char *weak = nashra_arena_copy(scan->arena, stem, length);
    if (weak != NULL)
        memcpy(weak + length - LETTER, "ى", LETTER);
    return weak != NULL ? nashra_verbs_find(scan->lexis, weak, length, &joined) : NULL;
}

static bool is_verb_with_pronoun(const struct nashra_scan *scan, const struct nashra_token *token) {
    size_t skip = strncmp(token->text, "و", 2) == 0 || strncmp(token->text, "ف", 2) == 0 ? 2 : 0;
    size_t tail = nashra_pronoun_of(token->text, token->length);
    if (token->lexeme != NULL || tail == 0 || token->length < tail + 6)
        return false;
    if (strcmp(token->text + token->length - strlen("نا"), "نا") == 0)
        return false; /* حققنا: the subject is in it */
    const struct nashra_verb *other = verb_of_stem(scan, token->text, token->length - tail);
    if (other != NULL && !other->also_noun && !is_noun_with_pronoun(scan, token))
        return true;
    const struct nashra_lexeme *verb = nashra_lexis_word(scan->lexis, token->text, token->length - tail); /* وقعها */
    if (verb == NULL && token->length >= skip + tail + 6)
        verb = nashra_lexis_word(scan->lexis, token->text + skip, token->length - skip - tail);
    return verb != NULL && (verb->cues & NASHRA_CUE_BIT(NASHRA_CUE_NOUN)) == 0 &&
           verb->governor >= NASHRA_GOVERNS_PASSIVE && verb->governor <= NASHRA_GOVERNS_TRANSITIVE;
}

bool nashra_clause_holds_object(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    const char *text = token->text;
    if (at != 0 && opens_clause(nashra_word_governs(&scan->tokens[at - 1])) && nashra_word_has_pronoun(token) &&
        token->lexeme == NULL)
        return true; /* فيما عارضه 41 */
    if (is_verb_with_pronoun(scan, token))
        return true; /* عشاء حضره 2000 ضيف */
    if (strncmp(text, "و", 2) == 0 || strncmp(text, "ف", 2) == 0)
        text += 2;
    bool imperfect = strncmp(text, "ي", 2) == 0 || strncmp(text, "ت", 2) == 0;
    return imperfect && token->lexeme == NULL && nashra_word_has_pronoun(token) && !is_noun_with_pronoun(scan, token);
}

bool nashra_clause_begins_with_noun(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[at];
    if (token->kind != NASHRA_TOKEN_WORD || nashra_word_governs(token) != NASHRA_GOVERNS_NOTHING)
        return nashra_word_governs(token) == NASHRA_GOVERNS_NOUN &&
               (token->lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_AMOUNT)) != 0;
    return nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 && match.noun.known;
}

bool nashra_clause_begins_with_and(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[at];
    if (token->kind != NASHRA_TOKEN_WORD || token->length < 8 || strncmp(token->text, "و", 2) != 0)
        return false;
    return nashra_noun_find(scan->numbers, scan->arena, token->text + 2, token->length - 2, &match) == 0 &&
           match.noun.known;
}

bool nashra_counts_time(const struct nashra_scan *scan, size_t at) {
    size_t i = at;
    while (i < scan->count && i < at + 4 && scan->tokens[i].kind != NASHRA_TOKEN_WORD)
        i++;
    return (nashra_scan_cues(scan, i) & NASHRA_CUE_BIT(NASHRA_CUE_SPAN)) != 0;
}

bool nashra_counts_money(const struct nashra_scan *scan) {
    if (scan->amount == NULL || scan->amount->kind == NASHRA_COUNTS_CURRENCY)
        return scan->amount != NULL;
    const struct nashra_token *thing = nashra_scan_token(scan, scan->amount->thing);
    return thing != NULL && thing->kind == NASHRA_TOKEN_WORD &&
           nashra_currency_find(scan->numbers, thing->text, thing->length, scan->region) != NULL;
}

bool nashra_counts_humans(const struct nashra_scan *scan) {
    return scan->amount != NULL && scan->amount->kind == NASHRA_COUNTS_NOUN && scan->amount->noun.noun.human;
}

bool nashra_counts_people(const struct nashra_scan *scan) {
    return scan->amount != NULL && scan->amount->kind == NASHRA_COUNTS_NOUN &&
           (scan->amount->noun.noun.human ||
            (nashra_scan_cues(scan, scan->amount->thing) & NASHRA_CUE_BIT(NASHRA_CUE_ACTOR)) != 0);
}

bool nashra_counts_nothing(const struct nashra_scan *scan) {
    return scan->amount != NULL && scan->amount->kind == NASHRA_COUNTS_NOTHING &&
           scan->amount->quantity.scale_count == 0;
}

bool nashra_counts_share(const struct nashra_scan *scan) {
    static const char *const of_them[] = {"منهم", "منها", "منهن"};
    for (size_t i = 0; i < 3 && scan->amount != NULL; i++)
        if (nashra_scan_is_word(scan, scan->amount->last, of_them[i]))
            return true;
    return false;
}

bool nashra_verb_passes(const struct nashra_token *verb) {
    return verb->lexeme != NULL && (verb->lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_DURATION)) != 0;
}
