/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words as they are compared: when stories are searched, and when it is asked whether two are the same. */
#ifndef NASHRA_STORE_WORDS_H
#define NASHRA_STORE_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include <nashra/table.h>

struct nashra_words;

/* Reads data/search.tsv. @return 0, NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_words_create(struct nashra_words **words);
/* Takes NULL. */
void nashra_words_destroy(struct nashra_words *words);

/* Appends the words of a text, folded, with one space between them: small letters, European digits, the variants of a
 * letter made one, no marks, no article. Nothing else is in it. */
void nashra_words_fold(const struct nashra_words *words, const char *text, size_t length, struct nashra_buffer *out);

/* Makes an expression of FTS5 of what a user looks for. @return 0, or NASHRA_EUSAGE when there is no word in it. */
int nashra_words_query(const struct nashra_words *words, const char *wish, struct nashra_buffer *out);

/* Where a text stands among texts: those that differ in a few words differ in a few bits (Charikar 2002), over pairs of
 * neighbouring words. @param folded of nashra_words_fold(). @return 0 for a text of so few words that it says nothing.
 */
uint64_t nashra_words_simhash(const char *folded);
/* What numbers are in it, as a hash: reports that come daily differ in nothing else. */
uint64_t nashra_words_numbers(const char *folded);

#endif
