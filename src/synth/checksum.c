/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "checksum.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <nashra/status.h>

static void add_bytes(uint64_t *sum, const unsigned char *bytes, size_t count) {
    for (size_t i = 0; i < count; i++)
        *sum = (*sum ^ bytes[i]) * 0x100000001b3ULL;
}

int nashra_checksum_file(const char *path, uint64_t *sum) {
    unsigned char block[4096];
    uint64_t length = 0;
    FILE *file = fopen(path, "rb");
    if (!file)
        return nashra_fail(NASHRA_ECONFIG, "%s: %s", path, strerror(errno));
    for (size_t got; (got = fread(block, 1, sizeof block, file)) > 0; length += got)
        add_bytes(sum, block, got);
    int failed = ferror(file);
    fclose(file);
    if (failed)
        return nashra_fail(NASHRA_ECONFIG, "%s: can't be read", path);
    for (int shift = 0; shift < 64; shift += 8)
        add_bytes(sum, &(unsigned char){(unsigned char)(length >> shift)}, 1);
    return NASHRA_OK;
}
