/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages are parsed in a cage. What comes out is plain text, and is checked to be that. */
#include <nashra/news.h>

#include <string.h>

#include <nashra/table.h>
#include <nashra/utf8.h>

#include "cage.h"
#include "child.h"
#include "page.h"
#include "parcel.h"

enum { PARSER_MS = 5000 };

struct source {
    const char *bytes;
    size_t length;
    const char *name;
};

/* In the cage ----------------------------------------------------------------------------------------------------- */

static bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Runs of blanks, line ends too, become one space. */
static void add_words(struct nashra_buffer *out, const char *text, struct nashra_span span) {
    for (size_t at = span.from; at < span.to;) {
        const size_t from = at;
        while (at < span.to && !is_blank(text[at]))
            at++;
        nashra_buffer_add(out, text + from, at - from);
        while (at < span.to && is_blank(text[at]))
            at++;
        if (at < span.to)
            nashra_buffer_add(out, " ", 1);
    }
}

/* A paragraph a line, an empty line between two. */
static void begin_paragraph(struct nashra_buffer *out, enum nashra_sentence_kind kind) {
    if (out->length > 0)
        nashra_buffer_add_string(out, kind == NASHRA_TITLE || kind == NASHRA_BYLINE ? " " : "\n\n");
    if (kind == NASHRA_HEADING)
        nashra_buffer_add_string(out, "## ");
}

static struct nashra_buffer *part_of(struct nashra_page *page, enum nashra_sentence_kind kind) {
    return kind == NASHRA_TITLE ? &page->title : kind == NASHRA_BYLINE ? &page->byline : &page->body;
}

void nashra_page_take(struct nashra_page *page, const struct nashra_article *article) {
    size_t length, count;
    const char *text = nashra_article_text(article, &length);
    const struct nashra_segment *segments = nashra_article_segments(article, &count);
    for (size_t i = 0; i < count; i++) {
        struct nashra_buffer *part = part_of(page, segments[i].kind);
        if (i == 0 || segments[i].paragraph != segments[i - 1].paragraph)
            begin_paragraph(part, segments[i].kind);
        else
            nashra_buffer_add(part, " ", 1);
        add_words(part, text, segments[i].span);
    }
}

void nashra_page_finish(struct nashra_page *page) {
    nashra_buffer_finish(&page->title);
    nashra_buffer_finish(&page->byline);
    nashra_buffer_finish(&page->body);
}

/* The tables are read while files can be; the foreign bytes are touched when nothing can be. */
int nashra_page_enter_cage(void) {
    const int status = nashra_table_keep_all();
    return status < 0 ? status : nashra_cage_parser();
}

static int parse_page(void *user, struct nashra_buffer *payload) {
    const struct source *source = user;
    struct nashra_article *article = NULL;
    struct nashra_page page = {0};
    int status = nashra_page_enter_cage();
    if (status >= 0)
        status = nashra_article_from_bytes(source->bytes, source->length, source->name, &article);
    if (status < 0)
        return status;
    nashra_page_take(&page, article);
    nashra_parcel_put_bytes(payload, nashra_buffer_string(&page.title), page.title.length);
    nashra_parcel_put_bytes(payload, nashra_buffer_string(&page.byline), page.byline.length);
    nashra_parcel_put_bytes(payload, nashra_buffer_string(&page.body), page.body.length);
    return page.title.failed || page.byline.failed || page.body.failed ? NASHRA_ENOMEM : NASHRA_OK;
}

/* Outside --------------------------------------------------------------------------------------------------------- */

bool nashra_page_is_plain(const char *text, size_t length) {
    if (nashra_utf8_valid_prefix(text, length) != length)
        return false;
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] < ' ' && text[i] != '\n' && text[i] != '\t')
            return false;
    return true;
}

static bool take_part(struct nashra_parcel *parcel, struct nashra_buffer *part) {
    size_t length;
    const char *text = nashra_parcel_string(parcel, &length);
    if (!nashra_page_is_plain(text, length))
        return false;
    nashra_buffer_add(part, text, length);
    return true;
}

static int take_page(const char *task, const struct nashra_answer *answer, struct nashra_page *page) {
    struct nashra_parcel parcel = {answer->payload, answer->length, false};
    const bool is_plain =
        take_part(&parcel, &page->title) && take_part(&parcel, &page->byline) && take_part(&parcel, &page->body);
    if (!is_plain || parcel.broken || parcel.left > 0)
        return nashra_fail(NASHRA_EDATA, "%s gave no plain text", task);
    return page->title.failed || page->byline.failed || page->body.failed ? NASHRA_ENOMEM : NASHRA_OK;
}

int nashra_page_parse(const char *bytes, size_t length, const char *name, struct nashra_page *page) {
    struct source source = {bytes, length, name};
    struct nashra_buffer task = {0};
    struct nashra_answer answer = {0};
    *page = (struct nashra_page){0};
    if (nashra_buffer_add_format(&task, "%s: the parser", name) < 0)
        return NASHRA_ENOMEM;
    const struct nashra_child child = {task.data, PARSER_MS, 2 * (size_t)NASHRA_ARTICLE_MAX_BYTES, NULL};
    int status = nashra_child_call(&child, parse_page, &source, &answer);
    if (status >= 0)
        status = take_page(task.data, &answer, page);
    nashra_answer_finish(&answer);
    nashra_buffer_finish(&task);
    if (status < 0)
        nashra_page_finish(page);
    return status;
}

int nashra_page_text(const char *bytes, size_t length, const char *name, struct nashra_buffer *text) {
    struct nashra_page page;
    const int status = nashra_page_parse(bytes, length, name, &page);
    if (status < 0)
        return status;
    /* A title alone is a line: one mark does not make Markdown of it. */
    if (page.title.length > 0)
        nashra_buffer_add_format(text, "%s%s\n\n", page.byline.length + page.body.length > 0 ? "# " : "",
                                 page.title.data);
    if (page.byline.length > 0)
        nashra_buffer_add_format(text, "%s\n\n", page.byline.data);
    nashra_buffer_add_format(text, "%s\n", nashra_buffer_string(&page.body));
    nashra_page_finish(&page);
    return text->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

int nashra_page_article(const struct nashra_fetch_request *request, struct nashra_article **article) {
    struct nashra_fetch_response response;
    struct nashra_buffer text = {0};
    *article = NULL;
    int status = nashra_fetch(request, &response);
    if (status >= 0)
        status = nashra_page_text(response.bytes, response.length, request->url, &text);
    if (status >= 0)
        status = nashra_article_from_bytes(text.data, text.length, request->url, article);
    nashra_buffer_finish(&text);
    nashra_fetch_finish(&response);
    return status;
}
