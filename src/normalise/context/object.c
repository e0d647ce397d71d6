/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "context/object.h"

#include <stdlib.h>
#include <string.h>

#include "context/clause.h"
#include "number/letters.h"
#include "quantity.h"

/* تلقى 85% من السكان جرعتين, جرعة واحدة: its ending shows the accusative of an object. */
static bool is_indefinite_object(const struct nashra_scan *scan, size_t at) {
    struct nashra_noun_match match;
    const struct nashra_token *token = nashra_scan_token(scan, at);
    if (token == NULL || token->kind != NASHRA_TOKEN_WORD || token->lexeme != NULL ||
        nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) != 0 || !match.noun.known)
        return false;
    return match.accusative_alif || (match.number == NASHRA_DUAL && match.oblique);
}

/* أبلغ 42 مواطنا الشرطة, دعم 62% من المقترعين الخروج: the definite noun behind the phrase is the verb's object. */
static bool noun_follows(const struct nashra_scan *scan) {
    const struct nashra_amount *amount = scan->amount;
    bool share = amount != NULL && (amount->kind == NASHRA_COUNTS_OF || amount->kind == NASHRA_COUNTS_PERCENT);
    bool of_them = nashra_counts_share(scan); /* طرح 10 منهم الثقة به */
    if (amount == NULL || (!share && !of_them && amount->kind != NASHRA_COUNTS_NOUN))
        return false;
    size_t object = amount->last + of_them;
    struct nashra_noun_match match;
    if (share && !of_them) {
        const struct nashra_token *whole = nashra_scan_token(scan, object + 1);
        if (!nashra_scan_is_word(scan, object, "من") || whole == NULL || !nashra_word_has_article(whole))
            return false;
        object += 2;
    }
    const struct nashra_token *token = nashra_scan_token(scan, object);
    unsigned bits = 0;
    if (share && is_indefinite_object(scan, object))
        return true;
    bool definite = token != NULL && token->kind == NASHRA_TOKEN_WORD &&
                    nashra_article_end(token->text, token->length, &bits) != 0 && bits == NASHRA_PROCLITIC_ARTICLE;
    const uint64_t time = NASHRA_CUE_BIT(NASHRA_CUE_SPAN) | NASHRA_CUE_BIT(NASHRA_CUE_DAY);
    if (!definite || (nashra_scan_cues(scan, object) & time) != 0) /* 20 كتابا العام الماضي */
        return false;
    if (!share)
        return true;
    return nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 && match.noun.known &&
           match.number == NASHRA_SINGULAR && !match.noun.human;
}

/* استهدفت 20 عبوة ناسفة دوريتهما, فجر 3 انتحاريين أحزمتهم: its pronoun makes it definite; an adjective may stand
 * between. */
static bool owned_noun_follows(const struct nashra_scan *scan) {
    enum { REACH = 2 };
    const struct nashra_amount *amount = scan->amount;
    for (size_t i = 0; amount != NULL && amount->kind == NASHRA_COUNTS_NOUN && i < REACH; i++) {
        const struct nashra_token *token = nashra_scan_token(scan, amount->last + i);
        if (token == NULL || token->kind != NASHRA_TOKEN_WORD || token->lexeme != NULL)
            return false;
        size_t tail = nashra_pronoun_of(token->text, token->length);
        if (tail != 0)
            return nashra_word_is_noun_stem(scan, token->text, token->length - tail);
    }
    return false;
}

/* أثارت 3 لوحات جدلا, أخفت 3 سحب متراكمة كسوفا: behind a plural in the genitive nothing but an object is in the
 * accusative.
 */
static bool indefinite_noun_follows(const struct nashra_scan *scan) {
    enum { FEW = 3, MANY = 11, HUNDRED = 100, DECIMAL = 10 };
    const struct nashra_amount *amount = scan->amount;
    if (amount == NULL || amount->kind != NASHRA_COUNTS_NOUN || amount->noun.number != NASHRA_PLURAL)
        return false;
    long value = strtol(scan->tokens[amount->first].text, NULL, DECIMAL) % HUNDRED;
    return value >= FEW && value < MANY &&
           (is_indefinite_object(scan, amount->last) || is_indefinite_object(scan, amount->last + 1));
}

bool nashra_object_follows(const struct nashra_scan *scan) {
    return noun_follows(scan) || owned_noun_follows(scan) || indefinite_noun_follows(scan);
}

bool nashra_object_clause_follows(const struct nashra_scan *scan) {
    static const char *const that[] = {"أن", "بأن", "إن"};
    for (size_t i = 0; i < 3 && scan->amount != NULL; i++)
        if (nashra_scan_is_word(scan, scan->amount->last, that[i]))
            return true;
    return false;
}

bool nashra_object_is_no_share_of_people(const struct nashra_scan *scan) {
    enum { LETTER = 2, ENDING = 2 * LETTER };
    struct nashra_noun_match match;
    const struct nashra_amount *amount = scan->amount;
    if (amount == NULL || amount->kind != NASHRA_COUNTS_PERCENT || !nashra_scan_is_word(scan, amount->last, "من"))
        return false;
    const struct nashra_token *token = nashra_scan_token(scan, amount->last + 1);
    if (token == NULL || token->kind != NASHRA_TOKEN_WORD || !nashra_word_has_article(token))
        return false;
    bool sound = nashra_ends_with(token->text, token->length, "ين"); /* المجريين, الأوروبيين */
    return sound || (nashra_noun_find(scan->numbers, scan->arena, token->text, token->length, &match) == 0 &&
                     match.noun.human && match.number == NASHRA_PLURAL);
}
