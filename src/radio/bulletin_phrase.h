/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said before and after the items: a text with {placeholders}, from the script or from data/bulletin.tsv. */
#ifndef NASHRA_RADIO_BULLETIN_PHRASE_H
#define NASHRA_RADIO_BULLETIN_PHRASE_H

#include "bulletin_script.h"

struct nashra_phrases;

/* Reads data/bulletin.tsv. 0, NASHRA_ECONFIG, NASHRA_ENOMEM. */
int nashra_phrases_load(struct nashra_phrases **phrases);
/* Takes NULL. */
void nashra_phrases_destroy(struct nashra_phrases *phrases);

/* Whether every placeholder of a phrase is known. */
bool nashra_phrase_check(const char *phrase);
/* Whether it tells the date or the time. */
bool nashra_phrase_tells_time(const char *phrase);

/* Appends the text of `phrase` ("standard": the table's for `name`, "intro" or "outro"). Date and time are written for
 * the normaliser, which reads them. 0, NASHRA_ECONFIG, NASHRA_ENOMEM. */
int nashra_phrase_expand(const struct nashra_phrases *phrases, const struct nashra_script *script, const char *name,
                         const char *phrase, struct nashra_buffer *text);

/* What an editor calls the "intro" or the "outro"; the name itself where the table has nothing. */
const char *nashra_phrase_label(const struct nashra_phrases *phrases, const char *name);

/* Local time by the clock. */
struct nashra_moment nashra_moment_now(void);

#endif
