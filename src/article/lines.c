/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lines.h"

#include <string.h>

#include <nashra/article.h>

#include "walk.h"

/* A line that isn't blank. */
struct line {
    struct nashra_span span; /* trimmed */
    bool after_blank;        /* a blank line or a paragraph separator stands before it */
    bool indented;
    size_t width; /* in characters, marks not counted */
    size_t word;  /* width of its first word */
};

struct reader {
    const char *text;
    size_t length;
    size_t at;
    unsigned ended; /* the line end before `at` */
};

/* The widths that lines may have been broken at, in characters and in bytes (as some tools count). */
struct wrap {
    size_t width[2];
    bool is_used[2];
    bool is_ragged; /* broken by hand, with blank lines between paragraphs: lines may be shorter than they had to be */
};

/* SLACK: some tools count marks as characters. */
enum { CHARACTERS, BYTES, WIDEST_WRAP = 160, NARROWEST_WRAP = 20, SLACK = 2 };

/* Of the lines that another follows at once. */
struct breaks {
    size_t stopped; /* end in a stop: may be the end of a paragraph or not */
    size_t open;    /* don't */
    size_t full[2]; /* of the open ones: ended because the next word had no room */
    size_t blocks;  /* parted by blank lines */
};

static size_t width_of(const char *text, struct nashra_span span) {
    size_t width = 0;
    for (size_t at = span.from; at < span.to;)
        width += !nashra_walk_is_silent(nashra_walk_next(text, span.to, &at));
    return width;
}

/* Moves behind the line and its end; CRLF is one. */
static struct nashra_span next_raw(struct reader *reader) {
    struct nashra_span span = {reader->at, reader->at};
    while (reader->at < reader->length) {
        span.to = reader->at;
        unsigned c = nashra_walk_next(reader->text, reader->length, &reader->at);
        if (nashra_walk_is_line_end(c)) {
            if (c == '\r' && reader->at < reader->length && reader->text[reader->at] == '\n')
                reader->at++;
            reader->ended = c;
            return span;
        }
        span.to = reader->at;
    }
    return span;
}

static bool next_line(struct reader *reader, struct line *line) {
    memset(line, 0, sizeof *line);
    while (reader->at < reader->length) {
        /* A page break and a paragraph separator say as much as a blank line. */
        line->after_blank = line->after_blank || reader->ended == 0x2029 || reader->ended == '\f';
        struct nashra_span raw = next_raw(reader);
        line->span = nashra_walk_trim(reader->text, raw);
        if (line->span.from < line->span.to) {
            size_t at = line->span.from;
            line->indented = line->span.from > raw.from && reader->text[raw.from] != '\xef';
            line->word = width_of(reader->text, nashra_walk_token(reader->text, line->span.to, &at));
            line->width = width_of(reader->text, line->span);
            return true;
        }
        line->after_blank = true;
    }
    return false;
}

static size_t bytes_of(struct nashra_span span) {
    return span.to - span.from;
}

/* Did the line end because the next word had no room? */
static bool is_full(const char *text, const struct line *line, const struct line *next, const struct wrap *wrap) {
    if (wrap->is_used[CHARACTERS] && line->width + 1 + next->word + SLACK > wrap->width[CHARACTERS])
        return true;
    size_t at = next->span.from;
    size_t word = bytes_of(nashra_walk_token(text, next->span.to, &at));
    return wrap->is_used[BYTES] && bytes_of(line->span) + 1 + word > wrap->width[BYTES];
}

static bool ends_with_stop(const char *text, struct nashra_span span) {
    size_t at = span.to;
    unsigned c = nashra_walk_back(text, span.from, &at);
    while (nashra_walk_is_closer(c))
        c = nashra_walk_back(text, span.from, &at);
    return nashra_walk_is_stop(c) || c == 0x2026;
}

static bool is_item(const char *text, const struct line *line) {
    size_t at = line->span.from;
    unsigned c = nashra_walk_next(text, line->span.to, &at);
    return (nashra_walk_is_bullet(c) || c == '#') && nashra_walk_is_blank(nashra_walk_peek(text, line->span.to, at));
}

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static void measure_widths(const char *text, size_t length, struct wrap *wrap) {
    struct reader reader = {text, length, 0, 0};
    for (struct line line; next_line(&reader, &line);) {
        wrap->width[CHARACTERS] = larger(wrap->width[CHARACTERS], line.width);
        wrap->width[BYTES] = larger(wrap->width[BYTES], bytes_of(line.span));
    }
}

static struct breaks count_breaks(const char *text, size_t length, const struct wrap *wrap) {
    struct reader reader = {text, length, 0, 0};
    struct wrap trial[2] = {*wrap, *wrap};
    struct breaks breaks = {0};
    struct line line, next;
    trial[CHARACTERS].is_used[CHARACTERS] = trial[BYTES].is_used[BYTES] = true;
    for (bool more = next_line(&reader, &line); more; line = next) {
        more = next_line(&reader, &next);
        breaks.blocks += more && next.after_blank;
        if (!more || next.after_blank)
            continue;
        if (ends_with_stop(text, line.span)) {
            breaks.stopped++;
            continue;
        }
        breaks.open++;
        breaks.full[CHARACTERS] += is_full(text, &line, &next, &trial[CHARACTERS]);
        breaks.full[BYTES] += is_full(text, &line, &next, &trial[BYTES]);
    }
    return breaks;
}

/* Text was broken at a width when, of the lines that don't end in a stop and that another follows at once, most end
 * where the next word would have been too long. Paragraphs of a line each have few such lines, and those, titles and
 * headings, are short. Where blank lines part the paragraphs, one broken line is enough. */
static void find_wrap(const char *text, size_t length, struct wrap *wrap) {
    measure_widths(text, length, wrap);
    struct breaks breaks = count_breaks(text, length, wrap);
    size_t fewest = breaks.blocks > 1 ? 1 : 3;
    bool is_possible = breaks.open >= fewest && breaks.open * 3 >= breaks.stopped &&
                       wrap->width[CHARACTERS] <= WIDEST_WRAP && wrap->width[CHARACTERS] >= NARROWEST_WRAP;
    for (size_t i = 0; i < 2; i++)
        wrap->is_used[i] = is_possible && breaks.full[i] * 3 >= breaks.open * 2;
    wrap->is_ragged = breaks.blocks > 1 && larger(breaks.full[CHARACTERS], breaks.full[BYTES]) * 10 < breaks.open * 9;
}

static bool goes_on(const char *text, const struct line *line, const struct line *next, const struct wrap *wrap) {
    if (next->after_blank || !(wrap->is_used[CHARACTERS] || wrap->is_used[BYTES]))
        return false;
    if (next->indented && !line->indented)
        return false;
    bool full = is_full(text, line, next, wrap);
    bool stopped = ends_with_stop(text, line->span);
    /* A dash may also stand between words, where a line happens to break. */
    if (is_item(text, next) && (is_item(text, line) || !full || stopped))
        return false;
    return full || (wrap->is_ragged && !stopped && line->width * 10 >= wrap->width[CHARACTERS] * 6);
}

static int add(struct nashra_paragraphs *paragraphs, struct nashra_paragraph paragraph) {
    if (paragraphs->count == NASHRA_ARTICLE_MAX_SEGMENTS)
        return nashra_fail(NASHRA_EDATA, "%s: more than %u paragraphs: no article has so many", paragraphs->name,
                           NASHRA_ARTICLE_MAX_SEGMENTS);
    if (paragraphs->count == paragraphs->capacity) {
        size_t capacity = paragraphs->capacity ? paragraphs->capacity * 2 : 64;
        struct nashra_paragraph *items = nashra_realloc(paragraphs->items, capacity * sizeof *items);
        if (!items)
            return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for %zu paragraphs", paragraphs->name, capacity);
        paragraphs->items = items;
        paragraphs->capacity = capacity;
    }
    paragraphs->items[paragraphs->count++] = paragraph;
    return 0;
}

static int collect(struct nashra_paragraphs *paragraphs, const char *text, size_t length, const struct wrap *wrap) {
    struct reader reader = {text, length, 0, 0};
    struct line line, next;
    struct nashra_paragraph open = {.kind = NASHRA_TEXT};
    int status = 0;
    for (bool more = next_line(&reader, &line); more && !status; line = next) {
        if (!open.span.to)
            open.span.from = line.span.from;
        open.span.to = line.span.to;
        more = next_line(&reader, &next);
        if (more && goes_on(text, &line, &next, wrap)) {
            open.joined = true;
            continue;
        }
        open.profile = nashra_walk_profile(text, open.span);
        if (open.profile.spoken)
            status = add(paragraphs, open);
        open = (struct nashra_paragraph){.kind = NASHRA_TEXT};
    }
    return status;
}

int nashra_paragraphs_init(struct nashra_paragraphs *paragraphs, const char *text, size_t length, const char *name) {
    struct wrap wrap = {0};
    *paragraphs = (struct nashra_paragraphs){.name = name};
    find_wrap(text, length, &wrap);
    int status = collect(paragraphs, text, length, &wrap);
    if (status)
        nashra_paragraphs_finish(paragraphs);
    return status;
}

void nashra_paragraphs_finish(struct nashra_paragraphs *paragraphs) {
    nashra_free(paragraphs->items);
    memset(paragraphs, 0, sizeof *paragraphs);
}
