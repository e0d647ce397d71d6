/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transcript.h"

#include <string.h>

#include <nashra/utf8.h>

#include "walk.h"

enum { CHECKPOINT_EVERY = 512 };

static int add_checkpoint(struct nashra_transcript *t, size_t text, size_t source) {
    if (t->count == t->capacity) {
        size_t capacity = t->capacity ? t->capacity * 2 : 64;
        struct nashra_checkpoint *larger = nashra_realloc(t->checkpoints, capacity * sizeof *larger);
        if (!larger)
            return nashra_fail(NASHRA_ENOMEM, "out of memory for the way back to the input");
        t->checkpoints = larger;
        t->capacity = capacity;
    }
    t->checkpoints[t->count++] = (struct nashra_checkpoint){(uint32_t)text, (uint32_t)source};
    return 0;
}

static void add_damage(struct nashra_transcript *t, size_t at, const struct nashra_buffer *text) {
    if (t->damage++)
        return;
    t->first_damage = at;
    t->first_line = 1;
    unsigned previous = 0;
    for (size_t i = 0; i < text->length;) {
        unsigned c = nashra_walk_next(text->data, text->length, &i);
        t->first_line += nashra_walk_is_line_end(c) && !(c == '\n' && previous == '\r');
        previous = c;
    }
}

static bool is_checkpoint_due(const struct nashra_transcript *t, size_t text, size_t source) {
    const struct nashra_checkpoint *last = t->count ? &t->checkpoints[t->count - 1] : NULL;
    return !last || text - last->text >= CHECKPOINT_EVERY || source - last->source >= CHECKPOINT_EVERY;
}

static int convert(struct nashra_transcript *t, struct nashra_buffer *text) {
    bool in_damage = false;
    for (size_t at = t->charset.bom; at < t->source.length;) {
        if (is_checkpoint_due(t, text->length, at)) {
            int status = add_checkpoint(t, text->length, at);
            if (status)
                return status;
        }
        uint32_t c;
        size_t taken = nashra_charset_decode(&t->charset, t->source.bytes + at, t->source.length - at, &c);
        if (c != NASHRA_CHARSET_MALFORMED)
            nashra_buffer_add_codepoint(text, c);
        else if (!in_damage)
            add_damage(t, at, text);
        in_damage = c == NASHRA_CHARSET_MALFORMED;
        at += taken;
    }
    return text->failed ? nashra_fail(NASHRA_ENOMEM, "out of memory for the text") : 0;
}

int nashra_transcript_init(struct nashra_transcript *t, struct nashra_source source, const char *charset) {
    char declared[32];
    memset(t, 0, sizeof *t);
    t->source = source;
    if (!charset && nashra_charset_declared(source.bytes, source.length, declared))
        charset = declared;
    int status = nashra_charset_detect(source.bytes, source.length, charset, &t->charset);
    if (!status && t->charset.clean) {
        t->text = (char *)source.bytes;
        t->length = source.length;
        return 0;
    }
    struct nashra_buffer text = {0};
    if (!status)
        status = convert(t, &text);
    t->text = text.data;
    t->length = text.length;
    if (status)
        nashra_transcript_finish(t);
    return status;
}

void nashra_transcript_finish(struct nashra_transcript *t) {
    if (t->text != (char *)t->source.bytes)
        nashra_free(t->text);
    nashra_free(t->source.bytes);
    nashra_free(t->checkpoints);
    memset(t, 0, sizeof *t);
}

static const struct nashra_checkpoint *checkpoint_before(const struct nashra_transcript *t, size_t text) {
    size_t low = 0, high = t->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        /* Not equal: damage may lie between a checkpoint and the end of the character before it. */
        if (t->checkpoints[middle].text < text)
            low = middle;
        else
            high = middle;
    }
    return &t->checkpoints[low];
}

/* The first byte of the character at `text` when it is the start of a span, the byte behind the character that ends
 * there when it is the end: malformed bytes between two characters belong to neither. */
static size_t locate(const struct nashra_transcript *t, size_t text, bool is_start) {
    const struct nashra_checkpoint *checkpoint = checkpoint_before(t, text);
    size_t at = checkpoint->source, reached = checkpoint->text, end = at;
    while (at < t->source.length) {
        uint32_t c;
        char encoded[4];
        size_t taken = nashra_charset_decode(&t->charset, t->source.bytes + at, t->source.length - at, &c);
        size_t added = c == NASHRA_CHARSET_MALFORMED ? 0 : nashra_utf8_encode(c, encoded);
        if (reached >= text && (added || !is_start))
            break;
        at += taken;
        reached += added;
        if (added)
            end = at;
    }
    return is_start ? at : end;
}

struct nashra_span nashra_transcript_source_span(const struct nashra_transcript *t, struct nashra_span span) {
    if (!t->count)
        return span;
    struct nashra_span source = {locate(t, span.from, true), locate(t, span.to, false)};
    if (source.to < source.from)
        source.to = source.from;
    return source;
}
