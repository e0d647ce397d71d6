/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout.h"

#include <string.h>

#include <nashra/table.h>

static const char *const command_names[NASHRA_COMMAND_COUNT] = {
    [NASHRA_COMMAND_NONE] = "-",
    [NASHRA_COMMAND_PLAY] = "play",
    [NASHRA_COMMAND_NEXT] = "next",
    [NASHRA_COMMAND_PREVIOUS] = "previous",
    [NASHRA_COMMAND_NEXT_ARTICLE] = "next-article",
    [NASHRA_COMMAND_PREVIOUS_ARTICLE] = "previous-article",
    [NASHRA_COMMAND_LEVEL_UP] = "level-up",
    [NASHRA_COMMAND_LEVEL_DOWN] = "level-down",
    [NASHRA_COMMAND_REPEAT] = "repeat",
    [NASHRA_COMMAND_WHERE] = "where",
    [NASHRA_COMMAND_SLOWER] = "slower",
    [NASHRA_COMMAND_FASTER] = "faster",
    [NASHRA_COMMAND_LOUDER] = "louder",
    [NASHRA_COMMAND_SOFTER] = "softer",
    [NASHRA_COMMAND_SLEEP] = "sleep",
    [NASHRA_COMMAND_UNDO] = "undo",
    [NASHRA_COMMAND_BOOKMARK] = "bookmark",
    [NASHRA_COMMAND_NEXT_BOOKMARK] = "next-bookmark",
    [NASHRA_COMMAND_SKIM] = "skim",
    [NASHRA_COMMAND_NEW] = "new",
    [NASHRA_COMMAND_DESCRIBE] = "describe",
    [NASHRA_COMMAND_OFF] = "off",
    [NASHRA_COMMAND_HELP] = "help",
};

const char *nashra_command_name(enum nashra_command command) {
    return (unsigned)command < NASHRA_COMMAND_COUNT ? command_names[command] : "-";
}

static int find_command(const char *name) {
    for (int i = 0; i < NASHRA_COMMAND_COUNT; i++)
        if (strcmp(command_names[i], name) == 0)
            return i;
    return -1;
}

struct key_row {
    const char *name;
    enum nashra_command meaning[NASHRA_GESTURE_COUNT];
    size_t members[2]; /* of a pair */
    size_t line;
};

struct nashra_layout {
    struct nashra_table *table;              /* holds the names */
    struct key_row rows[NASHRA_LAYOUT_ROWS]; /* keys first, then pairs */
    size_t keys;
    size_t count;
};

void nashra_layout_destroy(struct nashra_layout *layout) {
    if (!layout)
        return;
    nashra_table_destroy(layout->table);
    nashra_free(layout);
}

static int find_row(const struct nashra_layout *layout, const char *name, size_t length) {
    for (size_t i = 0; i < layout->count; i++)
        if (strlen(layout->rows[i].name) == length && memcmp(layout->rows[i].name, name, length) == 0)
            return (int)i;
    return -1;
}

static int read_members(const struct nashra_layout *layout, const struct nashra_row *row, struct key_row *pair) {
    const char *plus = strchr(pair->name, '+');
    const int first = find_row(layout, pair->name, (size_t)(plus - pair->name));
    const int second = find_row(layout, plus + 1, strlen(plus + 1));
    if (first < 0 || second < 0 || first == second || (size_t)first >= layout->keys || (size_t)second >= layout->keys)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: \"%s\" is no pair of two keys that stand above it", row->file,
                           row->line, pair->name);
    pair->members[0] = (size_t)first;
    pair->members[1] = (size_t)second;
    return NASHRA_OK;
}

static int read_meaning(const struct nashra_row *row, int gesture, enum nashra_command *meaning) {
    const char *field = row->fields[1 + gesture];
    const int command = find_command(field);
    if (command < 0)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: there is no command \"%s\"", row->file, row->line, field);
    if (command == NASHRA_COMMAND_HELP && gesture == NASHRA_GESTURE_SHORT)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: help is for a long press or a held key", row->file, row->line);
    *meaning = (enum nashra_command)command;
    return NASHRA_OK;
}

static int read_row(const struct nashra_row *row, void *user) {
    struct nashra_layout *layout = user;
    struct key_row key = {.name = row->fields[0], .line = row->line};
    if (layout->count == NASHRA_LAYOUT_ROWS)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: more than %d keys", row->file, row->line, NASHRA_LAYOUT_ROWS);
    if (row->count < 1 + NASHRA_GESTURE_COUNT)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: key, short, long and held are needed", row->file, row->line);
    const int twice = find_row(layout, key.name, strlen(key.name));
    if (twice >= 0)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: \"%s\" stands in line %zu already", row->file, row->line, key.name,
                           layout->rows[twice].line);
    const bool pair = strchr(key.name, '+') != NULL;
    if (!pair && layout->keys < layout->count)
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: the key \"%s\" stands below a pair", row->file, row->line,
                           key.name);
    int status = pair ? read_members(layout, row, &key) : NASHRA_OK;
    for (int g = 0; g < NASHRA_GESTURE_COUNT && status >= 0; g++)
        status = read_meaning(row, g, &key.meaning[g]);
    if (status < 0)
        return status;
    layout->rows[layout->count++] = key;
    layout->keys += !pair;
    return NASHRA_OK;
}

int nashra_layout_load(const char *path, struct nashra_layout **out) {
    *out = NULL;
    struct nashra_layout *layout = nashra_alloc_zeroed(1, sizeof *layout);
    if (!layout)
        return NASHRA_ENOMEM;
    int status = nashra_table_load(path, 1, read_row, layout, &layout->table);
    if (status >= 0 && layout->keys == 0)
        status = nashra_fail(NASHRA_ECONFIG, "%s: no keys", path);
    if (status < 0) {
        nashra_layout_destroy(layout);
        return status;
    }
    *out = layout;
    return NASHRA_OK;
}

size_t nashra_layout_keys(const struct nashra_layout *layout) {
    return layout->keys;
}

const char *nashra_layout_key_name(const struct nashra_layout *layout, size_t key) {
    return key < layout->keys ? layout->rows[key].name : NULL;
}

int nashra_layout_find(const struct nashra_layout *layout, const char *name) {
    const int row = find_row(layout, name, strlen(name));
    return row >= 0 && (size_t)row < layout->keys ? row : -1;
}

enum nashra_command nashra_layout_meaning(const struct nashra_layout *layout, size_t row, enum nashra_gesture gesture) {
    return row < layout->count ? layout->rows[row].meaning[gesture] : NASHRA_COMMAND_NONE;
}

bool nashra_layout_has(const struct nashra_layout *layout, enum nashra_command command) {
    for (size_t i = 0; i < layout->count; i++)
        for (int g = 0; g < NASHRA_GESTURE_COUNT; g++)
            if (layout->rows[i].meaning[g] == command)
                return true;
    return false;
}

int nashra_layout_pair(const struct nashra_layout *layout, size_t key, size_t other) {
    for (size_t i = layout->keys; i < layout->count; i++) {
        const size_t *members = layout->rows[i].members;
        if ((members[0] == key && members[1] == other) || (members[0] == other && members[1] == key))
            return (int)i;
    }
    return -1;
}

bool nashra_layout_holds(const struct nashra_layout *layout, size_t pair, size_t key) {
    return pair >= layout->keys && pair < layout->count &&
           (layout->rows[pair].members[0] == key || layout->rows[pair].members[1] == key);
}
