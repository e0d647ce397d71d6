/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers that name: المادة 5, رقم 10, ميغ 29. */
#include <string.h>

#include <nashra/utf8.h>

#include "classes/classes.h"
#include "classes/label.h"
#include "classes/year.h"
#include "context/case.h"
#include "context/clause.h"
#include "number/letters.h"
#include "quantity.h"

enum { LARGEST_ORDINAL = 99, FIRST_YEAR = 1000, LONGEST_LABEL = 64 };

/* الدقيقتين, المادتان: the dual of a label that the table has in the singular. */
static const struct nashra_lexeme *singular_of_dual(const struct nashra_scan *scan, const struct nashra_token *token) {
    enum { LETTER = 2, ENDING = 2 * LETTER, ARTICLE = 2 * LETTER };
    char word[LONGEST_LABEL];
    size_t skip = strncmp(token->text, "ال", ARTICLE) == 0 ? ARTICLE : 0;
    if (skip == 0 && token->length > ARTICLE && strncmp(token->text + LETTER, "ال", ARTICLE) == 0)
        skip = ARTICLE + LETTER;
    if (skip == 0 || token->length < skip + ENDING + 2 * LETTER || token->length - skip >= sizeof word)
        return NULL;
    const char *ending = token->text + token->length - ENDING;
    if (strcmp(ending, "ين") != 0 && strcmp(ending, "ان") != 0)
        return NULL;
    size_t length = token->length - skip - ENDING;
    if (length < 3 * LETTER)
        return NULL; /* السنين */
    memcpy(word, token->text + skip, length);
    if (memcmp(word + length - LETTER, "ت", LETTER) == 0)
        memcpy(word + length - LETTER, "ة", LETTER);
    return nashra_lexis_word(scan->lexis, word, length);
}

static bool is_definite(const struct nashra_token *token) {
    return (token->proclitics & NASHRA_PROCLITIC_ARTICLE) != 0;
}

/* اللواء المدرع 37, الفرقة المدرعة 4: an adjective that agrees stands between the label and its number. */
static bool is_adjective_of_label(const struct nashra_scan *scan, size_t at) {
    enum { LETTER = 2 };
    if (at == 0 || scan->tokens[at].kind != NASHRA_TOKEN_WORD || scan->tokens[at].lexeme != NULL ||
        scan->tokens[at - 1].lexeme == NULL || scan->amount->kind != NASHRA_COUNTS_NOTHING ||
        nashra_scan_is_dash(scan, scan->amount->quantity.last)) /* الفئة العمرية 15-64 */
        return false;
    const struct nashra_token *adjective = &scan->tokens[at], *noun = &scan->tokens[at - 1];
    const struct nashra_label *label = noun->lexeme->label;
    unsigned bits = 0;
    bool feminine = nashra_ends_with(adjective->text, adjective->length, "ة");
    return label != NULL && label->kind == NASHRA_LABEL_ORDINAL && is_definite(noun) &&
           nashra_article_end(adjective->text, adjective->length, &bits) != 0 && bits == NASHRA_PROCLITIC_ARTICLE &&
           feminine == (label->gender == NASHRA_FEMININE);
}

/* الطبقتين 5 و6: a dual of any noun, and its two numbers. */
static const struct nashra_label *label_of_dual(const struct nashra_scan *scan, size_t at) {
    static const struct nashra_label labels[] = {{NASHRA_MASCULINE, NASHRA_LABEL_ORDINAL},
                                                 {NASHRA_FEMININE, NASHRA_LABEL_ORDINAL}};
    struct nashra_noun_match match;
    const struct nashra_token *noun = &scan->tokens[at - 1], *second = nashra_scan_token(scan, at + 1);
    bool two = second != NULL && second->kind == NASHRA_TOKEN_NUMBER && second->prefix != NULL &&
               (second->proclitics & NASHRA_PROCLITIC_AND) != 0;
    if (!two || noun->lexeme != NULL || !nashra_word_has_article(noun) ||
        nashra_noun_find(scan->numbers, scan->arena, noun->text, noun->length, &match) != 0 || !match.noun.known ||
        match.number != NASHRA_DUAL)
        return NULL;
    return &labels[match.noun.gender == NASHRA_FEMININE];
}

/* A second number after و keeps the label of the first. */
static const struct nashra_label *label_before(const struct nashra_scan *scan, size_t at, bool *definite) {
    const struct nashra_token *token = &scan->tokens[at];
    *definite = true;
    if (token->prefix != NULL) {
        bool joined = (token->proclitics & ~(unsigned)NASHRA_PROCLITIC_AND) == 0 && scan->has_last &&
                      scan->last_end == at && scan->last_class == NASHRA_CLASS_LABEL;
        return joined ? scan->last_label : NULL;
    }
    if (at == 0 || scan->tokens[at - 1].kind != NASHRA_TOKEN_WORD)
        return NULL;
    const struct nashra_token *before = &scan->tokens[at - 1 - is_adjective_of_label(scan, at - 1)];
    const struct nashra_lexeme *lexeme = before->lexeme != NULL ? before->lexeme : singular_of_dual(scan, before);
    *definite = before->lexeme == NULL || is_definite(before) || nashra_pronoun_of(before->text, before->length) != 0 ||
                (lexeme->cues & NASHRA_CUE_BIT(NASHRA_CUE_AGE)) != 0; /* في سن الثامنة عشرة */
    if (lexeme != NULL && lexeme->label != NULL)
        return lexeme->label;
    return label_of_dual(scan, at);
}

/* القرنين 11-13, رقم 41 - 43: the second number, 0 when there is none. */
static size_t end_of_pair(const struct nashra_scan *scan, size_t at) {
    size_t second = at + 2;
    bool dash = nashra_scan_is_dash(scan, at + 1) && nashra_quantity_plain(scan, second) > 0 &&
                scan->tokens[at + 1].space == scan->tokens[second].space;
    bool goes_on = nashra_scan_is_dash(scan, second + 1) && nashra_scan_glued(scan, second + 1);
    return dash && !goes_on && nashra_quantity_plain(scan, at) > 0 ? second : 0;
}

int nashra_match_label(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    bool definite;
    const struct nashra_label *label = scan->amount != NULL ? label_before(scan, at, &definite) : NULL;
    if (label == NULL)
        return 0;
    const struct nashra_quantity *quantity = &scan->amount->quantity;
    unsigned long long value;
    const uint64_t measures = NASHRA_CUE_BIT(NASHRA_CUE_SPAN) | NASHRA_CUE_BIT(NASHRA_CUE_UNIT);
    bool counts = scan->amount->kind >= NASHRA_COUNTS_UNIT || nashra_amount_is_counted(scan->amount) ||
                  (scan->amount->kind == NASHRA_COUNTS_NOUN && nashra_year_may_count(scan, scan->amount) &&
                   (nashra_scan_cues(scan, scan->amount->thing) & measures) != 0); /* not الدقيقة 89 يوم السبت */
    bool year =
        label->kind == NASHRA_LABEL_ORDINAL && nashra_decimal_value(&quantity->value, &value) && value >= FIRST_YEAR;
    size_t month_end;
    bool date =
        scan->tokens[at].length <= 2 && nashra_scan_month(scan, at + 1, &month_end) != NULL; /* ذكرى 13 نوفمبر */
    bool many = nashra_decimal_counted(&quantity->value) != NASHRA_COUNTED_ONE;              /* not جزء 1 نبيذ */
    bool things =
        !definite && label->kind == NASHRA_LABEL_ORDINAL && scan->amount->kind == NASHRA_COUNTS_NOUN &&
        (scan->amount->named || (many && nashra_year_may_count(scan, scan->amount))); /* فئة 20 فرنك, دور 12 شخصية */
    if (counts || year || date || things || quantity->scale_count != 0 || quantity->value.fraction_length != 0)
        return 0;
    reading->cls = NASHRA_CLASS_LABEL;
    reading->first = at;
    reading->last = quantity->last;
    reading->amount.quantity = *quantity;
    reading->label = label;
    reading->form = definite;
    reading->token = label->kind != NASHRA_LABEL_NAME && scan->tokens[at].prefix == NULL ? end_of_pair(scan, at) : 0;
    if (reading->token != 0)
        reading->last = reading->token + 1;
    reading->shapes = quantity->shapes;
    return 1;
}

static struct nashra_case_guess case_of_label(struct nashra_scan *scan, const struct nashra_reading *reading) {
    if (scan->tokens[reading->first].prefix != NULL)
        return (struct nashra_case_guess){scan->last_case, 0.8f};
    size_t noun = reading->first - 1;
    return nashra_case_of_noun(scan, noun - is_adjective_of_label(scan, noun));
}

const struct nashra_label *nashra_label_of(const struct nashra_scan *scan, const char *word) {
    enum { ARTICLE = 4 };
    char bare[LONGEST_LABEL];
    size_t length = strlen(word);
    if (length >= sizeof bare)
        return NULL;
    length = nashra_strip_marks(word, length, bare);
    size_t skip = strncmp(bare, "ال", ARTICLE) == 0 ? ARTICLE : 0;
    const struct nashra_lexeme *lexeme = nashra_lexis_word(scan->lexis, bare + skip, length - skip);
    return lexeme != NULL ? lexeme->label : NULL;
}

int nashra_label_say(struct nashra_scan *scan, const struct nashra_label *label, const struct nashra_decimal *value,
                     enum nashra_case grammatical_case, bool definite) {
    struct nashra_stance stance = {.gender = label->gender, .grammatical_case = grammatical_case};
    unsigned long long number;
    bool small = nashra_decimal_value(value, &number) && number >= 1 && number <= LARGEST_ORDINAL;
    if (label->kind != NASHRA_LABEL_ORDINAL || !small || !definite)
        return nashra_phrase_cardinal(scan->numbers, &scan->phrase, value, stance);
    stance.definite = NASHRA_DEFINITE;
    return nashra_phrase_ordinal(scan->numbers, &scan->phrase, value, stance);
}

/* Behind a dual و joins the two, else إلى. */
static int say_second(struct nashra_scan *scan, const struct nashra_reading *reading,
                      enum nashra_case grammatical_case) {
    struct nashra_quantity second;
    bool dual = singular_of_dual(scan, &scan->tokens[reading->first - 1]) != NULL;
    int status = 0;
    nashra_scan_cut(scan, reading->token, NASHRA_PAUSE_NONE);
    if (!dual) {
        status = nashra_scan_say(scan, NASHRA_SAY_TO);
        grammatical_case = NASHRA_GENITIVE;
    }
    size_t joined = scan->phrase.count;
    if (status < 0 || !nashra_quantity_digits_at(scan, reading->token, &second, &status))
        return status;
    status = nashra_label_say(scan, reading->label, &second.value, grammatical_case, reading->form != 0);
    return status == 0 && dual ? nashra_phrase_prefix(&scan->phrase, joined, "وَ") : status;
}

int nashra_speak_label(struct nashra_scan *scan, const struct nashra_reading *reading) {
    const struct nashra_label *label = reading->label;
    struct nashra_case_guess guess = {NASHRA_NOMINATIVE, 1.0f}; /* a name takes no case */
    scan->last_label = label;
    if (label->kind == NASHRA_LABEL_CARDINAL)
        guess = (struct nashra_case_guess){NASHRA_GENITIVE, 0.95f};
    else if (label->kind == NASHRA_LABEL_ORDINAL)
        guess = case_of_label(scan, reading);
    if (label->kind != NASHRA_LABEL_NAME)
        scan->last_case = guess.grammatical_case;
    scan->confidence = guess.confidence;
    bool definite = reading->form != 0;
    int status = nashra_label_say(scan, label, &reading->amount.quantity.value, guess.grammatical_case, definite);
    return status < 0 || reading->token == 0 ? status : say_second(scan, reading, guess.grammatical_case);
}
