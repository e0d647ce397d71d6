/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EPUB 2 and 3 → a document: chapters in the order of the spine. */
#ifndef NASHRA_ARTICLE_BOOK_H
#define NASHRA_ARTICLE_BOOK_H

#include "../document.h"
#include "../source.h"

/* No file of a book's text may be larger, nor all together; packed data that swells by more than RATIO is a bomb. */
enum { NASHRA_BOOK_BYTES = 12 * 1024 * 1024, NASHRA_BOOK_FILES = 2000, NASHRA_BOOK_RATIO = 200 };

/* The files that text was taken from. */
struct nashra_book;

/* Reads the archive. 0; NASHRA_EDATA (no book, encrypted, too large: reported), NASHRA_ECONFIG or NASHRA_ENOMEM. */
int nashra_book_read(const struct nashra_source *source, const struct nashra_reading *reading,
                     struct nashra_document *document, struct nashra_book **book);
/* Takes NULL. */
void nashra_book_destroy(struct nashra_book *book);

/* The file that byte `at` of the document's source lies in. */
const char *nashra_book_part(const struct nashra_book *book, size_t at);
/* The bytes of that file. */
struct nashra_span nashra_book_source_span(const struct nashra_book *book, struct nashra_span span);

#endif
