/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 (FIPS 180-4, libcrypto's): names of what is kept, and checksums of it. */
#ifndef NASHRA_RADIO_CACHE_HASH_H
#define NASHRA_RADIO_CACHE_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nashra/status.h>

enum { NASHRA_DIGEST_SIZE = 32, NASHRA_DIGEST_HEX = 2 * NASHRA_DIGEST_SIZE + 1 };

struct nashra_digest {
    unsigned char bytes[NASHRA_DIGEST_SIZE];
};

struct nashra_hash;

/* NULL when out of memory. */
struct nashra_hash *nashra_hash_create(void);
/* Takes NULL. */
void nashra_hash_destroy(struct nashra_hash *hash);
void nashra_hash_add(struct nashra_hash *hash, const void *bytes, size_t length);
/* Adds the length first, so that "a","bc" and "ab","c" differ. NULL counts as "". */
void nashra_hash_add_field(struct nashra_hash *hash, const void *bytes, size_t length);
void nashra_hash_add_string(struct nashra_hash *hash, const char *string);
void nashra_hash_add_number(struct nashra_hash *hash, int64_t number);
/* Adds a file's bytes as a field. 0, NASHRA_ENOINPUT or NASHRA_EIO (reported). */
int nashra_hash_add_file(struct nashra_hash *hash, const char *path);
/* Adds a file's bytes alone: their digest is the file's own. False when it can't be read. */
bool nashra_hash_file(struct nashra_hash *hash, const char *path);
/* Gives the digest and begins anew. False when libcrypto failed somewhere since the last end. */
bool nashra_hash_end(struct nashra_hash *hash, struct nashra_digest *digest);

bool nashra_digest_equal(const struct nashra_digest *one, const struct nashra_digest *other);
void nashra_digest_hex(const struct nashra_digest *digest, char hex[NASHRA_DIGEST_HEX]);

#endif
