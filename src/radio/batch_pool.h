/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The processes that render: each gets a few jobs ahead, so that it never waits; one that dies is replaced. */
#ifndef NASHRA_RADIO_BATCH_POOL_H
#define NASHRA_RADIO_BATCH_POOL_H

#include <poll.h>

#include "batch_child.h"
#include "batch_render.h"

enum { NASHRA_POOL_MOST = 256 /* processes */ };

struct nashra_pool;

struct nashra_pool_setup {
    struct nashra_child_setup child;
    unsigned workers;
    unsigned ahead;   /* jobs that a process may have in hand, from 1 */
    unsigned timeout; /* seconds; 0: none */
    /* Called for each job that was given: with its result; with end NASHRA_JOB_RETRIED and status 0 when its process
     * died before it came to it, or with a negative status when it died of it. */
    void (*done)(void *job, const struct nashra_job_result *result, void *user);
    void *user;
};

/* Starts the processes. 0, NASHRA_EINTERNAL (reported) or NASHRA_ENOMEM. */
int nashra_pool_create(const struct nashra_pool_setup *setup, struct nashra_pool **pool);
/* Kills what still runs. Takes NULL. */
void nashra_pool_destroy(struct nashra_pool *pool);

/* Whether a job of that many bytes would be taken now. */
bool nashra_pool_has_room(const struct nashra_pool *pool, size_t bytes);
/* Gives a job, for which there is room, to the least busy process. `job` comes back through `done`. */
void nashra_pool_give(struct nashra_pool *pool, const struct nashra_job_bytes *bytes, void *job);
/* Jobs that were given and are not done. */
size_t nashra_pool_busy(const struct nashra_pool *pool);
/* Of these, whether it is a process' oldest: it may have begun it. */
bool nashra_pool_has_begun(const struct nashra_pool *pool, const void *job);

/* Writes what to poll; there is room for NASHRA_POOL_MOST. Returns how many. */
size_t nashra_pool_poll(const struct nashra_pool *pool, struct pollfd *fds);
/* Takes the results that poll(2) found and looks after the processes. 0, or NASHRA_EINTERNAL (reported) when none can
 * be started or kept alive. */
int nashra_pool_step(struct nashra_pool *pool, const struct pollfd *fds);

#endif
