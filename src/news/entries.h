/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The entries of a feed, parsed in a cage. */
#ifndef NASHRA_NEWS_ENTRIES_H
#define NASHRA_NEWS_ENTRIES_H

#include <nashra/feed.h>
#include <nashra/memory.h>

#include "child.h"

struct nashra_entries {
    const char *title;
    unsigned ttl; /* minutes; 0: not told */
    struct nashra_feed_entry *list;
    size_t count;
    struct nashra_answer answer; /* behind the strings */
};

/* Parses a feed. @return 0; NASHRA_EDATA (no feed, or the parser crashed, hung or was killed) … Finish it when it is 0.
 */
int nashra_entries_parse(const char *bytes, size_t length, const char *name, struct nashra_entries *entries);
void nashra_entries_finish(struct nashra_entries *entries);

#endif
