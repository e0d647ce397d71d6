/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The input as well-formed UTF-8, and the way back to its bytes. */
#ifndef NASHRA_ARTICLE_TRANSCRIPT_H
#define NASHRA_ARTICLE_TRANSCRIPT_H

#include <nashra/text.h>

#include "charset.h"
#include "source.h"

/* Where decoding can start again. There is one about every 512 bytes of either side, so that the way back costs 1.6 %
 * of the text and no more than 512 bytes decoded anew. */
struct nashra_checkpoint {
    uint32_t text;
    uint32_t source;
};

struct nashra_transcript {
    struct nashra_charset charset;
    struct nashra_source source; /* kept for the way back; the text itself when the charset is clean */
    char *text;
    size_t length;
    struct nashra_checkpoint *checkpoints; /* none when the charset is clean: the offsets are the same */
    size_t count;
    size_t capacity;
    size_t damage;       /* malformed places, a run of malformed bytes counts as one */
    size_t first_damage; /* byte of the input */
    size_t first_line;   /* its line, from 1 */
};

/* Takes the source's bytes over, also when it fails. 0 or NASHRA_ENOMEM.
 * @param charset what a server said it is, or NULL. */
int nashra_transcript_init(struct nashra_transcript *transcript, struct nashra_source source, const char *charset);
void nashra_transcript_finish(struct nashra_transcript *transcript);

/* The bytes of the input that a span of the text was made from. */
struct nashra_span nashra_transcript_source_span(const struct nashra_transcript *transcript, struct nashra_span span);

#endif
