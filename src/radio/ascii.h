/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arabic in ASCII, for fields that other letters break. */
#ifndef NASHRA_RADIO_ASCII_H
#define NASHRA_RADIO_ASCII_H

#include "bulletin_recital.h"

struct nashra_ascii;

/* Reads data/ascii.tsv. 0, NASHRA_ECONFIG, NASHRA_ENOMEM. */
int nashra_ascii_load(struct nashra_ascii **ascii);
/* Takes NULL. */
void nashra_ascii_destroy(struct nashra_ascii *ascii);

/* Appends UTF-8 text in ASCII; marks become vowels; what has no row is a question mark. 0 or NASHRA_ENOMEM. */
int nashra_ascii_add(const struct nashra_ascii *ascii, const char *text, size_t length, struct nashra_buffer *out);
/* Appends a sentence: words with their vowels, figures and names as they are written. 0 or NASHRA_ENOMEM. */
int nashra_ascii_add_sentence(const struct nashra_ascii *ascii, const char *text,
                              const struct nashra_sentence *sentence, struct nashra_buffer *out);

#endif
