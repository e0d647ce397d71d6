/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The blocks of Markdown, as CommonMark has them where it matters to a listener; tables and front matter beside. */
#include <string.h>

#include <nashra/ascii.h>

#include "byline.h"
#include "document.h"
#include "markdown_inline.h"
#include "walk.h"

struct line {
    struct nashra_span span; /* without its end and the blanks around it */
    size_t indent;
};

struct parser {
    const struct nashra_tracked *source;
    const char *text;
    size_t at;
    struct nashra_document *document;
    struct nashra_span open; /* the paragraph's lines so far; empty: none */
    struct nashra_passage like;
    int status;
};

static bool next_line(struct parser *parser, struct line *line) {
    size_t length = parser->source->text.length, from = parser->at;
    if (from >= length)
        return false;
    const char *end = memchr(parser->text + from, '\n', length - from);
    size_t to = end ? (size_t)(end - parser->text) : length;
    parser->at = to + 1;
    line->span = (struct nashra_span){from, to};
    while (line->span.from < line->span.to && nashra_ascii_is_space(parser->text[line->span.from]))
        line->span.from++;
    while (line->span.to > line->span.from && nashra_ascii_is_space(parser->text[line->span.to - 1]))
        line->span.to--;
    line->indent = line->span.from - from;
    return true;
}

static void add(struct parser *parser, struct nashra_span span, const struct nashra_passage *like) {
    struct nashra_tracked text = {0};
    nashra_markdown_inline(parser->source, span, &text);
    if (!parser->status)
        parser->status = text.text.failed ? nashra_fail(NASHRA_ENOMEM, "%s: out of memory", parser->document->name)
                                          : nashra_document_add(parser->document, &text,
                                                                (struct nashra_span){0, text.text.length}, like);
    nashra_tracked_finish(&text);
}

static void flush(struct parser *parser) {
    if (parser->open.from < parser->open.to)
        add(parser, parser->open, &parser->like);
    parser->open = (struct nashra_span){0, 0};
}

static void open_block(struct parser *parser, struct nashra_span span, enum nashra_role role) {
    flush(parser);
    parser->open = span;
    parser->like = (struct nashra_passage){.kind = NASHRA_TEXT, .role = role, .language = ""};
}

static void add_heading(struct parser *parser, struct nashra_span span, unsigned level) {
    bool is_title = level == 1 && !*parser->document->metadata.title && parser->document->count == 0;
    struct nashra_passage like = {
        .kind = is_title ? NASHRA_TITLE : NASHRA_HEADING, .level = is_title ? 0 : level, .language = ""};
    size_t before = parser->document->count;
    add(parser, span, &like);
    if (is_title && parser->document->count > before) {
        struct nashra_span title = parser->document->passages[before].span;
        nashra_document_set(parser->document, &parser->document->metadata.title,
                            parser->document->text.text.data + title.from, title.to - title.from);
    }
}

/* "## Heading ##" */
static bool read_atx(struct parser *parser, struct nashra_span line) {
    unsigned level = 0;
    while (line.from < line.to && parser->text[line.from] == '#' && level < 7) {
        line.from++;
        level++;
    }
    if (level == 0 || level > 6 || (line.from < line.to && parser->text[line.from] != ' '))
        return false;
    while (line.to > line.from && parser->text[line.to - 1] == '#')
        line.to--;
    flush(parser);
    add_heading(parser, line, level);
    return true;
}

static bool is_made_of(const char *text, struct nashra_span line, const char *set) {
    size_t marks = 0;
    for (size_t i = line.from; i < line.to; i++) {
        if (!strchr(set, text[i]) || !text[i])
            return false;
        marks += text[i] != ' ' && text[i] != '|' && text[i] != ':';
    }
    return marks >= 1;
}

/* A paragraph over === or ---. */
static bool read_setext(struct parser *parser, struct nashra_span line) {
    bool first = is_made_of(parser->text, line, "="), second = is_made_of(parser->text, line, "-");
    if (parser->open.from == parser->open.to || (!first && !second) || parser->like.role != NASHRA_ROLE_PARAGRAPH)
        return false;
    struct nashra_span heading = parser->open;
    parser->open = (struct nashra_span){0, 0};
    add_heading(parser, heading, first ? 1 : 2);
    return true;
}

/* Behind "- ", "* ", "+ ", "1. "; 0 for no item. */
static size_t behind_bullet(const char *text, struct nashra_span line) {
    size_t at = line.from;
    if (line.to - at > 2 && strchr("-*+", text[at]) && text[at + 1] == ' ')
        return at + 2;
    while (at < line.to && nashra_ascii_is_digit(text[at]) && at - line.from < 9)
        at++;
    bool is_number = at > line.from && at + 1 < line.to && (text[at] == '.' || text[at] == ')') && text[at + 1] == ' ';
    return is_number ? at + 2 : 0;
}

/* ---- tables ---- */

/* The cell that begins at *at, which moves behind its bar. */
static struct nashra_span next_cell(const char *text, struct nashra_span line, size_t *at) {
    struct nashra_span cell = {*at, *at};
    while (cell.to < line.to && (text[cell.to] != '|' || (cell.to > line.from && text[cell.to - 1] == '\\')))
        cell.to++;
    *at = cell.to + 1;
    return nashra_walk_trim(text, cell);
}

static struct nashra_span without_bars(const char *text, struct nashra_span line) {
    line.from += line.from < line.to && text[line.from] == '|';
    line.to -= line.to > line.from && text[line.to - 1] == '|';
    return line;
}

/* Each cell behind its column's header, but the first, which names the row. */
static void add_row(struct parser *parser, struct nashra_span header, struct nashra_span line) {
    static const struct nashra_passage like = {.kind = NASHRA_TEXT, .role = NASHRA_ROLE_ROW, .language = ""};
    struct nashra_tracked row = {0};
    size_t at = line.from, over = header.from;
    for (bool is_first = true; at < line.to; is_first = false) {
        struct nashra_span cell = next_cell(parser->text, line, &at), name = {0, 0};
        if (over < header.to)
            name = next_cell(parser->text, header, &over);
        if (cell.from == cell.to)
            continue;
        if (row.text.length > 0)
            nashra_tracked_write(&row, "، ");
        if (!is_first && name.from < name.to) {
            nashra_markdown_inline(parser->source, name, &row);
            nashra_tracked_write(&row, ": ");
        }
        nashra_markdown_inline(parser->source, cell, &row);
    }
    nashra_tracked_write(&row, ".");
    if (!parser->status)
        parser->status = row.text.failed ? nashra_fail(NASHRA_ENOMEM, "%s: out of memory", parser->document->name)
                                         : nashra_document_add(parser->document, &row,
                                                               (struct nashra_span){0, row.text.length}, &like);
    nashra_tracked_finish(&row);
}

/* A line with bars over a line of dashes and bars. */
static bool read_table(struct parser *parser, struct nashra_span header) {
    size_t before = parser->at;
    struct line line;
    if (!memchr(parser->text + header.from, '|', header.to - header.from) || !next_line(parser, &line) ||
        !is_made_of(parser->text, line.span, "|-: ") ||
        !memchr(parser->text + line.span.from, '-', line.span.to - line.span.from)) {
        parser->at = before;
        return false;
    }
    flush(parser);
    header = without_bars(parser->text, header);
    for (before = parser->at; next_line(parser, &line); before = parser->at) {
        if (!memchr(parser->text + line.span.from, '|', line.span.to - line.span.from))
            break;
        add_row(parser, header, without_bars(parser->text, line.span));
    }
    parser->at = before;
    return true;
}

/* ---- */

static bool is_fence(const char *text, struct nashra_span line) {
    return line.to - line.from >= 3 &&
           (memcmp(text + line.from, "```", 3) == 0 || memcmp(text + line.from, "~~~", 3) == 0);
}

/* Program text is not for listeners. */
static bool skip_fence(struct parser *parser, struct nashra_span line) {
    if (!is_fence(parser->text, line))
        return false;
    flush(parser);
    struct line next;
    while (next_line(parser, &next) && !is_fence(parser->text, next.span))
        ;
    return true;
}

static void read_line(struct parser *parser, const struct line *line) {
    const char *text = parser->text;
    struct nashra_span span = line->span;
    bool is_quote = span.from < span.to && text[span.from] == '>';
    if (span.from == span.to) {
        flush(parser);
        return;
    }
    if (read_atx(parser, span) || read_setext(parser, span) || skip_fence(parser, span) || read_table(parser, span))
        return;
    if (span.to - span.from >= 3 &&
        (is_made_of(text, span, "- ") || is_made_of(text, span, "* ") || is_made_of(text, span, "_ "))) {
        flush(parser); /* a rule */
        return;
    }
    size_t item = behind_bullet(text, span);
    if (is_quote) {
        while (span.from < span.to && (text[span.from] == '>' || text[span.from] == ' '))
            span.from++;
        open_block(parser, span, NASHRA_ROLE_QUOTE);
    } else if (item) {
        span.from = item;
        open_block(parser, span, NASHRA_ROLE_ITEM);
    } else if (parser->open.from < parser->open.to) {
        parser->open.to = span.to;
    } else {
        open_block(parser, span, NASHRA_ROLE_PARAGRAPH);
    }
}

/* ---- front matter: key: value, between two lines of dashes at the beginning ---- */

static bool is_key(const char *text, size_t length, const char *key) {
    return length == strlen(key) && nashra_ascii_begins(text, length, key);
}

/* Without blanks and without the quotes around it. */
static struct nashra_span front_value(const struct parser *parser, size_t from, size_t to) {
    const char *text = parser->text;
    struct nashra_span value = nashra_walk_trim(text, (struct nashra_span){from, to});
    bool is_quoted = value.to - value.from >= 2 && (text[value.from] == '"' || text[value.from] == '\'') &&
                     text[value.to - 1] == text[value.from];
    return is_quoted ? (struct nashra_span){value.from + 1, value.to - 1} : value;
}

/* What is said of it, and where title and byline stand, which are read. */
struct front {
    struct nashra_span title, byline;
};

static void take_front(struct parser *parser, const char *key, size_t length, struct nashra_span value,
                       struct front *front) {
    struct nashra_metadata *metadata = &parser->document->metadata;
    const char *bytes = parser->text + value.from;
    size_t size = value.to - value.from;
    if (is_key(key, length, "title")) {
        nashra_document_set(parser->document, &metadata->title, bytes, size);
        front->title = value;
    } else if (is_key(key, length, "author")) {
        nashra_document_set(parser->document, &metadata->byline, bytes, size);
        front->byline = value;
    } else if (is_key(key, length, "lang")) {
        nashra_document_set(parser->document, &metadata->language, bytes, size);
    } else if (is_key(key, length, "date")) {
        const char *date = nashra_arena_copy(parser->document->arena, bytes, size);
        metadata->published = date ? nashra_feed_date(date) : NASHRA_FEED_NO_DATE;
    }
}

static void read_front(struct parser *parser) {
    static const struct nashra_passage title = {.kind = NASHRA_TITLE, .language = ""},
                                       byline = {.kind = NASHRA_BYLINE, .language = ""};
    struct front front = {{0, 0}, {0, 0}};
    struct line line;
    while (next_line(parser, &line)) {
        const char *text = parser->text + line.span.from;
        size_t length = line.span.to - line.span.from;
        if (length == 3 && memcmp(text, "---", 3) == 0)
            break;
        const char *colon = memchr(text, ':', length);
        if (colon)
            take_front(parser, text, (size_t)(colon - text),
                       front_value(parser, (size_t)(colon + 1 - parser->text), line.span.to), &front);
    }
    if (front.title.from < front.title.to)
        add(parser, front.title, &title);
    if (front.byline.from < front.byline.to)
        add(parser, front.byline, &byline);
}

/* The paragraph below the title may say who wrote it. */
static int find_byline(struct nashra_document *document) {
    if (document->count < 3 || document->passages[0].kind != NASHRA_TITLE || document->passages[1].kind != NASHRA_TEXT)
        return 0;
    struct nashra_lexis people = nashra_byline_lexis();
    struct nashra_passage *passage = &document->passages[1];
    struct nashra_span story = {passage->span.to, document->text.text.length};
    int byline = nashra_byline_judge(&people, document->text.text.data, passage->span, story);
    if (byline > NASHRA_BYLINE_NO) {
        passage->kind = NASHRA_BYLINE;
        nashra_document_set(document, &document->metadata.byline, document->text.text.data + passage->span.from,
                            passage->span.to - passage->span.from);
    }
    nashra_lexis_finish(&people);
    return byline < 0 ? byline : 0;
}

int nashra_markdown_read(const struct nashra_tracked *source, struct nashra_document *document) {
    struct parser parser = {.source = source, .text = source->text.data, .document = document};
    struct line line;
    size_t length = source->text.length;
    parser.at = length >= 3 && memcmp(parser.text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    size_t start = parser.at;
    if (next_line(&parser, &line) && line.span.to - line.span.from == 3 &&
        memcmp(parser.text + line.span.from, "---", 3) == 0)
        read_front(&parser);
    else
        parser.at = start;
    while (!parser.status && next_line(&parser, &line))
        read_line(&parser, &line);
    flush(&parser);
    return parser.status ? parser.status : find_byline(document);
}
