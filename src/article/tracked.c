/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tracked.h"

#include <string.h>

void nashra_tracked_borrow(struct nashra_tracked *tracked, const char *text, size_t length, size_t base) {
    *tracked = (struct nashra_tracked){.is_borrowed = true};
    tracked->text.data = (char *)text;
    tracked->text.length = length;
    tracked->pieces = nashra_alloc(sizeof *tracked->pieces);
    if (!tracked->pieces) {
        tracked->text.failed = 1;
        return;
    }
    tracked->pieces[tracked->count++] = (struct nashra_tracked_piece){.source = (uint32_t)base};
}

void nashra_tracked_finish(struct nashra_tracked *tracked) {
    if (!tracked->is_borrowed)
        nashra_buffer_finish(&tracked->text);
    nashra_free(tracked->pieces);
    *tracked = (struct nashra_tracked){0};
}

void nashra_tracked_clear(struct nashra_tracked *tracked) {
    nashra_buffer_clear(&tracked->text);
    tracked->count = 0;
}

static bool continues(const struct nashra_tracked *tracked, const struct nashra_tracked_piece *piece) {
    const struct nashra_tracked_piece *last = tracked->count ? &tracked->pieces[tracked->count - 1] : NULL;
    return last && !last->atom && !last->is_written && !piece->atom && !piece->is_written &&
           piece->source - last->source == piece->text - last->text && piece->source >= last->source;
}

static void append(struct nashra_tracked *tracked, struct nashra_tracked_piece piece, const char *bytes,
                   size_t length) {
    if (tracked->text.failed || length == 0)
        return;
    piece.text = (uint32_t)tracked->text.length;
    if (!continues(tracked, &piece)) {
        if (tracked->count == tracked->capacity) {
            size_t capacity = tracked->capacity ? tracked->capacity + tracked->capacity / 2 : 16;
            struct nashra_tracked_piece *pieces = nashra_realloc(tracked->pieces, capacity * sizeof *pieces);
            if (!pieces) {
                tracked->text.failed = 1;
                return;
            }
            tracked->pieces = pieces;
            tracked->capacity = capacity;
        }
        tracked->pieces[tracked->count++] = piece;
    }
    nashra_buffer_add(&tracked->text, bytes, length);
}

/* The piece that byte `at` belongs to. */
static size_t piece_at(const struct nashra_tracked *tracked, size_t at) {
    size_t low = 0, high = tracked->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (tracked->pieces[middle].text <= at)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static size_t piece_end(const struct nashra_tracked *tracked, size_t i) {
    return i + 1 < tracked->count ? tracked->pieces[i + 1].text : tracked->text.length;
}

void nashra_tracked_copy(struct nashra_tracked *tracked, const struct nashra_tracked *from, struct nashra_span span) {
    if (span.from >= span.to || from->count == 0)
        return;
    size_t i = piece_at(from, span.from);
    for (size_t at = span.from; at < span.to; i++) {
        struct nashra_tracked_piece piece = from->pieces[i];
        size_t end = piece_end(from, i) < span.to ? piece_end(from, i) : span.to;
        if (!piece.atom && !piece.is_written)
            piece.source += (uint32_t)(at - piece.text);
        append(tracked, piece, from->text.data + at, end - at);
        at = end;
    }
}

void nashra_tracked_replace(struct nashra_tracked *tracked, const struct nashra_tracked *from, struct nashra_span span,
                            const char *bytes, size_t length) {
    struct nashra_span source = nashra_tracked_source(from, span);
    struct nashra_tracked_piece piece = {.source = (uint32_t)source.from};
    piece.atom = (uint32_t)(source.to - source.from) & 0x7FFFFFFFu;
    piece.is_written = piece.atom == 0;
    append(tracked, piece, bytes, length);
}

void nashra_tracked_write(struct nashra_tracked *tracked, const char *bytes) {
    size_t length = tracked->text.length;
    struct nashra_tracked_piece piece = {.is_written = 1};
    if (length > 0)
        piece.source = (uint32_t)nashra_tracked_source(tracked, (struct nashra_span){length - 1, length}).to;
    append(tracked, piece, bytes, strlen(bytes));
}

static struct nashra_span source_of_byte(const struct nashra_tracked *tracked, size_t at) {
    const struct nashra_tracked_piece *piece = &tracked->pieces[piece_at(tracked, at)];
    if (piece->is_written)
        return (struct nashra_span){piece->source, piece->source};
    if (piece->atom)
        return (struct nashra_span){piece->source, piece->source + piece->atom};
    size_t source = piece->source + (at - piece->text);
    return (struct nashra_span){source, source + 1};
}

struct nashra_span nashra_tracked_source(const struct nashra_tracked *tracked, struct nashra_span span) {
    if (tracked->count == 0)
        return (struct nashra_span){0, 0};
    if (span.from >= span.to) {
        size_t at = source_of_byte(tracked, span.from).from;
        return (struct nashra_span){at, at};
    }
    struct nashra_span first = source_of_byte(tracked, span.from);
    struct nashra_span last = source_of_byte(tracked, span.to - 1);
    return (struct nashra_span){first.from, last.to > first.from ? last.to : first.to};
}
