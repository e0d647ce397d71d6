/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lexis.h"

#include <string.h>

#include <nashra/utf8.h>

#include "walk.h"

enum { LONGEST = 96 };

/* Writes the key of a form, at most `room` bytes and no more than it was long; 0 when it doesn't fit. */
static size_t fold(const char *text, struct nashra_span span, char *out, size_t room) {
    size_t length = 0;
    bool is_gap = false;
    for (size_t at = span.from; at < span.to;) {
        unsigned c = nashra_walk_next(text, span.to, &at);
        if (nashra_walk_is_silent(c))
            continue;
        if (nashra_walk_is_blank(c)) {
            is_gap = length > 0;
            continue;
        }
        if (c == 0x0622 || c == 0x0623 || c == 0x0625 || c == 0x0671)
            c = 0x0627;
        if (length + is_gap + 4 > room)
            return 0;
        if (is_gap)
            out[length++] = ' ';
        is_gap = false;
        length += nashra_utf8_encode(c, out + length);
    }
    return length;
}

static int role_flags(const struct nashra_lexis *lexis, const struct nashra_row *row) {
    for (size_t i = 0; lexis->roles && lexis->roles[i]; i++)
        if (row->count > 1 && strcmp(row->fields[1], lexis->roles[i]) == 0)
            return NASHRA_LEXIS_LISTED | 2 << i;
    if (lexis->roles && !lexis->is_shared)
        nashra_log(NASHRA_LOG_WARNING, "%s:%zu: no such role: %s", row->file, row->line,
                   row->count > 1 ? row->fields[1] : "(none)");
    return NASHRA_LEXIS_LISTED;
}

static int add_row(const struct nashra_row *row, void *user) {
    struct nashra_lexis *lexis = user;
    char key[LONGEST];
    size_t length = fold(row->fields[0], (struct nashra_span){0, strlen(row->fields[0])}, key, sizeof key);
    if (length == 0) {
        nashra_log(NASHRA_LOG_WARNING, "%s:%zu: not a form: %s", row->file, row->line, row->fields[0]);
        return 0;
    }
    /* A key is never longer than its form. */
    memcpy(row->fields[0], key, length);
    intptr_t flags = 0;
    nashra_map_get(lexis->map, key, length, &flags);
    return nashra_map_put(lexis->map, row->fields[0], length, flags | role_flags(lexis, row));
}

static int load(struct nashra_lexis *lexis) {
    struct nashra_buffer path = {0};
    lexis->map = nashra_map_create();
    int status = lexis->map ? nashra_data_path(lexis->file, &path)
                            : nashra_fail(NASHRA_ENOMEM, "out of memory for %s", lexis->file);
    if (!status)
        status = nashra_table_load(nashra_buffer_string(&path), 1, add_row, lexis, &lexis->table);
    nashra_buffer_finish(&path);
    if (status)
        nashra_lexis_finish(lexis);
    return status;
}

int nashra_lexis_find(struct nashra_lexis *lexis, const char *text, struct nashra_span span) {
    char key[LONGEST];
    size_t length = fold(text, span, key, sizeof key);
    int status = lexis->map ? 0 : load(lexis);
    if (status)
        return status;
    intptr_t flags = 0;
    if (length > 0)
        nashra_map_get(lexis->map, key, length, &flags);
    return (int)flags;
}

void nashra_lexis_finish(struct nashra_lexis *lexis) {
    nashra_map_destroy(lexis->map);
    nashra_table_destroy(lexis->table);
    lexis->map = NULL;
    lexis->table = NULL;
}
