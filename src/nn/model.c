/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The model file: docs/FORMATS.md. Nothing of it is believed before it was checked. */
#include <nashra/mapped.h>
#include <nashra/memory.h>
#include <nashra/nn.h>

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { VERSION = 1, NAME_SIZE = 32, MOST_RANK = 4, MOST_RECORDS = 4096, ALIGNMENT = 64 };

struct header {
    char magic[8]; /* "NashraNN" */
    uint32_t version;
    uint32_t records;
    uint64_t size;     /* of the whole file */
    uint64_t checksum; /* of all else in the file */
};

struct record {
    char name[NAME_SIZE]; /* padded with NUL; at least one */
    uint32_t type;
    uint32_t rank;
    uint32_t dims[MOST_RANK]; /* 1 beyond the rank */
    uint64_t offset;          /* from the start of the file */
    uint64_t size;
};

struct nashra_model {
    const unsigned char *bytes;
    size_t size;
    const struct record *records;
    size_t count;
    struct nashra_mapped file; /* where `bytes` lie, if in a file */
    char name[256];
};

static const size_t type_size[] = {0, 1, 1, 4, 4};

static bool little_endian(void) {
    uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first == 1;
}

/* A multiplicative hash of 64-bit words; the last word is padded with zeros. */
static uint64_t hash(uint64_t sum, const unsigned char *bytes, size_t size) {
    const uint64_t ratio = 0x9E3779B97F4A7C15u;
    size_t whole = size - size % 8;
    uint64_t word;
    for (size_t i = 0; i < whole; i += 8) { /* the model is megabytes, and all of it is summed at each start */
        memcpy(&word, bytes + i, 8);
        sum = (sum ^ word) * ratio;
        sum ^= sum >> 29;
    }
    if (whole == size)
        return sum;
    word = 0;
    memcpy(&word, bytes + whole, size - whole);
    sum = (sum ^ word) * ratio;
    return sum ^ sum >> 29;
}

static uint64_t checksum(const unsigned char *bytes, size_t size) {
    uint64_t sum = hash(0x6E61736872616E6Eu, bytes, offsetof(struct header, checksum));
    return hash(sum, bytes + sizeof(struct header), size - sizeof(struct header));
}

static bool sound_record(const struct record *r, size_t file_size) {
    if (!memchr(r->name, 0, NAME_SIZE) || r->type < NASHRA_RECORD_U8 || r->type > NASHRA_RECORD_F32)
        return false;
    if (r->rank == 0 || r->rank > MOST_RANK || r->offset % ALIGNMENT || r->offset > file_size)
        return false;
    uint64_t size = type_size[r->type];
    for (size_t i = 0; i < MOST_RANK; i++) {
        if (r->dims[i] == 0 || (i >= r->rank && r->dims[i] != 1) || r->dims[i] > file_size)
            return false;
        size *= r->dims[i];
        if (size > file_size)
            return false;
    }
    return size == r->size && size <= file_size - r->offset;
}

static int check_header(const struct nashra_model *m, const struct header *h) {
    if (!little_endian())
        return nashra_fail(NASHRA_ECONFIG, "%s: models are little-endian, this machine is not", m->name);
    if (m->size < sizeof *h || memcmp(h->magic, "NashraNN", 8) != 0)
        return nashra_fail(NASHRA_ECONFIG, "%s: not a model file", m->name);
    if (h->version != VERSION)
        return nashra_fail(NASHRA_ECONFIG, "%s: model version %u, not %d", m->name, h->version, VERSION);
    if (h->size != m->size)
        return nashra_fail(NASHRA_ECONFIG, "%s: truncated: %zu bytes, not %llu", m->name, m->size,
                           (unsigned long long)h->size);
    if (h->records > MOST_RECORDS || h->records > (m->size - sizeof *h) / sizeof(struct record))
        return nashra_fail(NASHRA_ECONFIG, "%s: %u records are too many", m->name, h->records);
    if (checksum(m->bytes, m->size) != h->checksum)
        return nashra_fail(NASHRA_ECONFIG, "%s: damaged: the checksum is wrong", m->name);
    return NASHRA_OK;
}

static int check(struct nashra_model *m) {
    const struct header *h = (const void *)m->bytes;
    int status = check_header(m, h);
    if (status < 0)
        return status;
    m->records = (const void *)(m->bytes + sizeof *h);
    m->count = h->records;
    for (size_t i = 0; i < m->count; i++)
        if (!sound_record(&m->records[i], m->size))
            return nashra_fail(NASHRA_ECONFIG, "%s: record %zu is damaged", m->name, i);
    return NASHRA_OK;
}

static int adopt(const void *bytes, size_t size, const char *name, struct nashra_model **model) {
    struct nashra_model *m = nashra_alloc_zeroed(1, sizeof *m);
    if (!m)
        return NASHRA_ENOMEM;
    *m = (struct nashra_model){.bytes = bytes, .size = size};
    snprintf(m->name, sizeof m->name, "%s", name);
    int status = check(m);
    if (status < 0) {
        nashra_free(m);
        return status;
    }
    *model = m;
    return NASHRA_OK;
}

int nashra_model_read(const void *bytes, size_t size, const char *name, struct nashra_model **model) {
    return adopt(bytes, size, name, model);
}

int nashra_model_open(const char *path, struct nashra_model **model) {
    struct nashra_mapped file;
    int status = nashra_mapped_open(path, &file);
    if (status == NASHRA_OK)
        status = adopt(file.bytes, file.size, path, model);
    if (status == NASHRA_OK)
        (*model)->file = file;
    else
        nashra_mapped_close(&file);
    return status;
}

void nashra_model_close(struct nashra_model *m) {
    if (!m)
        return;
    nashra_mapped_close(&m->file);
    nashra_free(m);
}

static const struct record *find(const struct nashra_model *m, const char *name) {
    for (size_t i = 0; i < m->count; i++)
        if (strcmp(m->records[i].name, name) == 0)
            return &m->records[i];
    nashra_fail(NASHRA_ECONFIG, "%s: record %s is missing", m->name, name);
    return NULL;
}

const void *nashra_model_record(const struct nashra_model *m, const char *name, enum nashra_record_type type,
                                size_t rank, const size_t *dims) {
    const struct record *r = find(m, name);
    if (!r)
        return NULL;
    bool fits = r->type == type && r->rank == rank;
    for (size_t i = 0; fits && i < rank; i++)
        fits = r->dims[i] == dims[i];
    if (!fits) {
        nashra_fail(NASHRA_ECONFIG, "%s: record %s has another type or size", m->name, name);
        return NULL;
    }
    return m->bytes + r->offset;
}

const void *nashra_model_list(const struct nashra_model *m, const char *name, enum nashra_record_type type,
                              size_t *count) {
    const struct record *r = find(m, name);
    if (!r)
        return NULL;
    if (r->type != type || r->rank != 1) {
        nashra_fail(NASHRA_ECONFIG, "%s: record %s has another type or size", m->name, name);
        return NULL;
    }
    *count = r->dims[0];
    return m->bytes + r->offset;
}

static const void *part(const struct nashra_model *m, const char *name, const char *suffix,
                        enum nashra_record_type type, size_t rank, const size_t *dims) {
    char full[NAME_SIZE];
    snprintf(full, sizeof full, "%s.%s", name, suffix);
    return nashra_model_record(m, full, type, rank, dims);
}

int nashra_model_matrix(const struct nashra_model *m, const char *name, size_t taps, size_t in, size_t out,
                        struct nashra_matrix *matrix) {
    size_t dims[] = {out / 16, taps, in / 4, 64};
    *matrix = (struct nashra_matrix){taps, in, out, NULL, NULL, NULL};
    matrix->weights = part(m, name, "weight", NASHRA_RECORD_I8, 4, dims);
    matrix->scale = part(m, name, "scale", NASHRA_RECORD_F32, 1, &out);
    matrix->bias = part(m, name, "bias", NASHRA_RECORD_F32, 1, &out);
    return matrix->weights && matrix->scale && matrix->bias ? NASHRA_OK : NASHRA_ECONFIG;
}

int nashra_model_norm(const struct nashra_model *m, const char *name, size_t width, struct nashra_norm *norm) {
    *norm = (struct nashra_norm){width, NULL, NULL};
    norm->gain = part(m, name, "gain", NASHRA_RECORD_F32, 1, &width);
    norm->shift = part(m, name, "shift", NASHRA_RECORD_F32, 1, &width);
    return norm->gain && norm->shift ? NASHRA_OK : NASHRA_ECONFIG;
}
