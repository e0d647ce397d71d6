/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "limit.h"

/* The source's bucket, or the one that was used longest ago, anew. */
static size_t find(struct nashra_limit *limit, int64_t source, int64_t now) {
    size_t oldest = 0;
    for (size_t i = 0; i < limit->count; i++) {
        if (limit->buckets[i].source == source)
            return i;
        if (limit->buckets[i].seen < limit->buckets[oldest].seen)
            oldest = i;
    }
    if (limit->count < NASHRA_LIMIT_SOURCES)
        oldest = limit->count++;
    limit->buckets[oldest].source = source;
    limit->buckets[oldest].seen = now;
    limit->buckets[oldest].tokens = limit->burst;
    return oldest;
}

bool nashra_limit_take(struct nashra_limit *limit, int64_t source, int64_t now) {
    if (limit->burst == 0)
        return true;
    const size_t i = find(limit, source, now);
    const double grown =
        limit->buckets[i].tokens + (double)(now - limit->buckets[i].seen) * limit->per_minute / 60000.0;
    limit->buckets[i].tokens = grown < limit->burst ? grown : limit->burst;
    limit->buckets[i].seen = now;
    if (limit->buckets[i].tokens < 1)
        return false;
    limit->buckets[i].tokens -= 1;
    return true;
}
