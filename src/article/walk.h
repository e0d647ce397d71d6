/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Walking over well-formed UTF-8 and the classes of characters that structure and sentences are told by. */
#ifndef NASHRA_ARTICLE_WALK_H
#define NASHRA_ARTICLE_WALK_H

#include <stdbool.h>
#include <stddef.h>

#include <nashra/text.h>

/* The character at *at, which moves behind it; 0 at `to`. */
unsigned nashra_walk_next(const char *text, size_t to, size_t *at);
/* The character before *at, which moves to its start; 0 at `from`. */
unsigned nashra_walk_back(const char *text, size_t from, size_t *at);
/* The same without moving. */
unsigned nashra_walk_peek(const char *text, size_t to, size_t at);
unsigned nashra_walk_peek_back(const char *text, size_t from, size_t at);

/* Nothing to see: white space of any width, bidi controls, the BOM, line ends. */
bool nashra_walk_is_blank(unsigned c);
bool nashra_walk_is_line_end(unsigned c);
/* A letter of any script; not tatweel, not marks. */
bool nashra_walk_is_letter(unsigned c);
bool nashra_walk_is_arabic(unsigned c);
/* Marks over and under letters, tatweel and joiners: inside a word, but no letters of it. */
bool nashra_walk_is_silent(unsigned c);
/* Quotation marks of any direction. */
bool nashra_walk_is_quote(unsigned c);
/* What may close after a stop and belongs to its sentence: quotes, brackets. */
bool nashra_walk_is_closer(unsigned c);
bool nashra_walk_is_opener(unsigned c);
/* . ؟ ! and their like in other scripts. */
bool nashra_walk_is_stop(unsigned c);
bool nashra_walk_is_full_stop(unsigned c);
bool nashra_walk_is_comma(unsigned c);
/* What begins an item of a list. */
bool nashra_walk_is_bullet(unsigned c);

/* The span without blanks at its ends. */
struct nashra_span nashra_walk_trim(const char *text, struct nashra_span span);
/* The next run of characters that are no blanks, from *at on, which moves behind it; empty at the end. */
struct nashra_span nashra_walk_token(const char *text, size_t to, size_t *at);
/* Without the punctuation around it. */
struct nashra_span nashra_walk_bare(const char *text, struct nashra_span token);

/* What a line or a paragraph looks like. */
struct nashra_profile {
    unsigned words;
    unsigned letters;
    unsigned digits;
    unsigned commas;
    unsigned quotes;
    unsigned first; /* the first character that isn't blank */
    unsigned last;  /* the last one */
    unsigned stop;  /* the last one before closing quotes and brackets */
    bool spoken;    /* holds more than punctuation */
};
struct nashra_profile nashra_walk_profile(const char *text, struct nashra_span span);

#endif
