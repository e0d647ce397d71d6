/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An entry of the lexicon, checked and ready to be matched. */
#ifndef NASHRA_LEXICON_ENTRY_H
#define NASHRA_LEXICON_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include <nashra/lexicon.h>
#include <nashra/table.h>

#include "phonemes.h"

enum nashra_lex_kind { NASHRA_LEX_READING, NASHRA_LEX_PHONEMES, NASHRA_LEX_IPA };

/* An entry as a file gives it. */
struct nashra_lex_source {
    const char *written, *value; /* UTF-8, NUL-terminated, borrowed */
    enum nashra_lex_kind kind;
    bool exact; /* no clitics */
    bool cased; /* capitals count */
    size_t line;
};

struct nashra_lex_entry {
    const char *written, *value; /* as the file gives them, trimmed */
    const char *key;             /* folded, small letters */
    const char *cased;           /* folded, with its capitals; NULL where they don't count */
    enum nashra_lex_kind kind;
    bool exact;
    const char **words; /* the reading's words, or the phonemes of each word */
    size_t count;
    size_t line;
    const struct nashra_lex_entry *older; /* the one before with the same key */
};

enum {
    NASHRA_LEX_MAX_KEY = 512,  /* bytes of a folded key */
    NASHRA_LEX_MAX_WORDS = 16, /* of a phrase */
    NASHRA_LEX_MAX_VALUE = 4096,
    NASHRA_LEX_ENDINGS = 2048 /* bytes of a bitmap */
};

struct nashra_lexicon {
    struct nashra_arena *arena;
    const char *name; /* of the file, for messages */
    struct nashra_lex_entry **entries;
    size_t count, capacity;
    struct nashra_map *keys; /* key → the newest entry with it */
    size_t longest;          /* bytes of the longest key */
    size_t most_words;       /* of a key */
    bool phrases;            /* there are keys of more than letters: they may be several tokens of the text */
    unsigned char endings[NASHRA_LEX_ENDINGS]; /* how those keys may end, by hash */
    size_t errors;
    struct nashra_lex_phonemes *phonemes; /* NULL before the first entry with phonemes */
    struct nashra_table *table;           /* where the entries' texts are; NULL: in the arena */
};

/* Reports a line that is left out and counts it. */
void nashra_lex_left_out(struct nashra_lexicon *lexicon, size_t line, const char *format, ...) NASHRA_PRINTF(3, 4);

/* An empty lexicon. 0 or NASHRA_ENOMEM. */
int nashra_lex_create(const char *name, struct nashra_lexicon **lexicon);

/* Cuts a copy of `spaced` at its spaces into the entry's words. 0 or NASHRA_ENOMEM. */
int nashra_lex_keep_words(struct nashra_arena *arena, const char *spaced, struct nashra_lex_entry *entry);

/* Adds an entry that is complete. 0 or NASHRA_ENOMEM. */
int nashra_lex_keep(struct nashra_lexicon *lexicon, struct nashra_lex_entry *entry);

/* Checks an entry and adds it; one that can't be used is reported and counted. 0, NASHRA_ECONFIG, NASHRA_ENOMEM. */
int nashra_lex_add(struct nashra_lexicon *lexicon, const struct nashra_lex_source *source);

/* The entry for a folded text: the newest one that demands its capitals as they are, else the newest without such
 * demand; NULL for none. @param folded small letters. @param cased the same with its capitals. */
const struct nashra_lex_entry *nashra_lex_look_up(const struct nashra_lexicon *lexicon, const char *folded,
                                                  const char *cased, size_t length);

/* False when no key that may be several tokens ends as the folded text, in small letters, does. */
bool nashra_lex_may_end(const struct nashra_lexicon *lexicon, const char *folded, size_t length);

/* The formats: each adds the entries of `length` bytes, followed by a NUL. 0 or as nashra_lexicon_from_bytes(). */
int nashra_lex_read_tsv(struct nashra_lexicon *lexicon, char *bytes, size_t length);
int nashra_lex_read_pls(struct nashra_lexicon *lexicon, const char *bytes, size_t length);
int nashra_lex_read_nvda(struct nashra_lexicon *lexicon, char *bytes, size_t length);

#endif
