/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "locate.h"

#include <string.h>

#include <nashra/ascii.h>

/* LONGEST_CHARACTER: what one reference may become. NEAR: how many bytes a parser leaves out between two characters. */
enum { LONGEST_CHARACTER = 8, NEAR = 64 };

static bool stands_at(const struct nashra_locator *locator, size_t from, const char *bytes, size_t length) {
    const struct nashra_buffer *text = &locator->source->text;
    return from >= locator->done && from <= text->length && length <= text->length - from &&
           memcmp(text->data + from, bytes, length) == 0;
}

/* The & of the reference that ends at `at`, or `at`. */
static size_t reference_before(const struct nashra_locator *locator, size_t at) {
    const char *text = locator->source->text.data;
    for (size_t i = at; i > locator->done; i--) {
        char c = text[i - 1];
        if (c == '&')
            return i - 1;
        if (!nashra_ascii_is_alnum(c) && c != '#' && c != ';')
            break;
    }
    return at;
}

static bool is_ampersand(const char *reference, size_t length) {
    return nashra_ascii_begins(reference, length, "&amp") || (length >= 2 && reference[1] == '#');
}

static bool add_reference(struct nashra_locator *locator, size_t at, const char *bytes, size_t length,
                          struct nashra_tracked *out) {
    const char *text = locator->source->text.data;
    if (length > LONGEST_CHARACTER || at > locator->source->text.length)
        return false;
    size_t from = reference_before(locator, at);
    if (from + 2 > at)
        return false;
    if (*bytes == '&' && !is_ampersand(text + from, at - from))
        at = from + 1; /* no reference, but a mere & */
    nashra_tracked_replace(out, locator->source, (struct nashra_span){from, at}, bytes, length);
    locator->done = at;
    return true;
}

static size_t character_length(const char *bytes, size_t length) {
    size_t i = 1;
    while (i < length && ((unsigned char)bytes[i] & 0xC0) == 0x80)
        i++;
    return i;
}

/* A character at a time: between two of them the parser may have dropped some. */
static void align(struct nashra_locator *locator, size_t at, const char *bytes, size_t length,
                  struct nashra_tracked *out) {
    const struct nashra_buffer *text = &locator->source->text;
    size_t end = at < text->length ? at : text->length;
    for (size_t i = 0, taken; i < length; i += taken) {
        taken = character_length(bytes + i, length - i);
        size_t from = locator->done, last = i > 0 && end > from + NEAR ? from + NEAR : end;
        while (from + taken <= last && memcmp(text->data + from, bytes + i, taken) != 0)
            from++;
        if (from + taken > last) {
            nashra_tracked_replace(out, locator->source, (struct nashra_span){locator->done, locator->done}, bytes + i,
                                   taken);
            continue;
        }
        nashra_tracked_copy(out, locator->source, (struct nashra_span){from, from + taken});
        locator->done = from + taken;
    }
}

void nashra_locate_text(struct nashra_locator *locator, size_t at, const char *bytes, size_t length,
                        struct nashra_tracked *out) {
    /* Behind the text, behind the end of a CDATA section, or still before it. */
    const size_t ends[] = {at, at >= 3 ? at - 3 : at, at + length};
    if (length == 0 || add_reference(locator, at, bytes, length, out))
        return;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends[i] >= length && stands_at(locator, ends[i] - length, bytes, length)) {
            nashra_tracked_copy(out, locator->source, (struct nashra_span){ends[i] - length, ends[i]});
            locator->done = ends[i];
            return;
        }
    align(locator, at, bytes, length, out);
}

/* The value of the first attribute of that name in a tag, as it is written; empty at `to` when there is none. */
static struct nashra_span raw_value(const char *text, size_t from, size_t to, const char *name) {
    size_t size = strlen(name);
    for (size_t i = from; i + size < to; i++) {
        if ((i > from && !nashra_ascii_is_space(text[i - 1]) && !strchr("\"'/", text[i - 1])) ||
            !nashra_ascii_begins(text + i, size, name))
            continue;
        size_t at = i + size;
        while (at < to && nashra_ascii_is_space(text[at]))
            at++;
        if (at == to || text[at] != '=')
            continue;
        do
            at++;
        while (at < to && nashra_ascii_is_space(text[at]));
        if (at == to)
            break;
        bool is_quoted = text[at] == '"' || text[at] == '\'';
        const char *end = is_quoted ? memchr(text + at + 1, text[at], to - at - 1) : NULL;
        if (is_quoted)
            return (struct nashra_span){at + 1, end ? (size_t)(end - text) : to};
        size_t stop = at;
        while (stop < to && !nashra_ascii_is_space(text[stop]) && text[stop] != '>')
            stop++;
        return (struct nashra_span){at, stop};
    }
    return (struct nashra_span){to, to};
}

static size_t reference_length(const char *text, size_t from, size_t to) {
    size_t at = from + 1;
    while (at < to && (nashra_ascii_is_alnum(text[at]) || text[at] == '#'))
        at++;
    return at - from + (at < to && text[at] == ';');
}

/* Written and decoded side by side; false where they part. */
static bool pair(const struct nashra_tracked *source, struct nashra_span raw, const char *value, size_t length,
                 struct nashra_tracked *out) {
    const char *text = source->text.data;
    size_t at = raw.from, i = 0;
    while (i < length && at < raw.to) {
        size_t taken = character_length(value + i, length - i), size = taken;
        bool is_same = at + taken <= raw.to && memcmp(text + at, value + i, taken) == 0;
        if (text[at] == '&') {
            size = reference_length(text, at, raw.to);
            if (*(value + i) == '&' && !is_ampersand(text + at, size))
                size = 1;
        } else if (!is_same && !nashra_ascii_is_space(text[at])) {
            return false;
        }
        struct nashra_span span = {at, at + size};
        if (is_same && size == taken)
            nashra_tracked_copy(out, source, span);
        else
            nashra_tracked_replace(out, source, span, value + i, taken);
        at += size;
        i += taken;
    }
    return i == length;
}

void nashra_locate_attribute(const struct nashra_locator *locator, size_t at, const char *name, const char *value,
                             struct nashra_tracked *out) {
    const struct nashra_tracked *source = locator->source;
    size_t length = strlen(value), end = at < source->text.length ? at : source->text.length;
    size_t from = locator->done < end ? locator->done : end, before = out->text.length;
    struct nashra_span raw = raw_value(source->text.data, from, end, name);
    if (pair(source, raw, value, length, out))
        return;
    size_t written = out->text.length - before;
    if (raw.from == raw.to)
        raw.from = from;
    nashra_tracked_replace(out, source, raw, value + written, length - written);
}
