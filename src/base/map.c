/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/table.h>

#include <string.h>

struct entry {
    const char *key; /* NULL: free */
    size_t length;
    uint32_t hash;
    intptr_t value;
};

struct nashra_map {
    struct entry *entries;
    size_t capacity; /* a power of two */
    size_t count;
};

/* FNV-1a, 32 bit (Fowler, Noll, Vo). */
static uint32_t hash_bytes(const char *key, size_t length) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)key[i]) * 16777619u;
    return hash;
}

struct nashra_map *nashra_map_create(void) {
    return nashra_alloc_zeroed(1, sizeof(struct nashra_map));
}

void nashra_map_destroy(struct nashra_map *map) {
    if (!map)
        return;
    nashra_free(map->entries);
    nashra_free(map);
}

static struct entry *find_slot(struct entry *entries, size_t capacity, const char *key, size_t length, uint32_t hash) {
    for (size_t i = hash & (capacity - 1);; i = (i + 1) & (capacity - 1)) {
        struct entry *e = &entries[i];
        if (!e->key || (e->hash == hash && e->length == length && memcmp(e->key, key, length) == 0))
            return e;
    }
}

static int grow(struct nashra_map *map) {
    size_t capacity = map->capacity ? map->capacity * 2 : 64;
    struct entry *entries = nashra_alloc_zeroed(capacity, sizeof *entries);
    if (!entries)
        return NASHRA_ENOMEM;
    for (size_t i = 0; i < map->capacity; i++) {
        const struct entry *old = &map->entries[i];
        if (old->key)
            *find_slot(entries, capacity, old->key, old->length, old->hash) = *old;
    }
    nashra_free(map->entries);
    map->entries = entries;
    map->capacity = capacity;
    return NASHRA_OK;
}

int nashra_map_put(struct nashra_map *map, const char *key, size_t length, intptr_t value) {
    if (map->count * 3 >= map->capacity * 2) {
        int status = grow(map);
        if (status < 0)
            return status;
    }
    uint32_t hash = hash_bytes(key, length);
    struct entry *e = find_slot(map->entries, map->capacity, key, length, hash);
    if (!e->key)
        map->count++;
    *e = (struct entry){key, length, hash, value};
    return NASHRA_OK;
}

bool nashra_map_get(const struct nashra_map *map, const char *key, size_t length, intptr_t *value) {
    if (map->count == 0)
        return false;
    const struct entry *e = find_slot(map->entries, map->capacity, key, length, hash_bytes(key, length));
    if (!e->key)
        return false;
    *value = e->value;
    return true;
}

size_t nashra_map_count(const struct nashra_map *map) {
    return map->count;
}
