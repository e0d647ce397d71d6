/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the words before a number phrase are, as far as their letters and the tables tell, and where its clause begins.
 */
#ifndef NASHRA_NORMALISE_CLAUSE_H
#define NASHRA_NORMALISE_CLAUSE_H

#include "scan.h"

/* ---- one word ---- */

bool nashra_word_has_article(const struct nashra_token *token);
bool nashra_word_has_pronoun(const struct nashra_token *token);
/* ب ك ل in one with it, seen by the table or by the article behind them. */
bool nashra_word_is_governed(const struct nashra_token *token);
/* May another noun follow it in the genitive? Not the article, the nun of a dual or a plural, nor tanwin. */
bool nashra_word_may_be_construct(const struct nashra_scan *scan, const struct nashra_token *token);
/* يفقد, تفقد, behind proclitics as well; not ترك, تلقى. Of a word that the tables know as a verb. */
bool nashra_word_is_imperfect(const struct nashra_token *token);
/* A word that no table knows. */
bool nashra_word_is_name(const struct nashra_scan *scan, size_t at);
/* A noun that the tables know, as it is left without a pronoun behind it: سيارت of سيارته is سيارة. */
bool nashra_word_is_noun_stem(const struct nashra_scan *scan, const char *stem, size_t length);
/* What the word governs. With the article a noun is in construct to nothing; a preposition has no article. */
enum nashra_governor nashra_word_governs(const struct nashra_token *token);
/* قام بتأليف 20: a noun behind ب or ل that the tables know without them. */
bool nashra_word_is_noun_behind_bi(const struct nashra_scan *scan, const struct nashra_token *token);
/* ويشكلون 80, وخسروا 20: the subject is in the verb. */
bool nashra_word_is_plural_verb(const struct nashra_token *token);
/* حققنا 45: the subject is in the verb as well. */
bool nashra_word_is_our_verb(const struct nashra_token *token);
/* يعطونها 250: the plural's ون before the pronoun is the subject. */
bool nashra_word_holds_subject(const struct nashra_token *token);

/* بعد إحرازه 20 هدفا: a verbal noun of a derived stem whose subject is its pronoun, behind what governs it. */
bool nashra_word_is_verbal_noun(const struct nashra_scan *scan, size_t at);

/* ---- the clause that ends before the token at `at` ---- */

/* The clause to the left of a phrase. */
struct nashra_clause {
    bool found;
    bool negated;
    bool whole; /* the sentence's beginning was reached */
    size_t start;
    size_t verb;
    enum nashra_governor governor;
};

/* عندما, منذ, أن: the verb behind it belongs to a clause that another one may follow. */
bool nashra_clause_opens(const struct nashra_scan *scan, size_t at);
bool nashra_clause_begins(const struct nashra_scan *scan, size_t at);
/* تم عقد 3, سيتم: a verbal noun follows the word at `at`. */
bool nashra_clause_is_done(const struct nashra_scan *scan, size_t at);
/* A word that no noun is, where a clause begins: a verb that the tables don't know. */
bool nashra_clause_may_be_verb(const struct nashra_scan *scan, size_t at);
struct nashra_clause nashra_clause_look_left(const struct nashra_scan *scan, size_t at);
/* ويسكنها 20: an imperfect with its object in it leaves the phrase to be its subject. */
bool nashra_clause_holds_object(const struct nashra_scan *scan, size_t at);
/* الذي يمثل 25: the pronoun before the verb stands for its subject. */
bool nashra_clause_is_relative(const struct nashra_scan *scan, size_t at);
/* A sentence without a verb: عدد الدول الأعضاء 22. */
bool nashra_clause_begins_with_noun(const struct nashra_scan *scan, size_t at);
/* ، وقيمة الزوج 200: a second sentence without a verb. */
bool nashra_clause_begins_with_and(const struct nashra_scan *scan, size_t at);

/* ---- what the number counts ---- */

/* 20 عاما, 3 مرات: such a phrase is adverbial where the verb has its subject in it. */
bool nashra_counts_time(const struct nashra_scan *scan, size_t at);
bool nashra_counts_money(const struct nashra_scan *scan);
bool nashra_counts_humans(const struct nashra_scan *scan);
/* Who can be a subject of what others do: people, and what they found. */
bool nashra_counts_people(const struct nashra_scan *scan);
bool nashra_counts_nothing(const struct nashra_scan *scan);
/* 80% منهم */
bool nashra_counts_share(const struct nashra_scan *scan);
/* مضى 20 عاما: the time itself is the subject. */
bool nashra_verb_passes(const struct nashra_token *verb);

#endif
