/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages are parsed in a cage. What comes out is plain text, and is checked to be that. */
#include <nashra/news.h>

#include <string.h>

#include <nashra/table.h>
#include <nashra/utf8.h>

#include "cage.h"
#include "child.h"
#include "page.h"

enum { PARSER_MS = 5000 };

struct page {
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

static const char *mark_of(enum nashra_sentence_kind kind) {
    return kind == NASHRA_TITLE ? "# " : kind == NASHRA_HEADING ? "## " : "";
}

void nashra_page_put_article(const struct nashra_article *article, struct nashra_buffer *out) {
    size_t length, count;
    const char *text = nashra_article_text(article, &length);
    const struct nashra_segment *segments = nashra_article_segments(article, &count);
    for (size_t i = 0; i < count; i++) {
        const bool begins = i == 0 || segments[i].paragraph != segments[i - 1].paragraph;
        if (i > 0)
            nashra_buffer_add_string(out, begins ? "\n\n" : " ");
        if (begins)
            nashra_buffer_add_string(out, mark_of(segments[i].kind));
        add_words(out, text, segments[i].span);
    }
    nashra_buffer_add_string(out, "\n");
}

/* The tables are read while files can be; the foreign bytes are touched when nothing can be. */
int nashra_page_enter_cage(void) {
    const int status = nashra_table_keep_all();
    return status < 0 ? status : nashra_cage_parser();
}

static int parse_page(void *user, struct nashra_buffer *payload) {
    const struct page *page = user;
    struct nashra_article *article = NULL;
    int status = nashra_page_enter_cage();
    if (status >= 0)
        status = nashra_article_from_bytes(page->bytes, page->length, page->name, &article);
    if (status >= 0)
        nashra_page_put_article(article, payload);
    return status;
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

int nashra_page_text(const char *bytes, size_t length, const char *name, struct nashra_buffer *text) {
    struct page page = {bytes, length, name};
    struct nashra_buffer task = {0};
    struct nashra_answer answer = {0};
    if (nashra_buffer_add_format(&task, "%s: the parser", name) < 0)
        return NASHRA_ENOMEM;
    const struct nashra_child child = {task.data, PARSER_MS, 2 * (size_t)NASHRA_ARTICLE_MAX_BYTES};
    int status = nashra_child_call(&child, parse_page, &page, &answer);
    if (status >= 0 && !nashra_page_is_plain(answer.payload, answer.length))
        status = nashra_fail(NASHRA_EDATA, "%s gave no plain text", task.data);
    if (status >= 0)
        status = nashra_buffer_add(text, answer.payload, answer.length);
    nashra_answer_finish(&answer);
    nashra_buffer_finish(&task);
    return status < 0 ? status : NASHRA_OK;
}

int nashra_page_article(const char *url, bool allow_http, struct nashra_article **article) {
    struct nashra_fetch_response response;
    struct nashra_buffer text = {0};
    *article = NULL;
    int status = nashra_fetch(&(struct nashra_fetch_request){.url = url, .allow_http = allow_http}, &response);
    if (status >= 0)
        status = nashra_page_text(response.bytes, response.length, url, &text);
    if (status >= 0)
        status = nashra_article_from_bytes(text.data, text.length, url, article);
    nashra_buffer_finish(&text);
    nashra_fetch_finish(&response);
    return status;
}
