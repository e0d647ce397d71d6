/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Builds model files by hand, after docs/FORMATS.md. */
#ifndef TEST_NN_FILE_H
#define TEST_NN_FILE_H

#include <stdint.h>
#include <string.h>

enum { FILE_HEADER = 32, FILE_RECORD = 72, FILE_ROOM = 1 << 16 };

struct file {
    _Alignas(64) unsigned char bytes[FILE_ROOM];
    size_t size;
    uint32_t records;
};

static inline void put(unsigned char *at, uint64_t value, size_t bytes) {
    for (size_t i = 0; i < bytes; i++)
        at[i] = (unsigned char)(value >> 8 * i);
}

/* Over all bytes but the sum itself. */
static inline uint64_t file_sum(const unsigned char *bytes, size_t size) {
    uint64_t sum = 0x6E61736872616E6Eu;
    for (size_t i = 0; i < size; i += 8) {
        if (i == 24)
            continue;
        uint64_t word = 0;
        for (size_t j = 0; j < 8 && i + j < size; j++)
            word |= (uint64_t)bytes[i + j] << 8 * j;
        sum = (sum ^ word) * 0x9E3779B97F4A7C15u;
        sum ^= sum >> 29;
    }
    return sum;
}

/* Room for `records` records; their data follows. */
static inline void file_begin(struct file *f, uint32_t records) {
    memset(f, 0, sizeof *f);
    f->size = FILE_HEADER + records * FILE_RECORD;
}

static inline unsigned char *file_record(struct file *f, uint32_t index) {
    return f->bytes + FILE_HEADER + index * FILE_RECORD;
}

static inline void file_add(struct file *f, const char *name, uint32_t type, uint32_t rank, const uint32_t *dims,
                            const void *data, size_t size) {
    unsigned char *r = file_record(f, f->records++);
    f->size = (f->size + 63) / 64 * 64;
    memcpy(r, name, strlen(name));
    put(r + 32, type, 4);
    put(r + 36, rank, 4);
    for (uint32_t i = 0; i < 4; i++)
        put(r + 40 + 4 * i, i < rank ? dims[i] : 1, 4);
    put(r + 56, f->size, 8);
    put(r + 64, size, 8);
    memcpy(f->bytes + f->size, data, size);
    f->size += size;
}

static inline void file_seal(struct file *f) {
    memcpy(f->bytes, "NashraNN", 8);
    put(f->bytes + 8, 1, 4);
    put(f->bytes + 12, f->records, 4);
    put(f->bytes + 16, f->size, 8);
    put(f->bytes + 24, file_sum(f->bytes, f->size), 8);
}

#endif
