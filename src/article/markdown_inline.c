/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "markdown_inline.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/HTMLparser.h>

#include <nashra/ascii.h>
#include <nashra/utf8.h>

/* Looking ahead ends somewhere, so that a megabyte of brackets takes no longer than its length. */
enum { LONGEST_ENTITY = 32, NESTED_LINKS = 8, LONGEST_LINK = 600, LONGEST_TARGET = 2048, LONGEST_TAG = 600 };

struct inlined {
    const struct nashra_tracked *source;
    const char *text;
    struct nashra_tracked *out;
    size_t plain; /* from here on nothing was appended yet */
};

static void take_plain(struct inlined *in, size_t to, size_t next) {
    if (in->plain < to)
        nashra_tracked_copy(in->out, in->source, (struct nashra_span){in->plain, to});
    in->plain = next;
}

static size_t find(const char *text, size_t from, size_t to, char c) {
    const char *found = from < to ? memchr(text + from, c, to - from) : NULL;
    return found ? (size_t)(found - text) : to;
}

/* The ] of the [ at `at`, or `to`. */
static size_t closing(const char *text, size_t at, size_t to) {
    int depth = 0;
    for (size_t i = at; i < to && i < at + LONGEST_LINK; i++) {
        if (text[i] == '\\')
            i++;
        else if (text[i] == '[')
            depth++;
        else if (text[i] == ']' && --depth == 0)
            return i;
    }
    return to;
}

/* Behind the (target) or [reference] that follows a ], or `at` when there is none. */
static size_t behind_target(const char *text, size_t at, size_t to) {
    if (at >= to || (text[at] != '(' && text[at] != '['))
        return at;
    to = to < at + LONGEST_TARGET ? to : at + LONGEST_TARGET;
    size_t end = find(text, at, to, text[at] == '(' ? ')' : ']');
    return end < to ? end + 1 : at;
}

static bool is_space(const char *text, size_t at, size_t from, size_t to) {
    return at < from || at >= to || nashra_ascii_is_space(text[at]);
}

/* A run of * or _ that opens or closes emphasis: not between blanks, nor _ inside a word. */
static size_t emphasis(const char *text, size_t at, struct nashra_span span) {
    size_t end = at;
    while (end < span.to && text[end] == text[at])
        end++;
    bool before = is_space(text, at - 1, span.from, span.to) || at == span.from;
    bool after = is_space(text, end, span.from, span.to);
    bool in_word = !before && !after && (nashra_ascii_is_alnum(text[at - 1]) || (text[at - 1] & 0x80)) &&
                   (nashra_ascii_is_alnum(text[end]) || (text[end] & 0x80));
    return (before && after) || (text[at] == '_' && in_word) ? at : end;
}

static unsigned entity_value(const char *name) {
    if (*name == '#')
        return (unsigned)(name[1] == 'x' || name[1] == 'X' ? strtoul(name + 2, NULL, 16) : strtoul(name + 1, NULL, 10));
    const htmlEntityDesc *entity = htmlEntityLookup((const xmlChar *)name);
    return entity ? entity->value : 0;
}

/* Behind the entity at `at`, whose character is appended; `at` when it is none. */
static size_t take_entity(struct inlined *in, size_t at, size_t to) {
    char name[LONGEST_ENTITY], character[4];
    size_t end = find(in->text, at, to < at + LONGEST_ENTITY ? to : at + LONGEST_ENTITY, ';');
    if (end >= to || in->text[end] != ';' || end - at - 1 >= sizeof name)
        return at;
    memcpy(name, in->text + at + 1, end - at - 1);
    name[end - at - 1] = '\0';
    unsigned value = entity_value(name);
    size_t length = value ? nashra_utf8_encode(value, character) : 0;
    if (length == 0)
        return at;
    take_plain(in, at, end + 1);
    nashra_tracked_replace(in->out, in->source, (struct nashra_span){at, end + 1}, character, length);
    return end + 1;
}

/* <https://…> is text, <b> is not. */
static size_t skip_tag(const struct inlined *in, size_t at, size_t to) {
    to = to < at + LONGEST_TAG ? to : at + LONGEST_TAG;
    size_t end = find(in->text, at, to, '>');
    bool is_tag =
        at + 1 < to && (nashra_ascii_is_letter(in->text[at + 1]) || in->text[at + 1] == '/' || in->text[at + 1] == '!');
    bool is_address = find(in->text, at, end, ':') < end && find(in->text, at, end, ' ') == end;
    return end < to && is_tag && !is_address ? end + 1 : at;
}

/* [^1] points to a note; before the note itself a colon follows. */
static size_t skip_note(const char *text, size_t at, struct nashra_span span) {
    if (at + 1 >= span.to || text[at + 1] != '^')
        return at;
    size_t close = closing(text, at, span.to);
    if (close >= span.to || close == at + 2)
        return at;
    return close + 1 + (at == span.from && close + 1 < span.to && text[close + 1] == ':');
}

/* The marks that are one character: behind what isn't to be read, or `at`. */
static size_t skip_mark(struct inlined *in, size_t at, struct nashra_span span) {
    const char *text = in->text;
    switch (text[at]) {
    case '\\':
        return at + 1 < span.to && nashra_ascii_is_punct(text[at + 1]) ? at + 1 : at;
    case '*':
    case '_':
        return emphasis(text, at, span);
    case '`':
        return at + 1;
    case '~':
        return at + 1 < span.to && text[at + 1] == '~' ? at + 2 : at;
    case '<':
        return skip_tag(in, at, span.to);
    case '[':
        return skip_note(text, at, span);
    case '!': {
        size_t close = at + 1 < span.to && text[at + 1] == '[' ? closing(text, at + 1, span.to) : span.to;
        return close < span.to ? behind_target(text, close + 1, span.to) : at;
    }
    default:
        return at;
    }
}

void nashra_markdown_inline(const struct nashra_tracked *source, struct nashra_span span, struct nashra_tracked *out) {
    struct inlined in = {source, source->text.data, out, span.from};
    size_t links[NESTED_LINKS], depth = 0; /* the ] of links whose text is being read */
    for (size_t at = span.from; at < span.to;) {
        char c = in.text[at];
        size_t next = skip_mark(&in, at, span);
        if (depth > 0 && at == links[depth - 1]) {
            depth--;
            next = behind_target(in.text, at + 1, span.to);
        } else if (c == '[' && next == at && depth < NESTED_LINKS) {
            size_t close = closing(in.text, at, span.to);
            if (close < span.to && behind_target(in.text, close + 1, span.to) > close + 1) {
                links[depth++] = close;
                next = at + 1;
            }
        } else if (c == '&') {
            size_t behind = take_entity(&in, at, span.to);
            at = behind > at ? behind : at + 1;
            continue;
        } else if (c == '\n' || c == '\r' || c == '\t') {
            take_plain(&in, at, at + 1);
            nashra_tracked_replace(out, source, (struct nashra_span){at, at + 1}, " ", 1);
            at++;
            continue;
        }
        if (next > at) {
            take_plain(&in, at, next);
            /* What a backslash escapes is text. */
            at = c == '\\' ? next + 1 : next;
        } else {
            at++;
        }
    }
    take_plain(&in, span.to, span.to);
}
