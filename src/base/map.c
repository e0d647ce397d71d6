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

/* At most eight bytes as one number: two reads that overlap, since a copy of as many bytes as there are is a call. */
static uint64_t tail_of(const char *key, size_t length) {
    uint32_t first, last;
    if (length < sizeof first)
        return (unsigned char)key[0] | (uint64_t)(unsigned char)key[length / 2] << 8 |
               (uint64_t)(unsigned char)key[length - 1] << 16;
    memcpy(&first, key, sizeof first);
    memcpy(&last, key + length - sizeof last, sizeof last);
    return first | (uint64_t)last << 32;
}

/* Multiplicative (Knuth's golden ratio), a word of eight bytes at a time. */
uint32_t nashra_map_hash(const char *key, size_t length) {
    const uint64_t ratio = 0x9E3779B97F4A7C15u;
    uint64_t hash = length * ratio, word;
    for (; length > sizeof word; key += sizeof word, length -= sizeof word) {
        memcpy(&word, key, sizeof word);
        hash = (hash ^ word) * ratio;
        hash ^= hash >> 32;
    }
    if (length > 0)
        hash = (hash ^ tail_of(key, length)) * ratio;
    return (uint32_t)(hash ^ hash >> 32);
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
    enum { SMALLEST = 64, LARGE = 4096 };
    size_t capacity = map->capacity == 0 ? SMALLEST : map->capacity * (map->capacity < LARGE ? 4 : 2);
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

static struct entry *slot_for(struct nashra_map *map, const char *key, size_t length, uint32_t hash) {
    if (map->count * 3 >= map->capacity * 2 && grow(map) < 0)
        return NULL;
    return find_slot(map->entries, map->capacity, key, length, hash);
}

int nashra_map_put(struct nashra_map *map, const char *key, size_t length, intptr_t value) {
    uint32_t hash = nashra_map_hash(key, length);
    struct entry *e = slot_for(map, key, length, hash);
    if (!e)
        return NASHRA_ENOMEM;
    map->count += !e->key;
    *e = (struct entry){key, length, hash, value};
    return NASHRA_OK;
}

intptr_t *nashra_map_place(struct nashra_map *map, const char *key, size_t length) {
    uint32_t hash = nashra_map_hash(key, length);
    struct entry *e = slot_for(map, key, length, hash);
    if (!e)
        return NULL;
    if (!e->key) {
        map->count++;
        *e = (struct entry){key, length, hash, 0};
    }
    return &e->value;
}

bool nashra_map_get(const struct nashra_map *map, const char *key, size_t length, intptr_t *value) {
    if (map->count == 0)
        return false;
    const struct entry *e = find_slot(map->entries, map->capacity, key, length, nashra_map_hash(key, length));
    if (!e->key)
        return false;
    *value = e->value;
    return true;
}

size_t nashra_map_count(const struct nashra_map *map) {
    return map->count;
}
