/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the network sees of a sentence.  Training loads this very code, so the
 * two can't drift.
 *
 * A sentence is a row of positions: a gap, the letters of a unit, a gap, and
 * so on, always ending in a gap.  A unit is a word, a number or a run of
 * foreign letters; the latter two are a single position.  All that stands
 * between two units is one gap, of the class of its strongest punctuation.
 */
#ifndef NSH_DIACRITISE_FEATURES_H
#define NSH_DIACRITISE_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum feat_symbol {
    FEAT_PAD,
    FEAT_SPACE,
    FEAT_OTHER,
    FEAT_SLASH,
    FEAT_DASH,
    FEAT_QUOTE,
    FEAT_CLOSE,
    FEAT_OPEN,
    FEAT_COMMA,
    FEAT_COLON,
    FEAT_SEMICOLON,
    FEAT_STOP,
    FEAT_EXCLAMATION,
    FEAT_QUESTION,
    FEAT_NUMBER,
    FEAT_FOREIGN,
    FEAT_LETTER,
    FEAT_SYMBOLS = 56
};

/* The marks of one letter. Adding FEAT_SHADDA to a vowel or tanwin doubles it. */
enum feat_label {
    FEAT_NONE,
    FEAT_FATHA,
    FEAT_DAMMA,
    FEAT_KASRA,
    FEAT_SUKUN,
    FEAT_FATHATAN,
    FEAT_DAMMATAN,
    FEAT_KASRATAN,
    FEAT_SHADDA,
    FEAT_SHADDA_FATHA,
    FEAT_SHADDA_DAMMA,
    FEAT_SHADDA_KASRA,
    FEAT_SHADDA_FATHATAN,
    FEAT_SHADDA_DAMMATAN,
    FEAT_SHADDA_KASRATAN,
    FEAT_LABELS
};

#define FEAT_WORD_BITS 15
#define FEAT_AFFIX_BITS 12

struct feat_position {
    uint32_t from; /* the symbol's first byte */
    uint32_t body; /* where its marks begin */
    uint32_t to;   /* where its marks end */
    uint8_t symbol;
    uint8_t label; /* the marks that are there */
};

enum feat_hash { FEAT_WORD_A, FEAT_WORD_B, FEAT_PREFIX, FEAT_SUFFIX, FEAT_HASHES };

struct feat_unit {
    uint32_t first; /* position of its first letter */
    uint32_t count; /* letters */
    uint32_t token; /* index among the words that white space parts */
    uint16_t hash[FEAT_HASHES];
};

struct feat {
    struct feat_position *position;
    size_t positions;
    size_t position_room;
    struct feat_unit *unit;
    size_t units;
    size_t unit_room;
};

/* Reads a sentence into f, whose rooms grow as needed. False: out of memory. */
bool nashra_feat_scan(struct feat *f, const char *text, size_t size);

void nashra_feat_finish(struct feat *f);

/* Code point of a letter's symbol, 0 for any other symbol. */
uint32_t nashra_feat_letter(unsigned symbol);

/* Symbol of a code point; FEAT_LETTER and above for Arabic letters. */
unsigned nashra_feat_symbol_of(uint32_t code_point);

/* The bytes of a label's marks, shadda first. */
const char *nashra_feat_marks(unsigned label);

#endif
