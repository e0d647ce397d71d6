/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands in an output folder beside the outputs, under .nashra: drafts, and a record of each finished output. */
#ifndef NASHRA_RADIO_BATCH_RECORD_H
#define NASHRA_RADIO_BATCH_RECORD_H

#include "cache_entry.h"

enum { NASHRA_TOKEN_SIZE = 48 };

/* Which files an output consists of, and what made them. */
struct nashra_record {
    struct nashra_entry_head files; /* the key is the job's; the sound is the last */
    char token[NASHRA_TOKEN_SIZE];  /* order of jobs of a queue: "MILLISECONDS-NUMBER"; "" where there is none */
};

/* DRAFTS/PROCESS/NUMBER--NAME: a file of a draft PROCESS/NUMBER. Each process has a folder, so that none waits for
 * another's; a folder for each draft would cost more than copying a short bulletin. The record's name is ".record".
 * NULL when out of memory. */
char *nashra_draft_path(const char *drafts, const char *draft, const char *name);
/* Removes what there is of a draft, in whichever state. */
void nashra_draft_remove(const char *drafts, const char *draft);

/* FOLDER/.nashra/done/OUTPUT.json; NULL when out of memory. */
char *nashra_record_path(const char *folder, const char *output);

/* Writes it to a file. 0, NASHRA_ECANTCREATE or NASHRA_EIO (reported), NASHRA_ENOMEM. */
int nashra_record_write(const struct nashra_record *record, const char *path);
/* False when there is none that can be read. */
bool nashra_record_read(const char *path, struct nashra_record *record);
/* Whether the files of a record are in the folder, with their sizes. @param output as the job names it. */
bool nashra_record_holds(const struct nashra_record *record, const char *folder, const char *output);
/* Whether what a job of that key makes is there already. */
bool nashra_output_is_current(const char *folder, const char *output, const struct nashra_digest *key);
/* Whether the record's job came after the one with `token`. */
bool nashra_record_is_later(const struct nashra_record *record, const char *token);

#endif
