/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "number/keys.h"

#include <string.h>

enum { LONGEST_KEY = 64 };

/* Writes the key of a name; 0 when it is too long to be one. */
static size_t key_of(const struct nashra_keys *keys, const char *name, size_t length, char key[LONGEST_KEY]) {
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        if (name[i] == ' ' || (name[i] == '\xC2' && i + 1 < length && name[i + 1] == '\xA0' && ++i))
            continue;
        if (n == LONGEST_KEY)
            return 0;
        bool small = keys->fold && name[i] >= 'a' && name[i] <= 'z';
        key[n++] = small ? (char)(name[i] - 'a' + 'A') : name[i];
    }
    return n > 1 && key[n - 1] == '.' ? n - 1 : n;
}

static int add_one(struct nashra_keys *keys, const char *name, size_t length, const void *row) {
    char key[LONGEST_KEY];
    size_t n = key_of(keys, name, length, key);
    if (n == 0)
        return NASHRA_OK;
    struct nashra_key *entry = nashra_arena_alloc(keys->arena, sizeof *entry);
    if (!entry)
        return NASHRA_ENOMEM;
    entry->row = row;
    intptr_t there;
    if (nashra_map_get(keys->map, key, n, &there)) {
        struct nashra_key *last = (struct nashra_key *)there;
        while (last->next)
            last = last->next;
        last->next = entry;
        return NASHRA_OK;
    }
    const char *kept = nashra_arena_copy(keys->arena, key, n);
    return kept ? nashra_map_put(keys->map, kept, n, (intptr_t)entry) : NASHRA_ENOMEM;
}

int nashra_keys_add(struct nashra_keys *keys, const char *names, const void *row) {
    while (*names) {
        size_t length = strcspn(names, ";");
        int status = add_one(keys, names, length, row);
        if (status < 0)
            return status;
        names += length + (names[length] == ';');
    }
    return NASHRA_OK;
}

const struct nashra_key *nashra_keys_find(const struct nashra_keys *keys, const char *name, size_t length) {
    char key[LONGEST_KEY];
    intptr_t there;
    size_t n = key_of(keys, name, length, key);
    return n && nashra_map_get(keys->map, key, n, &there) ? (const struct nashra_key *)there : NULL;
}
