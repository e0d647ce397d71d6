/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Paragraph → sentences: ICU's rules, corrected by those of Arabic. */
#ifndef NASHRA_ARTICLE_SENTENCE_H
#define NASHRA_ARTICLE_SENTENCE_H

#include <stdbool.h>

#include <nashra/text.h>

#include "lexis.h"

struct nashra_sentences;

/* Takes a sentence, trimmed; `is_last` of its paragraph. Not 0 ends the search and is returned. */
typedef int (*nashra_sentence_fn)(struct nashra_span sentence, bool is_last, void *user);

/* Cheap: ICU and the table of abbreviations are loaded when the first paragraph needs them. NULL: out of memory.
 * @param words of nashra_breaks_lexis(), must outlive it. */
struct nashra_sentences *nashra_sentences_create(struct nashra_lexis *words);
void nashra_sentences_destroy(struct nashra_sentences *sentences);

/* Finds the sentences of a paragraph that isn't empty; there is always one. */
int nashra_sentences_find(struct nashra_sentences *sentences, const char *text, struct nashra_span paragraph,
                          nashra_sentence_fn sentence, void *user);

#endif
