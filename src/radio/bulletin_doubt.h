/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words whose reading an editor should look at, and the line for the lexicon that settles it. */
#ifndef NASHRA_RADIO_BULLETIN_DOUBT_H
#define NASHRA_RADIO_BULLETIN_DOUBT_H

#include "bulletin_recital.h"

enum nashra_doubt_reason { NASHRA_DOUBT_VOWELS, NASHRA_DOUBT_NUMBER, NASHRA_DOUBT_ACRONYM, NASHRA_DOUBT_FOREIGN };

/* All words of a token are one doubt. */
struct nashra_doubt {
    size_t section, sentence;
    size_t from, to; /* words, half open */
    enum nashra_doubt_reason reason;
    double confidence;
    const char *file;
    size_t line;
    const char *token;   /* as it is written, without marks */
    const char *reading; /* as it is read now, marked */
};

/* Zero-initialise; nashra_doubts_finish() frees it. */
struct nashra_doubts {
    struct nashra_arena *arena;
    struct nashra_doubt *list;
    size_t count, capacity;
    struct nashra_buffer decisions;
};

/* Bytes of a marked word without the mark of its case, which is left to each sentence. */
size_t nashra_without_ending(const char *marked);

/* Acronyms that are read as words or are known to be spelt. */
struct nashra_acronyms;

/* Reads the tables. 0, NASHRA_ECONFIG, NASHRA_ENOMEM. */
int nashra_acronyms_load(struct nashra_acronyms **acronyms);
/* Takes NULL. */
void nashra_acronyms_destroy(struct nashra_acronyms *acronyms);

/* Adds the doubts of a reading. @param first_line is added to its lines (0: the file's own). 0 or NASHRA_ENOMEM. */
int nashra_doubts_find(struct nashra_doubts *doubts, const struct nashra_acronyms *acronyms,
                       const struct nashra_recital *reading, size_t section, const char *file, size_t first_line,
                       double least);
/* Takes out the numbers of a section: date and time of a phrase are no editor's to decide. */
void nashra_doubts_drop_numbers(struct nashra_doubts *doubts, size_t section);
void nashra_doubts_finish(struct nashra_doubts *doubts);

/* The doubt that a word belongs to, or NULL. */
const struct nashra_doubt *nashra_doubts_of(const struct nashra_doubts *doubts, size_t section, size_t sentence,
                                            size_t word);

/* "vowels", "number", "acronym", "foreign". */
const char *nashra_doubt_name(enum nashra_doubt_reason reason);

/* The doubts of what is heard as lines for the lexicon, a comment with the place before each; "" for none. A token is
 * there once. Owned by `doubts`; NULL when out of memory. */
const char *nashra_doubts_decisions(struct nashra_doubts *doubts);

/* Reports each doubt as an error. NASHRA_EDATA. */
int nashra_doubts_report(const struct nashra_doubts *doubts);

#endif
