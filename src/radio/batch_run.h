/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a run of a manifest and a worker of a queue share: processes, publisher, counts, signals. */
#ifndef NASHRA_RADIO_BATCH_RUN_H
#define NASHRA_RADIO_BATCH_RUN_H

#include <nashra/batch.h>

#include "batch_pool.h"
#include "batch_publish.h"

enum { NASHRA_JOB_TRIES = 3, NASHRA_RUN_TICK_MS = 250 };

struct nashra_run {
    const struct nashra_batch_options *options;
    struct nashra_batch_counts *counts;
    struct nashra_pool *pool;           /* NULL: this run renders nothing */
    struct nashra_publisher *publisher; /* NULL, too */
    int signals;                        /* that came: 1 drains, 2 ends at once */
    uint64_t next_tick_ms, next_metrics_ms;
};

/* Who gets the ends of jobs. `done` sees what needs no publishing: a current output, a failure, a retry. */
struct nashra_run_ends {
    void (*done)(void *job, const struct nashra_job_result *result, void *user);
    nashra_published_fn published;
    void *user;
};

/* Starts processes and publisher. @param ahead jobs that a process may have in hand. 0 or a status (reported). */
int nashra_run_start(struct nashra_run *run, const struct nashra_batch_options *options,
                     struct nashra_batch_counts *counts, unsigned ahead, const struct nashra_run_ends *ends);
void nashra_run_finish(struct nashra_run *run);

/* Waits at most `timeout_ms` for processes and signals, and handles them.
 * @param publish whether nothing more will come that would fill a group. 0, NASHRA_STOPPED when it shall end at once,
 * or the status of a disk or of processes that failed. */
int nashra_run_wait(struct nashra_run *run, int timeout_ms, bool publish);

/* Counts an end and tells it. @param reason NULL: the result's. */
void nashra_run_tell(struct nashra_run *run, enum nashra_job_end end, const struct nashra_job_result *result,
                     int status, const char *reason, const char *origin, const char *output);

/* CLOCK_MONOTONIC. */
uint64_t nashra_run_now_ms(void);

#endif
