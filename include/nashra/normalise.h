/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file normalise.h  Sentence → spoken words: tokeniser, semiotic classes, verbaliser. */
#ifndef NASHRA_NORMALISE_H
#define NASHRA_NORMALISE_H

#include <nashra/text.h>

#ifdef __cplusplus
extern "C" {
#endif

enum nashra_region {
    NASHRA_REGION_GULF,
    NASHRA_REGION_EGYPT,
    NASHRA_REGION_LEVANT,
    NASHRA_REGION_MAGHREB,
    NASHRA_REGION_MOROCCO
};

/** Finds a region by its name ("gulf"); 0 or NASHRA_EUSAGE (not reported). */
int nashra_region_parse(const char *name, enum nashra_region *region);

struct nashra_normaliser;

/** Loads the tables of data/. @return 0, NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_normaliser_create(enum nashra_region region, struct nashra_normaliser **normaliser);
/** Takes NULL. */
void nashra_normaliser_destroy(struct nashra_normaliser *normaliser);

/** Looks over a whole article before its first sentence: evidence for readings that one sentence can't settle (does
 *  this paper group digits with dots?). May be left out. 0 or NASHRA_ENOMEM. */
int nashra_normaliser_survey(struct nashra_normaliser *normaliser, const char *text, size_t length);

/** Fills the words of a sentence.
 *  @param text the article's text; `sentence->span` is the part to read; `sentence->kind` and `sentence->arena` are
 * set. Every visible token of the span is spoken or is punctuation: nothing is lost. Words carry spans of `text`.
 *  @return 0 or NASHRA_ENOMEM. */
int nashra_normalise(struct nashra_normaliser *normaliser, const char *text, struct nashra_sentence *sentence);

#ifdef __cplusplus
}
#endif
#endif
