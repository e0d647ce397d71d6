/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A folder of entries named by what made them (SHA-256), for any number of processes at once: an entry takes its name
 * when it is complete, is never changed, and is checked whenever it is read. Nothing is synced: what a power cut tears
 * fails its checksum and is made anew. */
#ifndef NASHRA_RADIO_CACHE_H
#define NASHRA_RADIO_CACHE_H

#include <nashra/memory.h>

#include "cache_entry.h"

struct nashra_cache;

struct nashra_cache_counts {
    uint64_t hits;
    uint64_t misses;
    uint64_t damaged; /* entries that failed a check; counted among the misses, too */
};

/* Makes the folder where it is missing. @param limit in bytes. 0, NASHRA_ECANTCREATE (reported) or NASHRA_ENOMEM. */
int nashra_cache_open(const char *folder, uint64_t limit, struct nashra_cache **cache);
/* Takes NULL. */
void nashra_cache_close(struct nashra_cache *cache);
const struct nashra_cache_counts *nashra_cache_counts(const struct nashra_cache *cache);

/* An entry that was found; it can be read even when it is evicted meanwhile. */
struct nashra_cache_item {
    int fd;
    struct nashra_entry_head head;
};

/* @return 1 and an item, to be released; 0 when there is none (or it was damaged: it is removed); NASHRA_ENOMEM. */
int nashra_cache_find(struct nashra_cache *cache, const struct nashra_digest *key, struct nashra_cache_item *item);
/* Parts are read in order, each once. Into memory, or into a file named `path` for messages.
 * @return 1; 0 when the part is damaged (the entry is removed); NASHRA_EIO (the copy can't be written), NASHRA_ENOMEM.
 */
int nashra_cache_read(struct nashra_cache *cache, struct nashra_cache_item *item, size_t part,
                      struct nashra_buffer *out);
int nashra_cache_copy(struct nashra_cache *cache, struct nashra_cache_item *item, size_t part, int fd,
                      const char *path);
void nashra_cache_release(struct nashra_cache_item *item);

/* A part to be kept: bytes in memory, or an open file of `size` bytes. */
struct nashra_cache_source {
    const void *bytes; /* NULL: `fd` */
    int fd;
};

/* Keeps an entry; head->parts hold names, sizes and digests. A cache that can't be written is no failure: it is told
 * once. 0 or NASHRA_ENOMEM. */
int nashra_cache_put(struct nashra_cache *cache, const struct nashra_entry_head *head,
                     const struct nashra_cache_source *sources);

/* Removes what was used longest ago until nine tenths of the limit are left, if it is exceeded; another process that
 * does the same is left to it. 0 or NASHRA_ENOMEM. */
int nashra_cache_trim(struct nashra_cache *cache);

/* What the parts share. */
struct nashra_cache {
    char *folder;
    uint64_t limit;
    uint64_t added; /* bytes since the last trim */
    struct nashra_hash *hash;
    struct nashra_cache_counts counts;
    bool told; /* that it can't be written */
};

#endif
