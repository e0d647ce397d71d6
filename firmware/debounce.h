/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A bare contact bounces for some milliseconds: it counts when it has been quiet for long enough. */
#ifndef NASHRAD_DEBOUNCE_H
#define NASHRAD_DEBOUNCE_H

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise: up and quiet. */
struct nashrad_debounce {
    bool down;         /* what was reported */
    bool pending;      /* it moved, and is not quiet yet */
    int64_t settle_at; /* when it will be */
};

/* The contact moved. */
static inline void nashrad_debounce_edge(struct nashrad_debounce *contact, int64_t now, int quiet_ms) {
    contact->pending = true;
    contact->settle_at = now + quiet_ms;
}

/* The contact is read as `down` now. True when that is news. */
static inline bool nashrad_debounce_settle(struct nashrad_debounce *contact, bool down, int64_t now) {
    if (!contact->pending || now < contact->settle_at)
        return false;
    contact->pending = false;
    const bool news = contact->down != down;
    contact->down = down;
    return news;
}

#endif
