/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of a text: sections, paragraphs, sentences, words, letters, found anew in the article's segments and bytes. */
#ifndef NASHRA_READER_UNITS_H
#define NASHRA_READER_UNITS_H

#include <nashra/reader.h>

/* The unit after (step 1) or before (step -1) the one at `offset`. False at the article's edge. */
bool nashra_units_step(const struct nashra_reader_document *document, enum nashra_level level, size_t offset, int step,
                       struct nashra_span *unit);
/* The title's span, or the first sentence's where there is no title. */
struct nashra_span nashra_units_title(const struct nashra_reader_document *document);
/* The first text after the title and the byline; the title's end where there is none. */
size_t nashra_units_body(const struct nashra_reader_document *document);
/* Where the first paragraph of text ends. */
size_t nashra_units_opening_end(const struct nashra_reader_document *document);
/* Words of the unit `span` that begin before `offset`. */
size_t nashra_units_words_before(const struct nashra_reader_document *document, struct nashra_span span, size_t offset);
/* The paragraph at `offset`, from 1, of how many. */
size_t nashra_units_paragraph(const struct nashra_reader_document *document, size_t offset, size_t *count);
/* The segment that holds `offset`, or the one before it; the first where there is none before. */
size_t nashra_units_segment(const struct nashra_reader_document *document, size_t offset);

#endif
