/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A document on its way through libxml2: ssml.c hands over what the parser sees, ssml_elements.c what it means. */
#ifndef NASHRA_ARTICLE_SSML_READER_H
#define NASHRA_ARTICLE_SSML_READER_H

#include "ssml.h"
#include "ssml_values.h"

enum { NASHRA_SSML_DEPTH = 256, NASHRA_SSML_MOST_NOTES = 1024 * 1024, NASHRA_SSML_NAME = 24 };

enum nashra_ssml_kind {
    NASHRA_SSML_PLAIN, /* its text is read as if its tags weren't there */
    NASHRA_SSML_SPEAK,
    NASHRA_SSML_PARAGRAPH,
    NASHRA_SSML_SENTENCE,
    NASHRA_SSML_BREAK,
    NASHRA_SSML_MARK,
    NASHRA_SSML_SUB,
    NASHRA_SSML_SAY_AS,
    NASHRA_SSML_LANG,
    NASHRA_SSML_PHONEME,
    NASHRA_SSML_PROSODY,
    NASHRA_SSML_EMPHASIS,
    NASHRA_SSML_HIDDEN /* its text is not for reading: metadata, desc */
};

struct nashra_ssml_frame {
    enum nashra_ssml_kind kind;
    char name[NASHRA_SSML_NAME];
    struct nashra_prosody prosody; /* in it */
    bool is_hidden;                /* nothing in it is read */
    bool is_english;
    bool opens;              /* began the hint or the phonemes that end with it */
    struct nashra_hint hint; /* of a say-as */
    size_t text_from;        /* where its text begins */
    size_t source_from;      /* the first byte behind its tag */
    const char *value;       /* an alias, phonemes; in the arena */
    bool is_ipa;
    size_t line;
};

struct nashra_ssml_reader {
    struct nashra_ssml *ssml;
    const struct nashra_ssml_names *names;
    const char *name;   /* of the article */
    const char *source; /* the markup */
    size_t length;
    size_t base;   /* bytes of a BOM before it */
    size_t offset; /* where the parser stands */
    size_t last;   /* where it stood at the event before */
    size_t line;
    struct nashra_ssml_frame frames[NASHRA_SSML_DEPTH + 1];
    size_t depth;      /* frames in use; 0: before <speak> */
    size_t block_from; /* of the text */
    size_t paragraph;
    bool in_say_as; /* a hint or phonemes are open: what is in them belongs to them */
    size_t warnings;
    int status; /* of the first failure */
};

/* An attribute of the element that begins. */
struct nashra_ssml_attribute {
    const char *name;
    char value[256];
};

struct nashra_ssml_attributes {
    struct nashra_ssml_attribute items[16];
    size_t count;
};

void nashra_ssml_start(struct nashra_ssml_reader *reader, const char *name,
                       const struct nashra_ssml_attributes *attributes);
void nashra_ssml_end(struct nashra_ssml_reader *reader);
void nashra_ssml_text(struct nashra_ssml_reader *reader, const char *text, size_t length);
/* A warning with file and line; the first hundred are told. */
void nashra_ssml_warn(struct nashra_ssml_reader *reader, const char *format, ...) NASHRA_PRINTF(2, 3);

#endif
