/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bytes of a cache entry: a head that lists its parts and is covered by a checksum, then the parts. docs/FORMATS.md
 * says where each stands. */
#ifndef NASHRA_RADIO_CACHE_ENTRY_H
#define NASHRA_RADIO_CACHE_ENTRY_H

#include <nashra/memory.h>

#include "cache_hash.h"

enum {
    NASHRA_ENTRY_PREFIX = 48,    /* bytes up to the first part's row */
    NASHRA_ENTRY_MAX_PARTS = 16, /* a sound and what stands beside it */
    NASHRA_ENTRY_MAX_NAME = 255, /* bytes of a part's name */
    NASHRA_ENTRY_MAX_HEAD = 8 * 1024
};

struct nashra_entry_part {
    char name[NASHRA_ENTRY_MAX_NAME + 1];
    uint64_t size;
    struct nashra_digest digest;
};

struct nashra_entry_head {
    struct nashra_digest key;
    size_t count;
    struct nashra_entry_part parts[NASHRA_ENTRY_MAX_PARTS];
};

/* Appends the head, its own checksum included. 0 or NASHRA_ENOMEM. */
int nashra_entry_write_head(const struct nashra_entry_head *head, struct nashra_hash *hash, struct nashra_buffer *out);

/* The head's length, from its first NASHRA_ENTRY_PREFIX bytes; 0 when they are no head's. */
size_t nashra_entry_head_length(const unsigned char *prefix);
/* Reads a head of `length` bytes. False when anything in it is not as written. */
bool nashra_entry_read_head(const unsigned char *bytes, size_t length, struct nashra_hash *hash,
                            struct nashra_entry_head *head);

#endif
