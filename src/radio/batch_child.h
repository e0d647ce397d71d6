/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A process that renders. */
#ifndef NASHRA_RADIO_BATCH_CHILD_H
#define NASHRA_RADIO_BATCH_CHILD_H

#include "cache_hash.h"

/* What every process of a pool needs to know; strings are borrowed. */
struct nashra_child_setup {
    const char *folder;
    const char *cache; /* NULL: none */
    uint64_t cache_limit;
    struct nashra_digest engine;
};

/* Does jobs from a socket until the other end closes it. Never returns. */
_Noreturn void nashra_child_main(int fd, const struct nashra_child_setup *setup);

#endif
