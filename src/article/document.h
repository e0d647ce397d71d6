/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of pages, feeds, books and Markdown make: paragraphs whose bytes know their source. */
#ifndef NASHRA_ARTICLE_DOCUMENT_H
#define NASHRA_ARTICLE_DOCUMENT_H

#include <nashra/document.h>

#include "tracked.h"

/* Zero-initialise; nashra_document_finish() frees it. */
struct nashra_document {
    const char *name; /* for messages */
    struct nashra_tracked text;
    struct nashra_passage *passages;
    size_t count;
    size_t capacity;
    struct nashra_metadata metadata;
    struct nashra_arena *arena; /* of the strings */
};

/* 0 or NASHRA_ENOMEM. */
int nashra_document_init(struct nashra_document *document, const char *name, enum nashra_format format);
void nashra_document_finish(struct nashra_document *document);

/* Adds a paragraph: a span of `from`, trimmed; nothing when there is nothing to say in it. `like` tells all but the
 * span. 0, NASHRA_EDATA (far too many) or NASHRA_ENOMEM. */
int nashra_document_add(struct nashra_document *document, const struct nashra_tracked *from, struct nashra_span span,
                        const struct nashra_passage *like);

/* Sets a string of the metadata to a trimmed copy; what is set already and what is empty is left alone. */
void nashra_document_set(struct nashra_document *document, const char **field, const char *bytes, size_t length);

/* The readers; `source` is decoded text. 0, NASHRA_EDATA (reported), NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_web_read(const struct nashra_tracked *source, const struct nashra_reading *reading,
                    struct nashra_document *document);
/* A chapter of a book: everything in it is its text. */
int nashra_web_read_chapter(const struct nashra_tracked *source, const struct nashra_reading *reading,
                            struct nashra_document *document);
int nashra_feed_document(const struct nashra_tracked *source, const struct nashra_reading *reading,
                         struct nashra_document *document);
int nashra_markdown_read(const struct nashra_tracked *source, struct nashra_document *document);

#endif
