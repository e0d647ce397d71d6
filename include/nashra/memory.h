/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file memory.h  Allocation, arenas and byte buffers.
 *
 * All heap memory of the library comes from nashra_alloc() and nashra_realloc(),
 * so that a test can make the n-th allocation fail.
 */
#ifndef NASHRA_MEMORY_H
#define NASHRA_MEMORY_H

#include <stddef.h>

#include <nashra/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** malloc(3) that can be made to fail; NULL when out of memory. Freed by nashra_free(). */
void *nashra_alloc(size_t size);
/** As nashra_alloc(), zeroed; NULL as well when count * size overflows. */
void *nashra_alloc_zeroed(size_t count, size_t size);
/** realloc(3) that can be made to fail; on failure the old block stays valid. */
void *nashra_realloc(void *block, size_t size);
/** Takes NULL. */
void nashra_free(void *block);

/** For tests: the n-th allocation from now (1 = the next) and all after it fail; 0 turns it off. Process-wide. */
void nashra_alloc_fail_after(unsigned long n);
/** For tests: allocations since the last call of nashra_alloc_fail_after(). */
unsigned long nashra_alloc_count(void);

/** A bump allocator whose blocks all die together; one a sentence. */
struct nashra_arena;

/** Creates an empty arena; NULL when out of memory. Owned by the caller. */
struct nashra_arena *nashra_arena_create(void);
/** Frees the arena and all that was allocated in it. Takes NULL. */
void nashra_arena_destroy(struct nashra_arena *arena);
/** Frees all that was allocated, keeps the memory for the next sentence. */
void nashra_arena_reset(struct nashra_arena *arena);
/** `size` bytes, zeroed, aligned for any type; NULL when out of memory. Lives until reset or destroy. */
void *nashra_arena_alloc(struct nashra_arena *arena, size_t size);
/** A NUL-terminated copy of `length` bytes; NULL when out of memory. */
char *nashra_arena_copy(struct nashra_arena *arena, const char *bytes, size_t length);
/** Bytes handed out since the last reset. */
size_t nashra_arena_used(const struct nashra_arena *arena);

/** A growing string of bytes, always NUL-terminated once anything was added. Zero-initialise it.
 *  An append that fails sets `failed`; later appends do nothing, so that one check at the end is enough. */
struct nashra_buffer {
    char *data;
    size_t length;
    size_t capacity;
    int failed; /**< not 0 after an allocation failed */
};

/** Appends bytes; 0 or NASHRA_ENOMEM. */
int nashra_buffer_add(struct nashra_buffer *buffer, const char *bytes, size_t length);
/** Appends a NUL-terminated string. */
int nashra_buffer_add_string(struct nashra_buffer *buffer, const char *string);
/** Appends a code point as UTF-8. */
int nashra_buffer_add_codepoint(struct nashra_buffer *buffer, unsigned codepoint);
/** Appends printf(3) output. */
int nashra_buffer_add_format(struct nashra_buffer *buffer, const char *format, ...) NASHRA_PRINTF(2, 3);
/** Empties the buffer, keeps its memory and clears `failed`. */
void nashra_buffer_clear(struct nashra_buffer *buffer);
/** Frees the memory and zeroes the struct. */
void nashra_buffer_finish(struct nashra_buffer *buffer);
/** The string so far, "" when empty; valid until the next append. */
const char *nashra_buffer_string(const struct nashra_buffer *buffer);

#ifdef __cplusplus
}
#endif
#endif
