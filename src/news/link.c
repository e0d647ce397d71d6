/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "link.h"

#include <libxml/uri.h>
#include <stdio.h>
#include <string.h>

#include <nashra/ascii.h>

/* People and feeds write Arabic letters and blanks into links: RFC 3986 has them as %XX. */
static void escape(const char *link, struct nashra_buffer *out) {
    static const char unsafe[] = "\"<>\\^`{|}";
    link += strspn(link, " \t\r\n");
    size_t length = strlen(link);
    while (length > 0 && strchr(" \t\r\n", link[length - 1]))
        length--;
    for (size_t i = 0; i < length; i++) {
        const unsigned char c = (unsigned char)link[i];
        if (c == '\n' || c == '\r' || c == '\t')
            continue; /* as browsers do */
        if (c <= ' ' || c >= 0x7F || strchr(unsafe, c))
            nashra_buffer_add_format(out, "%%%02X", c);
        else
            nashra_buffer_add(out, link + i, 1);
    }
}

static char *resolve(const char *base, const char *link) {
    struct nashra_buffer from = {0}, to = {0};
    char *absolute = NULL;
    escape(base, &from);
    escape(link, &to);
    if (!from.failed && !to.failed && to.length > 0)
        absolute = (char *)xmlBuildURI((const xmlChar *)to.data, (const xmlChar *)nashra_buffer_string(&from));
    nashra_buffer_finish(&from);
    nashra_buffer_finish(&to);
    return absolute;
}

bool nashra_link_resolve(const char *base, const char *link, struct nashra_buffer *out) {
    char *absolute = resolve(base, link);
    xmlURIPtr uri = absolute ? xmlParseURIRaw(absolute, 1) : NULL;
    const bool good = uri && uri->scheme && uri->server && *uri->server;
    if (good)
        nashra_buffer_add_string(out, absolute);
    xmlFreeURI(uri);
    xmlFree(absolute);
    return good;
}

static void add_small(struct nashra_buffer *out, const char *text) {
    for (; *text; text++) {
        const char c = *text >= 'A' && *text <= 'Z' ? (char)(*text | 0x20) : *text;
        nashra_buffer_add(out, &c, 1);
    }
}

bool nashra_link_host(const char *link, struct nashra_buffer *out) {
    struct nashra_buffer escaped = {0};
    escape(link, &escaped);
    xmlURIPtr uri = escaped.failed ? NULL : xmlParseURIRaw(nashra_buffer_string(&escaped), 1);
    const bool good = uri && uri->server && *uri->server;
    if (good)
        add_small(out, uri->server);
    xmlFreeURI(uri);
    nashra_buffer_finish(&escaped);
    return good;
}

/* Canonical ------------------------------------------------------------------------------------------------------- */

static const char *skip_prefix(const struct nashra_news_words *words, const char *host) {
    for (size_t i = 0; i < words->host_count; i++) {
        const size_t length = strlen(words->hosts[i]);
        /* www.com is a site of that name. */
        if (nashra_ascii_begins(host, length, words->hosts[i]) && strchr(host + length, '.'))
            return host + length;
    }
    return host;
}

/* %d8 and %D8 are one letter. */
static void add_path(struct nashra_buffer *out, const char *path, size_t length) {
    size_t digits = 0;
    for (size_t i = 0; i < length; i++) {
        char c = path[i];
        if (digits > 0 && c >= 'a' && c <= 'f')
            c = (char)(c & ~0x20);
        digits = c == '%' ? 2 : digits > 0 ? digits - 1 : 0;
        nashra_buffer_add(out, &c, 1);
    }
}

static size_t cut_ending(const char *path, size_t length, const char *ending) {
    const size_t cut = strlen(ending);
    return length >= cut && memcmp(path + length - cut, ending, cut) == 0 ? length - cut : length;
}

static bool counts(const struct nashra_news_words *words, const char *param, size_t length) {
    const char *equals = memchr(param, '=', length);
    const size_t name = equals ? (size_t)(equals - param) : length;
    for (size_t i = 0; i < words->param_count; i++) {
        const char *known = words->params[i];
        const size_t known_length = strlen(known);
        const bool is_beginning = known_length > 0 && known[known_length - 1] == '*';
        if (is_beginning ? name >= known_length - 1 && strncmp(param, known, known_length - 1) == 0
                         : name == known_length && strncmp(param, known, name) == 0)
            return false;
    }
    return length > 0;
}

static void add_query(const struct nashra_news_words *words, const char *query, struct nashra_buffer *out) {
    char join = '?';
    while (*query) {
        const size_t length = strcspn(query, "&");
        if (counts(words, query, length)) {
            nashra_buffer_add(out, &join, 1);
            add_path(out, query, length);
            join = '&';
        }
        query += length;
        query += *query == '&';
    }
}

bool nashra_link_canonical(const struct nashra_news_words *words, const char *link, struct nashra_buffer *out) {
    struct nashra_buffer escaped = {0};
    escape(link, &escaped);
    xmlURIPtr uri = escaped.failed ? NULL : xmlParseURIRaw(nashra_buffer_string(&escaped), 1);
    const bool good = uri && uri->server && *uri->server;
    if (good) {
        const char *path = uri->path ? uri->path : "";
        size_t length = cut_ending(path, strlen(path), "/");
        length = cut_ending(path, length, "/amp");
        add_small(out, skip_prefix(words, uri->server));
        if (uri->port > 0 && uri->port != 80 && uri->port != 443)
            nashra_buffer_add_format(out, ":%d", uri->port);
        add_path(out, path, length);
        if (uri->query_raw)
            add_query(words, uri->query_raw, out);
    }
    xmlFreeURI(uri);
    nashra_buffer_finish(&escaped);
    return good;
}

uint64_t nashra_link_hash(const char *kind, const char *first, const char *second) {
    const char *const parts[] = {kind, first, second};
    uint64_t hash = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        for (const char *at = parts[i];; at++) {
            hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
            if (!*at)
                break;
        }
    return hash ? hash : 1;
}
