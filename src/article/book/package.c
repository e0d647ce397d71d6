/* SPDX-License-Identifier: GPL-3.0-or-later */
/* EPUB Packages 2.0.1 and 3.3 through libxml2's SAX parser, without network, DTD and entities. */
#include "package.h"

#include <stdlib.h>
#include <string.h>

#include <libxml/parserInternals.h>

#include "../locate.h"
#include "../web/scan.h"
#include "book.h"

struct reader {
    struct nashra_package *package;
    struct nashra_locator locator;
    xmlParserCtxtPtr parser;
    const char *path;
    struct nashra_tracked *text; /* the element that is being read */
    struct nashra_arena *arena;
    char *found; /* of the container: the package's path */
    bool failed;
};

/* An attribute's value in the arena, or NULL. */
static char *attribute(struct reader *reader, const xmlChar **list, int count, const char *name) {
    for (int i = 0; i < count; i++, list += 5)
        if (strcmp((const char *)list[0], name) == 0) {
            char *copy = nashra_arena_copy(reader->arena, (const char *)list[3], (size_t)(list[4] - list[3]));
            reader->failed = reader->failed || !copy;
            return copy;
        }
    return NULL;
}

static int hex_value(char c) {
    return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
}

/* %D8%A3 → أ, in place; a fragment is cut off. */
static void decode(char *href) {
    char *out = href;
    for (; *href && *href != '#'; href++) {
        int high = *href == '%' ? hex_value(href[1]) : -1, low = high >= 0 ? hex_value(href[2]) : -1;
        *out++ = low >= 0 ? (char)(high * 16 + low) : *href;
        href += low >= 0 ? 2 : 0;
    }
    *out = '\0';
}

/* A path in the archive: beside the package document, ".." resolved. NULL when out of memory. */
static char *resolve(struct reader *reader, char *href) {
    const char *slash = strrchr(reader->path, '/');
    size_t folder = *href == '/' || !slash ? 0 : (size_t)(slash - reader->path) + 1, size = 0;
    decode(href);
    char *path = nashra_arena_alloc(reader->arena, folder + strlen(href) + 1);
    if (!path)
        return NULL;
    memcpy(path, reader->path, folder);
    size = folder;
    for (const char *part = href; *part;) {
        size_t length = strcspn(part, "/");
        if (length == 2 && memcmp(part, "..", 2) == 0) {
            size -= size > 0;
            while (size > 0 && path[size - 1] != '/')
                size--;
        } else if (length > 0 && !(length == 1 && *part == '.')) {
            memcpy(path + size, part, length);
            size += length;
            if (part[length] == '/')
                path[size++] = '/';
        }
        part += length + (part[length] == '/');
    }
    path[size] = '\0';
    return path;
}

static void *make_room(void *items, size_t count, size_t *capacity, size_t size) {
    if (count < *capacity)
        return items;
    size_t more = *capacity ? *capacity * 2 : 32;
    void *larger = nashra_realloc(items, more * size);
    if (larger)
        *capacity = more;
    return larger;
}

static bool holds_text(const char *type, const char *properties) {
    return type && (strstr(type, "html") || strcmp(type, "text/x-oeb1-document") == 0) &&
           !(properties && strstr(properties, "nav"));
}

static void add_item(struct reader *reader, const xmlChar **list, int count) {
    struct nashra_package *package = reader->package;
    char *id = attribute(reader, list, count, "id"), *href = attribute(reader, list, count, "href");
    if (!id || !href || package->count == NASHRA_BOOK_FILES ||
        !holds_text(attribute(reader, list, count, "media-type"), attribute(reader, list, count, "properties")))
        return;
    struct nashra_package_item *items =
        make_room(package->items, package->count, &package->capacity, sizeof *package->items);
    char *path = resolve(reader, href);
    if (items)
        package->items = items;
    if (!items || !path) {
        reader->failed = true;
        return;
    }
    package->items[package->count++] = (struct nashra_package_item){id, path};
}

static void add_to_spine(struct reader *reader, const xmlChar **list, int count) {
    struct nashra_package *package = reader->package;
    const char *id = attribute(reader, list, count, "idref"), *linear = attribute(reader, list, count, "linear");
    size_t i = 0;
    while (id && i < package->count && strcmp(package->items[i].id, id) != 0)
        i++;
    for (size_t place = 0; id && i < package->count && place < package->spine_count; place++)
        if (package->spine[place] == package->items[i].path)
            return; /* named twice */
    /* Notes and the like stand beside the reading order. */
    if (!id || i == package->count || package->spine_count == NASHRA_BOOK_FILES ||
        (linear && strcmp(linear, "no") == 0))
        return;
    char **spine = make_room(package->spine, package->spine_count, &package->spine_capacity, sizeof *package->spine);
    if (!spine) {
        reader->failed = true;
        return;
    }
    package->spine = spine;
    package->spine[package->spine_count++] = package->items[i].path;
}

static size_t position(const struct reader *reader) {
    long at = xmlByteConsumed(reader->parser);
    return at < 0 ? reader->locator.done : (size_t)at;
}

static void start_element(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                          int namespace_count, const xmlChar **namespaces, int count, int defaulted,
                          const xmlChar **list) {
    struct reader *reader = user;
    struct nashra_package *package = reader->package;
    const char *name = (const char *)local;
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted;
    const struct {
        const char *name;
        struct nashra_tracked *text;
    } rows[] = {{"title", &package->title},
                {"creator", &package->creator},
                {"language", &package->language},
                {"date", &package->date}};
    if (strcmp(name, "package") == 0)
        package->is_package = true;
    else if (strcmp(name, "item") == 0)
        add_item(reader, list, count);
    else if (strcmp(name, "itemref") == 0)
        add_to_spine(reader, list, count);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (strcmp(name, rows[i].name) == 0 && rows[i].text->text.length == 0)
            reader->text = rows[i].text;
    size_t at = position(reader);
    if (at > reader->locator.done && at <= reader->locator.source->text.length)
        reader->locator.done = at;
}

static void end_element(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    struct reader *reader = user;
    (void)local, (void)prefix, (void)uri;
    reader->text = NULL;
}

static void characters(void *user, const xmlChar *bytes, int length) {
    struct reader *reader = user;
    if (reader->text)
        nashra_locate_text(&reader->locator, position(reader), (const char *)bytes, (size_t)length, reader->text);
}

static void find_rootfile(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                          int namespace_count, const xmlChar **namespaces, int count, int defaulted,
                          const xmlChar **list) {
    struct reader *reader = user;
    (void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted;
    if (strcmp((const char *)local, "rootfile") == 0 && !reader->found)
        reader->found = attribute(reader, list, count, "full-path");
}

static void ignore(void *user, xmlErrorPtr error) {
    (void)user, (void)error;
}

static int parse(struct reader *reader, const char *xml, size_t length, startElementNsSAX2Func start) {
    const char *excess = NULL;
    length = nashra_scan_tags(xml, length, &excess);
    if (length == 0)
        return 0;
    xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(xml, (int)length);
    if (!parser)
        return NASHRA_ENOMEM;
    reader->parser = parser;
    xmlCtxtUseOptions(parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    memset(parser->sax, 0, sizeof *parser->sax);
    parser->sax->initialized = XML_SAX2_MAGIC;
    parser->sax->startElementNs = start;
    parser->sax->endElementNs = end_element;
    parser->sax->characters = characters;
    parser->sax->serror = ignore;
    parser->userData = reader;
    parser->charset = XML_CHAR_ENCODING_UTF8;
    xmlParseDocument(parser);
    bool failed = reader->failed || parser->errNo == XML_ERR_NO_MEMORY;
    xmlFreeDoc(parser->myDoc); /* made for the declarations of entities, which nobody asked for */
    xmlFreeParserCtxt(parser);
    return failed ? NASHRA_ENOMEM : 0;
}

int nashra_package_find(const char *xml, size_t length, struct nashra_arena *arena, char **path) {
    struct reader reader = {.arena = arena};
    int status = parse(&reader, xml, length, find_rootfile);
    *path = reader.found;
    return status;
}

int nashra_package_init(struct nashra_package *package, const struct nashra_tracked *source, const char *path,
                        const char *name) {
    *package = (struct nashra_package){.arena = nashra_arena_create()};
    struct reader reader = {.package = package, .locator = {source, 0}, .path = path, .arena = package->arena};
    int status = package->arena ? parse(&reader, source->text.data, source->text.length, start_element) : NASHRA_ENOMEM;
    if (status)
        status = nashra_fail(status, "%s: out of memory for the book", name);
    else if (!package->is_package || package->spine_count == 0)
        status = nashra_fail(NASHRA_EDATA, "%s: %s: no reading order in the package document", name, path);
    if (status)
        nashra_package_finish(package);
    return status;
}

void nashra_package_finish(struct nashra_package *package) {
    nashra_tracked_finish(&package->title);
    nashra_tracked_finish(&package->creator);
    nashra_tracked_finish(&package->language);
    nashra_tracked_finish(&package->date);
    nashra_free(package->items);
    nashra_free(package->spine);
    nashra_arena_destroy(package->arena);
    *package = (struct nashra_package){0};
}
