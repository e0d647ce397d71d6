/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hamzat al-wasl: the alif that only carries a vowel when speech begins with it. */
#ifndef NASHRA_PHONEMISE_WASL_H
#define NASHRA_PHONEMISE_WASL_H

#include "spelling.h"

struct nashra_wasl {
    bool found;
    bool article;
    enum nashra_vowel_mark vowel; /* when it is spoken */
};

/* Is the alif at `index` one? It stands at the word's start or after one-letter particles. */
struct nashra_wasl nashra_wasl_at(const struct nashra_spelling *spelling, size_t index);

#endif
