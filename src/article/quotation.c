/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quotation.h"

#include "walk.h"

/* Single marks are apostrophes as often as not. */
static bool is_mark(unsigned c) {
    return nashra_walk_is_quote(c) && !(c >= 0x2018 && c <= 0x201B);
}

static bool is_outside_before(unsigned c) {
    return c == 0 || nashra_walk_is_blank(c) || c == 0x0640 || (nashra_walk_is_opener(c) && !nashra_walk_is_quote(c));
}

static bool is_outside_after(unsigned c) {
    return c == 0 || nashra_walk_is_blank(c) || nashra_walk_is_stop(c) || nashra_walk_is_comma(c) || c == ':' ||
           c == 0x2026 || (nashra_walk_is_closer(c) && !nashra_walk_is_quote(c));
}

/* Neighbours say more than the mark's own direction, which many writers get wrong in text from right to left. */
bool nashra_quoting_opens(const char *text, struct nashra_span paragraph, size_t at, bool is_open) {
    size_t after = at;
    unsigned mark = nashra_walk_next(text, paragraph.to, &after);
    bool before = is_outside_before(nashra_walk_peek_back(text, paragraph.from, at));
    bool behind = is_outside_after(nashra_walk_peek(text, paragraph.to, after));
    if (before != behind)
        return before;
    if (mark == 0xAB || mark == 0x2039 || mark == 0x201E)
        return true;
    if (mark == 0xBB || mark == 0x203A)
        return false;
    return !is_open;
}

void nashra_quoting_advance(struct nashra_quoting *quoting, const char *text, struct nashra_span paragraph, size_t to) {
    while (quoting->at < to) {
        size_t at = quoting->at;
        unsigned c = nashra_walk_next(text, to, &quoting->at);
        if (!is_mark(c))
            continue;
        bool opens = nashra_quoting_opens(text, paragraph, at, quoting->is_open);
        if (opens)
            quoting->opened = at;
        quoting->is_open = opens;
    }
}

static int add(struct nashra_quotations *quotations, struct nashra_span span) {
    if (span.from >= span.to)
        return 0;
    if (quotations->count == quotations->capacity) {
        size_t capacity = quotations->capacity ? quotations->capacity * 2 : 16;
        struct nashra_span *items = nashra_realloc(quotations->items, capacity * sizeof *items);
        if (!items)
            return nashra_fail(NASHRA_ENOMEM, "out of memory for %zu quotations", capacity);
        quotations->items = items;
        quotations->capacity = capacity;
    }
    quotations->items[quotations->count++] = span;
    return 0;
}

static struct nashra_span between(const char *text, size_t opened, size_t end) {
    nashra_walk_next(text, end, &opened);
    return nashra_walk_trim(text, (struct nashra_span){opened, end});
}

/* The end of the sentence, whole, in which `at` lies; `*i` is where the last search ended. */
static size_t sentence_end(const struct nashra_segment *segments, size_t count, size_t *i, size_t at) {
    while (*i + 1 < count && (segments[*i].span.to <= at || segments[*i].continues))
        ++*i;
    return segments[*i].span.to;
}

int nashra_quotations_add(struct nashra_quotations *quotations, const char *text, struct nashra_span paragraph,
                          const struct nashra_segment *segments, size_t count) {
    struct nashra_quoting quoting = {.at = paragraph.from};
    size_t segment = 0;
    int status = 0;
    while (quoting.at < paragraph.to && !status) {
        size_t at = quoting.at, opened = quoting.opened;
        bool was_open = quoting.is_open;
        unsigned c = nashra_walk_next(text, paragraph.to, &at);
        size_t mark = quoting.at;
        nashra_quoting_advance(&quoting, text, paragraph, at);
        if (!is_mark(c) || !was_open)
            continue;
        size_t end = quoting.is_open ? sentence_end(segments, count, &segment, opened) : mark;
        status = add(quotations, between(text, opened, end < mark ? end : mark));
    }
    if (quoting.is_open && !status)
        status =
            add(quotations, between(text, quoting.opened, sentence_end(segments, count, &segment, quoting.opened)));
    return status;
}
