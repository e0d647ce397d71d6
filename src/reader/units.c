/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "units.h"

#include <nashra/utf8.h>

size_t nashra_units_segment(const struct nashra_reader_document *document, size_t offset) {
    size_t low = 0, high = document->count;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (document->segments[middle].span.from <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Units made of whole segments ------------------------------------------------------------------------------------ */

static bool begins(const struct nashra_reader_document *document, enum nashra_level level, size_t segment) {
    if (segment == 0)
        return true;
    const struct nashra_segment *it = &document->segments[segment], *before = it - 1;
    switch (level) {
    case NASHRA_LEVEL_HEADING:
        return it->kind == NASHRA_HEADING && (before->kind != NASHRA_HEADING || before->paragraph != it->paragraph);
    case NASHRA_LEVEL_PARAGRAPH:
        return it->paragraph != before->paragraph;
    case NASHRA_LEVEL_SENTENCE:
        return !before->continues;
    default:
        return false;
    }
}

static struct nashra_span segments_unit(const struct nashra_reader_document *document, enum nashra_level level,
                                        size_t segment) {
    size_t first = segment, last = segment;
    while (!begins(document, level, first))
        first--;
    while (last + 1 < document->count && !begins(document, level, last + 1))
        last++;
    return (struct nashra_span){document->segments[first].span.from, document->segments[last].span.to};
}

static bool step_segments(const struct nashra_reader_document *document, enum nashra_level level, size_t offset,
                          int step, struct nashra_span *unit) {
    const struct nashra_span here = segments_unit(document, level, nashra_units_segment(document, offset));
    if (step > 0 ? here.to >= document->segments[document->count - 1].span.to
                 : here.from <= document->segments[0].span.from)
        return false;
    const size_t first = nashra_units_segment(document, here.from);
    const size_t neighbour = step > 0 ? nashra_units_segment(document, here.to - 1) + 1 : first - 1;
    *unit = segments_unit(document, level, neighbour);
    return true;
}

/* Words and letters ----------------------------------------------------------------------------------------------- */

/* Spaces that part words; no-break spaces do, too, for a listener. */
static bool is_space(unsigned c) {
    return c <= ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* What a listener counts as a word has a letter or a digit in it: anything beyond ASCII that is no punctuation. */
static bool is_wordly(unsigned c) {
    if (c < 0x80)
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '%' || c == '$';
    const bool punctuation = c == 0xAB || c == 0xBB || c == 0x60C || c == 0x61B || c == 0x61F || c == 0x640 ||
                             (c >= 0x2010 && c <= 0x206F) || (c >= 0x66B && c <= 0x66D) || c == 0xFEFF;
    return !punctuation && !nashra_is_arabic_mark(c);
}

static size_t decode(const struct nashra_reader_document *document, size_t at, size_t end, unsigned *c) {
    return nashra_utf8_decode(document->text + at, end - at, c);
}

/* The first word that begins at or after `at` and before `end`. */
static bool scan_word(const struct nashra_reader_document *document, size_t at, size_t end, struct nashra_span *word) {
    unsigned c;
    while (at < end) {
        bool wordly = false;
        for (size_t n; at < end && (n = decode(document, at, end, &c), is_space(c)); at += n) {
        }
        word->from = at;
        for (size_t n; at < end && (n = decode(document, at, end, &c), !is_space(c)); at += n)
            wordly = wordly || is_wordly(c);
        word->to = at;
        if (wordly)
            return true;
    }
    return false;
}

/* The first letter with its marks in [at, end). */
static bool scan_letter(const struct nashra_reader_document *document, size_t at, size_t end,
                        struct nashra_span *letter) {
    unsigned c;
    for (size_t n; at < end && (n = decode(document, at, end, &c), !is_wordly(c)); at += n) {
    }
    if (at >= end)
        return false;
    letter->from = at;
    at += decode(document, at, end, &c);
    for (size_t n; at < end && (n = decode(document, at, end, &c), nashra_is_arabic_mark(c)); at += n) {
    }
    letter->to = at;
    return true;
}

typedef bool (*scan_fn)(const struct nashra_reader_document *, size_t, size_t, struct nashra_span *);

static bool scan_letters_of_words(const struct nashra_reader_document *document, size_t at, size_t end,
                                  struct nashra_span *letter) {
    struct nashra_span word;
    while (scan_word(document, at, end, &word)) {
        if (scan_letter(document, word.from, word.to, letter))
            return true;
        at = word.to;
    }
    return false;
}

static scan_fn scanner(enum nashra_level level) {
    return level == NASHRA_LEVEL_WORD ? scan_word : scan_letters_of_words;
}

/* The last small unit of [from, end) that begins before `limit`. */
static bool last_before(const struct nashra_reader_document *document, scan_fn scan, struct nashra_span within,
                        size_t limit, struct nashra_span *unit) {
    struct nashra_span next;
    bool found = false;
    for (size_t at = within.from; at < limit && scan(document, at, within.to, &next) && next.from < limit;
         at = next.to) {
        *unit = next;
        found = true;
    }
    return found;
}

/* The small unit at `offset`: the last that begins at or before it, else the segment's first, else the segment. */
static struct nashra_span small_unit(const struct nashra_reader_document *document, enum nashra_level level,
                                     size_t offset) {
    const scan_fn scan = scanner(level);
    struct nashra_span unit = document->segments[nashra_units_segment(document, offset)].span;
    const struct nashra_span within = unit;
    if (!last_before(document, scan, within, offset + 1, &unit))
        scan(document, within.from, within.to, &unit);
    return unit;
}

static bool step_small(const struct nashra_reader_document *document, enum nashra_level level, size_t offset, int step,
                       struct nashra_span *unit) {
    const scan_fn scan = scanner(level);
    const struct nashra_span here = small_unit(document, level, offset);
    size_t segment = nashra_units_segment(document, offset);
    struct nashra_span within = document->segments[segment].span;
    bool found =
        step > 0 ? scan(document, here.to, within.to, unit) : last_before(document, scan, within, here.from, unit);
    while (!found && (step > 0 ? segment + 1 < document->count : segment > 0)) {
        segment = step > 0 ? segment + 1 : segment - 1;
        within = document->segments[segment].span;
        found = step > 0 ? scan(document, within.from, within.to, unit)
                         : last_before(document, scan, within, within.to, unit);
    }
    return found;
}

/* ----------------------------------------------------------------------------------------------------------------- */

struct nashra_span nashra_reader_unit(const struct nashra_reader_document *document, enum nashra_level level,
                                      size_t offset) {
    if (level >= NASHRA_LEVEL_WORD)
        return small_unit(document, level, offset);
    return segments_unit(document, level, nashra_units_segment(document, offset));
}

bool nashra_units_step(const struct nashra_reader_document *document, enum nashra_level level, size_t offset, int step,
                       struct nashra_span *unit) {
    return level >= NASHRA_LEVEL_WORD ? step_small(document, level, offset, step, unit)
                                      : step_segments(document, level, offset, step, unit);
}

struct nashra_span nashra_units_title(const struct nashra_reader_document *document) {
    struct nashra_span title = document->segments[0].span;
    for (size_t i = 1; i < document->count && document->segments[i].kind == NASHRA_TITLE; i++)
        title.to = document->segments[i].span.to;
    return title;
}

static size_t body_segment(const struct nashra_reader_document *document) {
    size_t i = 0;
    while (i < document->count && document->segments[i].kind != NASHRA_TEXT)
        i++;
    return i;
}

size_t nashra_units_body(const struct nashra_reader_document *document) {
    const size_t i = body_segment(document);
    return i < document->count ? document->segments[i].span.from : nashra_units_title(document).to;
}

size_t nashra_units_opening_end(const struct nashra_reader_document *document) {
    const size_t i = body_segment(document);
    return i < document->count ? segments_unit(document, NASHRA_LEVEL_PARAGRAPH, i).to
                               : nashra_units_title(document).to;
}

size_t nashra_units_words_before(const struct nashra_reader_document *document, struct nashra_span span,
                                 size_t offset) {
    struct nashra_span word;
    size_t count = 0;
    for (size_t at = span.from; scan_word(document, at, span.to, &word) && word.from < offset; at = word.to)
        count++;
    return count;
}

size_t nashra_units_paragraph(const struct nashra_reader_document *document, size_t offset, size_t *count) {
    const size_t here = nashra_units_segment(document, offset);
    size_t number = 0;
    *count = 0;
    for (size_t i = 0; i < document->count; i++) {
        *count += begins(document, NASHRA_LEVEL_PARAGRAPH, i);
        if (i == here)
            number = *count;
    }
    return number;
}
