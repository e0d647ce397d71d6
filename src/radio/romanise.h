/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arabic in ASCII, for fields that other letters break. */
#ifndef NASHRA_RADIO_ROMANISE_H
#define NASHRA_RADIO_ROMANISE_H

#include "bulletin_recital.h"

struct nashra_romaniser;

/* Reads data/ascii.tsv. 0, NASHRA_ECONFIG, NASHRA_ENOMEM. */
int nashra_romaniser_create(struct nashra_romaniser **romaniser);
/* Takes NULL. */
void nashra_romaniser_destroy(struct nashra_romaniser *romaniser);

/* Appends UTF-8 text in ASCII; marks become vowels; what has no row is a question mark. 0 or NASHRA_ENOMEM. */
int nashra_romanise(const struct nashra_romaniser *romaniser, const char *text, size_t length,
                    struct nashra_buffer *out);
/* Appends a sentence: words with their vowels, figures and names as they are written. 0 or NASHRA_ENOMEM. */
int nashra_romanise_sentence(const struct nashra_romaniser *romaniser, const char *text,
                             const struct nashra_sentence *sentence, struct nashra_buffer *out);

#endif
