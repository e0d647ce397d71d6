/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Text that was taken out of other text, and where each byte of it came from: the way back survives entities, markup,
 * collapsed blanks and several layers of escaping, because every copy composes it down to the lowest layer at once. */
#ifndef NASHRA_ARTICLE_TRACKED_H
#define NASHRA_ARTICLE_TRACKED_H

#include <stdbool.h>
#include <stdint.h>

#include <nashra/text.h>

/* From `text` on, up to the next piece. With atom 0 byte i came from byte source + i - text; otherwise all of the piece
 * came from the `atom` bytes at `source` ("&quot;"). A piece that was written by us has no source bytes: `is_written`.
 */
struct nashra_tracked_piece {
    uint32_t text;
    uint32_t source;
    uint32_t atom : 31;
    uint32_t is_written : 1;
};

/* Zero-initialise. A failed allocation sets text.failed; later calls do nothing, one check at the end is enough. */
struct nashra_tracked {
    struct nashra_buffer text;
    struct nashra_tracked_piece *pieces;
    size_t count;
    size_t capacity;
    bool is_borrowed; /* the text is someone else's */
};

/* The lowest layer: text whose byte i is byte base + i of the source. The text must outlive it. */
void nashra_tracked_borrow(struct nashra_tracked *tracked, const char *text, size_t length, size_t base);
void nashra_tracked_finish(struct nashra_tracked *tracked);
/* Empties it, keeps its memory. */
void nashra_tracked_clear(struct nashra_tracked *tracked);

/* Appends a span of `from`. */
void nashra_tracked_copy(struct nashra_tracked *tracked, const struct nashra_tracked *from, struct nashra_span span);
/* Appends bytes that stand for a span of `from`: an entity's character. */
void nashra_tracked_replace(struct nashra_tracked *tracked, const struct nashra_tracked *from, struct nashra_span span,
                            const char *bytes, size_t length);
/* Appends bytes of our own. Their source is empty and lies behind what stands before them. */
void nashra_tracked_write(struct nashra_tracked *tracked, const char *bytes);

/* The bytes of the lowest layer behind a span: from the source of its first to that of its last byte. */
struct nashra_span nashra_tracked_source(const struct nashra_tracked *tracked, struct nashra_span span);

static inline const char *nashra_tracked_string(const struct nashra_tracked *tracked) {
    return nashra_buffer_string(&tracked->text);
}

#endif
