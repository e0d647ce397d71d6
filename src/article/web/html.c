/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "html.h"

#include <string.h>

#include <libxml/HTMLparser.h>

#include <nashra/ascii.h>

#include "../locate.h"
#include "../walk.h"
#include "scan.h"

struct builder {
    struct nashra_html *page;
    struct nashra_locator locator;
    htmlParserCtxtPtr parser;
    const char *name;
    size_t open; /* the innermost open node */
    size_t depth;
    const char *excess; /* what there was too much of: parsing has ended */
};

static void stop(struct builder *builder, const char *excess) {
    builder->excess = excess;
    xmlStopParser(builder->parser);
}

static size_t position(const struct builder *builder) {
    long at = xmlByteConsumed(builder->parser);
    return at < 0 ? builder->locator.done : (size_t)at;
}

/* NULL when there is no room. */
static struct nashra_node *add_node(struct builder *builder) {
    struct nashra_html *page = builder->page;
    if (page->count == NASHRA_HTML_NODES) {
        stop(builder, "more elements than any article has");
        return NULL;
    }
    if (page->count == page->capacity) {
        size_t capacity = page->capacity ? page->capacity * 2 : 256;
        struct nashra_node *nodes = nashra_realloc(page->nodes, capacity * sizeof *nodes);
        if (!nodes) {
            page->text.text.failed = 1;
            stop(builder, NULL);
            return NULL;
        }
        page->nodes = nodes;
        page->capacity = capacity;
    }
    struct nashra_node *node = &page->nodes[page->count];
    *node = (struct nashra_node){.parent = (uint32_t)builder->open, .tag = NASHRA_TAG_OTHER};
    node->end = (uint32_t)++page->count;
    return node;
}

static bool is_spoken(enum nashra_attribute_name name, enum nashra_tag tag) {
    return name == NASHRA_ATTRIBUTE_ALT || (name == NASHRA_ATTRIBUTE_CONTENT && tag == NASHRA_TAG_META) ||
           (name == NASHRA_ATTRIBUTE_DATETIME && tag == NASHRA_TAG_TIME) ||
           (name == NASHRA_ATTRIBUTE_TITLE && (tag == NASHRA_TAG_ABBR || tag == NASHRA_TAG_ACRONYM));
}

static enum nashra_attribute_name find_attribute(const char *name) {
    static const char *const names[] = {
#define NAME_ROW(upper, lower) lower,
        NASHRA_ATTRIBUTES(NAME_ROW)
#undef NAME_ROW
    };
    size_t i = 0;
    while (i < NASHRA_ATTRIBUTE_COUNT && !nashra_ascii_same(names[i], name))
        i++;
    return (enum nashra_attribute_name)i;
}

static void add_attribute(struct builder *builder, struct nashra_node *node, size_t at, const char *name,
                          const char *value) {
    struct nashra_html *page = builder->page;
    enum nashra_attribute_name known = find_attribute(name);
    if (known == NASHRA_ATTRIBUTE_COUNT)
        return;
    struct nashra_attribute *attribute = nashra_arena_alloc(page->arena, sizeof *attribute);
    char *copy = attribute ? nashra_arena_copy(page->arena, value, strlen(value)) : NULL;
    if (!copy) {
        page->text.text.failed = 1;
        return;
    }
    attribute->name = known;
    attribute->value = copy;
    attribute->text.from = page->text.text.length;
    if (is_spoken(known, node->tag))
        nashra_locate_attribute(&builder->locator, at, name, value, &page->text);
    attribute->text.to = page->text.text.length;
    attribute->next = node->attributes;
    node->attributes = attribute;
}

static void start_element(void *user, const xmlChar *name, const xmlChar **attributes) {
    struct builder *builder = user;
    if (builder->excess || builder->page->text.text.failed)
        return;
    if (++builder->depth > NASHRA_HTML_DEPTH) {
        stop(builder, "elements nested deeper than in any article");
        return;
    }
    struct nashra_node *node = add_node(builder);
    if (!node)
        return;
    size_t at = position(builder);
    node->tag = (uint8_t)nashra_tag_find((const char *)name);
    for (size_t i = 0; attributes && attributes[i]; i += 2)
        add_attribute(builder, node, at, (const char *)attributes[i],
                      attributes[i + 1] ? (const char *)attributes[i + 1] : "");
    builder->open = builder->page->count - 1;
    if (at > builder->locator.done && at <= builder->locator.source->text.length)
        builder->locator.done = at;
}

static void end_element(void *user, const xmlChar *name) {
    struct builder *builder = user;
    struct nashra_html *page = builder->page;
    (void)name;
    if (builder->excess || page->text.text.failed || builder->open == 0)
        return;
    page->nodes[builder->open].end = (uint32_t)page->count;
    builder->open = page->nodes[builder->open].parent;
    builder->depth--;
}

static void add_text(struct builder *builder, const xmlChar *bytes, int length) {
    struct nashra_html *page = builder->page;
    struct nashra_node *node = &page->nodes[page->count - 1];
    if (page->text.count >= NASHRA_HTML_PIECES) {
        stop(builder, "more text and entities than any article has");
        return;
    }
    if (!node->is_text || node->parent != builder->open) {
        node = add_node(builder);
        if (!node)
            return;
        node->is_text = true;
        node->from = (uint32_t)page->text.text.length;
    }
    nashra_locate_text(&builder->locator, position(builder), (const char *)bytes, (size_t)length, &page->text);
    node->to = (uint32_t)page->text.text.length;
}

static void characters(void *user, const xmlChar *bytes, int length) {
    struct builder *builder = user;
    if (!builder->excess && !builder->page->text.text.failed && length > 0)
        add_text(builder, bytes, length);
}

/* What is inside <script> and <style>. */
static void raw_data(void *user, const xmlChar *bytes, int length) {
    struct builder *builder = user;
    const struct nashra_node *open = &builder->page->nodes[builder->open];
    if (open->tag == NASHRA_TAG_SCRIPT && strstr(nashra_node_value(open, NASHRA_ATTRIBUTE_TYPE), "ld+json"))
        characters(user, bytes, length);
}

static void close_all(struct nashra_html *page, size_t open) {
    for (size_t i = open;; i = page->nodes[i].parent) {
        page->nodes[i].end = (uint32_t)page->count;
        if (i == 0)
            break;
    }
}

static int parse(struct builder *builder, size_t length) {
    const char *text = builder->locator.source->text.data;
    htmlParserCtxtPtr parser = htmlCreateMemoryParserCtxt(text, (int)length);
    if (!parser)
        return NASHRA_ENOMEM;
    builder->parser = parser;
    memset(parser->sax, 0, sizeof *parser->sax);
    parser->sax->startElement = start_element;
    parser->sax->endElement = end_element;
    parser->sax->characters = characters;
    parser->sax->ignorableWhitespace = characters;
    parser->sax->cdataBlock = raw_data;
    parser->userData = builder;
    htmlCtxtUseOptions(parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                   HTML_PARSE_IGNORE_ENC);
    /* It is, whatever the page says of itself. */
    parser->charset = XML_CHAR_ENCODING_UTF8;
    htmlParseDocument(parser);
    bool is_out_of_memory = parser->errNo == XML_ERR_NO_MEMORY;
    htmlFreeParserCtxt(parser);
    return is_out_of_memory ? NASHRA_ENOMEM : 0;
}

int nashra_html_init(struct nashra_html *page, const struct nashra_tracked *source, const char *name) {
    struct builder builder = {.page = page, .locator = {source, 0}, .name = name};
    *page = (struct nashra_html){.arena = nashra_arena_create()};
    size_t length = nashra_scan_tags(source->text.data, source->text.length, &builder.excess);
    const char *cut = builder.excess;
    builder.excess = NULL;
    int status = page->arena && add_node(&builder) ? 0 : NASHRA_ENOMEM;
    if (!status && length > 0)
        status = parse(&builder, length);
    if (!status && page->text.text.failed)
        status = NASHRA_ENOMEM;
    if (status) {
        nashra_html_finish(page);
        return nashra_fail(status, "%s: out of memory for the page", name);
    }
    close_all(page, builder.open);
    if (builder.excess || cut)
        nashra_log(NASHRA_LOG_WARNING, "%s: %s: the rest of the page is left out", name,
                   builder.excess ? builder.excess : cut);
    return 0;
}

void nashra_html_finish(struct nashra_html *page) {
    nashra_free(page->nodes);
    nashra_tracked_finish(&page->text);
    nashra_arena_destroy(page->arena);
    *page = (struct nashra_html){0};
}

const struct nashra_attribute *nashra_node_attribute(const struct nashra_node *node, enum nashra_attribute_name name) {
    const struct nashra_attribute *attribute = node->attributes;
    while (attribute && attribute->name != name)
        attribute = attribute->next;
    return attribute;
}

const char *nashra_node_value(const struct nashra_node *node, enum nashra_attribute_name name) {
    const struct nashra_attribute *attribute = nashra_node_attribute(node, name);
    return attribute ? attribute->value : "";
}

void nashra_html_collapse(const struct nashra_tracked *text, struct nashra_span span, bool is_trimmed,
                          struct nashra_tracked *out) {
    const char *bytes = text->text.data;
    bool after_blank = is_trimmed;
    size_t from = span.from;
    for (size_t at = span.from; at < span.to;) {
        size_t start = at;
        unsigned c = nashra_walk_next(bytes, span.to, &at);
        bool is_blank = c <= ' ' || c == 0xA0 || nashra_walk_is_line_end(c);
        /* A single space is kept where it is, so that one copy takes a whole stretch of words. */
        if (!is_blank || (c == ' ' && !after_blank)) {
            after_blank = is_blank;
            continue;
        }
        nashra_tracked_copy(out, text, (struct nashra_span){from, start});
        if (!after_blank)
            nashra_tracked_replace(out, text, (struct nashra_span){start, at}, " ", 1);
        after_blank = true;
        from = at;
    }
    nashra_tracked_copy(out, text, (struct nashra_span){from, span.to});
}

void nashra_html_text(const struct nashra_html *page, size_t node, struct nashra_tracked *out) {
    const struct nashra_node *nodes = page->nodes;
    size_t start = out->text.length;
    for (size_t i = node + !nodes[node].is_text; i < nodes[node].end;) {
        if (!nodes[i].is_text && nashra_tag_flow((enum nashra_tag)nodes[i].tag) == NASHRA_FLOW_SKIPPED) {
            i = nodes[i].end;
            continue;
        }
        bool is_open = out->text.length == start || out->text.data[out->text.length - 1] == ' ';
        if (nodes[i].is_text)
            nashra_html_collapse(&page->text, (struct nashra_span){nodes[i].from, nodes[i].to}, is_open, out);
        else if (!is_open && nashra_tag_flow((enum nashra_tag)nodes[i].tag) == NASHRA_FLOW_BLOCK)
            nashra_tracked_write(out, " ");
        i++;
    }
}
