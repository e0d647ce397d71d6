/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The head of a cache entry and a sound in it, from a disk that can't be trusted. The first byte chooses; for a head a
 * right checksum is put at its end, so that what is behind it is tried, too. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/bulletin.h>

#include "cache_entry.h"
#include "cache_sound.h"

static void require(int condition) {
    if (!condition)
        abort();
}

static void read_head(unsigned char *bytes, size_t size, struct nashra_hash *hash) {
    struct nashra_entry_head head;
    struct nashra_buffer again = {0};
    struct nashra_digest sum;
    size_t length = size >= NASHRA_ENTRY_PREFIX ? nashra_entry_head_length(bytes) : 0;
    require(length == 0 || length <= NASHRA_ENTRY_MAX_HEAD);
    if (size > NASHRA_DIGEST_SIZE) {
        nashra_hash_add(hash, bytes, size - NASHRA_DIGEST_SIZE);
        require(nashra_hash_end(hash, &sum));
        memcpy(bytes + size - NASHRA_DIGEST_SIZE, sum.bytes, sizeof sum.bytes);
    }
    if (!nashra_entry_read_head(bytes, size, hash, &head))
        return;
    for (size_t i = 0; i < head.count; i++)
        require(head.parts[i].name[0] != '.' && head.parts[i].name[0] && !strchr(head.parts[i].name, '/'));
    require(nashra_entry_write_head(&head, hash, &again) == NASHRA_OK);
    require(again.length == size && memcmp(again.data, bytes, size) == 0);
    nashra_buffer_finish(&again);
}

static void read_sound(const char *bytes, size_t size) {
    struct nashra_sound sound = {0};
    struct nashra_buffer again = {0};
    if (nashra_sound_decode(bytes, size, &sound) == NASHRA_OK) {
        require(nashra_sound_encode(&sound, &again) == NASHRA_OK);
        require(again.length == size && memcmp(again.data, bytes, size) == 0);
    }
    nashra_buffer_finish(&again);
    nashra_sound_finish(&sound);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct nashra_hash *hash = nashra_hash_create();
    unsigned char *copy = malloc(size + 1);
    require(hash != NULL && copy != NULL);
    if (size > 0) {
        memcpy(copy, data + 1, size - 1);
        if (data[0] % 2)
            read_sound((const char *)copy, size - 1);
        else
            read_head(copy, size - 1, hash);
    }
    free(copy);
    nashra_hash_destroy(hash);
    return 0;
}
