/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "format.h"

#include <stdbool.h>
#include <string.h>

#include <nashra/article.h>
#include <nashra/ascii.h>

enum { LOOKED_AT = 64 * 1024, MARKDOWN_LINES = 400 };

/* Elements that a page, or the body of a feed's entry, begins with. */
static bool is_first_element(const char *text, size_t length) {
    static const char *const elements[] = {
        "html", "head",   "body", "meta", "title",  "div",   "p",      "article", "section",    "main",    "h1",   "h2",
        "h3",   "span",   "br",   "img",  "figure", "table", "ul",     "ol",      "center",     "font",    "link", "a",
        "b",    "strong", "em",   "i",    "script", "style", "header", "nav",     "blockquote", "!doctype"};
    for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
        size_t size = strlen(elements[i]);
        if (nashra_ascii_begins(text + 1, length - 1, elements[i]) && length > size + 1 &&
            !nashra_ascii_is_alnum(text[size + 1]))
            return true;
    }
    return false;
}

/* Behind blanks, the mark, comments and instructions. */
static size_t skip_prolog(const char *text, size_t length) {
    size_t at = nashra_ascii_begins(text, length, "\xef\xbb\xbf") ? 3 : 0;
    for (;;) {
        while (at < length && nashra_ascii_is_space(text[at]))
            at++;
        bool is_comment = nashra_ascii_begins(text + at, length - at, "<!--");
        const char *close = is_comment ? "-->" : ">";
        if (!is_comment && !nashra_ascii_begins(text + at, length - at, "<?"))
            return at;
        while (at < length && !nashra_ascii_begins(text + at, length - at, close))
            at++;
        at += at < length ? strlen(close) : 0;
        if (at >= length)
            return length;
    }
}

static bool is_html(const char *text, size_t length) {
    size_t at = skip_prolog(text, length < LOOKED_AT ? length : LOOKED_AT);
    return length - at > 2 && text[at] == '<' && is_first_element(text + at, length - at);
}

/* ---- Markdown ---- */

enum mark { MARK_HEADING = 1, MARK_LINK = 2, MARK_STRONG = 4, MARK_FENCE = 8, MARK_FRONT = 16, MARK_RULED = 32 };

static const char *find_in(const char *text, size_t length, const char *word) {
    size_t size = strlen(word);
    for (size_t i = 0; i + size <= length; i++)
        if (memcmp(text + i, word, size) == 0)
            return text + i;
    return NULL;
}

static int marks_of(const char *line, size_t length, bool is_first) {
    size_t hashes = 0;
    int marks = 0;
    while (hashes < length && line[hashes] == '#')
        hashes++;
    if (hashes >= 1 && hashes <= 6 && hashes < length && line[hashes] == ' ')
        marks |= MARK_HEADING;
    const char *link = find_in(line, length, "](");
    if (link && memchr(link, ')', length - (size_t)(link - line)))
        marks |= MARK_LINK;
    const char *strong = find_in(line, length, "**");
    if (strong && find_in(strong + 2, length - (size_t)(strong + 2 - line), "**"))
        marks |= MARK_STRONG;
    if (nashra_ascii_begins(line, length, "```") || nashra_ascii_begins(line, length, "~~~"))
        marks |= MARK_FENCE;
    if (is_first && length == 3 && memcmp(line, "---", 3) == 0)
        marks |= MARK_FRONT;
    if (length >= 5 && line[0] == '|' && find_in(line, length, "--"))
        marks |= MARK_RULED;
    return marks;
}

/* Two kinds of its marks, or one and a name that says so: one alone stands in plain texts as well. */
static bool is_markdown(const char *text, size_t length, const char *name) {
    const char *dot = strrchr(name, '.');
    int marks = 0, kinds = 0;
    size_t lines = 0;
    bool is_named = dot && (nashra_ascii_same(dot, ".md") || nashra_ascii_same(dot, ".markdown"));
    for (size_t at = nashra_ascii_begins(text, length, "\xef\xbb\xbf") ? 3 : 0; at < length && lines < MARKDOWN_LINES;
         lines++) {
        const char *end = memchr(text + at, '\n', length - at);
        size_t size = end ? (size_t)(end - text) - at : length - at;
        marks |= marks_of(text + at, size > 0 && text[at + size - 1] == '\r' ? size - 1 : size, lines == 0);
        at += size + 1;
    }
    for (int mark = MARK_HEADING; mark <= MARK_RULED; mark *= 2)
        kinds += (marks & mark) != 0;
    return kinds >= (is_named ? 1 : 2);
}

enum nashra_format nashra_format_detect(const char *text, size_t length, const char *name) {
    if (length == 0)
        return NASHRA_FORMAT_TEXT;
    if (nashra_article_is_ssml(text, length))
        return NASHRA_FORMAT_SSML;
    if (nashra_feed_recognise(text, length))
        return NASHRA_FORMAT_FEED;
    if (is_html(text, length))
        return NASHRA_FORMAT_HTML;
    return is_markdown(text, length, name) ? NASHRA_FORMAT_MARKDOWN : NASHRA_FORMAT_TEXT;
}

int nashra_format_is_epub(const unsigned char *bytes, size_t length) {
    static const char type[] = "mimetypeapplication/epub+zip";
    const char *text = (const char *)bytes;
    if (length < 4 || memcmp(bytes, "PK\x03\x04", 4) != 0)
        return 0;
    return find_in(text, length < 256 ? length : 256, type) != NULL ||
           find_in(text, length, "META-INF/container.xml") != NULL;
}
