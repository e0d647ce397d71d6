/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Digits with the article: an ordinal after its noun, a definite cardinal before it or after a plural. */
#include <string.h>

#include "classes/classes.h"
#include "context/case.h"
#include "context/clause.h"
#include "quantity.h"

enum { LARGEST_ORDINAL = 99 };
enum form { FORM_CARDINAL, FORM_ORDINAL, FORM_JOINED, FORM_AGE };

static bool has_article(const struct nashra_token *token) {
    return token->prefix != NULL && (token->proclitics & NASHRA_PROCLITIC_ARTICLE) != 0;
}

static bool ends_feminine(const struct nashra_token *token) {
    enum { LETTER = 2 };
    const char *last = token->length >= LETTER ? token->text + token->length - LETTER : "";
    return strcmp(last, "ة") == 0 || strcmp(last, "ى") == 0;
}

/* ترتيبه الـ3: a noun with its pronoun is as definite as one with the article. */
static int noun_with_pronoun(const struct nashra_scan *scan, const struct nashra_token *token,
                             struct nashra_noun_match *match) {
    enum { LETTER = 2 };
    size_t pronoun = nashra_pronoun_of(token->text, token->length), length = token->length - pronoun;
    if (pronoun == 0 || length < LETTER)
        return 0;
    int status = nashra_noun_find(scan->numbers, scan->arena, token->text, length, match);
    if (status < 0 || match->noun.known || memcmp(token->text + length - LETTER, "ت", LETTER) != 0)
        return status < 0 ? status : match->noun.known;
    char *feminine = nashra_arena_copy(scan->arena, token->text, length); /* جلسته: of جلسة */
    if (feminine == NULL)
        return NASHRA_ENOMEM;
    memcpy(feminine + length - LETTER, "ة", LETTER);
    status = nashra_noun_find(scan->numbers, scan->arena, feminine, length, match);
    return status < 0 ? status : match->noun.known;
}

static int noun_before(const struct nashra_scan *scan, size_t at, struct nashra_noun_match *match) {
    enum { ARTICLE = 4 };
    unsigned bits = 0;
    if (at == 0 || scan->tokens[at - 1].kind != NASHRA_TOKEN_WORD)
        return 0;
    const struct nashra_token *token = &scan->tokens[at - 1];
    size_t end = nashra_article_end(token->text, token->length, &bits);
    if (end == 0)
        return noun_with_pronoun(scan, token, match);
    size_t rest = token->length - end; /* للمرة, والسباقات: without what joins them, but with their article */
    char *word = nashra_arena_alloc(scan->arena, ARTICLE + rest + 1);
    if (word == NULL)
        return NASHRA_ENOMEM;
    memcpy(word, "ال", ARTICLE);
    memcpy(word + ARTICLE, token->text + end, rest);
    int status = nashra_noun_find(scan->numbers, scan->arena, word, ARTICLE + rest, match);
    return status < 0 ? status : match->article;
}

static bool before_age(const struct nashra_scan *scan, size_t at) {
    return nashra_scan_is_word(scan, at, "من") &&
           (nashra_scan_cues(scan, at + 1) & NASHRA_CUE_BIT(NASHRA_CUE_AGE)) != 0;
}

/* في سن الـ18, with nothing counted behind it */
static bool after_age(const struct nashra_scan *scan, size_t at) {
    const uint64_t age = NASHRA_CUE_BIT(NASHRA_CUE_AGE);
    return at != 0 && (nashra_scan_cues(scan, at - 1) & age) != 0 && scan->tokens[at - 1].lexeme->label != NULL &&
           scan->amount->kind == NASHRA_COUNTS_NOTHING;
}

/* كانت في الـ16: of a person, where nothing is counted. */
static bool is_bare_age(const struct nashra_scan *scan, size_t at) {
    enum { REACH = 4 };
    bool alone = at >= 2 && nashra_scan_is_word(scan, at - 1, "في") && scan->amount->kind == NASHRA_COUNTS_NOTHING &&
                 nashra_scan_is_edge(scan, scan->amount->quantity.last);
    for (size_t back = 2; alone && back <= REACH && back <= at; back++) {
        const struct nashra_lexeme *lexeme = scan->tokens[at - back].lexeme;
        if (lexeme != NULL && lexeme->governor == NASHRA_GOVERNS_KANA)
            return true;
    }
    return false;
}

/* القرن الـ7 والـ9, الذكرى الـ50 أو الـ51, الجولتين الأولى والـ2: the second leans on the first. */
static bool joins_ordinal(const struct nashra_scan *scan, size_t at, enum nashra_gender *gender) {
    const uint64_t ordinal = NASHRA_CUE_BIT(NASHRA_CUE_ORDINAL);
    bool joined = (scan->tokens[at].proclitics & NASHRA_PROCLITIC_AND) != 0;
    if (at == 0 || !(joined || nashra_scan_is_word(scan, at - 1, "أو")))
        return false;
    const struct nashra_token *before = &scan->tokens[at - 1];
    bool labelled = scan->last_class == NASHRA_CLASS_LABEL && scan->last_label->kind == NASHRA_LABEL_ORDINAL;
    *gender = labelled ? scan->last_label->gender : scan->last_gender;
    if (scan->has_last && scan->last_end == (joined ? at : at - 1))
        return labelled || scan->last_class == NASHRA_CLASS_ORDINAL;
    *gender = ends_feminine(before) ? NASHRA_FEMININE : NASHRA_MASCULINE;
    return joined && (nashra_scan_cues(scan, at - 1) & ordinal) != 0;
}

static bool is_definite_plural(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    unsigned bits = 0;
    const struct nashra_token *token = nashra_scan_token(scan, at);
    size_t stem =
        token != NULL && token->kind == NASHRA_TOKEN_WORD ? nashra_article_end(token->text, token->length, &bits) : 0;
    return stem != 0 &&
           nashra_noun_find(scan->numbers, scan->arena, token->text + stem, token->length - stem, &match) == 0 &&
           match.number == NASHRA_PLURAL;
}

/* الكنيست الـ25, مهرجان برلين الـ62: behind a name it is an ordinal of what bears the name, the first noun before it.
 */
static int follows_name(const struct nashra_scan *scan, size_t at, enum nashra_gender *gender) {
    enum { REACH = 4 };
    const struct nashra_token *name = at != 0 ? &scan->tokens[at - 1] : NULL;
    if (name == NULL || (name->kind != NASHRA_TOKEN_WORD && name->kind != NASHRA_TOKEN_LATIN) || name->lexeme != NULL ||
        scan->amount->kind != NASHRA_COUNTS_NOTHING || nashra_clause_may_be_verb(scan, at - 1) ||
        is_definite_plural(scan, scan->amount->last)) /* المشاركين الـ15 الأوائل */
        return 0;
    struct nashra_noun_match own;
    unsigned bits = 0;
    size_t skip = nashra_preposition_of(name->text, name->length, &bits);
    int known = nashra_noun_find(scan->numbers, scan->arena, name->text, name->length, &own);
    if (known == 0 && !own.noun.known && skip != 0) /* لدور الـ16 */
        known = nashra_noun_find(scan->numbers, scan->arena, name->text + skip, name->length - skip, &own);
    bool construct = own.noun.known && nashra_article_end(name->text, name->length, &bits) == 0; /* دور الـ8 */
    if (known < 0 || construct || nashra_word_has_pronoun(name)) /* تفوق أعمارهم الـ75 */
        return known;
    *gender = ends_feminine(name) ? NASHRA_FEMININE : NASHRA_MASCULINE;
    for (size_t i = at; i-- > 0 && i + REACH >= at && scan->tokens[i].kind == NASHRA_TOKEN_WORD;) {
        struct nashra_noun_match match;
        const struct nashra_token *token = &scan->tokens[i];
        int status = nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match);
        if (status < 0)
            return status;
        if (match.noun.known && match.number == NASHRA_SINGULAR)
            *gender = match.noun.gender;
        if (nashra_word_governs(token) == NASHRA_GOVERNS_PREPOSITION)
            break;
    }
    return 1;
}

/* إحدى ولايات البلاد الـ24: the number is that of all, a plural's behind إحدى. */
static int follows_one_of(const struct nashra_scan *scan, size_t at, struct nashra_noun_match *all) {
    enum { REACH = 5 };
    for (size_t i = at; i-- > 0 && i + REACH >= at && scan->tokens[i].kind == NASHRA_TOKEN_WORD;) {
        const struct nashra_token *token = &scan->tokens[i];
        if (i + 2 > at || (strcmp(token->text, "إحدى") != 0 && strcmp(token->text, "أحد") != 0))
            continue;
        const struct nashra_token *noun = token + 1;
        int status = nashra_noun_find(scan->numbers, scan->arena, noun->text, noun->length, all);
        return status < 0 ? status : all->noun.known && all->number == NASHRA_PLURAL;
    }
    return 0;
}

/* What the number is, and the gender of the ordinal. */
static int find_form(const struct nashra_scan *scan, size_t at, bool whole, unsigned long long value,
                     struct nashra_reading *reading) {
    struct nashra_noun_match noun = {0};
    enum nashra_gender gender = NASHRA_MASCULINE;
    bool small = whole && value <= LARGEST_ORDINAL;
    bool share = scan->amount->kind > NASHRA_COUNTS_OF && at != 0 && /* نسبتهم الـ59%, سرعتها الـ13 كم */
                 nashra_word_has_pronoun(&scan->tokens[at - 1]) && !nashra_word_has_article(&scan->tokens[at - 1]);
    int found = share ? 0 : follows_one_of(scan, at, &noun);
    if (found == 0 && !share)
        found = noun_before(scan, at, &noun);
    if (found < 0)
        return found;
    if (whole && (before_age(scan, scan->amount->quantity.last) || after_age(scan, at) || is_bare_age(scan, at))) {
        reading->form = FORM_AGE;
    } else if (small && joins_ordinal(scan, at, &gender)) {
        reading->form = FORM_JOINED;
    } else if (found && small && noun.number != NASHRA_PLURAL) {
        reading->form = FORM_ORDINAL;
        gender = noun.noun.gender;
    } else if (found) { /* after a plural: السباقات الـ36 */
        reading->amount.kind = NASHRA_COUNTS_OF;
        reading->amount.noun = noun;
    } else if (small) {
        int named = follows_name(scan, at, &gender);
        if (named < 0)
            return named;
        reading->form = named ? FORM_ORDINAL : FORM_CARDINAL;
    }
    if (reading->form != FORM_CARDINAL) {
        reading->amount.noun = noun;
        reading->amount.noun.noun.gender = gender;
    }
    reading->token = found || reading->form == FORM_ORDINAL ? at - 1 : at;
    if (reading->form != FORM_CARDINAL || found)
        reading->last = scan->amount->quantity.last;
    return 1;
}

int nashra_match_ordinal(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    bool age = scan->amount != NULL && before_age(scan, scan->amount->quantity.last) &&
               scan->amount->quantity.value.fraction_length == 0;
    if (scan->amount == NULL || !(has_article(&scan->tokens[at]) || age)) /* في 21 من عمره */
        return 0;
    unsigned long long value = 0;
    bool whole = scan->amount->quantity.scale_count == 0 &&
                 nashra_decimal_value(&scan->amount->quantity.value, &value) && value >= 1;
    reading->amount = *scan->amount;
    reading->form = FORM_CARDINAL;
    reading->first = at;
    reading->last = scan->amount->last;
    reading->shapes = 0;
    int status = find_form(scan, at, whole, value, reading);
    reading->cls = reading->form == FORM_CARDINAL ? NASHRA_CLASS_CARDINAL : NASHRA_CLASS_ORDINAL;
    return status;
}

/* مجموعة الـ7: what the group consists of is known from the label. */
static enum nashra_gender gender_of_label(const struct nashra_scan *scan, size_t at, enum nashra_gender otherwise) {
    const struct nashra_token *before = at != 0 ? &scan->tokens[at - 1] : NULL;
    bool label = before != NULL && before->lexeme != NULL && before->lexeme->label != NULL;
    return label ? before->lexeme->label->gender : otherwise;
}

/* The dual shows its case: القرنين, القرنان. */
static struct nashra_case_guess case_of(const struct nashra_scan *scan, const struct nashra_reading *reading) {
    const struct nashra_noun_match *noun = &reading->amount.noun;
    bool follows = reading->token < reading->first;
    if ((scan->tokens[reading->first].proclitics & NASHRA_PROCLITIC_GENITIVE) != 0)
        return (struct nashra_case_guess){NASHRA_GENITIVE, 1.0f};
    if (reading->form == FORM_JOINED && scan->has_last && scan->last_end + 1 >= reading->first)
        return (struct nashra_case_guess){scan->last_case, 0.9f};
    if (reading->form == FORM_ORDINAL && follows && noun->number == NASHRA_DUAL)
        return (struct nashra_case_guess){noun->oblique ? NASHRA_GENITIVE : NASHRA_NOMINATIVE, 0.9f};
    return follows ? nashra_case_of_noun(scan, reading->token) : nashra_case_at(scan, reading->token);
}

int nashra_speak_ordinal(struct nashra_scan *scan, const struct nashra_reading *reading) {
    struct nashra_case_guess guess = case_of(scan, reading);
    scan->last_case = guess.grammatical_case;
    scan->confidence = guess.confidence;
    scan->wrote_article = true;
    struct nashra_stance stance = {.grammatical_case = guess.grammatical_case, .definite = NASHRA_DEFINITE};
    if (reading->form == FORM_CARDINAL) {
        if (reading->amount.kind != NASHRA_COUNTS_NOTHING || reading->amount.quantity.scale_count != 0)
            return nashra_amount_speak(scan, &reading->amount, guess.grammatical_case, false);
        stance.definite = NASHRA_DEFINITE_NUMBER;
        stance.gender = gender_of_label(scan, reading->first, NASHRA_MASCULINE);
        return nashra_phrase_cardinal(scan->numbers, &scan->phrase, &reading->amount.quantity.value, stance);
    }
    stance.gender = reading->form == FORM_AGE ? NASHRA_FEMININE : reading->amount.noun.noun.gender;
    scan->last_gender = stance.gender;
    return nashra_phrase_ordinal(scan->numbers, &scan->phrase, &reading->amount.quantity.value, stance);
}
