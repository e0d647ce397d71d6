/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an article's author asks for beyond its text, sentence by sentence. */
#ifndef NASHRA_PIPELINE_DELIVERY_H
#define NASHRA_PIPELINE_DELIVERY_H

#include <nashra/article.h>
#include <nashra/sound.h>

/* Before the normaliser: the sentence's hints. Does nothing for an article without any. */
void nashra_delivery_hints(const struct nashra_article *article, struct nashra_sentence *sentence);

/* Between lexicon and diacritiser: phonemes, prosody, breaks and bookmarks. 0 or NASHRA_ENOMEM. */
int nashra_delivery_words(const struct nashra_article *article, struct nashra_sentence *sentence);

#endif
