/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How often one source may ask: a bucket of tokens each. */
#ifndef NASHRA_ANNOUNCE_LIMIT_H
#define NASHRA_ANNOUNCE_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NASHRA_LIMIT_SOURCES = 32 };

struct nashra_limit {
    unsigned burst, per_minute; /* burst 0: no limit */
    struct {
        int64_t source, seen;
        double tokens;
    } buckets[NASHRA_LIMIT_SOURCES];
    size_t count;
};

/* Takes a token of the source; false when it has none left. A source that is forgotten, because many others have asked
 * since, has waited long enough. */
bool nashra_limit_take(struct nashra_limit *limit, int64_t source, int64_t now);

#endif
