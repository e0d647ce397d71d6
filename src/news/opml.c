/* SPDX-License-Identifier: GPL-3.0-or-later */
/* OPML 1.0 to 2.0 (opml.org): outlines within outlines; those with an xmlUrl are feeds. */
#include "opml.h"

#include <libxml/parser.h>
#include <libxml/xmlreader.h>
#include <string.h>

#include "child.h"
#include "page.h"

enum { PARSER_MS = 5000, ANSWER_MOST = 4 * 1024 * 1024 };

/* Attributes come in any case of letters. */
static char *attribute(xmlTextReaderPtr reader, const char *name) {
    char *found = NULL;
    while (!found && xmlTextReaderMoveToNextAttribute(reader) == 1)
        if (xmlStrcasecmp(xmlTextReaderConstLocalName(reader), (const xmlChar *)name) == 0)
            found = (char *)xmlTextReaderValue(reader);
    xmlTextReaderMoveToElement(reader);
    return found;
}

static void add_word(struct nashra_buffer *lines, const char *text, bool blanks) {
    text += strspn(text, " \t\r\n");
    for (; *text; text++) {
        const bool is_blank = (unsigned char)*text <= ' ';
        if (is_blank && !blanks)
            break;
        nashra_buffer_add(lines, is_blank ? " " : text, 1);
    }
}

static void add_outline(xmlTextReaderPtr reader, struct nashra_buffer *lines) {
    char *url = attribute(reader, "xmlUrl");
    if (!url)
        return;
    char *title = attribute(reader, "title");
    if (!title)
        title = attribute(reader, "text");
    add_word(lines, url, false);
    nashra_buffer_add_string(lines, "\t");
    if (title && strcmp(title, url) != 0)
        add_word(lines, title, true);
    nashra_buffer_add_string(lines, "\n");
    xmlFree(title);
    xmlFree(url);
}

static void keep_quiet(void *user, xmlErrorPtr error) {
    (void)user;
    (void)error;
}

int nashra_opml_parse(const char *bytes, size_t length, const char *name, struct nashra_buffer *lines) {
    xmlTextReaderPtr reader =
        length <= INT32_MAX ? xmlReaderForMemory(bytes, (int)length, NULL, NULL, XML_PARSE_NONET) : NULL;
    int more = reader ? 1 : -1;
    xmlSetStructuredErrorFunc(NULL, keep_quiet); /* an encoding's trouble goes past the reader's */
    if (reader)
        xmlTextReaderSetStructuredErrorHandler(reader, keep_quiet, NULL);
    while (more == 1 && (more = xmlTextReaderRead(reader)) == 1)
        if (xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT &&
            xmlStrcasecmp(xmlTextReaderConstLocalName(reader), (const xmlChar *)"outline") == 0)
            add_outline(reader, lines);
    const int line = reader ? xmlTextReaderGetParserLineNumber(reader) : 0;
    xmlFreeTextReader(reader);
    if (lines->failed)
        return NASHRA_ENOMEM;
    return more < 0 ? nashra_fail(NASHRA_EDATA, "%s:%d: is no proper OPML", name, line) : NASHRA_OK;
}

/* In the cage ----------------------------------------------------------------------------------------------------- */

struct list {
    const char *bytes;
    size_t length;
    const char *name;
};

static int parse(void *user, struct nashra_buffer *payload) {
    const struct list *list = user;
    const int status = nashra_page_enter_cage();
    return status < 0 ? status : nashra_opml_parse(list->bytes, list->length, list->name, payload);
}

int nashra_opml_lines(const char *bytes, size_t length, const char *name, struct nashra_buffer *lines) {
    struct list list = {bytes, length, name};
    struct nashra_answer answer;
    const struct nashra_child child = {name, PARSER_MS, ANSWER_MOST, NULL};
    int status = nashra_child_call(&child, parse, &list, &answer);
    if (status >= 0 && !nashra_page_is_plain(answer.payload, answer.length))
        status = nashra_fail(NASHRA_EDATA, "%s: holds what is no text", name);
    if (status >= 0)
        status = nashra_buffer_add(lines, answer.payload, answer.length);
    nashra_answer_finish(&answer);
    return status;
}
