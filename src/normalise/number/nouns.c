/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memrchr */
#include "number/nouns.h"

#include <string.h>

#include "number/letters.h"
#include "number/tables.h"

/* ---- loading ---- */

struct loader {
    struct nashra_nouns *nouns;
    struct nashra_arena *arena;
};

static bool is_singular_of(const struct nashra_noun_row *row, const char *bare, size_t length) {
    size_t at = 0;
    for (size_t i = 0; i + 2 <= row->singular_length; i += 2) {
        if (nashra_mark_at(row->singular + i))
            continue;
        if (at + 2 > length || memcmp(bare + at, row->singular + i, 2) != 0)
            return false;
        at += 2;
    }
    return at == length;
}

/* Of words with the same letters a singular wins over a plural, else the earlier row. */
static int put_form(struct loader *l, const char *form, size_t length, const struct nashra_noun_row *row) {
    char *bare = nashra_arena_alloc(l->arena, length + 1);
    if (!bare)
        return NASHRA_ENOMEM;
    size_t n = nashra_strip_harakat(form, length, bare);
    intptr_t *place = n > 0 ? nashra_map_place(l->nouns->extra, bare, n) : NULL;
    if (!place)
        return n > 0 ? NASHRA_ENOMEM : NASHRA_OK;
    const struct nashra_noun_row *there = (const struct nashra_noun_row *)*place;
    if (!there || (form == row->singular && !is_singular_of(there, bare, n)))
        *place = (intptr_t)row;
    return NASHRA_OK;
}

static int put_forms(struct loader *l, const struct nashra_noun_row *row) {
    int status = put_form(l, row->singular, row->singular_length, row);
    for (const char *form = row->plurals; form && *form && status == NASHRA_OK;) {
        size_t length = strcspn(form, ";");
        status = put_form(l, form, length, row);
        form += length + (form[length] == ';');
    }
    return status;
}

static const char *field_or_null(const struct nashra_row *row, size_t field) {
    return field < row->count && strcmp(row->fields[field], "-") != 0 ? row->fields[field] : NULL;
}

static int load_row(const struct nashra_row *fields, void *user) {
    struct loader *l = user;
    const char *gender = fields->fields[2];
    if (strcmp(gender, "m") != 0 && strcmp(gender, "f") != 0)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: gender '%s' is neither m nor f", fields->file, fields->line,
                           gender);
    struct nashra_noun_row *row = nashra_arena_alloc(l->arena, sizeof *row);
    if (!row)
        return NASHRA_ENOMEM;
    row->singular = fields->fields[0];
    row->singular_length = strlen(row->singular);
    row->plurals = field_or_null(fields, 1);
    row->plurals_length = row->plurals ? strlen(row->plurals) : 0;
    row->feminine = *gender == 'f';
    row->human = field_or_null(fields, 3) != NULL;
    row->dual = field_or_null(fields, 4);
    return put_forms(l, row);
}

int nashra_nouns_load(struct nashra_nouns *nouns, struct nashra_arena *arena) {
    struct loader loader = {nouns, arena};
    nouns->extra = nashra_map_create();
    int status =
        nouns->extra ? nashra_table_load_named("nouns-extra.tsv", 3, load_row, &loader, &nouns->table) : NASHRA_ENOMEM;
    if (status < 0)
        return status;
    struct nashra_buffer path = {0};
    status = nashra_data_path("nouns.tsv", &path);
    if (status == NASHRA_OK)
        status = nashra_mapped_open(nashra_buffer_string(&path), &nouns->file);
    if (status == NASHRA_OK && nouns->file.size == 0)
        status = nashra_fail(NASHRA_ECONFIG, "%s: the table is empty", nashra_buffer_string(&path));
    nashra_buffer_finish(&path);
    return status;
}

void nashra_nouns_finish(struct nashra_nouns *nouns) {
    nashra_map_destroy(nouns->extra);
    nashra_table_destroy(nouns->table);
    nashra_mapped_close(&nouns->file);
}

/* ---- finding ---- */

/* Compares a word with the first field of a line; a line's field ends at its tab. */
static int compare(const char *word, size_t length, const char *line, const char *end) {
    const char *tab = memchr(line, '\t', (size_t)(end - line));
    size_t field = (size_t)((tab ? tab : end) - line), shorter = field < length ? field : length;
    int order = memcmp(word, line, shorter);
    if (order != 0)
        return order;
    return length < field ? -1 : length > field;
}

static const char *line_start(const char *bytes, const char *at) {
    const char *newline = memrchr(bytes, '\n', (size_t)(at - bytes));
    return newline ? newline + 1 : bytes;
}

/* Binary search over the file's bytes. Comment lines sort before all Arabic words. */
static const char *find_line(const struct nashra_nouns *nouns, const char *word, size_t length, const char **end) {
    const char *bytes = nouns->file.bytes, *low = bytes, *high = bytes + nouns->file.size;
    while (low < high) {
        const char *line = line_start(low, low + (high - low) / 2);
        const char *newline = memchr(line, '\n', (size_t)(high - line));
        *end = newline ? newline : high;
        int order = compare(word, length, line, *end);
        if (order == 0)
            return line;
        if (order < 0)
            high = line;
        else
            low = newline ? newline + 1 : high;
    }
    return NULL;
}

static bool split_line(const char *line, const char *end, struct nashra_noun_row *row) {
    const char *fields[5];
    size_t lengths[5];
    for (size_t i = 0; i < 5; i++) {
        const char *tab = memchr(line, '\t', (size_t)(end - line));
        fields[i] = line;
        lengths[i] = (size_t)((tab ? tab : end) - line);
        if (!tab && i < 4)
            return false;
        line = tab ? tab + 1 : end;
    }
    bool none = lengths[2] == 1 && *fields[2] == '-';
    *row = (struct nashra_noun_row){
        .singular = fields[1],
        .singular_length = lengths[1],
        .plurals = none ? NULL : fields[2],
        .plurals_length = none ? 0 : lengths[2],
        .feminine = lengths[3] > 0 && *fields[3] == 'f',
        .human = lengths[4] > 0 && *fields[4] == 'h',
    };
    return true;
}

bool nashra_nouns_find(const struct nashra_nouns *nouns, const char *word, size_t length, struct nashra_noun_row *row) {
    intptr_t extra;
    if (nashra_map_get(nouns->extra, word, length, &extra)) {
        *row = *(const struct nashra_noun_row *)extra;
        return true;
    }
    const char *end, *line = length ? find_line(nouns, word, length, &end) : NULL;
    return line && split_line(line, end, row);
}
