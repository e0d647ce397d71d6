/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How much bytes look like Arabic when read in a given encoding. */
#ifndef NASHRA_ARTICLE_LETTERS_H
#define NASHRA_ARTICLE_LETTERS_H

#include <stddef.h>
#include <stdint.h>

/* Over 0: more Arabic than chance; the right encoding scores highest. */
double nashra_letters_score(const uint16_t table[256], const unsigned char *bytes, size_t length);

#endif
