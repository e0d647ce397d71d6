/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/utf8.h>

static unsigned hex4(const char *digits) {
    char copy[5] = {digits[0], digits[1], digits[2], digits[3], 0};
    return (unsigned)strtoul(copy, NULL, 16);
}

/* The character of the escape at `at` (RFC 8259, section 7), and the bytes it takes, 0 when it is broken. */
static size_t unescape(const char *text, size_t at, size_t to, unsigned *c) {
    static const char letters[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    if (at + 1 >= to)
        return 0;
    const char *letter = strchr(letters, text[at + 1]);
    if (letter && *letter) {
        *c = (unsigned char)values[letter - letters];
        return 2;
    }
    if (text[at + 1] != 'u' || to - at < 6)
        return 0;
    *c = hex4(text + at + 2);
    if (*c < 0xD800 || *c > 0xDBFF || to - at < 12 || text[at + 6] != '\\')
        return 6;
    *c = 0x10000 + ((*c - 0xD800) << 10) + (hex4(text + at + 8) - 0xDC00);
    return 12;
}

/* Does the string whose first byte behind the quote is `at` say `value`? With `out` it is appended. */
static bool says(const struct nashra_tracked *source, size_t at, const char *value, size_t length,
                 struct nashra_tracked *out) {
    const char *text = source->text.data;
    size_t to = source->text.length, i = 0;
    while (at < to && text[at] != '"') {
        char encoded[4];
        unsigned c;
        size_t taken = 1, size = 1;
        const char *bytes = text + at;
        if (text[at] == '\\') {
            taken = unescape(text, at, to, &c);
            size = taken ? nashra_utf8_encode(c, encoded) : 0;
            bytes = encoded;
        }
        if (size == 0 || size > length - i || memcmp(value + i, bytes, size) != 0)
            return false;
        if (out && taken == 1)
            nashra_tracked_copy(out, source, (struct nashra_span){at, at + 1});
        else if (out)
            nashra_tracked_replace(out, source, (struct nashra_span){at, at + taken}, bytes, size);
        i += size;
        at += taken;
    }
    return at < to && i == length;
}

void nashra_json_locate(struct nashra_json_locator *locator, const char *value, struct nashra_tracked *out) {
    const struct nashra_tracked *source = locator->source;
    const char *text = source->text.data;
    size_t to = source->text.length, length = strlen(value);
    for (size_t at = locator->from; at < to; at++) {
        if (text[at] != '"')
            continue;
        bool found = says(source, ++at, value, length, NULL);
        if (found)
            says(source, at, value, length, out);
        while (at < to && text[at] != '"')
            at += text[at] == '\\' ? 2 : 1;
        if (found) {
            locator->reached = at + 1 > locator->reached ? at + 1 : locator->reached;
            return;
        }
    }
    nashra_tracked_replace(out, source, (struct nashra_span){locator->from, to}, value, length);
}

void nashra_json_advance(struct nashra_json_locator *locator) {
    locator->from = locator->reached < locator->source->text.length ? locator->reached : locator->source->text.length;
}

/* What stands between values, outside of strings. */
static size_t count_values(const char *text, size_t length) {
    size_t count = 1;
    bool in_string = false;
    for (size_t at = 0; at < length; at++) {
        char c = text[at];
        if (c == '\\')
            at++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string)
            count += c == ',' || c == '[' || c == '{';
    }
    return count;
}

json_t *nashra_json_load(const struct nashra_tracked *source, char *why, size_t room) {
    json_error_t error;
    size_t values = count_values(source->text.data, source->text.length);
    if (values > NASHRA_JSON_VALUES) {
        snprintf(why, room, "%zu values: more than any article or feed has", values);
        return NULL;
    }
    json_t *root = json_loadb(source->text.data, source->text.length, JSON_DISABLE_EOF_CHECK, &error);
    if (!root)
        snprintf(why, room, "line %d: %s", error.line, error.text);
    return root;
}

const char *nashra_json_string(const json_t *object, const char *key) {
    const json_t *value = json_object_get(object, key);
    if (json_is_array(value))
        value = json_array_get(value, 0);
    if (json_is_object(value)) {
        const json_t *name = json_object_get(value, "name");
        value = name ? name : json_object_get(value, "@value");
    }
    return json_string_value(value);
}
