/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/case.h"

#include <string.h>

#include <nashra/utf8.h>

#include "quantity.h"

enum {
    REACH = 12 /* tokens that are looked at to the left */,
    MAX_QUOTES = 3,
    MAX_ADVERBS = 2,
    LONGEST_TOPIC = 2 /* words: عدد القتلى 20 */
};

static struct nashra_case_guess guess(enum nashra_case grammatical_case, float confidence) {
    return (struct nashra_case_guess){grammatical_case, confidence};
}

/* Where nothing tells, broadcasters say the oblique form. */
static struct nashra_case_guess oblique(float confidence) {
    return guess(NASHRA_GENITIVE, confidence);
}

static bool has_article(const struct nashra_token *token) {
    unsigned bits = 0;
    return nashra_article_end(token->text, token->length, &bits) != 0;
}

static bool has_pronoun(const struct nashra_token *token) {
    return nashra_pronoun_of(token->text, token->length) != 0;
}

/* ب ك ل in one with it, seen by the table or by the article behind them. */
static bool is_governed_by_clitic(const struct nashra_token *token) {
    unsigned bits = token->proclitics;
    if (token->kind == NASHRA_TOKEN_WORD)
        nashra_article_end(token->text, token->length, &bits);
    return (bits & NASHRA_PROCLITIC_GENITIVE) != 0;
}

/* What the word governs. With the article a noun is in construct to nothing; a preposition has no article. */
static enum nashra_governor governor_of(const struct nashra_token *token) {
    if (token->kind != NASHRA_TOKEN_WORD || token->lexeme == NULL)
        return NASHRA_GOVERNS_NOTHING;
    enum nashra_governor governor = (enum nashra_governor)token->lexeme->governor;
    bool article = (token->proclitics & NASHRA_PROCLITIC_ARTICLE) != 0;
    if (article && governor != NASHRA_GOVERNS_MEASURE)
        return NASHRA_GOVERNS_NOTHING;
    /* بمقتل is a noun, بقتل isn't the verb */
    bool verb = governor >= NASHRA_GOVERNS_PASSIVE && governor <= NASHRA_GOVERNS_TRANSITIVE;
    if (verb && (token->proclitics & NASHRA_PROCLITIC_GENITIVE) != 0)
        return NASHRA_GOVERNS_NOUN;
    return governor;
}

static bool is_pause(const struct nashra_scan *scan, size_t at) {
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at);
    return symbol != NULL && symbol->role >= NASHRA_SYMBOL_COMMA && symbol->role <= NASHRA_SYMBOL_CLOSE;
}

static bool is_quote(const struct nashra_scan *scan, size_t at) {
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at);
    return symbol != NULL && symbol->role >= NASHRA_SYMBOL_QUOTE && symbol->role <= NASHRA_SYMBOL_QUOTE_CLOSE;
}

/* The clause to the left of a phrase. */
struct clause {
    bool found;
    bool negated;
    bool whole; /* the sentence's beginning was reached */
    size_t start;
    size_t verb;
    enum nashra_governor governor;
};

static bool is_verbal(enum nashra_governor governor) {
    return governor == NASHRA_GOVERNS_INNA || governor == NASHRA_GOVERNS_KANA || governor == NASHRA_GOVERNS_MEASURE ||
           (governor >= NASHRA_GOVERNS_PASSIVE && governor <= NASHRA_GOVERNS_TRANSITIVE);
}

static bool is_negation(const struct nashra_token *token, enum nashra_governor governor) {
    return governor == NASHRA_GOVERNS_NEGATION || strcmp(token->text, "ليس") == 0 || strcmp(token->text, "ليست") == 0;
}

static bool opens_clause(enum nashra_governor governor) {
    return governor == NASHRA_GOVERNS_FUNCTION || governor == NASHRA_GOVERNS_RELATIVE;
}

static bool begins_clause(const struct nashra_scan *scan, size_t at) {
    return at == 0 || is_pause(scan, at - 1) || strncmp(scan->tokens[at].text, "و", 2) == 0 ||
           opens_clause(governor_of(&scan->tokens[at - 1]));
}

/* تم, ستتم …: what follows is a verbal noun. */
static bool is_done(const struct nashra_token *token) {
    const char *ends[] = {"تم", "تمت"};
    for (size_t i = 0; i < 2; i++) {
        size_t n = strlen(ends[i]);
        if (token->length >= n && token->length <= n + 6 && strcmp(token->text + token->length - n, ends[i]) == 0)
            return true;
    }
    return false;
}

/* A word that no noun is, where a clause begins: a verb that the tables don't know. */
static bool may_be_verb(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[at];
    bool masdar = at != 0 && is_done(&scan->tokens[at - 1]); /* تم استبعاد 50 */
    if (masdar || !begins_clause(scan, at) || token->kind != NASHRA_TOKEN_WORD || token->lexeme != NULL ||
        has_article(token))
        return false;
    bool nominal = token->length < 4 || strcmp(token->text + token->length - 2, "ة") == 0 ||
                   strcmp(token->text + token->length - 4, "اء") == 0;
    return !nominal && nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 &&
           !match.noun.known;
}

/* ويشكلون 80, وخسروا 20: the subject is in the verb. */
static bool is_plural_verb(const struct nashra_token *token) {
    const char *text = token->text;
    if (strncmp(text, "و", 2) == 0 || strncmp(text, "ف", 2) == 0)
        text += 2;
    size_t length = strlen(text);
    bool imperfect = strncmp(text, "ي", 2) == 0 || strncmp(text, "ت", 2) == 0;
    return length > 8 && ((imperfect && strcmp(text + length - 4, "ون") == 0) || strcmp(text + length - 4, "وا") == 0);
}

static struct clause look_left(const struct nashra_scan *scan, size_t at) {
    struct clause clause = {0};
    size_t k = at;
    for (size_t steps = 0; k > 0 && steps < REACH && !is_pause(scan, k - 1); steps++) {
        enum nashra_governor governor = governor_of(&scan->tokens[--k]);
        clause.negated = clause.negated || is_negation(&scan->tokens[k], governor);
        if (!clause.found && governor == NASHRA_GOVERNS_NOTHING && is_plural_verb(&scan->tokens[k]))
            governor = NASHRA_GOVERNS_MEASURE; /* its subject is in it, what follows is no subject */
        if (is_verbal(governor) && !clause.found) {
            clause.found = true;
            clause.verb = k;
            clause.governor = governor;
        }
        if (clause.found && clause.verb > k)
            break; /* one more token: the negation before the verb */
        if (!clause.found && k + 1 < at && may_be_verb(scan, k)) {
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

/* Does a noun that no preposition governs stand right behind the verb? */
static bool has_argument(const struct nashra_scan *scan, size_t verb, size_t at) {
    if (verb + 1 >= at)
        return false;
    const struct nashra_token *token = &scan->tokens[verb + 1];
    enum nashra_governor governor = governor_of(token);
    bool place = token->lexeme != NULL && (token->lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_BETWEEN)) != 0;
    return token->kind == NASHRA_TOKEN_WORD && governor != NASHRA_GOVERNS_PREPOSITION && !place &&
           governor < NASHRA_GOVERNS_FUNCTION && !is_governed_by_clitic(token);
}

/* 20 عاما, 3 مرات: such a phrase is adverbial where the verb has its subject in it. */
static bool counts_time(const struct nashra_scan *scan, size_t at) {
    size_t i = at;
    while (i < scan->count && i < at + 4 && scan->tokens[i].kind != NASHRA_TOKEN_WORD)
        i++;
    return (nashra_scan_cues(scan, i) & NASHRA_CUE_BIT(NASHRA_CUE_SPAN)) != 0;
}

static bool counts_humans(const struct nashra_scan *scan) {
    return scan->amount != NULL && scan->amount->kind == NASHRA_COUNTS_NOUN && scan->amount->noun.noun.human;
}

/* Who can be a subject of what others do: people, and what they found. */
static bool counts_people(const struct nashra_scan *scan) {
    return scan->amount != NULL && scan->amount->kind == NASHRA_COUNTS_NOUN &&
           (scan->amount->noun.noun.human ||
            (nashra_scan_cues(scan, scan->amount->thing) & NASHRA_CUE_BIT(NASHRA_CUE_ACTOR)) != 0);
}

static bool counts_nothing(const struct nashra_scan *scan) {
    return scan->amount != NULL && scan->amount->kind == NASHRA_COUNTS_NOTHING &&
           scan->amount->quantity.scale_count == 0;
}

/* مضى 20 عاما: the time itself is the subject. */
static bool passes(const struct nashra_token *verb) {
    return verb->lexeme != NULL && (verb->lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_DURATION)) != 0;
}

static struct nashra_case_guess by_verb(const struct nashra_scan *scan, const struct clause *clause, size_t at) {
    bool argument = has_argument(scan, clause->verb, at);
    switch (clause->governor) {
    case NASHRA_GOVERNS_NOTHING: /* ويشرف على المعابر 45 مراقبا */
        return argument ? oblique(0.5f) : guess(NASHRA_NOMINATIVE, 0.6f);
    case NASHRA_GOVERNS_INNA: /* the predicate of إن; its noun behind a preposition: إن في الدار 20 رجلا */
        return argument ? guess(NASHRA_NOMINATIVE, 0.7f) : guess(NASHRA_ACCUSATIVE, 0.8f);
    case NASHRA_GOVERNS_KANA: /* كان في الحافلة 42: its noun; كان عددهم 42: its predicate */
        return argument ? guess(NASHRA_ACCUSATIVE, 0.85f) : guess(NASHRA_NOMINATIVE, 0.7f);
    case NASHRA_GOVERNS_PASSIVE:
        return argument ? guess(NASHRA_ACCUSATIVE, 0.8f) : guess(NASHRA_NOMINATIVE, 0.85f);
    case NASHRA_GOVERNS_TRANSITIVE: /* شهد له 70 شيخا */
        return !argument && counts_people(scan) ? guess(NASHRA_NOMINATIVE, 0.6f) : guess(NASHRA_ACCUSATIVE, 0.8f);
    case NASHRA_GOVERNS_INTRANSITIVE:
        return counts_time(scan, at) && !passes(&scan->tokens[clause->verb]) ? guess(NASHRA_ACCUSATIVE, 0.8f)
                                                                             : guess(NASHRA_NOMINATIVE, 0.7f);
    default:
        return guess(NASHRA_ACCUSATIVE, 0.8f);
    }
}

static struct nashra_case_guess after_except(const struct nashra_scan *scan, size_t at) {
    struct clause clause = look_left(scan, at - 1);
    if (!clause.negated)
        return guess(NASHRA_ACCUSATIVE, 0.95f);
    bool object =
        clause.found && (clause.governor == NASHRA_GOVERNS_TRANSITIVE || clause.governor == NASHRA_GOVERNS_MEASURE);
    return guess(object ? NASHRA_ACCUSATIVE : NASHRA_NOMINATIVE, 0.8f);
}

/* عددهم 20: a predicate, unless كان or بلغ makes it an object. */
static struct nashra_case_guess after_topic(const struct nashra_scan *scan, size_t at) {
    struct clause clause = look_left(scan, at);
    bool object = clause.found && clause.verb + 2 == at &&
                  (clause.governor == NASHRA_GOVERNS_KANA || clause.governor == NASHRA_GOVERNS_MEASURE);
    return object ? guess(NASHRA_ACCUSATIVE, 0.9f) : guess(NASHRA_NOMINATIVE, 0.85f);
}

/* فيها 20: the verb before it reaches over it. */
static struct nashra_case_guess after_pronoun(const struct nashra_scan *scan, size_t at) {
    struct clause clause = look_left(scan, at);
    if (clause.found && scan->has_last && scan->last_end > clause.verb)
        return guess(NASHRA_NOMINATIVE, 0.8f); /* 28 اسما بينها 12: a sentence of its own */
    if (strncmp(scan->tokens[at - 1].text, "و", 2) == 0)
        return guess(NASHRA_NOMINATIVE, 0.75f); /* ومعه 30 */
    if (!clause.whole && counts_time(scan, at))
        return guess(NASHRA_ACCUSATIVE, 0.6f); /* وأقام فيها 40 يوما */
    return clause.found ? by_verb(scan, &clause, at) : guess(NASHRA_NOMINATIVE, 0.7f);
}

/* يومه, تعدادها */
static bool is_noun_with_pronoun(const struct nashra_scan *scan, const struct nashra_token *token) {
    struct nashra_noun_match match;
    size_t tail = nashra_pronoun_of(token->text, token->length);
    return nashra_noun_find(scan->numbers, scan->arena, token->text, token->length - tail, &match) == 0 &&
           match.noun.known;
}

static bool is_verb_with_pronoun(const struct nashra_scan *scan, const struct nashra_token *token) {
    size_t skip = strncmp(token->text, "و", 2) == 0 || strncmp(token->text, "ف", 2) == 0 ? 2 : 0;
    size_t tail = nashra_pronoun_of(token->text, token->length);
    bool ours = strcmp(token->text + token->length - 4, "نا") == 0; /* حققنا: the subject is in it */
    if (token->lexeme != NULL || ours || tail == 0 || token->length < skip + tail + 6)
        return false;
    const struct nashra_lexeme *verb = nashra_lexis_word(scan->lexis, token->text + skip, token->length - skip - tail);
    return verb != NULL && (verb->cues & NASHRA_CUE_BIT(NASHRA_CUE_NOUN)) == 0 &&
           verb->governor >= NASHRA_GOVERNS_PASSIVE && verb->governor <= NASHRA_GOVERNS_TRANSITIVE;
}

/* ويسكنها 20: an imperfect with its object in it leaves the phrase to be its subject. */
static bool has_object_in_it(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    const char *text = token->text;
    if (at != 0 && opens_clause(governor_of(&scan->tokens[at - 1])) && has_pronoun(token) && token->lexeme == NULL)
        return true; /* فيما عارضه 41 */
    if (is_verb_with_pronoun(scan, token))
        return true; /* عشاء حضره 2000 ضيف */
    if (strncmp(text, "و", 2) == 0 || strncmp(text, "ف", 2) == 0)
        text += 2;
    bool imperfect = strncmp(text, "ي", 2) == 0 || strncmp(text, "ت", 2) == 0;
    return imperfect && token->lexeme == NULL && has_pronoun(token) && !is_noun_with_pronoun(scan, token);
}

/* حققنا 45: the subject is in the verb as well. */
static bool is_our_verb(const struct nashra_token *token) {
    return token->lexeme == NULL && token->length >= 10 && strcmp(token->text + token->length - 4, "نا") == 0 &&
           !has_article(token);
}

/* يعطونها 250: the plural's ون before the pronoun is the subject. */
static bool has_subject_in_it(const struct nashra_token *token) {
    return strstr(token->text, "ون") != NULL;
}

/* الذي يمثل 25: the pronoun before the verb stands for its subject. */
static bool is_relative(const struct nashra_scan *scan, size_t at) {
    return at != 0 && governor_of(&scan->tokens[at - 1]) == NASHRA_GOVERNS_RELATIVE;
}

/* A sentence without a verb: عدد الدول الأعضاء 22. */
static bool begins_with_noun(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[at];
    if (token->kind != NASHRA_TOKEN_WORD || governor_of(token) != NASHRA_GOVERNS_NOTHING)
        return governor_of(token) == NASHRA_GOVERNS_NOUN &&
               (token->lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_AMOUNT)) != 0;
    return nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 && match.noun.known;
}

/* ، وقيمة الزوج 200: a second sentence without a verb. */
static bool begins_with_and(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = &scan->tokens[at];
    if (token->kind != NASHRA_TOKEN_WORD || token->length < 8 || strncmp(token->text, "و", 2) != 0)
        return false;
    return nashra_noun_find(scan->numbers, scan->arena, token->text + 2, token->length - 2, &match) == 0 &&
           match.noun.known;
}

static struct nashra_case_guess after_noun(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *before = &scan->tokens[at - 1];
    if (has_object_in_it(scan, at - 1))
        return guess(has_subject_in_it(before) || counts_time(scan, at) ? NASHRA_ACCUSATIVE : NASHRA_NOMINATIVE, 0.6f);
    if (is_plural_verb(before) || (is_our_verb(before) && begins_clause(scan, at - 1)))
        return guess(NASHRA_ACCUSATIVE, 0.7f);
    if (may_be_verb(scan, at - 1) && is_relative(scan, at - 1))
        return guess(NASHRA_ACCUSATIVE, 0.7f);
    if (may_be_verb(scan, at - 1)) {
        /* In the middle of a sentence a verb behind و goes on with the subject of the one before. */
        bool object = at > 1 && (strncmp(before->text, "و", 2) == 0 || strncmp(before->text, "ف", 2) == 0);
        return object || counts_time(scan, at) ? oblique(0.6f) : guess(NASHRA_NOMINATIVE, 0.6f);
    }
    struct clause clause = look_left(scan, at);
    bool abbreviation = strchr(before->text, '.') != NULL;
    bool definite = has_article(before) || has_pronoun(before) || abbreviation;
    bool argument_of_verb = clause.found && clause.verb + 2 == at && clause.governor != NASHRA_GOVERNS_INNA;
    if (!definite && !argument_of_verb)
        return oblique(0.7f);                                                       /* in construct: اكتشاف 20 */
    if (has_article(before) && begins_clause(scan, at - 1) && counts_nothing(scan)) /* والصغرى 22 */
        return guess(NASHRA_NOMINATIVE, 0.6f);
    bool takes_number =
        clause.found && (clause.governor == NASHRA_GOVERNS_MEASURE || clause.governor == NASHRA_GOVERNS_KANA);
    if (!takes_number && at > LONGEST_TOPIC && counts_nothing(scan))
        return oblique(0.5f); /* a name: الوعاء 1 */
    bool fronted =
        at >= 2 && governor_of(&scan->tokens[at - 2]) == NASHRA_GOVERNS_PREPOSITION && begins_clause(scan, at - 2);
    if (fronted && (!clause.found || clause.governor == NASHRA_GOVERNS_NOTHING)) /* وعلى متنها 150 راكبا */
        return guess(NASHRA_NOMINATIVE, 0.6f);
    bool adverbial = counts_time(scan, at) && at > LONGEST_TOPIC &&
                     !(clause.found && (clause.governor == NASHRA_GOVERNS_INNA || passes(&scan->tokens[clause.verb])));
    if (adverbial && !fronted && !(begins_with_noun(scan, 0) && clause.whole && !clause.found))
        return guess(NASHRA_ACCUSATIVE, 0.6f);
    if (clause.found)
        return by_verb(scan, &clause, at);
    if (clause.whole && at > LONGEST_TOPIC && counts_time(scan, at) &&
        governor_of(&scan->tokens[0]) == NASHRA_GOVERNS_NOTHING)
        return guess(NASHRA_ACCUSATIVE, 0.6f); /* درس في القاهرة 20 عاما */
    bool joined = !clause.whole && clause.start + LONGEST_TOPIC >= at && begins_with_and(scan, clause.start);
    if (joined) /* ، وقيمة الزوج 200 */
        return guess(NASHRA_NOMINATIVE, 0.6f);
    return clause.whole && (at <= LONGEST_TOPIC || begins_with_noun(scan, 0)) ? guess(NASHRA_NOMINATIVE, 0.6f)
                                                                              : oblique(0.5f);
}

static struct nashra_case_guess after_transitive(const struct nashra_scan *scan, size_t at) {
    bool goes_on =
        at > 1 && (strncmp(scan->tokens[at - 1].text, "و", 2) == 0 ||
                   strncmp(scan->tokens[at - 1].text, "ف", 2) == 0);    /* with the subject of the verb before */
    if (counts_people(scan) && begins_clause(scan, at - 1) && !goes_on) /* قدم 18 طالبا أبحاثهم */
        return guess(NASHRA_NOMINATIVE, 0.6f);
    return guess(NASHRA_ACCUSATIVE, 0.85f);
}

/* A second verb after و goes the way of the first: دمرت 12 منزلا وأحرقت 3. */
static bool joins_object(const struct nashra_scan *scan, size_t at) {
    return strncmp(scan->tokens[at].text, "و", 2) == 0 && scan->has_last && scan->last_case == NASHRA_ACCUSATIVE;
}

/* جرح, عبر are a noun and a preposition as well: verbs where a clause begins, عبر only if people are counted. */
static struct nashra_case_guess after_passive(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *verb = &scan->tokens[at - 1];
    bool also_noun = (verb->lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_NOUN)) != 0;
    bool joined = strncmp(verb->text, "و", 2) == 0 && scan->has_last;
    bool is_noun = joined ? scan->last_case == NASHRA_GENITIVE
                          : !begins_clause(scan, at - 1) || (passes(verb) && !counts_humans(scan));
    if (is_relative(scan, at - 1))
        return guess(NASHRA_ACCUSATIVE, 0.7f);
    if (also_noun && is_noun)
        return guess(NASHRA_GENITIVE, 0.7f);
    if (joins_object(scan, at - 1))
        return guess(NASHRA_ACCUSATIVE, 0.6f);
    return guess(NASHRA_NOMINATIVE, 0.9f);
}

/* كان 20 شخصا: the phrase is its noun where the clause begins; elsewhere the subject is in the verb (كانوا 20, لتصبح
 * 20). */
static struct nashra_case_guess after_kana(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *verb = &scan->tokens[at - 1];
    bool plural = verb->length > 4 && strcmp(verb->text + verb->length - 4, "وا") == 0;
    bool negated = at >= 2 && governor_of(&scan->tokens[at - 2]) == NASHRA_GOVERNS_NEGATION;
    if (!plural && (begins_clause(scan, at - 1) || negated))
        return guess(NASHRA_NOMINATIVE, 0.6f);
    return guess(NASHRA_ACCUSATIVE, 0.85f);
}

static struct nashra_case_guess after_governor(const struct nashra_scan *scan, size_t at,
                                               enum nashra_governor governor) {
    const struct nashra_token *before = &scan->tokens[at - 1];
    switch (governor) {
    case NASHRA_GOVERNS_PREPOSITION:
    case NASHRA_GOVERNS_NOUN:
        return guess(NASHRA_GENITIVE, 0.98f);
    case NASHRA_GOVERNS_INNA:
    case NASHRA_GOVERNS_MEASURE:
        return guess(NASHRA_ACCUSATIVE, 0.95f);
    case NASHRA_GOVERNS_KANA:
        return after_kana(scan, at);
    case NASHRA_GOVERNS_EXCEPT:
        return after_except(scan, at);
    case NASHRA_GOVERNS_PASSIVE:
        return after_passive(scan, at);
    case NASHRA_GOVERNS_NOMINATIVE:
        return guess(NASHRA_NOMINATIVE, 0.9f);
    case NASHRA_GOVERNS_INTRANSITIVE:
        return counts_time(scan, at) && !passes(before) ? guess(NASHRA_ACCUSATIVE, 0.75f)
                                                        : guess(NASHRA_NOMINATIVE, 0.9f);
    case NASHRA_GOVERNS_TRANSITIVE:
        return after_transitive(scan, at);
    case NASHRA_GOVERNS_TOPIC:
        return after_topic(scan, at);
    case NASHRA_GOVERNS_PRONOUN:
        return after_pronoun(scan, at);
    case NASHRA_GOVERNS_NOTHING:
    case NASHRA_GOVERNS_ADVERB: /* ذلك اليوم */
        return after_noun(scan, at);
    default:
        return oblique(0.5f);
    }
}

static size_t skip_adverbs(const struct nashra_scan *scan, size_t at) {
    for (size_t steps = 0; steps < MAX_ADVERBS && at > 0; steps++) {
        if (governor_of(&scan->tokens[at - 1]) != NASHRA_GOVERNS_ADVERB)
            break;
        enum nashra_governor before = at >= 2 ? governor_of(&scan->tokens[at - 2]) : NASHRA_GOVERNS_NOTHING;
        if (before == NASHRA_GOVERNS_FUNCTION || before == NASHRA_GOVERNS_NOMINATIVE)
            break;                                          /* ذلك اليوم is a noun */
        at -= before == NASHRA_GOVERNS_PREPOSITION ? 2 : 1; /* حتى الآن */
    }
    return at;
}

static size_t skip_quotes(const struct nashra_scan *scan, size_t at) {
    for (size_t steps = 0; steps < MAX_QUOTES && at > 0 && is_quote(scan, at - 1); steps++)
        at--;
    return at;
}

static struct nashra_case_guess after_symbol(const struct nashra_scan *scan, size_t at) {
    const struct nashra_symbol *symbol = nashra_scan_symbol(scan, at - 1);
    bool comma = symbol != NULL && symbol->role == NASHRA_SYMBOL_COMMA;
    bool share = scan->amount != NULL && (nashra_scan_is_word(scan, scan->amount->last, "منهم") ||
                                          nashra_scan_is_word(scan, scan->amount->last, "منها") ||
                                          nashra_scan_is_word(scan, scan->amount->last, "منهن"));
    if (comma && share)
        return guess(NASHRA_NOMINATIVE, 0.7f); /* ، 80% منهم طلاب */
    struct clause before = comma ? look_left(scan, at - 1) : (struct clause){0};
    if (before.found && before.governor == NASHRA_GOVERNS_MEASURE && !(scan->has_last && scan->last_class != NASHRA_CLASS_YEAR && scan->last_end > before.verb))
        return guess(NASHRA_ACCUSATIVE, 0.7f); /* بلغت قيمته في 2014، 691 مليون */
    if (symbol != NULL && symbol->role == NASHRA_SYMBOL_COLON)
        return guess(NASHRA_NOMINATIVE, 0.7f);
    return oblique(0.5f);
}

struct nashra_case_guess nashra_case_at(const struct nashra_scan *scan, size_t at) {
    const struct nashra_token *token = &scan->tokens[at];
    if (is_governed_by_clitic(token))
        return guess(NASHRA_GENITIVE, 1.0f);
    at = skip_adverbs(scan, skip_quotes(scan, at));
    if (at == 0)
        return guess(NASHRA_NOMINATIVE, 0.9f);
    if ((token->proclitics & NASHRA_PROCLITIC_AND) != 0 && scan->has_last)
        return guess(scan->last_case, scan->last_end == at ? 0.9f : 0.7f);
    if (nashra_scan_is_word(scan, at - 1, "أو") && scan->has_last && scan->last_end == at - 1)
        return guess(scan->last_case, 0.9f);
    if (scan->tokens[at - 1].kind == NASHRA_TOKEN_WORD)
        return after_governor(scan, at, governor_of(&scan->tokens[at - 1]));
    return after_symbol(scan, at);
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

/* A noun that a number follows as its adjective: here only what stands right before it tells. */
struct nashra_case_guess nashra_case_of_noun(const struct nashra_scan *scan, size_t at) {
    enum nashra_case marked;
    if (is_marked(&scan->tokens[at], &marked))
        return guess(marked, 1.0f);
    if (is_governed_by_clitic(&scan->tokens[at]))
        return guess(NASHRA_GENITIVE, 1.0f);
    if (joins_label(scan, at))
        return guess(scan->last_case, 0.8f);
    at = skip_quotes(scan, at);
    if (at == 0)
        return guess(NASHRA_NOMINATIVE, 0.9f);
    if (scan->tokens[at - 1].kind != NASHRA_TOKEN_WORD)
        return after_symbol(scan, at);
    switch (governor_of(&scan->tokens[at - 1])) {
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
    case NASHRA_GOVERNS_NOTHING:
        return may_be_verb(scan, at - 1) ? guess(NASHRA_NOMINATIVE, 0.6f) : oblique(0.5f);
    default:
        return oblique(0.5f);
    }
}
