/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is it a feed? A page may name one: <link rel="alternate" type="application/rss+xml" href="…">. Parsed in a cage. */
#include <nashra/news.h>

#include <libxml/HTMLparser.h>
#include <string.h>

#include "entries.h"
#include "link.h"
#include "page.h"
#include "parcel.h"

enum { PARSER_MS = 5000, ANSWER_MOST = 64 * 1024, DEPTH_MOST = 200, FEED_BYTES = 8 * 1024 * 1024 };

struct source {
    const char *bytes;
    size_t length;
};

/* In the cage ----------------------------------------------------------------------------------------------------- */

static bool has(xmlNodePtr node, const char *name, const char *part) {
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    const bool found = value && xmlStrcasestr(value, (const xmlChar *)part);
    xmlFree(value);
    return found;
}

static bool names_feed(xmlNodePtr node) {
    return has(node, "rel", "alternate") &&
           (has(node, "type", "application/rss") || has(node, "type", "application/atom") ||
            has(node, "type", "application/feed+json"));
}

/* The first one in the document's order: it is the site's main feed by custom. */
static xmlChar *find_link(xmlNodePtr node, int depth) {
    xmlChar *found = NULL;
    for (; node && !found && depth < DEPTH_MOST; node = node->next) {
        if (node->type != XML_ELEMENT_NODE)
            continue;
        if (xmlStrcasecmp(node->name, (const xmlChar *)"link") == 0 && names_feed(node))
            found = xmlGetProp(node, (const xmlChar *)"href");
        else
            found = find_link(node->children, depth + 1);
    }
    return found;
}

static int discover(void *user, struct nashra_buffer *payload) {
    const struct source *source = user;
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET;
    const int status = nashra_page_enter_cage();
    if (status < 0)
        return status;
    htmlDocPtr page = htmlReadMemory(source->bytes, (int)source->length, NULL, NULL, options);
    xmlChar *link = page ? find_link(xmlDocGetRootElement(page), 0) : NULL;
    nashra_parcel_put_string(payload, (const char *)link);
    xmlFree(link);
    xmlFreeDoc(page);
    return NASHRA_OK;
}

/* Outside --------------------------------------------------------------------------------------------------------- */

/* Replaces `found` by the feed that the page names. */
static int find_feed(const struct nashra_fetch_response *page, struct nashra_buffer *found) {
    struct source source = {page->bytes, page->length};
    struct nashra_answer answer;
    const struct nashra_child child = {page->url, PARSER_MS, ANSWER_MOST, NULL};
    int status = nashra_child_call(&child, discover, &source, &answer);
    struct nashra_parcel parcel = {answer.payload, answer.length, false};
    const char *link = status < 0 ? "" : nashra_parcel_string(&parcel, NULL);
    nashra_buffer_clear(found);
    if (status >= 0 && (!*link || !nashra_link_resolve(page->url, link, found)))
        status = nashra_fail(NASHRA_EDATA, "%s: is no feed, and names none", page->url);
    nashra_answer_finish(&answer);
    return status;
}

static int read_feed(const struct nashra_fetch_response *response, struct nashra_buffer *title, size_t *count) {
    struct nashra_entries entries;
    const int status = nashra_entries_parse(response->bytes, response->length, response->url, &entries);
    if (status < 0)
        return status;
    nashra_buffer_add_string(title, entries.title);
    *count = entries.count;
    nashra_entries_finish(&entries);
    return title->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

static int fetch(const char *url, bool allow_http, bool refuse_inside, struct nashra_fetch_response *response) {
    const struct nashra_fetch_request request = {
        .url = url, .most_bytes = FEED_BYTES, .allow_http = allow_http, .refuse_inside = refuse_inside};
    return nashra_fetch(&request, response);
}

int nashra_feed_check(const char *url, bool allow_http, struct nashra_buffer *found, struct nashra_buffer *title,
                      size_t *entries) {
    struct nashra_fetch_response response;
    int status = fetch(url, allow_http, false, &response);
    nashra_buffer_clear(found);
    nashra_buffer_add_format(found, "%s%s", nashra_is_url(url) ? "" : "https://", url);
    if (status >= 0 && !nashra_feed_recognise(response.bytes, response.length)) {
        const bool inside = response.inside;
        status = find_feed(&response, found);
        nashra_fetch_finish(&response);
        if (status >= 0)
            status = fetch(found->data, allow_http, !inside, &response);
    }
    if (status >= 0)
        status = read_feed(&response, title, entries);
    nashra_fetch_finish(&response);
    return status;
}
