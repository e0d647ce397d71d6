/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file diacritise.h  Spoken words → marked words. */
#ifndef NASHRA_DIACRITISE_H
#define NASHRA_DIACRITISE_H

#include <nashra/text.h>

#ifdef __cplusplus
extern "C" {
#endif

struct nashra_diacritiser;

/** Loads model and lexicon. @param model a model file, or NULL for the one in data/.
 *  @return 0, NASHRA_ECONFIG (missing or damaged: file and record are named) or NASHRA_ENOMEM. */
int nashra_diacritiser_create(const char *model, struct nashra_diacritiser **diacritiser);
/** Takes NULL. */
void nashra_diacritiser_destroy(struct nashra_diacritiser *diacritiser);

/** Sets `marked`, `confidence` and `ending_confidence` of every Arabic word. Marks that are there already are binding
 *  and steer their neighbours. Pauses and quotes of the words are part of the input. Not reentrant: one call at a time
 *  a handle. @return 0 or NASHRA_ENOMEM. */
int nashra_diacritise(struct nashra_diacritiser *diacritiser, struct nashra_sentence *sentence);

/** Diacritises a line of plain UTF-8 text: words, spaces, punctuation and marks that are there stay as they are.
 *  The result is appended to `out`. @return 0 or NASHRA_ENOMEM. */
int nashra_diacritise_line(struct nashra_diacritiser *diacritiser, const char *line, size_t length,
                           struct nashra_buffer *out);

#ifdef __cplusplus
}
#endif
#endif
