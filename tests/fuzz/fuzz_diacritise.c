/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a line: nothing but marks may be added. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/diacritise.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int is_mark(const char *at) {
    unsigned char first = (unsigned char)at[0], second = (unsigned char)at[1];
    return first == 0xD9 && second >= 0x8B && second <= 0x92;
}

/* Whether `line` is `marked` without some of its marks. */
static int only_adds_marks(const char *line, size_t length, const char *marked) {
    size_t at = 0;
    while (*marked) {
        size_t step = (unsigned char)*marked == 0xD9 && marked[1] ? 2 : 1;
        if (at + step <= length && memcmp(marked, line + at, step) == 0)
            at += step;
        else if (!is_mark(marked))
            return 0;
        marked += step;
    }
    return at == length;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct nashra_diacritiser *diacritiser;
    if (!diacritiser && nashra_diacritiser_create(NULL, &diacritiser) < 0)
        abort();
    if (size > 0 && memchr(data, 0, size))
        return 0;
    struct nashra_buffer out = {0};
    if (nashra_diacritise_line(diacritiser, (const char *)data, size, &out) < 0)
        abort();
    if (!only_adds_marks((const char *)data, size, nashra_buffer_string(&out)))
        abort();
    nashra_buffer_finish(&out);
    return 0;
}
