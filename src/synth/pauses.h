/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long to be silent, and where: data/pauses.tsv. */
#ifndef NASHRA_SYNTH_PAUSES_H
#define NASHRA_SYNTH_PAUSES_H

#include <nashra/text.h>

/* In milliseconds at the default rate. */
struct nashra_pauses {
    unsigned after_mark[NASHRA_PAUSE_EXCLAMATION + 1];
    unsigned after_kind[NASHRA_TEXT + 1]; /* NASHRA_TEXT: a paragraph's end */
};

/* Reads the table. 0, NASHRA_ECONFIG (names file and line) or NASHRA_ENOMEM. */
int nashra_pauses_load(struct nashra_pauses *pauses);

/* The pause that the word calls for: its own, and after the sentence's last word a full stop's where no mark stands and
 * the sentence is complete. */
enum nashra_pause nashra_pause_after(const struct nashra_sentence *sentence, size_t word);

/* The silence before the first word that the author asked for, in frames. */
unsigned nashra_lead_frames(const struct nashra_sentence *sentence, unsigned frames_per_second);

/* Its length in frames at `frames_per_second`, spoken at `words_per_minute`; 0 between words without a mark.
 * A break that the author asked for is taken as it is. */
unsigned nashra_pause_frames(const struct nashra_pauses *pauses, const struct nashra_sentence *sentence, size_t word,
                             unsigned frames_per_second, int words_per_minute);

#endif
