/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cleaned characters → tokens: runs of one kind, each with the bytes it came from. */
#ifndef NASHRA_NORMALISE_TOKEN_H
#define NASHRA_NORMALISE_TOKEN_H

#include <stdbool.h>

#include <nashra/text.h>

#include "clean/clean.h"
#include "lexis/verbs.h"
#include "token/affixes.h"

enum nashra_token_kind {
    NASHRA_TOKEN_WORD,   /* Arabic letters and their marks */
    NASHRA_TOKEN_NUMBER, /* digits */
    NASHRA_TOKEN_LATIN,  /* Latin letters */
    NASHRA_TOKEN_SCRIPT, /* letters of another script */
    NASHRA_TOKEN_SYMBOL  /* one character, or one repeated */
};

struct nashra_token {
    enum nashra_token_kind kind;
    unsigned cp;     /* of a symbol */
    unsigned repeat; /* how often it stands */
    bool space;      /* white space before it */
    bool narrow;     /* nothing but a no-break space before it */
    bool respelt;    /* its hamza was put right */
    bool name;       /* part of a foreign name: فان is no فإن */
    bool stretched;  /* its last letter carried a tatweel */
    bool turned;     /* a sign that stood behind its number */
    bool quoted;     /* a quotation opened between a clitic that was joined and this word */
    struct nashra_span span;
    const char *text;   /* bare letters, ASCII digits, the symbol; NUL-terminated */
    size_t length;      /* of text */
    const char *marked; /* with the author's marks, shadda before the vowel, fathatan before its alif; or NULL */
    const char *prefix; /* clitics before a number or a foreign word: "و", "بال"; or NULL */
    const struct nashra_lexeme *lexeme; /* of the word, or of what is left without proclitics; or NULL */
    const struct nashra_verb *verb;     /* of verbs.tsv, in a text with numbers; or NULL */
    bool verb_joined;                   /* و or ف stands before `verb` */
    unsigned proclitics; /* of enum nashra_proclitic: taken off to find `lexeme`, or standing in `prefix` */
    size_t stem;         /* bytes of `text` that the proclitics of `lexeme` take */
};

struct nashra_tokens {
    struct nashra_token *items;
    size_t count;
    size_t capacity;
};

/* Replaces the content of `tokens`; strings live in the arena. `base` is the offset of the cleaned span. */
int nashra_tokenise(const struct nashra_chars *chars, size_t base, struct nashra_arena *arena,
                    struct nashra_tokens *tokens);
void nashra_tokens_finish(struct nashra_tokens *tokens);

/* Puts spellings right and finds lexemes, through proclitics where the word itself has none. */
int nashra_tokens_look_up(const struct nashra_lexis *lexis, struct nashra_arena *arena, struct nashra_tokens *tokens);

/* Joins clitics that stand alone to the word or number after them (لـ "وقف" → لوقف, و 5, الـ 27). Needs lexemes. */
int nashra_tokens_join_clitics(const struct nashra_lexis *lexis, struct nashra_arena *arena,
                               struct nashra_tokens *tokens);

/* Writes the token's prefix into its text and marks. */
int nashra_token_take_prefix(struct nashra_arena *arena, struct nashra_token *token);

#endif
