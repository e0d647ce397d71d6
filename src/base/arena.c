/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/memory.h>

#include <stdalign.h>
#include <stdint.h>
#include <string.h>

enum { BLOCK_SIZE = 16 * 1024 };

struct block {
    struct block *next;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char bytes[];
};

struct nashra_arena {
    struct block *first;
    struct block *current;
    size_t used;
};

struct nashra_arena *nashra_arena_create(void) {
    return nashra_alloc_zeroed(1, sizeof(struct nashra_arena));
}

void nashra_arena_destroy(struct nashra_arena *arena) {
    if (!arena)
        return;
    for (struct block *block = arena->first, *next; block; block = next) {
        next = block->next;
        nashra_free(block);
    }
    nashra_free(arena);
}

void nashra_arena_reset(struct nashra_arena *arena) {
    for (struct block *block = arena->first; block; block = block->next)
        block->used = 0;
    arena->current = arena->first;
    arena->used = 0;
}

static struct block *add_block(struct nashra_arena *arena, size_t least) {
    size_t size = least > BLOCK_SIZE ? least : BLOCK_SIZE;
    struct block *block = nashra_alloc(sizeof *block + size);
    if (!block)
        return NULL;
    block->size = size;
    block->used = 0;
    if (arena->current) {
        block->next = arena->current->next;
        arena->current->next = block;
    } else {
        block->next = arena->first;
        arena->first = block;
    }
    arena->current = block;
    return block;
}

static struct block *block_with_room(struct nashra_arena *arena, size_t size) {
    for (struct block *block = arena->current; block; block = block->next)
        if (block->size - block->used >= size)
            return arena->current = block;
    return add_block(arena, size);
}

void *nashra_arena_alloc(struct nashra_arena *arena, size_t size) {
    const size_t alignment = alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        return NULL;
    size = (size + alignment - 1) & ~(alignment - 1);
    struct block *block = block_with_room(arena, size);
    if (!block)
        return NULL;
    void *result = block->bytes + block->used;
    block->used += size;
    arena->used += size;
    return memset(result, 0, size);
}

char *nashra_arena_copy(struct nashra_arena *arena, const char *bytes, size_t length) {
    char *copy = nashra_arena_alloc(arena, length + 1);
    if (copy && length)
        memcpy(copy, bytes, length);
    return copy;
}

size_t nashra_arena_used(const struct nashra_arena *arena) {
    return arena->used;
}
