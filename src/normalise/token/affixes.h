/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What may be written in one with a noun: clitics and the article before it, a pronoun behind it. */
#ifndef NASHRA_NORMALISE_AFFIXES_H
#define NASHRA_NORMALISE_AFFIXES_H

#include <stddef.h>

enum nashra_proclitic {
    NASHRA_PROCLITIC_AND = 1,      /* و */
    NASHRA_PROCLITIC_SO = 2,       /* ف */
    NASHRA_PROCLITIC_GENITIVE = 4, /* ب ك ل */
    NASHRA_PROCLITIC_ARTICLE = 8   /* ال */
};

/* Bytes that و or ف takes at the beginning of a word, and then ب ك or ل, and then the article (ل alone behind ل); each
 * adds its bit. */
size_t nashra_conjunction_of(const char *word, size_t length, unsigned *bits);
size_t nashra_preposition_of(const char *word, size_t length, unsigned *bits);
size_t nashra_bare_article_of(const char *word, size_t length, int after_lam, unsigned *bits);

/* Bytes of a word up to and with its article (الكتاب, وبالكتاب, للكتاب), and what they are; 0 when it has none, or when
 * too little would be left of it for a noun. */
size_t nashra_article_end(const char *word, size_t length, unsigned *bits);

/* Bytes of the pronoun at a word's end (كتابها); 0 when there is none, or too little would be left. */
size_t nashra_pronoun_of(const char *word, size_t length);

/* The clitics that `word` consists of, as bits; 0 when it has anything else in it. */
unsigned nashra_proclitics_of(const char *word, size_t length);

#endif
