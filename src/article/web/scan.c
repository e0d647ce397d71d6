/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan.h"

#include <stdbool.h>
#include <string.h>

#include <nashra/ascii.h>

#include "html.h"

static bool begins(const char *text, size_t length, size_t at, const char *word) {
    return nashra_ascii_begins(text + at, length - at, word);
}

/* Behind `word`; the end when it doesn't come any more, as for the parser. */
static size_t behind(const char *text, size_t length, size_t at, const char *word) {
    size_t size = strlen(word);
    for (size_t i = at; i + size <= length; i++) {
        const char *next = memchr(text + i, *word, length - i - size + 1);
        if (!next)
            break;
        i = (size_t)(next - text);
        if (nashra_ascii_begins(next, size, word))
            return i + size;
    }
    return length;
}

static size_t skip_blanks(const char *text, size_t length, size_t at) {
    while (at < length && nashra_ascii_is_space(text[at]))
        at++;
    return at;
}

/* Behind one attribute's value; the parser takes quotes only where a value begins. */
static size_t skip_value(const char *text, size_t length, size_t at) {
    at = skip_blanks(text, length, at);
    if (at < length && (text[at] == '"' || text[at] == '\'')) {
        const char *end = memchr(text + at + 1, text[at], length - at - 1);
        return end ? (size_t)(end - text) + 1 : length;
    }
    while (at < length && !nashra_ascii_is_space(text[at]) && text[at] != '>')
        at++;
    return at;
}

/* Behind a tag; the parser compares each attribute of an element with all others. */
static size_t skip_tag(const char *text, size_t length, size_t at, size_t *attributes) {
    *attributes = 0;
    while (at < length && text[at] != '>') {
        if (nashra_ascii_is_space(text[at])) {
            at = skip_blanks(text, length, at);
            ++*attributes;
        } else if (text[at] == '=') {
            at = skip_value(text, length, at + 1);
            ++*attributes;
        } else {
            at++;
        }
    }
    return at;
}

size_t nashra_scan_tags(const char *text, size_t length, const char **excess) {
    if (length > NASHRA_HTML_BYTES) {
        *excess = "larger than any article or feed";
        length = NASHRA_HTML_BYTES;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
            length--;
    }
    for (size_t at = 0; at < length;) {
        const char *next = memchr(text + at, '<', length - at);
        if (!next)
            break;
        at = (size_t)(next - text) + 1;
        if (begins(text, length, at, "!--")) {
            at = behind(text, length, at, "-->");
        } else if (at < length && nashra_ascii_is_letter(text[at])) {
            size_t tag = at, attributes;
            at = skip_tag(text, length, at, &attributes);
            if (attributes > 2 * NASHRA_HTML_ATTRIBUTES) {
                *excess = "an element with more attributes than any has";
                return tag - 1;
            }
            if (begins(text, length, tag, "script"))
                at = behind(text, length, at, "</script");
            else if (begins(text, length, tag, "style"))
                at = behind(text, length, at, "</style");
        }
    }
    return length;
}
