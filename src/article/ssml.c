/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libxml2's events. It gets no network and no DTD; entities beyond XML's own five are refused, and its own limits on
 * depth and size hold. */
#include "ssml.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include "ssml_reader.h"

enum { LONGEST_ENTITY = 40, MOST_WARNINGS = 100 };

static const char BOM[] = "\xEF\xBB\xBF";

void nashra_ssml_warn(struct nashra_ssml_reader *reader, const char *format, ...) {
    char message[400];
    va_list list;
    if (reader->warnings++ >= MOST_WARNINGS)
        return;
    va_start(list, format);
    vsnprintf(message, sizeof message, format, list);
    va_end(list);
    nashra_log(NASHRA_LOG_WARNING, "%s:%zu: %s", reader->name, reader->line, message);
    if (reader->warnings == MOST_WARNINGS)
        nashra_log(NASHRA_LOG_WARNING, "%s: more warnings are left out", reader->name);
}

static struct nashra_ssml_reader *reader_of(void *context) {
    return ((xmlParserCtxtPtr)context)->_private;
}

/* Takes in where the parser stands. False when reading has ended already. */
static bool take_place(void *context) {
    xmlParserCtxtPtr parser = context;
    struct nashra_ssml_reader *reader = parser->_private;
    long at = xmlByteConsumed(parser);
    if (reader->status < 0)
        return false;
    reader->offset = reader->base + (at > 0 ? (size_t)at : 0);
    reader->line = parser->input && parser->input->line > 0 ? (size_t)parser->input->line : 1;
    return true;
}

static void leave_place(void *context) {
    struct nashra_ssml_reader *reader = reader_of(context);
    reader->last = reader->offset;
    if (reader->status < 0)
        xmlStopParser(context);
}

/* libxml2 leaves an ampersand as a reference where it isn't to replace entities; and it isn't, since then it would
 * follow a DTD's to files. */
static void read_ampersands(char *value) {
    static const char reference[] = "&#38;";
    for (char *at = value; (at = strstr(at, reference)) != NULL; at++)
        memmove(at + 1, at + sizeof reference - 1, strlen(at + sizeof reference - 1) + 1);
}

/* libxml2 gives name, prefix, namespace, begin and end of each. */
static void read_attributes(int count, const xmlChar **list, struct nashra_ssml_attributes *attributes) {
    attributes->count = 0;
    for (int i = 0; i < count && attributes->count < sizeof attributes->items / sizeof *attributes->items; i++) {
        const xmlChar **one = list + (size_t)i * 5;
        struct nashra_ssml_attribute *attribute = &attributes->items[attributes->count];
        size_t length = (size_t)(one[4] - one[3]);
        if (length >= sizeof attribute->value) /* at a character's start */
            for (length = sizeof attribute->value - 1; length > 0 && (one[3][length] & 0xC0) == 0x80;)
                length--;
        memcpy(attribute->value, one[3], length);
        attribute->value[length] = '\0';
        read_ampersands(attribute->value);
        attribute->name = (const char *)one[0];
        attributes->count++;
    }
}

static void start_element(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                          int namespace_count, const xmlChar **namespaces, int attribute_count, int default_count,
                          const xmlChar **list) {
    struct nashra_ssml_attributes attributes;
    (void)prefix;
    (void)uri;
    (void)namespace_count;
    (void)namespaces;
    (void)default_count;
    if (!take_place(context))
        return;
    read_attributes(attribute_count, list, &attributes);
    nashra_ssml_start(reader_of(context), (const char *)name, &attributes);
    leave_place(context);
}

static void end_element(void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    (void)name;
    (void)prefix;
    (void)uri;
    if (!take_place(context))
        return;
    nashra_ssml_end(reader_of(context));
    leave_place(context);
}

static void characters(void *context, const xmlChar *text, int length) {
    if (!take_place(context))
        return;
    /* Sometimes the parser has moved behind the text already, sometimes it stands before it. */
    if (text == ((xmlParserCtxtPtr)context)->input->cur)
        reader_of(context)->offset += (size_t)length;
    nashra_ssml_text(reader_of(context), (const char *)text, (size_t)length);
    leave_place(context);
}

static xmlEntityPtr get_entity(void *context, const xmlChar *name) {
    (void)context;
    return xmlGetPredefinedEntity(name);
}

static void reference(void *context, const xmlChar *name) {
    if (!take_place(context))
        return;
    nashra_ssml_warn(reader_of(context), "the entity &%.*s; is not known: it is left out", LONGEST_ENTITY,
                     (const char *)name);
    leave_place(context);
}

/* Entities of a document's own can grow without end, and reach for files. */
static void refuse_entity(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                          const xmlChar *system_id, xmlChar *content) {
    (void)type, (void)public_id, (void)system_id, (void)content;
    if (!take_place(context))
        return;
    struct nashra_ssml_reader *reader = reader_of(context);
    reader->status =
        nashra_fail(NASHRA_EDATA, "%s:%zu: declares the entity %.*s: SSML with entities of its own is not read",
                    reader->name, reader->line, LONGEST_ENTITY, (const char *)name);
    xmlStopParser(context);
}

/* What follows the first error is its echo. */
static void report(void *context, xmlErrorPtr error) {
    struct nashra_ssml_reader *reader = reader_of(context);
    const char *message = error->message ? error->message : "not well-formed";
    if (error->level < XML_ERR_ERROR || reader->status < 0)
        return;
    if (error->code == XML_ERR_NO_MEMORY)
        reader->status = nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the markup", reader->name);
    else
        reader->status = nashra_fail(NASHRA_EDATA, "%s:%d: not well-formed SSML: %.*s", reader->name, error->line,
                                     (int)strcspn(message, "\n"), message);
}

static void set_handlers(xmlSAXHandlerPtr handlers) {
    memset(handlers, 0, sizeof *handlers);
    handlers->initialized = XML_SAX2_MAGIC;
    handlers->startElementNs = start_element;
    handlers->endElementNs = end_element;
    handlers->characters = characters;
    handlers->ignorableWhitespace = characters;
    handlers->cdataBlock = characters;
    handlers->getEntity = get_entity;
    handlers->entityDecl = refuse_entity;
    handlers->reference = reference;
    handlers->serror = report;
}

static int parse(struct nashra_ssml_reader *reader, xmlParserCtxtPtr parser) {
    set_handlers(parser->sax);
    parser->_private = reader;
    xmlDocPtr document = xmlCtxtReadMemory(parser, reader->source + reader->base, (int)(reader->length - reader->base),
                                           NULL, NULL, XML_PARSE_NONET | XML_PARSE_BIG_LINES | XML_PARSE_IGNORE_ENC);
    xmlFreeDoc(document);
    if (reader->status == NASHRA_OK && parser->errNo == XML_ERR_NO_MEMORY)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the markup", reader->name);
    if (reader->status == NASHRA_OK && !parser->wellFormed)
        return nashra_fail(NASHRA_EDATA, "%s: not well-formed SSML", reader->name);
    return reader->status;
}

static int read_with(struct nashra_ssml_reader *reader) {
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (!parser)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the markup", reader->name);
    int status = parse(reader, parser);
    xmlFreeParserCtxt(parser);
    return status;
}

static int read_all(struct nashra_ssml *ssml, const char *text, size_t length, const char *name) {
    struct nashra_ssml_names *names = NULL;
    struct nashra_ssml_reader *reader = nashra_alloc_zeroed(1, sizeof *reader);
    int status = reader ? nashra_ssml_names_create(&names) : NASHRA_ENOMEM;
    if (status == NASHRA_OK) {
        reader->ssml = ssml;
        reader->names = names;
        reader->name = name;
        reader->source = text;
        reader->length = length;
        reader->base = length >= 3 && memcmp(text, BOM, 3) == 0 ? 3 : 0;
        status = read_with(reader);
    }
    nashra_ssml_names_destroy(names);
    nashra_free(reader);
    return status;
}

int nashra_ssml_read(const char *text, size_t length, const char *name, struct nashra_ssml **out) {
    struct nashra_ssml *ssml = nashra_alloc_zeroed(1, sizeof *ssml);
    *out = NULL;
    if (!ssml)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory", name);
    ssml->arena = nashra_arena_create();
    int status = ssml->arena ? read_all(ssml, text, length, name) : NASHRA_ENOMEM;
    if (status < 0) {
        nashra_ssml_destroy(ssml);
        return status;
    }
    *out = ssml;
    return NASHRA_OK;
}

void nashra_ssml_destroy(struct nashra_ssml *ssml) {
    if (!ssml)
        return;
    nashra_markup_finish(&ssml->markup);
    nashra_free(ssml->delivery.prosody);
    nashra_free(ssml->delivery.hints);
    nashra_free(ssml->delivery.phonemes);
    nashra_free(ssml->delivery.points);
    nashra_arena_destroy(ssml->arena);
    nashra_free(ssml);
}

/* ---- telling SSML from text ---- */

struct scan {
    const char *at, *end;
};

static bool starts(const struct scan *scan, const char *what) {
    size_t length = strlen(what);
    return (size_t)(scan->end - scan->at) >= length && memcmp(scan->at, what, length) == 0;
}

/* Skips to behind `what`; to the end when it never comes. */
static void skip_past(struct scan *scan, const char *what) {
    while (scan->at < scan->end && !starts(scan, what))
        scan->at++;
    scan->at += scan->at < scan->end ? strlen(what) : 0;
}

static void skip_doctype(struct scan *scan) {
    while (scan->at < scan->end && *scan->at != '>' && *scan->at != '[')
        scan->at++;
    if (starts(scan, "["))
        skip_past(scan, "]");
    skip_past(scan, ">");
}

static bool skip_prolog(struct scan *scan) {
    while (scan->at < scan->end && strchr(" \t\r\n", *scan->at) && *scan->at)
        scan->at++;
    if (starts(scan, "<?"))
        skip_past(scan, "?>");
    else if (starts(scan, "<!--"))
        skip_past(scan, "-->");
    else if (starts(scan, "<!DOCTYPE"))
        skip_doctype(scan);
    else
        return false;
    return scan->at < scan->end;
}

int nashra_article_is_ssml(const void *bytes, size_t length) {
    struct scan scan = {bytes, (const char *)bytes + length};
    if (starts(&scan, BOM))
        scan.at += 3;
    while (skip_prolog(&scan))
        ;
    if (scan.at == scan.end || *scan.at != '<')
        return 0;
    const char *name = ++scan.at;
    while (scan.at < scan.end && !strchr(" \t\r\n/>", *scan.at))
        if (*scan.at++ == ':')
            name = scan.at;
    return scan.at < scan.end && *scan.at && scan.at - name == 5 && memcmp(name, "speak", 5) == 0;
}
