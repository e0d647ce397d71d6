/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file progress.h  How far a long work is, on stderr, when that is a terminal. */
#ifndef NASHRA_PROGRESS_H
#define NASHRA_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

#include <nashra/text.h>

/** Shows "3/24" and the sentence. Does nothing when stderr is no terminal. */
void nashra_progress_sentence(size_t count, const struct nashra_sentence *sentence);
/** Shows "done of all" on one line that is overwritten. */
void nashra_progress_count(size_t done, size_t all, const char *what);
/** Ends the overwritten line. */
void nashra_progress_end(void);

#endif
