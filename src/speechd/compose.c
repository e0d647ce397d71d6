/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "compose.h"

#include <stdlib.h>
#include <string.h>

#include <nashra/table.h>
#include <nashra/utf8.h>

struct spd_composer {
    struct nashra_table *punctuation, *keys; /* hold the strings */
    struct nashra_map *levels;               /* sign → enum spd_punctuation from which on it is named */
    struct nashra_map *names;                /* key → name */
};

void spd_composer_destroy(struct spd_composer *composer) {
    if (!composer)
        return;
    nashra_map_destroy(composer->levels);
    nashra_map_destroy(composer->names);
    nashra_table_destroy(composer->punctuation);
    nashra_table_destroy(composer->keys);
    nashra_free(composer);
}

static int read_level(const struct nashra_row *row, void *user) {
    const struct spd_composer *composer = user;
    static const char *const levels[] = {"none", "some", "most", "all"};
    for (size_t i = SPD_SOME; i <= SPD_ALL; i++)
        if (strcmp(levels[i], row->fields[0]) == 0)
            return nashra_map_put(composer->levels, row->fields[1], strlen(row->fields[1]), (intptr_t)i);
    nashra_log(NASHRA_LOG_WARNING, "%s:%zu: '%s' is not some, most or all", row->file, row->line, row->fields[0]);
    return NASHRA_OK;
}

static int read_key(const struct nashra_row *row, void *user) {
    const struct spd_composer *composer = user;
    return nashra_map_put(composer->names, row->fields[0], strlen(row->fields[0]), (intptr_t)row->fields[1]);
}

static int load(struct spd_composer *composer, const char *file, nashra_row_fn row, struct nashra_table **table) {
    struct nashra_buffer path = {0};
    int status = nashra_data_path(file, &path);
    if (status >= 0)
        status = nashra_table_load(path.data, 2, row, composer, table);
    nashra_buffer_finish(&path);
    return status;
}

int spd_composer_create(struct spd_composer **out) {
    struct spd_composer *composer = nashra_alloc_zeroed(1, sizeof *composer);
    *out = NULL;
    if (!composer)
        return NASHRA_ENOMEM;
    composer->levels = nashra_map_create();
    composer->names = nashra_map_create();
    int status = composer->levels && composer->names ? NASHRA_OK : NASHRA_ENOMEM;
    if (status >= 0)
        status = load(composer, "punctuation.tsv", read_level, &composer->punctuation);
    if (status >= 0)
        status = load(composer, "keys.tsv", read_key, &composer->keys);
    if (status < 0) {
        spd_composer_destroy(composer);
        return status;
    }
    *out = composer;
    return NASHRA_OK;
}

/* Signs --------------------------------------------------------------------------------------------------------- */

static const struct {
    const char *entity;
    char sign;
} entities[] = {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}};

/* The sign at the start of `text`, which may be an entity; its length there. */
static size_t next_sign(const char *text, size_t length, unsigned *codepoint) {
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
        const size_t size = strlen(entities[i].entity);
        if (size <= length && memcmp(text, entities[i].entity, size) == 0) {
            *codepoint = (unsigned char)entities[i].sign;
            return size;
        }
    }
    return nashra_utf8_decode(text, length, codepoint);
}

static void add_escaped(struct nashra_buffer *out, unsigned codepoint) {
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (codepoint == (unsigned char)entities[i].sign) {
            nashra_buffer_add_string(out, entities[i].entity);
            return;
        }
    nashra_buffer_add_codepoint(out, codepoint);
}

static bool is_space(unsigned codepoint) {
    return codepoint == ' ' || codepoint == '\t' || codepoint == '\n' || codepoint == '\r' || codepoint == 0xA0;
}

static bool is_capital(unsigned codepoint) {
    return codepoint >= 'A' && codepoint <= 'Z';
}

static const char *name_of(const struct spd_composer *composer, const char *key, size_t length) {
    intptr_t name;
    return nashra_map_get(composer->names, key, length, &name) ? (const char *)name : NULL;
}

/* A sign by its name, in a phrase of its own. */
static void add_named(const struct spd_composer *composer, const struct spd_settings *settings, unsigned codepoint,
                      struct nashra_buffer *out) {
    if (is_space(codepoint)) {
        nashra_buffer_add_string(out, name_of(composer, "space", strlen("space")));
    } else {
        if (is_capital(codepoint) && settings->capitals == SPD_CAPITALS_SPELL)
            nashra_buffer_add_format(out, "%s ", name_of(composer, "capital", strlen("capital")));
        nashra_buffer_add_string(out, "<say-as interpret-as=\"characters\">");
        add_escaped(out, codepoint);
        nashra_buffer_add_string(out, "</say-as>");
    }
    nashra_buffer_add_string(out, "<break strength=\"x-weak\"/>");
}

static bool is_named_in_text(const struct spd_composer *composer, const struct spd_settings *settings,
                             unsigned codepoint) {
    char sign[5];
    intptr_t level;
    struct nashra_buffer bytes = {0};
    if (nashra_buffer_add_codepoint(&bytes, codepoint) < 0)
        return false;
    const size_t length = bytes.length < sizeof sign ? bytes.length : 0;
    memcpy(sign, nashra_buffer_string(&bytes), length);
    nashra_buffer_finish(&bytes);
    return nashra_map_get(composer->levels, sign, length, &level) && (intptr_t)settings->punctuation >= level;
}

/* Messages -------------------------------------------------------------------------------------------------------- */

/* A stretch of text between two tags. */
static void add_text(const struct spd_composer *composer, const struct spd_settings *settings, const char *text,
                     size_t length, struct nashra_buffer *out) {
    for (size_t at = 0, size; at < length; at += size) {
        unsigned codepoint;
        size = next_sign(text + at, length - at, &codepoint);
        if (settings->spelling && !is_space(codepoint))
            add_named(composer, settings, codepoint, out);
        else if (!settings->spelling && is_named_in_text(composer, settings, codepoint)) {
            nashra_buffer_add_string(out, " ");
            add_named(composer, settings, codepoint, out);
        } else
            nashra_buffer_add(out, text + at, size);
    }
}

static bool has_tag(const char *text, size_t length) {
    while (length > 0 && is_space((unsigned char)*text)) {
        text++;
        length--;
    }
    return length > 0 && *text == '<';
}

/* Tags go through as they are; a plain text has none, whatever stands in it. */
static void add_marked_up(const struct spd_composer *composer, const struct spd_settings *settings, const char *text,
                          size_t length, struct nashra_buffer *out) {
    for (size_t at = 0; at < length;) {
        const char *tag = memchr(text + at, '<', length - at);
        size_t end = tag ? (size_t)(tag - text) : length;
        add_text(composer, settings, text + at, end - at, out);
        if (!tag)
            return;
        const char *close = memchr(tag, '>', length - end);
        at = close ? (size_t)(close - text) + 1 : length;
        nashra_buffer_add(out, tag, at - end);
    }
}

static void add_plain(const struct spd_composer *composer, const struct spd_settings *settings, const char *text,
                      size_t length, struct nashra_buffer *out) {
    struct nashra_buffer escaped = {0};
    for (size_t at = 0, size; at < length; at += size) {
        unsigned codepoint;
        size = nashra_utf8_decode(text + at, length - at, &codepoint);
        add_escaped(&escaped, codepoint);
    }
    nashra_buffer_add_string(out, "<speak>");
    add_text(composer, settings, nashra_buffer_string(&escaped), escaped.length, out);
    nashra_buffer_add_string(out, "</speak>");
    out->failed |= escaped.failed;
    nashra_buffer_finish(&escaped);
}

/* One part of a key's name: from keys.tsv, a character by its name, or as it is written. */
static void add_key_part(const struct spd_composer *composer, const struct spd_settings *settings, const char *part,
                         size_t length, struct nashra_buffer *out) {
    const char *name = name_of(composer, part, length);
    unsigned codepoint;
    if (name)
        nashra_buffer_add_format(out, "%s<break strength=\"x-weak\"/> ", name);
    else if (length > 0 && nashra_utf8_decode(part, length, &codepoint) == length)
        add_named(composer, settings, codepoint, out);
    else
        for (size_t at = 0, size; at < length; at += size) {
            size = nashra_utf8_decode(part + at, length - at, &codepoint);
            add_escaped(out, codepoint);
        }
}

/* control_shift_a: the parts stand between underscores; some keys have one in their own name. */
static void add_key(const struct spd_composer *composer, const struct spd_settings *settings, const char *key,
                    size_t length, struct nashra_buffer *out) {
    for (size_t at = 0; at < length;) {
        const char *bar = name_of(composer, key + at, length - at) ? NULL : memchr(key + at, '_', length - at);
        /* A bar at the very beginning is the key itself. */
        const size_t end = bar && bar > key + at ? (size_t)(bar - key) : length;
        add_key_part(composer, settings, key + at, end - at, out);
        at = end + 1;
    }
}

static void add_character(const struct spd_composer *composer, const struct spd_settings *settings, const char *text,
                          size_t length, struct nashra_buffer *out) {
    const char *name = name_of(composer, text, length);
    if (name) {
        nashra_buffer_add_string(out, name);
        return;
    }
    for (size_t at = 0, size; at < length; at += size) {
        unsigned codepoint;
        size = nashra_utf8_decode(text + at, length - at, &codepoint);
        add_named(composer, settings, codepoint, out);
    }
}

int spd_compose(const struct spd_composer *composer, enum spd_message kind, const struct spd_settings *settings,
                const char *text, size_t length, struct nashra_buffer *out) {
    if (kind == SPD_TEXT && has_tag(text, length))
        add_marked_up(composer, settings, text, length, out);
    else if (kind == SPD_TEXT)
        add_plain(composer, settings, text, length, out);
    else if (kind != SPD_ICON) {
        nashra_buffer_add_string(out, "<speak>");
        (kind == SPD_KEY ? add_key : add_character)(composer, settings, text, length, out);
        nashra_buffer_add_string(out, "</speak>");
    }
    return out->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

bool spd_wants_tone(enum spd_message kind, const struct spd_settings *settings, const char *text, size_t length) {
    unsigned codepoint;
    if (kind == SPD_ICON)
        return true;
    return kind == SPD_CHARACTER && settings->capitals == SPD_CAPITALS_ICON && length > 0 &&
           nashra_utf8_decode(text, length, &codepoint) == length && is_capital(codepoint);
}
