/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cache_entry.h"

#include <string.h>

static const char magic[8] = {'N', 'a', 's', 'h', 'r', 'a', 'C', '1'};

static void put_number(unsigned char *to, uint64_t number, int bytes) {
    for (int i = 0; i < bytes; i++)
        to[i] = (unsigned char)(number >> (8 * i));
}

static uint64_t get_number(const unsigned char *from, int bytes) {
    uint64_t number = 0;
    for (int i = 0; i < bytes; i++)
        number |= (uint64_t)from[i] << (8 * i);
    return number;
}

/* A row: size (8), length of the name (4), SHA-256 of the part (32), the name. */
enum { ROW = 44 };

static size_t measure_head(const struct nashra_entry_head *head) {
    size_t length = NASHRA_ENTRY_PREFIX + NASHRA_DIGEST_SIZE;
    for (size_t i = 0; i < head->count; i++)
        length += ROW + strlen(head->parts[i].name);
    return length;
}

static void add_row(struct nashra_buffer *out, const struct nashra_entry_part *part) {
    unsigned char row[ROW];
    size_t name = strlen(part->name);
    put_number(row, part->size, 8);
    put_number(row + 8, name, 4);
    memcpy(row + 12, part->digest.bytes, NASHRA_DIGEST_SIZE);
    nashra_buffer_add(out, (const char *)row, ROW);
    nashra_buffer_add(out, part->name, name);
}

int nashra_entry_write_head(const struct nashra_entry_head *head, struct nashra_hash *hash, struct nashra_buffer *out) {
    unsigned char prefix[NASHRA_ENTRY_PREFIX];
    struct nashra_digest sum;
    size_t from = out->length;
    memcpy(prefix, magic, sizeof magic);
    put_number(prefix + 8, measure_head(head), 4);
    put_number(prefix + 12, head->count, 4);
    memcpy(prefix + 16, head->key.bytes, NASHRA_DIGEST_SIZE);
    nashra_buffer_add(out, (const char *)prefix, sizeof prefix);
    for (size_t i = 0; i < head->count; i++)
        add_row(out, &head->parts[i]);
    if (out->failed)
        return NASHRA_ENOMEM;
    nashra_hash_add(hash, out->data + from, out->length - from);
    if (!nashra_hash_end(hash, &sum))
        return NASHRA_ENOMEM;
    return nashra_buffer_add(out, (const char *)sum.bytes, sizeof sum.bytes);
}

size_t nashra_entry_head_length(const unsigned char *prefix) {
    uint64_t length = get_number(prefix + 8, 4);
    if (memcmp(prefix, magic, sizeof magic) != 0 || length < NASHRA_ENTRY_PREFIX + NASHRA_DIGEST_SIZE ||
        length > NASHRA_ENTRY_MAX_HEAD)
        return 0;
    return (size_t)length;
}

/* A name becomes a file beside others: it must stay there. */
static bool is_plain_name(const char *name, size_t length) {
    return length > 0 && length <= NASHRA_ENTRY_MAX_NAME && !memchr(name, '\0', length) && !memchr(name, '/', length) &&
           name[0] != '.';
}

static bool read_row(const unsigned char *bytes, size_t length, size_t *at, struct nashra_entry_part *part) {
    if (length - *at < ROW)
        return false;
    const unsigned char *row = bytes + *at;
    size_t name = (size_t)get_number(row + 8, 4);
    *at += ROW;
    if (length - *at < name || !is_plain_name((const char *)row + ROW, name))
        return false;
    part->size = get_number(row, 8);
    memcpy(part->digest.bytes, row + 12, NASHRA_DIGEST_SIZE);
    memcpy(part->name, row + ROW, name);
    part->name[name] = '\0';
    *at += name;
    return true;
}

static bool sum_fits(const unsigned char *bytes, size_t length, struct nashra_hash *hash) {
    struct nashra_digest sum;
    nashra_hash_add(hash, bytes, length);
    return nashra_hash_end(hash, &sum) && memcmp(bytes + length, sum.bytes, sizeof sum.bytes) == 0;
}

bool nashra_entry_read_head(const unsigned char *bytes, size_t length, struct nashra_hash *hash,
                            struct nashra_entry_head *head) {
    if (length < NASHRA_ENTRY_PREFIX || nashra_entry_head_length(bytes) != length)
        return false;
    size_t end = length - NASHRA_DIGEST_SIZE, at = NASHRA_ENTRY_PREFIX;
    uint64_t count = get_number(bytes + 12, 4);
    if (count == 0 || count > NASHRA_ENTRY_MAX_PARTS || !sum_fits(bytes, end, hash))
        return false;
    memcpy(head->key.bytes, bytes + 16, NASHRA_DIGEST_SIZE);
    head->count = (size_t)count;
    for (size_t i = 0; i < head->count; i++)
        if (!read_row(bytes, end, &at, &head->parts[i]))
            return false;
    return at == end;
}
