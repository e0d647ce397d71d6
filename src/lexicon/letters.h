/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An Arabic word taken apart: letters, each with its marks. */
#ifndef NASHRA_LEXICON_LETTERS_H
#define NASHRA_LEXICON_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

#include <nashra/memory.h>

enum {
    NASHRA_LEX_LETTERS = 64, /* of a word; the room for clitics is on top */
    NASHRA_LEX_ROOM = NASHRA_LEX_LETTERS + 12,
    NASHRA_LEX_HAMZA = 0x621,
    NASHRA_LEX_WAW_HAMZA = 0x624,
    NASHRA_LEX_YA_HAMZA = 0x626,
    NASHRA_LEX_ALIF = 0x627,
    NASHRA_LEX_BA = 0x628,
    NASHRA_LEX_MARBUTA = 0x629,
    NASHRA_LEX_TA = 0x62A,
    NASHRA_LEX_FA = 0x641,
    NASHRA_LEX_KAF = 0x643,
    NASHRA_LEX_LAM = 0x644,
    NASHRA_LEX_WAW = 0x648,
    NASHRA_LEX_MAQSURA = 0x649,
    NASHRA_LEX_TATWEEL = 0x640
};

struct nashra_lex_letter {
    unsigned codepoint;
    unsigned vowel; /* a haraka, tanwin or sukun; 0 for none */
    bool shadda;
    bool dagger;
};

struct nashra_lex_word {
    struct nashra_lex_letter letters[NASHRA_LEX_ROOM];
    size_t count;
};

/* Reads a word; tatweel is skipped, fathatan moves before its alif. @return NULL, or why it can't be read: marks that
 * are impossible, something that is no letter, no letter at all. */
const char *nashra_lex_word_read(const char *text, size_t length, struct nashra_lex_word *word);

/* Appends the word, marks in canonical order. 0 or NASHRA_ENOMEM. */
int nashra_lex_word_write(const struct nashra_lex_word *word, bool marks, struct nashra_buffer *out);

bool nashra_lex_word_has_marks(const struct nashra_lex_word *word);

/* True for the same letters, marks aside. */
bool nashra_lex_word_same_letters(const struct nashra_lex_word *a, const struct nashra_lex_word *b);

/* Adds the author's marks where the word has none. False, and nothing is changed, when the two contradict each other:
 * then the author meant another word. Both have the same letters. */
bool nashra_lex_word_join(struct nashra_lex_word *word, const struct nashra_lex_word *author);

/* Inserts a letter before `at`; false when there is no room. */
bool nashra_lex_word_insert(struct nashra_lex_word *word, size_t at, unsigned codepoint, unsigned vowel);
void nashra_lex_word_remove(struct nashra_lex_word *word, size_t at);

/* Assimilates the article's lam. */
bool nashra_lex_is_sun_letter(unsigned codepoint);

#endif
