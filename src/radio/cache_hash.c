/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cache_hash.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nashra/io.h>
#include <nashra/memory.h>

struct nashra_hash {
    EVP_MD_CTX *context;
    bool failed;
};

static void begin(struct nashra_hash *hash) {
    hash->failed = EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL) != 1;
}

struct nashra_hash *nashra_hash_create(void) {
    struct nashra_hash *hash = nashra_alloc_zeroed(1, sizeof *hash);
    if (!hash)
        return NULL;
    hash->context = EVP_MD_CTX_new();
    if (!hash->context) {
        nashra_free(hash);
        return NULL;
    }
    begin(hash);
    return hash;
}

void nashra_hash_destroy(struct nashra_hash *hash) {
    if (!hash)
        return;
    EVP_MD_CTX_free(hash->context);
    nashra_free(hash);
}

void nashra_hash_add(struct nashra_hash *hash, const void *bytes, size_t length) {
    if (length && EVP_DigestUpdate(hash->context, bytes, length) != 1)
        hash->failed = true;
}

void nashra_hash_add_number(struct nashra_hash *hash, int64_t number) {
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    nashra_hash_add(hash, bytes, sizeof bytes);
}

void nashra_hash_add_field(struct nashra_hash *hash, const void *bytes, size_t length) {
    nashra_hash_add_number(hash, (int64_t)length);
    nashra_hash_add(hash, bytes, length);
}

void nashra_hash_add_string(struct nashra_hash *hash, const char *string) {
    nashra_hash_add_field(hash, string, string ? strlen(string) : 0);
}

static int add_bytes(struct nashra_hash *hash, int fd) {
    char block[65536];
    size_t got;
    int error;
    do {
        error = nashra_io_read(fd, block, sizeof block, &got);
        nashra_hash_add(hash, block, got);
    } while (!error && got == sizeof block);
    return error;
}

int nashra_hash_add_file(struct nashra_hash *hash, const char *path) {
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return nashra_fail(NASHRA_ENOINPUT, "%s: %s", path, strerror(errno));
    int cause = fstat(fd, &info) != 0 ? errno : S_ISDIR(info.st_mode) ? EISDIR : 0;
    nashra_hash_add_number(hash, info.st_size);
    if (!cause)
        cause = add_bytes(hash, fd);
    close(fd);
    if (!cause)
        return NASHRA_OK;
    return nashra_fail(cause == EISDIR ? NASHRA_ENOINPUT : NASHRA_EIO, "%s: %s", path, strerror(cause));
}

bool nashra_hash_file(struct nashra_hash *hash, const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && add_bytes(hash, fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

bool nashra_hash_end(struct nashra_hash *hash, struct nashra_digest *digest) {
    unsigned length = 0;
    bool good = EVP_DigestFinal_ex(hash->context, digest->bytes, &length) == 1 && !hash->failed;
    begin(hash);
    return good && length == NASHRA_DIGEST_SIZE;
}

bool nashra_digest_equal(const struct nashra_digest *one, const struct nashra_digest *other) {
    return memcmp(one->bytes, other->bytes, NASHRA_DIGEST_SIZE) == 0;
}

void nashra_digest_hex(const struct nashra_digest *digest, char hex[NASHRA_DIGEST_HEX]) {
    static const char digits[] = "0123456789abcdef";
    for (int i = 0; i < NASHRA_DIGEST_SIZE; i++) {
        hex[2 * i] = digits[digest->bytes[i] >> 4];
        hex[2 * i + 1] = digits[digest->bytes[i] & 15];
    }
    hex[NASHRA_DIGEST_HEX - 1] = '\0';
}
