/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file phonemise.h  Marked words → eSpeak phoneme mnemonics, after the phonology of MSA. */
#ifndef NASHRA_PHONEMISE_H
#define NASHRA_PHONEMISE_H

#include <nashra/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Which case endings are spoken inside a phrase; in pause none is. */
enum nashra_endings { NASHRA_ENDINGS_SURE, NASHRA_ENDINGS_FULL, NASHRA_ENDINGS_NONE };

/** Finds a setting by its name ("sure"); 0 or NASHRA_EUSAGE (not reported). */
int nashra_endings_parse(const char *name, enum nashra_endings *endings);

struct nashra_phonemiser;

/** Loads the phoneme inventory and the word lists of data/. @return 0, NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_phonemiser_create(enum nashra_endings endings, struct nashra_phonemiser **phonemiser);
/** Takes NULL. */
void nashra_phonemiser_destroy(struct nashra_phonemiser *phonemiser);

/** Sets `phonemes` of every word (those that are set already are only joined to their neighbours), places breaths
 * (NASHRA_PAUSE_PHRASE) in long stretches. Every phoneme written is one of the inventory. Latin words get the second
 * voice's text as it is, marked by `cls`. @return 0 or NASHRA_ENOMEM. */
int nashra_phonemise(struct nashra_phonemiser *phonemiser, struct nashra_sentence *sentence);

/** Appends the IPA of a word's mnemonics. @return 0, NASHRA_EDATA for an unknown phoneme, NASHRA_ENOMEM. */
int nashra_phonemes_to_ipa(const struct nashra_phonemiser *phonemiser, const char *phonemes, struct nashra_buffer *ipa);

#ifdef __cplusplus
}
#endif
#endif
