/* SPDX-License-Identifier: GPL-3.0-or-later */
/* RSS 0.9x, 1.0, 2.0 and Atom through libxml2's SAX parser, which gets no network and no DTD; entities are those of
 * HTML, for feeds use them, and no others. */
#include "feed.h"

#include <stdio.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <libxml/parserInternals.h>

#include <nashra/ascii.h>

#include "../locate.h"
#include "../web/scan.h"

enum { MOST_MISTAKES = 20000 };

struct reader {
    struct nashra_feed *feed;
    struct nashra_locator locator;
    xmlParserCtxtPtr parser;
    struct nashra_feed_item *item; /* the feed's head, or the entry that is being read */
    struct nashra_tracked *text;   /* the field that is being read */
    int depth;
    int item_depth;
    int text_depth;
    int foreign_depth; /* inside an element whose own titles and links are not the entry's; 0 for none */
    size_t markup;     /* Atom's xhtml: where it begins in the source; 0 for none */
    bool is_feed;
    int errors;   /* told of */
    int mistakes; /* of all kinds */
};

/* What an element is. `prefixes`: those that it may have, "" for none. A longer text replaces a shorter one when the
 * field is HTML; of all others the first counts. */
static const struct rule {
    const char *name;
    const char *prefixes;
    enum nashra_feed_field field;
} rules[] = {
    {"title", " rss atom dc ", NASHRA_FIELD_TITLE},
    {"link", " rss atom ", NASHRA_FIELD_LINK},
    {"guid", " rss ", NASHRA_FIELD_GUID},
    {"id", " atom ", NASHRA_FIELD_GUID},
    {"author", " rss atom ", NASHRA_FIELD_AUTHOR},
    {"creator", " dc ", NASHRA_FIELD_AUTHOR},
    {"category", " rss atom ", NASHRA_FIELD_SECTION},
    {"subject", " dc ", NASHRA_FIELD_SECTION},
    {"description", " rss dc ", NASHRA_FIELD_SUMMARY},
    {"summary", " atom ", NASHRA_FIELD_SUMMARY},
    {"subtitle", " atom ", NASHRA_FIELD_SUMMARY},
    {"tagline", " atom ", NASHRA_FIELD_SUMMARY},
    {"encoded", " content ", NASHRA_FIELD_CONTENT},
    {"content", " atom rss ", NASHRA_FIELD_CONTENT},
    {"fulltext", " rss ", NASHRA_FIELD_CONTENT},
    {"body", " xhtml ", NASHRA_FIELD_CONTENT},
    {"language", " rss dc ", NASHRA_FIELD_LANGUAGE},
    {"pubDate", " rss ", NASHRA_FIELD_PUBLISHED},
    {"published", " atom ", NASHRA_FIELD_PUBLISHED},
    {"issued", " atom dcterms ", NASHRA_FIELD_PUBLISHED},
    {"date", " dc ", NASHRA_FIELD_PUBLISHED},
    {"created", " atom dcterms ", NASHRA_FIELD_PUBLISHED},
    {"updated", " atom ", NASHRA_FIELD_UPDATED},
    {"modified", " atom dcterms ", NASHRA_FIELD_UPDATED},
    {"lastBuildDate", " rss ", NASHRA_FIELD_UPDATED},
    {"ttl", " rss ", NASHRA_FIELD_TTL},
    {"updatePeriod", " sy ", NASHRA_FIELD_TTL},
};

/* A vocabulary by its address, or by the prefix that everyone uses for it where a feed forgot to declare it. */
static const char *vocabulary(const char *prefix, const char *uri) {
    static const char *const known[][2] = {
        {"http://www.w3.org/2005/Atom", "atom"},
        {"http://purl.org/atom/ns#", "atom"},
        {"http://purl.org/dc/elements/1.1/", "dc"},
        {"http://purl.org/dc/terms/", "dcterms"},
        {"http://purl.org/rss/1.0/modules/content/", "content"},
        {"http://www.w3.org/1999/xhtml", "xhtml"},
        {"http://purl.org/rss/1.0/modules/syndication/", "sy"},
        {"http://purl.org/rss/1.0/", "rss"},
        {"http://my.netscape.com/rdf/simple/0.9/", "rss"},
        {"http://backend.userland.com/", "rss"},
        {"http://cyber.law.harvard.edu/rss", "rss"},
    };
    for (size_t i = 0; uri && i < sizeof known / sizeof *known; i++)
        if (strncmp(uri, known[i][0], strlen(known[i][0])) == 0)
            return known[i][1];
    if (uri && prefix)
        return "other";
    return prefix ? prefix : "rss";
}

static bool is_listed(const char *list, const char *word) {
    char padded[40];
    snprintf(padded, sizeof padded, " %.30s ", word);
    return strstr(list, padded) != NULL;
}

static const struct rule *find_rule(const char *name, const char *words) {
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (nashra_ascii_same(rules[i].name, name) && is_listed(rules[i].prefixes, words))
            return &rules[i];
    return NULL;
}

static size_t position(const struct reader *reader) {
    long at = xmlByteConsumed(reader->parser);
    size_t length = reader->locator.source->text.length;
    return at < 0 ? reader->locator.done : (size_t)at < length ? (size_t)at : length;
}

/* SAX2 gives five strings an attribute: name, prefix, namespace, value's begin and end. One that is too long is cut at
 * a character. */
static bool get_attribute(const xmlChar **attributes, int count, const char *name, char *out, size_t room) {
    for (int i = 0; i < count; i++, attributes += 5) {
        size_t length = (size_t)(attributes[4] - attributes[3]);
        if (strcmp((const char *)attributes[0], name) != 0)
            continue;
        if (length >= room)
            for (length = room - 1; length > 0 && (attributes[3][length] & 0xC0) == 0x80;)
                length--;
        memcpy(out, attributes[3], length);
        out[length] = '\0';
        return true;
    }
    return false;
}

static void set_plain(struct nashra_tracked *field, const struct reader *reader, const char *value) {
    nashra_tracked_clear(field);
    nashra_locate_attribute(&reader->locator, position(reader), "href", value, field);
}

/* <link rel="alternate" href="…"/>, Atom's; a feed may have its own and others beside. */
static void read_atom_link(struct reader *reader, const xmlChar **attributes, int count) {
    char rel[32] = "alternate", href[2048];
    struct nashra_tracked *link = &reader->item->fields[NASHRA_FIELD_LINK];
    get_attribute(attributes, count, "rel", rel, sizeof rel);
    if (!get_attribute(attributes, count, "href", href, sizeof href))
        return;
    if (strcmp(rel, "self") == 0 && reader->item == &reader->feed->head)
        set_plain(&reader->item->fields[NASHRA_FIELD_SELF], reader, href);
    else if (strcmp(rel, "alternate") == 0 && link->text.length == 0)
        set_plain(link, reader, href);
}

static bool begins_item(struct reader *reader, const char *name) {
    return reader->item == &reader->feed->head && (nashra_ascii_same(name, "item") || nashra_ascii_same(name, "entry"));
}

static bool is_one_of(const char *name, const char *const *names) {
    while (*names && !nashra_ascii_same(*names, name))
        names++;
    return *names != NULL;
}

/* These have titles and links of their own. */
static bool is_foreign(const char *name) {
    return is_one_of(name, (const char *const[]){"image", "textinput", "source", "skipHours", NULL});
}

static void begin_item(struct reader *reader) {
    reader->item = nashra_feed_begin_item(reader->feed);
    reader->item_depth = reader->depth;
    if (!reader->item) {
        reader->item = &reader->feed->head;
        reader->item_depth = 0;
        xmlStopParser(reader->parser);
    }
}

static void begin_field(struct reader *reader, const struct rule *rule, const xmlChar **attributes, int count) {
    struct nashra_tracked *field = &reader->item->fields[rule->field];
    char value[256] = "";
    if (rule->field == NASHRA_FIELD_SECTION && get_attribute(attributes, count, "term", value, sizeof value) &&
        field->text.length == 0) {
        nashra_locate_attribute(&reader->locator, position(reader), "term", value, field);
        return;
    }
    if (field->text.length > 0 && rule->field != NASHRA_FIELD_CONTENT && rule->field != NASHRA_FIELD_SUMMARY)
        return;
    nashra_tracked_clear(field);
    reader->text = field;
    reader->text_depth = reader->depth;
    reader->markup = 0;
    get_attribute(attributes, count, "type", value, sizeof value);
    size_t at = position(reader);
    /* A damaged tag may end without its bracket. */
    bool is_closed = at < reader->locator.source->text.length && reader->locator.source->text.data[at] == '>';
    if (strcmp(value, "xhtml") == 0 || strcmp(value, "application/xhtml+xml") == 0 ||
        nashra_ascii_same(rule->name, "body"))
        reader->markup = at + is_closed;
    reader->item->is_plain[rule->field] = strcmp(value, "text") == 0;
}

static void recognise(struct reader *reader, const char *name, const xmlChar **attributes, int count) {
    char language[64] = "";
    reader->is_feed = is_one_of(name, (const char *const[]){"rss", "RDF", "feed", "channel", NULL});
    reader->feed->info.format = nashra_ascii_same(name, "feed") ? NASHRA_FEED_ATOM : NASHRA_FEED_RSS;
    if (!reader->is_feed)
        xmlStopParser(reader->parser);
    else if (get_attribute(attributes, count, "lang", language, sizeof language))
        nashra_locate_attribute(&reader->locator, position(reader), "xml:lang", language,
                                &reader->feed->head.fields[NASHRA_FIELD_LANGUAGE]);
}

static void start_element(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                          int namespace_count, const xmlChar **namespaces, int count, int defaulted,
                          const xmlChar **attributes) {
    struct reader *reader = user;
    const char *name = (const char *)local;
    (void)namespace_count, (void)namespaces, (void)defaulted;
    if (++reader->depth == 1)
        recognise(reader, name, attributes, count);
    /* An author has a name, and beside it what nobody wants to hear. */
    if (reader->text && !reader->foreign_depth && (strcmp(name, "uri") == 0 || strcmp(name, "email") == 0))
        reader->foreign_depth = reader->depth;
    if (reader->text || reader->foreign_depth)
        return;
    const char *words = vocabulary((const char *)prefix, (const char *)uri);
    const struct rule *rule = find_rule(name, words);
    if (begins_item(reader, name))
        begin_item(reader);
    else if (is_foreign(name))
        reader->foreign_depth = reader->depth;
    else if (rule && rule->field == NASHRA_FIELD_LINK && strcmp(words, "atom") == 0)
        read_atom_link(reader, attributes, count);
    else if (rule)
        begin_field(reader, rule, attributes, count);
    size_t at = position(reader);
    if (at > reader->locator.done)
        reader->locator.done = at;
}

/* The markup as it stands in the source, from behind the start tag to before the end tag that was just read. */
static void take_markup(struct reader *reader) {
    const char *text = reader->locator.source->text.data;
    size_t end = position(reader);
    while (end > reader->markup && text[end - 1] != '<')
        end--;
    nashra_tracked_clear(reader->text);
    if (end > reader->markup)
        nashra_tracked_copy(reader->text, reader->locator.source, (struct nashra_span){reader->markup, end - 1});
}

static void end_element(void *user, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    struct reader *reader = user;
    (void)local, (void)prefix, (void)uri;
    if (reader->text && reader->depth == reader->text_depth) {
        if (reader->markup)
            take_markup(reader);
        reader->text = NULL;
    }
    if (reader->depth == reader->foreign_depth)
        reader->foreign_depth = 0;
    if (reader->item_depth && reader->depth == reader->item_depth) {
        nashra_feed_end_item(reader->feed);
        reader->item = &reader->feed->head;
        reader->item_depth = 0;
    }
    reader->depth--;
}

static void characters(void *user, const xmlChar *bytes, int length) {
    struct reader *reader = user;
    if (reader->text && !reader->markup && !reader->foreign_depth && length > 0)
        nashra_locate_text(&reader->locator, position(reader), (const char *)bytes, (size_t)length, reader->text);
}

/* Asked for an entity that XML itself hasn't got. One of HTML's becomes text at once; NULL says that it isn't known,
 * and nothing is ever expanded. */
static xmlEntityPtr get_entity(void *user, const xmlChar *name) {
    struct reader *reader = user;
    const htmlEntityDesc *entity = htmlEntityLookup(name);
    struct nashra_buffer character = {0};
    if (!entity || reader->parser->instate == XML_PARSER_ATTRIBUTE_VALUE)
        return NULL;
    nashra_buffer_add_codepoint(&character, entity->value);
    characters(user, (const xmlChar *)nashra_buffer_string(&character), (int)character.length);
    nashra_buffer_finish(&character);
    return NULL;
}

/* "Oil & Gas", "?a=1&b=2": the parser drops what isn't a reference. */
static void keep_ampersand(struct reader *reader) {
    const char *text = reader->locator.source->text.data;
    size_t at = position(reader), from = at;
    while (from > reader->locator.done && text[from - 1] != '&')
        from--;
    if (from-- == reader->locator.done || !reader->text || reader->markup || reader->foreign_depth ||
        reader->parser->instate == XML_PARSER_ATTRIBUTE_VALUE)
        return;
    nashra_tracked_copy(reader->text, reader->locator.source, (struct nashra_span){from, at});
    reader->locator.done = at;
}

static void report(void *user, xmlErrorPtr error) {
    struct reader *reader = user;
    if (error->code == XML_ERR_NAME_REQUIRED || error->code == XML_ERR_ENTITYREF_SEMICOL_MISSING)
        keep_ampersand(reader);
    size_t length = error->message ? strcspn(error->message, "\n") : 0;
    /* Each mistake costs libxml2 much more than the byte that it takes. */
    if (error->level >= XML_ERR_ERROR && ++reader->mistakes == MOST_MISTAKES) {
        nashra_log(NASHRA_LOG_WARNING, "%s:%d: too malformed: the rest is left out", reader->feed->name, error->line);
        xmlStopParser(reader->parser);
    }
    if (error->code == XML_ERR_USER_STOP || error->level < XML_ERR_ERROR)
        return;
    if (error->code == XML_ERR_UNDECLARED_ENTITY && error->str1 && htmlEntityLookup((const xmlChar *)error->str1))
        return;
    /* What follows the first error of a broken file is its echo. */
    if (reader->is_feed && reader->errors++ == 0)
        nashra_log(NASHRA_LOG_WARNING, "%s:%d: %.*s: malformed, it is read as far as possible", reader->feed->name,
                   error->line, (int)length, error->message ? error->message : "");
}

static void set_handlers(xmlSAXHandler *sax) {
    memset(sax, 0, sizeof *sax);
    sax->initialized = XML_SAX2_MAGIC;
    sax->startElementNs = start_element;
    sax->endElementNs = end_element;
    sax->characters = characters;
    sax->ignorableWhitespace = characters;
    sax->cdataBlock = characters;
    sax->getEntity = get_entity;
    sax->serror = report;
}

int nashra_feed_read_xml(struct nashra_feed *feed, const struct nashra_tracked *source) {
    struct reader reader = {.feed = feed, .locator = {source, 0}, .item = &feed->head};
    const char *excess = NULL;
    size_t length = nashra_scan_tags(source->text.data, source->text.length, &excess);
    if (length == 0)
        return nashra_fail(NASHRA_EDATA, "%s: no feed: %s", feed->name, excess ? excess : "it is empty");
    xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(source->text.data, (int)length);
    if (excess)
        nashra_log(NASHRA_LOG_WARNING, "%s: %s: the rest of the feed is left out", feed->name, excess);
    if (!parser)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the feed", feed->name);
    reader.parser = parser;
    xmlCtxtUseOptions(parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_BIG_LINES);
    set_handlers(parser->sax);
    parser->userData = &reader;
    parser->charset = XML_CHAR_ENCODING_UTF8;
    xmlParseDocument(parser);
    bool is_out_of_memory = parser->errNo == XML_ERR_NO_MEMORY;
    if (reader.item != &feed->head) /* cut off in the middle of it */
        nashra_feed_end_item(feed);
    xmlFreeDoc(parser->myDoc); /* made for the declarations of entities, which nobody asked for */
    xmlFreeParserCtxt(parser);
    if (is_out_of_memory)
        return nashra_fail(NASHRA_ENOMEM, "%s: out of memory for the feed", feed->name);
    return reader.is_feed ? 0 : nashra_fail(NASHRA_EDATA, "%s: no feed: its root is not rss, RDF or feed", feed->name);
}
