/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML → a small tree in document order, each byte of whose text knows its source. libxml2 parses. */
#ifndef NASHRA_ARTICLE_HTML_H
#define NASHRA_ARTICLE_HTML_H

#include "../tracked.h"
#include "tags.h"

/* Larger, deeper or fuller pages are read up to there, with a warning. */
enum {
    NASHRA_HTML_BYTES = 8 * 1024 * 1024,
    NASHRA_HTML_NODES = 400 * 1000,
    NASHRA_HTML_DEPTH = 600,
    NASHRA_HTML_ATTRIBUTES = 1000, /* of one element */
    NASHRA_HTML_PIECES = 1000 * 1000
};

#define NASHRA_ATTRIBUTES(X)                                                                                           \
    X(ALT, "alt")                                                                                                      \
    X(ARIA_HIDDEN, "aria-hidden")                                                                                      \
    X(CLASS, "class")                                                                                                  \
    X(COLSPAN, "colspan")                                                                                              \
    X(CONTENT, "content")                                                                                              \
    X(DATETIME, "datetime")                                                                                            \
    X(EPUB_TYPE, "epub:type")                                                                                          \
    X(HIDDEN, "hidden")                                                                                                \
    X(HREF, "href")                                                                                                    \
    X(ID, "id")                                                                                                        \
    X(ITEMPROP, "itemprop")                                                                                            \
    X(LANG, "lang")                                                                                                    \
    X(NAME, "name")                                                                                                    \
    X(PROPERTY, "property")                                                                                            \
    X(REL, "rel")                                                                                                      \
    X(ROLE, "role")                                                                                                    \
    X(SCOPE, "scope")                                                                                                  \
    X(START, "start")                                                                                                  \
    X(STYLE, "style")                                                                                                  \
    X(TITLE, "title")                                                                                                  \
    X(TYPE, "type")                                                                                                    \
    X(XML_LANG, "xml:lang")

#define NASHRA_ATTRIBUTE_ENUM(upper, lower) NASHRA_ATTRIBUTE_##upper,
enum nashra_attribute_name { NASHRA_ATTRIBUTES(NASHRA_ATTRIBUTE_ENUM) NASHRA_ATTRIBUTE_COUNT };
#undef NASHRA_ATTRIBUTE_ENUM

struct nashra_attribute {
    struct nashra_attribute *next;
    const char *value;       /* decoded */
    struct nashra_span text; /* of page->text, for those that may be spoken */
    enum nashra_attribute_name name;
};

/* Node 0 is no element but holds all; a node's descendants are those behind it and before `end`. */
struct nashra_node {
    uint32_t parent;
    uint32_t end;
    uint32_t from; /* text: of page->text */
    uint32_t to;
    struct nashra_attribute *attributes;
    uint8_t tag; /* of enum nashra_tag */
    bool is_text;
};

struct nashra_html {
    struct nashra_node *nodes;
    size_t count;
    size_t capacity;
    struct nashra_tracked text;
    struct nashra_arena *arena;
};

/* Parses the whole of `source`, or what of it can be parsed. 0 or NASHRA_ENOMEM.
 * @param name for messages. */
int nashra_html_init(struct nashra_html *page, const struct nashra_tracked *source, const char *name);
void nashra_html_finish(struct nashra_html *page);

/* NULL when the element hasn't got it. */
const struct nashra_attribute *nashra_node_attribute(const struct nashra_node *node, enum nashra_attribute_name name);
/* "" when the element hasn't got it. */
const char *nashra_node_value(const struct nashra_node *node, enum nashra_attribute_name name);

/* Appends all text inside `node`, blanks collapsed and trimmed, what is never read left out. */
void nashra_html_text(const struct nashra_html *page, size_t node, struct nashra_tracked *out);
/* Appends a span of page->text with its blanks collapsed; none at the beginning when `is_trimmed`. */
void nashra_html_collapse(const struct nashra_tracked *text, struct nashra_span span, bool is_trimmed,
                          struct nashra_tracked *out);

#endif
