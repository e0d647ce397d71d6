/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The spoken words of a sentence as they are written, with their pauses and quotation marks. */
#ifndef NASHRA_NORMALISE_WRITER_H
#define NASHRA_NORMALISE_WRITER_H

#include <stdbool.h>

#include "scan.h"

struct nashra_writer {
    struct nashra_word *words; /* heap; kept from sentence to sentence */
    size_t count;
    size_t capacity;
    bool quote_open;   /* the next word begins a quotation */
    bool inside_quote; /* of the signs that open and close alike */
    bool soft;         /* the last word's comma comes from a bracket or a dash */
};

void nashra_writer_finish(struct nashra_writer *writer);
void nashra_writer_begin(struct nashra_writer *writer);

/* Appends a word; takes the pending quotation. NULL: no memory. The pointer is good until the next call. */
struct nashra_word *nashra_writer_add(struct nashra_writer *writer, const char *text, const char *marked,
                                      struct nashra_span span, enum nashra_class cls);
/* Appends the phrase of a reading. */
int nashra_writer_add_phrase(struct nashra_writer *writer, struct nashra_scan *scan,
                             const struct nashra_reading *reading);
/* A pause after the last word; the stronger of two stays. `soft`: dropped at the sentence's end. */
void nashra_writer_pause(struct nashra_writer *writer, enum nashra_pause pause, bool soft);
void nashra_writer_open_quote(struct nashra_writer *writer);
void nashra_writer_close_quote(struct nashra_writer *writer);
/* Copies the words into the sentence. */
int nashra_writer_end(struct nashra_writer *writer, struct nashra_sentence *sentence);

/* What a token means that no class reads: a pause, a quotation, nothing (pause.c). */
void nashra_read_punctuation(struct nashra_writer *writer, const struct nashra_scan *scan, size_t at);

/* A plain word of the text (word.c). */
int nashra_read_word(struct nashra_writer *writer, struct nashra_scan *scan, size_t at);

#endif
