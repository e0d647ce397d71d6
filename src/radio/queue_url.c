/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue_url.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch_file.h"

enum { URL_MOST = 2048, PORT = 6379 };

static int bad(const char *cause) {
    return nashra_fail(NASHRA_EUSAGE,
                       "--queue: %s; it must be redis://[[USER]:PASSWORD@]HOST[:PORT][/DB][?name=QUEUE], "
                       "unix:PATH[?name=QUEUE], or @FILE that holds such a line",
                       cause);
}

static int hex_value(char c) {
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, c >= 'A' && c <= 'F' ? c | 0x20 : c) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* Copies a part with its %XX decoded (RFC 3986, 2.1). False when it is too long, or a sequence is none. */
static bool decode(const char *from, size_t length, char *to, size_t size) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        char c = from[i];
        if (c == '%') {
            int high = i + 2 < length ? hex_value(from[i + 1]) : -1;
            int low = high >= 0 ? hex_value(from[i + 2]) : -1;
            if (low < 0)
                return false;
            c = (char)(high * 16 + low);
            i += 2;
        }
        if (c == '\0' || count + 1 >= size)
            return false;
        to[count++] = c;
    }
    to[count] = '\0';
    return true;
}

static bool read_number(const char *from, size_t length, int least, int most, int *number) {
    char digits[12];
    char *end;
    if (length == 0 || length >= sizeof digits || !memchr("0123456789", from[0], 10))
        return false;
    memcpy(digits, from, length);
    digits[length] = '\0';
    long parsed = strtol(digits, &end, 10);
    if (*end || parsed < least || parsed > most)
        return false;
    *number = (int)parsed;
    return true;
}

/* Keys are built from it: no spaces, no patterns. */
static bool is_queue_name(const char *name) {
    return *name && strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:") == strlen(name);
}

static int read_setting(const char *setting, size_t length, struct nashra_queue_url *url) {
    const char *equals = memchr(setting, '=', length);
    size_t key = equals ? (size_t)(equals - setting) : length;
    const char *value = equals ? equals + 1 : setting + length;
    size_t left = length - key - (equals != NULL);
    bool good = false;
    if (key == 4 && strncmp(setting, "name", 4) == 0)
        good = decode(value, left, url->name, sizeof url->name) && is_queue_name(url->name);
    else if (key == 2 && strncmp(setting, "db", 2) == 0)
        good = read_number(value, left, 0, 1 << 20, &url->database);
    else if (key == 4 && strncmp(setting, "user", 4) == 0)
        good = decode(value, left, url->user, sizeof url->user);
    else if (key == 8 && strncmp(setting, "password", 8) == 0)
        good = decode(value, left, url->password, sizeof url->password);
    else
        return bad("after ? there may be name, db, user and password");
    return good ? NASHRA_OK : bad("a value after ? is no good");
}

static int read_settings(const char *query, struct nashra_queue_url *url) {
    int status = NASHRA_OK;
    while (status >= 0 && *query) {
        size_t length = strcspn(query, "&");
        status = read_setting(query, length, url);
        query += length + (query[length] == '&');
    }
    return status;
}

static int read_login(const char *login, size_t length, struct nashra_queue_url *url) {
    const char *colon = memchr(login, ':', length);
    size_t user = colon ? (size_t)(colon - login) : length;
    if (!decode(login, user, url->user, sizeof url->user) ||
        (colon && !decode(colon + 1, length - user - 1, url->password, sizeof url->password)))
        return bad("user or password can't be read (write special characters as %XX)");
    return colon ? NASHRA_OK : bad("a user needs a password");
}

/* HOST, HOST:PORT, [IPV6]:PORT. */
static int read_host(const char *host, size_t length, struct nashra_queue_url *url) {
    const char *end = *host == '[' ? memchr(host, ']', length) : memchr(host, ':', length);
    bool bracket = *host == '[';
    if (bracket && !end)
        return bad("the ] of an IPv6 address is missing");
    size_t name = end ? (size_t)(end - host) : length;
    const char *rest = host + name + bracket;
    size_t left = length - name - bracket;
    if (!decode(host + bracket, name - bracket, url->host, sizeof url->host) || !*url->host)
        return bad("there is no host");
    if (left > 0 && (*rest != ':' || !read_number(rest + 1, left - 1, 1, 65535, &url->port)))
        return bad("the port must be 1 to 65535");
    return NASHRA_OK;
}

static int read_redis(const char *text, size_t length, struct nashra_queue_url *url) {
    size_t authority = 0;
    while (authority < length && text[authority] != '/')
        authority++;
    const char *at = NULL;
    for (size_t i = 0; i < authority; i++)
        if (text[i] == '@')
            at = text + i;
    int status = at ? read_login(text, (size_t)(at - text), url) : NASHRA_OK;
    const char *host = at ? at + 1 : text;
    if (status >= 0)
        status = read_host(host, authority - (size_t)(host - text), url);
    if (status >= 0 && authority + 1 < length &&
        !read_number(text + authority + 1, length - authority - 1, 0, 1 << 20, &url->database))
        status = bad("the database after / must be a number");
    return status;
}

static int read_url(const char *text, struct nashra_queue_url *url) {
    static const char redis[] = "redis://", secure[] = "rediss://", local[] = "unix:";
    size_t length = strcspn(text, "?");
    int status;
    if (strncmp(text, secure, sizeof secure - 1) == 0)
        return nashra_fail(NASHRA_EUSAGE,
                           "--queue: rediss:// is not offered, since this hiredis has no TLS: let stunnel "
                           "carry the connection and name its local end (BATCH.md, \"TLS\")");
    if (strncmp(text, redis, sizeof redis - 1) == 0)
        status = read_redis(text + sizeof redis - 1, length - sizeof redis + 1, url);
    else if (strncmp(text, local, sizeof local - 1) == 0)
        status = decode(text + sizeof local - 1, length - sizeof local + 1, url->path, sizeof url->path) && *url->path
                     ? NASHRA_OK
                     : bad("there is no path, or it is too long");
    else
        return bad("this is no address");
    return status >= 0 && text[length] ? read_settings(text + length + 1, url) : status;
}

int nashra_queue_url_parse(const char *text, struct nashra_queue_url *url) {
    struct nashra_buffer file = {0};
    *url = (struct nashra_queue_url){.port = PORT, .name = "nashra"};
    if (*text != '@')
        return read_url(text, url);
    int status = nashra_read_file(text + 1, URL_MOST, &file);
    if (file.data)
        file.data[strcspn(file.data, "\r\n")] = '\0';
    if (status >= 0)
        status = read_url(nashra_buffer_string(&file), url);
    nashra_buffer_finish(&file);
    return status;
}
