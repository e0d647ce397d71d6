/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulletin_script.h"

#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/utf8.h>

#include "bulletin_inputs.h"

enum { MOST_ITEMS = 1000, VALUE_ROOM = 64 * 1024 };

struct reading {
    struct nashra_script *script;
    const char *name;
    const char *bytes, *end; /* what is not read yet */
    const char *rest;        /* of a line that was too long for inih: it goes on with the next call */
    const char *rest_end;
    size_t line;              /* the last one read, from 1 */
    size_t key_line;          /* that the value being gathered began at */
    bool goes_on;             /* the last line continues the value before it */
    size_t section;           /* headings seen */
    size_t key_section;       /* the one that the value being gathered stands under */
    size_t item_section;      /* the heading that the last item stands under */
    size_t heading_line;      /* of an [item] that no key was seen under yet; 0 */
    uint64_t seen, seen_item; /* keys of [bulletin], and of the item at hand */
    char heading[64], key[64];
    struct nashra_buffer value;
    struct nashra_buffer lines; /* of what was handed over, a size_t each */
    const char *folder;
    int status;
};

int nashra_script_init(struct nashra_script *script) {
    *script = (struct nashra_script){
        .arena = nashra_arena_create(),
        .pause = 0.8,
        .pause_least = 50,
        .pause_most = 150,
        .rate_least = 85,
        .rate_most = 115,
        .loudness = -23,
        .peak = -1,
        .bed_level = -20,
        .bed_open = -12,
        .confidence = 0.55,
        .bits = 16,
        .beside = NASHRA_BESIDE_ALL,
    };
    return script->arena ? NASHRA_OK : NASHRA_ENOMEM;
}

void nashra_script_finish(struct nashra_script *script) {
    nashra_arena_destroy(script->arena);
    nashra_free(script->items);
    nashra_buffer_finish(&script->list);
    nashra_buffer_finish(&script->places);
    *script = (struct nashra_script){0};
}

static struct nashra_script_item *add_item(struct nashra_script *script, const char *where) {
    if (script->count == script->capacity) {
        const size_t capacity = script->capacity ? 2 * script->capacity : 16;
        struct nashra_script_item *items = nashra_realloc(script->items, capacity * sizeof *items);
        if (!items)
            return NULL;
        script->items = items;
        script->capacity = capacity;
    }
    struct nashra_script_item *item = &script->items[script->count];
    *item = (struct nashra_script_item){.priority = 5, .pause = -1};
    item->where = nashra_arena_copy(script->arena, where, strlen(where));
    return item->where ? &script->items[script->count++] : NULL;
}

int nashra_script_add(struct nashra_script *script, const char *file) {
    struct nashra_script_item *item = add_item(script, file);
    if (!item)
        return NASHRA_ENOMEM;
    item->file = item->where;
    return NASHRA_OK;
}

static int set(struct nashra_script *script, const char *key, const char *value, const char *where) {
    const struct nashra_key_source source = {.folder = "", .where = where};
    char cause[NASHRA_KEY_CAUSE];
    int status = nashra_key_set(script, NULL, key, value, &source, cause);
    return status == NASHRA_EUSAGE ? nashra_fail(NASHRA_EUSAGE, "%s: %s", key, cause) : status;
}

int nashra_script_set(struct nashra_script *script, const char *key, const char *value) {
    return set(script, key, value, NULL);
}

int nashra_script_set_default(struct nashra_script *script, const char *key, const char *value) {
    return set(script, key, value, "default");
}

/* Faults ---------------------------------------------------------------------------------------------------------- */

static void fault(struct reading *r, size_t line, const char *key, const char *cause) {
    if (r->status == NASHRA_ENOMEM)
        return;
    r->status = nashra_fail(NASHRA_ECONFIG, "%s:%zu: %s in [%s]: %s", r->name, line, key, r->heading, cause);
}

/* Lines ----------------------------------------------------------------------------------------------------------- */

/* inih takes lines of a fixed length. A longer one is handed over in parts, cut at a space; each later part begins with
 * a space, by which inih knows that the value goes on. */
static size_t cut_line(const char *from, size_t length, size_t room) {
    if (length <= room)
        return length;
    size_t cut = room;
    while (cut > 0 && from[cut] != ' ')
        cut--;
    return cut;
}

static char *hand_over(struct reading *r, char *line, const char *from, size_t length, size_t room) {
    const bool part = r->rest != NULL;
    nashra_buffer_add(&r->lines, (const char *)&r->line, sizeof r->line);
    size_t cut = cut_line(from, length, room - 3);
    if (cut == 0 && length > 0) {
        fault(r, r->line, "a word", "too long");
        cut = length < room - 3 ? length : room - 3;
    }
    line[0] = ' ';
    memcpy(line + part, from, cut);
    memcpy(line + part + cut, "\n", 2);
    from += cut;
    while (cut < length && *from == ' ')
        from++, cut++;
    r->rest = cut < length ? from : NULL;
    return line;
}

static size_t line_length(const char *from, const char *end) {
    const char *stop = memchr(from, '\n', (size_t)(end - from));
    return (size_t)((stop ? stop : end) - from);
}

/* An [item] with nothing under it is a slip, of which inih tells nothing. */
static void end_section(struct reading *r) {
    if (r->heading_line > 0 && r->status != NASHRA_ENOMEM)
        r->status = nashra_fail(NASHRA_ECONFIG, "%s:%zu: nothing stands under [item]: it needs a file or a text",
                                r->name, r->heading_line);
    r->heading_line = 0;
}

static bool is_comment(const char *from, size_t length) {
    size_t at = 0;
    while (at < length && (from[at] == ' ' || from[at] == '\t'))
        at++;
    return at < length && (from[at] == '#' || from[at] == ';');
}

/* A semicolon after white space begins a comment: inih knows, but not in lines that go on, or in parts of long ones. */
static size_t without_comment(const char *from, size_t length) {
    for (size_t at = 1; at < length; at++)
        if (from[at] == ';' && (from[at - 1] == ' ' || from[at - 1] == '\t'))
            return at - 1;
    return length;
}

/* inih doesn't tell its handler the line: it is counted here. */
static char *read_line(char *line, int room, void *user) {
    struct reading *r = user;
    if (r->rest) {
        r->goes_on = true;
        return hand_over(r, line, r->rest, (size_t)(r->rest_end - r->rest), (size_t)room);
    }
    if (r->bytes == r->end)
        return NULL;
    const char *from = r->bytes;
    size_t length = line_length(from, r->end);
    r->bytes = from + length + (from + length < r->end);
    if (is_comment(from, length)) /* so that no part of a long one is taken for a value that goes on */
        length = 0;
    length = without_comment(from, length);
    r->rest_end = from + length;
    r->line++;
    r->goes_on = *from == ' ' || *from == '\t';
    if (*from == '[') {
        end_section(r);
        r->section++;
        r->heading_line = length >= 5 && strncmp(from, "[item", 5) == 0 ? r->line : 0;
    }
    return hand_over(r, line, from, length, (size_t)room);
}

/* Values ---------------------------------------------------------------------------------------------------------- */

static struct nashra_script_item *item_of_section(struct reading *r) {
    char where[512];
    if (r->item_section == r->key_section)
        return &r->script->items[r->script->count - 1];
    snprintf(where, sizeof where, "%s:%zu", r->name, r->key_line);
    struct nashra_script_item *item = r->script->count < MOST_ITEMS ? add_item(r->script, where) : NULL;
    r->item_section = item ? r->key_section : r->item_section;
    r->seen_item = 0;
    return item;
}

static void set_value(struct reading *r) {
    const bool of_item = strcmp(r->heading, "item") == 0 || strncmp(r->heading, "item ", 5) == 0;
    struct nashra_script_item *item = NULL;
    const char *value = nashra_buffer_string(&r->value);
    char cause[NASHRA_KEY_CAUSE];
    if (!of_item && strcmp(r->heading, "bulletin") != 0) {
        fault(r, r->key_line, r->key, "the sections are [bulletin] and [item]");
        return;
    }
    if (of_item && !(item = item_of_section(r))) {
        r->status = r->script->count < MOST_ITEMS
                        ? NASHRA_ENOMEM
                        : nashra_fail(NASHRA_ECONFIG, "%s:%zu: more than %d items", r->name, r->key_line, MOST_ITEMS);
        return;
    }
    const struct nashra_key_source source = {r->folder, r->name, r->key_line, item ? &r->seen_item : &r->seen};
    int status = nashra_key_set(r->script, item, r->key, value, &source, cause);
    if (status == NASHRA_ENOMEM)
        r->status = status;
    else if (status < 0)
        fault(r, r->key_line, r->key, cause);
}

/* A value is complete when the next key begins. */
static void end_value(struct reading *r) {
    if (*r->key && r->status != NASHRA_ENOMEM)
        set_value(r);
    r->key[0] = '\0';
    if (r->value.failed || r->lines.failed)
        r->status = NASHRA_ENOMEM;
}

static int take(void *user, const char *heading, const char *key, const char *value) {
    struct reading *r = user;
    if (r->goes_on && strcmp(r->key, key) == 0) {
        if (r->value.length + strlen(value) > VALUE_ROOM)
            fault(r, r->key_line, key, "too long");
        else if (nashra_buffer_add(&r->value, " ", 1) == NASHRA_OK)
            nashra_buffer_add_string(&r->value, value);
        return 1;
    }
    end_value(r);
    snprintf(r->heading, sizeof r->heading, "%s", heading);
    snprintf(r->key, sizeof r->key, "%s", key);
    r->key_line = r->line;
    r->key_section = r->section;
    r->heading_line = 0;
    nashra_buffer_clear(&r->value);
    nashra_buffer_add_string(&r->value, value);
    return 1;
}

static int check_items(struct reading *r) {
    for (size_t i = 0; i < r->script->count; i++) {
        const struct nashra_script_item *item = &r->script->items[i];
        if (!item->file == !item->text)
            r->status =
                nashra_fail(NASHRA_ECONFIG, "%s: the item needs a file or a text, and only one of them", item->where);
    }
    return r->status;
}

/* Of the call that inih counts as line `number`: long lines take several. */
static size_t line_of(const struct reading *r, size_t number) {
    const size_t *lines = (const size_t *)(const void *)r->lines.data;
    return number <= r->lines.length / sizeof *lines ? lines[number - 1] : r->line;
}

static int read_all(struct reading *r, size_t length) {
    const size_t valid = nashra_utf8_valid_prefix(r->bytes, length);
    if (valid < length || memchr(r->bytes, '\0', length))
        return nashra_fail(NASHRA_ECONFIG, "%s: not text in UTF-8 (byte %zu)", r->name, valid);
    const int bad = ini_parse_stream(read_line, r, take, r);
    end_value(r);
    end_section(r);
    if (bad > 0 && r->status != NASHRA_ENOMEM)
        r->status =
            nashra_fail(NASHRA_ECONFIG, "%s:%zu: neither [section] nor key = value", r->name, line_of(r, (size_t)bad));
    return r->status < 0 ? r->status : check_items(r);
}

int nashra_script_read(struct nashra_script *script, const char *bytes, size_t length, const char *name) {
    struct reading r = {
        .script = script, .name = name, .bytes = bytes, .end = bytes + length, .item_section = SIZE_MAX};
    const char *slash = strrchr(name, '/');
    r.folder = nashra_arena_copy(script->arena, name, slash ? (size_t)(slash - name) + 1 : 0);
    r.name = nashra_arena_copy(script->arena, name, strlen(name));
    int status = r.folder && r.name ? read_all(&r, length) : NASHRA_ENOMEM;
    nashra_buffer_finish(&r.value);
    nashra_buffer_finish(&r.lines);
    return status;
}

/* ----------------------------------------------------------------------------------------------------------------- */

/* An insertion sort keeps the order of equals. */
void nashra_script_sort(struct nashra_script *script) {
    for (size_t i = 1; i < script->count; i++) {
        const struct nashra_script_item item = script->items[i];
        size_t at = i;
        for (; at > 0 && script->items[at - 1].order > item.order; at--)
            script->items[at] = script->items[at - 1];
        script->items[at] = item;
    }
}
