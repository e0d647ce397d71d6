/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cache.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <nashra/io.h>

#include "batch_file.h"

enum {
    BLOCK = 65536,
    TOUCH_SECONDS = 60, /* a newer time of use isn't worth a write */
    TRIM_SHARE = 16     /* a process looks at the size after it added this part of the limit */
};

int nashra_cache_open(const char *folder, uint64_t limit, struct nashra_cache **result) {
    struct nashra_cache *cache = nashra_alloc_zeroed(1, sizeof *cache);
    *result = NULL;
    if (!cache)
        return NASHRA_ENOMEM;
    cache->limit = limit;
    cache->hash = nashra_hash_create();
    cache->folder = nashra_join(folder, "");
    char *drafts = nashra_join(folder, "/tmp");
    int status = cache->hash && cache->folder && drafts ? nashra_make_folders(drafts) : NASHRA_ENOMEM;
    nashra_free(drafts);
    if (status < 0) {
        nashra_cache_close(cache);
        return status;
    }
    *result = cache;
    return NASHRA_OK;
}

void nashra_cache_close(struct nashra_cache *cache) {
    if (!cache)
        return;
    nashra_hash_destroy(cache->hash);
    nashra_free(cache->folder);
    nashra_free(cache);
}

const struct nashra_cache_counts *nashra_cache_counts(const struct nashra_cache *cache) {
    return &cache->counts;
}

/* FOLDER/ab/cdef…: 256 folders keep each of them short. NULL when out of memory. */
static char *entry_path(const struct nashra_cache *cache, const struct nashra_digest *key) {
    char hex[NASHRA_DIGEST_HEX], name[NASHRA_DIGEST_HEX + 4];
    nashra_digest_hex(key, hex);
    snprintf(name, sizeof name, "/%.2s/%s", hex, hex + 2);
    return nashra_join(cache->folder, name);
}

static int discard(struct nashra_cache *cache, struct nashra_cache_item *item) {
    char *path = entry_path(cache, &item->head.key);
    if (!path)
        return NASHRA_ENOMEM;
    nashra_log(NASHRA_LOG_WARNING, "cache: %s is damaged; it is made anew", path);
    unlink(path);
    nashra_free(path);
    cache->counts.hits--;
    cache->counts.misses++;
    cache->counts.damaged++;
    return 0;
}

static bool read_exactly(int fd, void *bytes, size_t length) {
    size_t got;
    return nashra_io_read(fd, bytes, length, &got) == 0 && got == length;
}

static bool read_head(struct nashra_cache *cache, struct nashra_cache_item *item, const struct nashra_digest *key) {
    unsigned char bytes[NASHRA_ENTRY_MAX_HEAD];
    struct nashra_digest wanted = *key;
    if (!read_exactly(item->fd, bytes, NASHRA_ENTRY_PREFIX))
        return false;
    size_t length = nashra_entry_head_length(bytes);
    bool good = length > 0 && read_exactly(item->fd, bytes + NASHRA_ENTRY_PREFIX, length - NASHRA_ENTRY_PREFIX) &&
                nashra_entry_read_head(bytes, length, cache->hash, &item->head) &&
                nashra_digest_equal(&item->head.key, &wanted);
    item->head.key = wanted; /* its name, whatever it says */
    return good;
}

static void touch(int fd) {
    struct stat info;
    if (fstat(fd, &info) == 0 && info.st_mtime < time(NULL) - TOUCH_SECONDS)
        futimens(fd, NULL);
}

int nashra_cache_find(struct nashra_cache *cache, const struct nashra_digest *key, struct nashra_cache_item *item) {
    char *path = entry_path(cache, key);
    if (!path)
        return NASHRA_ENOMEM;
    item->fd = open(path, O_RDONLY | O_CLOEXEC);
    nashra_free(path);
    if (item->fd < 0) {
        cache->counts.misses++;
        return 0;
    }
    item->head.key = *key;
    cache->counts.hits++;
    if (read_head(cache, item, key)) {
        touch(item->fd);
        return 1;
    }
    int status = discard(cache, item);
    nashra_cache_release(item);
    return status;
}

void nashra_cache_release(struct nashra_cache_item *item) {
    if (item->fd >= 0)
        close(item->fd);
    item->fd = -1;
}

/* Takes a block of a part. Negative ends the reading. */
typedef int (*block_fn)(const char *block, size_t length, void *user);

static int read_part(struct nashra_cache *cache, struct nashra_cache_item *item, size_t index, block_fn take,
                     void *user) {
    const struct nashra_entry_part *part = &item->head.parts[index];
    struct nashra_digest digest;
    char block[BLOCK];
    for (uint64_t left = part->size; left > 0;) {
        size_t length = left < BLOCK ? (size_t)left : BLOCK;
        if (!read_exactly(item->fd, block, length))
            return discard(cache, item);
        nashra_hash_add(cache->hash, block, length);
        int status = take(block, length, user);
        if (status < 0) {
            nashra_hash_end(cache->hash, &digest);
            return status;
        }
        left -= length;
    }
    if (!nashra_hash_end(cache->hash, &digest) || !nashra_digest_equal(&digest, &part->digest))
        return discard(cache, item);
    return 1;
}

static int append(const char *block, size_t length, void *user) {
    return nashra_buffer_add(user, block, length);
}

int nashra_cache_read(struct nashra_cache *cache, struct nashra_cache_item *item, size_t part,
                      struct nashra_buffer *out) {
    nashra_buffer_clear(out);
    return read_part(cache, item, part, append, out);
}

struct copy {
    int fd;
    const char *path;
};

static int write_block(const char *block, size_t length, void *user) {
    const struct copy *copy = user;
    return nashra_write_bytes(copy->fd, block, length, copy->path);
}

int nashra_cache_copy(struct nashra_cache *cache, struct nashra_cache_item *item, size_t part, int fd,
                      const char *path) {
    struct copy copy = {fd, path};
    return read_part(cache, item, part, write_block, &copy);
}

static bool copy_file(int to, int from, uint64_t length) {
    char block[BLOCK];
    if (lseek(from, 0, SEEK_SET) != 0)
        return false;
    while (length > 0) {
        size_t piece = length < BLOCK ? (size_t)length : BLOCK;
        if (!read_exactly(from, block, piece) || nashra_io_write(to, block, piece) != 0)
            return false;
        length -= piece;
    }
    return true;
}

static bool write_entry(int fd, const struct nashra_buffer *head, const struct nashra_entry_head *parts,
                        const struct nashra_cache_source *sources) {
    if (nashra_io_write(fd, head->data, head->length) != 0)
        return false;
    for (size_t i = 0; i < parts->count; i++) {
        uint64_t size = parts->parts[i].size;
        const bool good = sources[i].bytes ? nashra_io_write(fd, sources[i].bytes, (size_t)size) == 0
                                           : copy_file(fd, sources[i].fd, size);
        if (!good)
            return false;
    }
    return true;
}

/* The folder of two digits is made when the first of its entries comes. */
static bool take_name(const char *draft, char *path) {
    if (rename(draft, path) == 0)
        return true;
    char *slash = strrchr(path, '/');
    *slash = '\0';
    bool made = mkdir(path, 0777) == 0 || errno == EEXIST;
    *slash = '/';
    return made && rename(draft, path) == 0;
}

static bool store(struct nashra_cache *cache, const struct nashra_buffer *bytes, const struct nashra_entry_head *head,
                  const struct nashra_cache_source *sources, char *path) {
    char *draft = nashra_join(cache->folder, "/tmp/XXXXXX");
    int fd = draft ? mkstemp(draft) : -1;
    bool good = fd >= 0 && write_entry(fd, bytes, head, sources) && fchmod(fd, 0644) == 0;
    int cause = errno;
    if (fd >= 0 && close(fd) != 0)
        good = false;
    if (good && !take_name(draft, path)) {
        good = false;
        cause = errno;
    }
    if (!good && fd >= 0)
        unlink(draft);
    if (!good && !cache->told)
        nashra_log(NASHRA_LOG_WARNING, "cache: %s can't be written: %s; going on without it", cache->folder,
                   strerror(cause));
    cache->told = cache->told || !good;
    nashra_free(draft);
    return good;
}

static uint64_t entry_size(const struct nashra_entry_head *head, size_t head_length) {
    uint64_t size = head_length;
    for (size_t i = 0; i < head->count; i++)
        size += head->parts[i].size;
    return size;
}

int nashra_cache_put(struct nashra_cache *cache, const struct nashra_entry_head *head,
                     const struct nashra_cache_source *sources) {
    struct nashra_buffer bytes = {0};
    char *path = entry_path(cache, &head->key);
    int status = path ? nashra_entry_write_head(head, cache->hash, &bytes) : NASHRA_ENOMEM;
    uint64_t size = entry_size(head, bytes.length);
    if (status >= 0 && size <= cache->limit / TRIM_SHARE && store(cache, &bytes, head, sources, path))
        cache->added += size;
    nashra_buffer_finish(&bytes);
    nashra_free(path);
    return status >= 0 && cache->added > cache->limit / TRIM_SHARE ? nashra_cache_trim(cache) : status;
}
