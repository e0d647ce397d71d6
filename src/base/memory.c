/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/memory.h>

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

static _Atomic unsigned long allocations;
static _Atomic unsigned long failing_from;

static int allocation_fails(void) {
    unsigned long n = ++allocations;
    unsigned long from = failing_from;
    return from != 0 && n >= from;
}

void nashra_alloc_fail_after(unsigned long n) {
    allocations = 0;
    failing_from = n;
}

unsigned long nashra_alloc_count(void) {
    return allocations;
}

void *nashra_alloc(size_t size) {
    return allocation_fails() ? NULL : malloc(size ? size : 1);
}

void *nashra_alloc_zeroed(size_t count, size_t size) {
    return allocation_fails() ? NULL : calloc(count ? count : 1, size ? size : 1);
}

void *nashra_realloc(void *block, size_t size) {
    return allocation_fails() ? NULL : realloc(block, size ? size : 1);
}

void nashra_free(void *block) {
    free(block);
}
