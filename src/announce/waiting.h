/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits to be said, and what was. */
#ifndef NASHRA_ANNOUNCE_WAITING_H
#define NASHRA_ANNOUNCE_WAITING_H

#include <nashra/announce.h>

struct entry {
    uint64_t id;
    uint64_t turn; /* its place within its priority */
    struct nashra_announcement announcement;
    char *text; /* ours */
    size_t place;
    unsigned times;
    enum nashra_outcome outcome;
    int64_t ended;
};

struct nashra_waiting {
    struct entry *items; /* in the order of asking */
    size_t count, most;
    struct entry *past; /* a ring: the newest before `past_next` */
    size_t past_count, past_next, past_most;
};

int nashra_waiting_init(struct nashra_waiting *queue, size_t most, size_t past_most);
void nashra_waiting_finish(struct nashra_waiting *queue);

/* A copy of the request at the end; NULL when there is no memory. The queue must not be full. */
struct entry *nashra_waiting_add(struct nashra_waiting *queue, const struct nashra_announcement *announcement,
                                 uint64_t id);
struct entry *nashra_waiting_find(const struct nashra_waiting *queue, uint64_t id);
/* Takes it out of those that wait into those that were. */
void nashra_waiting_end(struct nashra_waiting *queue, struct entry *entry, enum nashra_outcome outcome, int64_t now);
/* The newest is number 0; NULL beyond the oldest. */
const struct entry *nashra_waiting_past(const struct nashra_waiting *queue, size_t index);

#endif
