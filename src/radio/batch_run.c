/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch_run.h"

#include <poll.h>
#include <time.h>
#include <unistd.h>

#include "batch_key.h"
#include "cache.h"
#include "metrics.h"

enum { METRICS_MS = 5000 };

uint64_t nashra_run_now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

/* Tried here, so that it is told once and not by each process. */
static int try_cache(const struct nashra_batch_options *options, const char **folder) {
    struct nashra_cache *cache = NULL;
    *folder = options->cache;
    int status = options->cache ? nashra_cache_open(options->cache, options->cache_limit, &cache) : NASHRA_OK;
    nashra_cache_close(cache);
    if (status != NASHRA_ECANTCREATE)
        return status;
    nashra_log(NASHRA_LOG_WARNING, "cache: %s: going on without it; --cache names another folder", options->cache);
    *folder = NULL;
    return NASHRA_OK;
}

int nashra_run_start(struct nashra_run *run, const struct nashra_batch_options *options,
                     struct nashra_batch_counts *counts, unsigned ahead, const struct nashra_run_ends *ends) {
    struct nashra_pool_setup setup = {
        .child = {.folder = options->folder, .cache_limit = options->cache_limit},
        .workers = options->workers,
        .ahead = ahead,
        .timeout = options->timeout,
        .done = ends->done,
        .user = ends->user,
    };
    *run = (struct nashra_run){.options = options, .counts = counts};
    int status = try_cache(options, &setup.child.cache);
    if (status >= 0)
        status = nashra_publisher_create(options->folder, ends->published, ends->user, &run->publisher);
    if (status >= 0)
        status = nashra_engine_fingerprint(&setup.child.engine);
    return status < 0 ? status : nashra_pool_create(&setup, &run->pool);
}

static void write_metrics(struct nashra_run *run) {
    if (run->options->metrics)
        nashra_metrics_write(run->options->metrics, run->counts);
}

void nashra_run_finish(struct nashra_run *run) {
    nashra_pool_destroy(run->pool);
    nashra_publisher_destroy(run->publisher);
    run->pool = NULL;
    run->publisher = NULL;
    write_metrics(run);
}

static void count_signals(struct nashra_run *run) {
    char bytes[16];
    ssize_t got = read(run->options->stop_fd, bytes, sizeof bytes);
    run->signals += got > 0 ? (int)got : 0;
}

static void tick(struct nashra_run *run) {
    uint64_t now = nashra_run_now_ms();
    if (now >= run->next_tick_ms) {
        run->next_tick_ms = now + NASHRA_RUN_TICK_MS;
        if (run->options->tick)
            run->options->tick(run->counts, run->options->user);
    }
    if (now >= run->next_metrics_ms) {
        run->next_metrics_ms = now + METRICS_MS;
        write_metrics(run);
    }
}

int nashra_run_wait(struct nashra_run *run, int timeout_ms, bool publish) {
    struct pollfd fds[NASHRA_POOL_MOST + 2];
    size_t pool = run->pool ? nashra_pool_poll(run->pool, fds) : 0, count = pool;
    fds[count++] = (struct pollfd){.fd = run->options->stop_fd, .events = POLLIN};
    if (run->publisher)
        fds[count++] = (struct pollfd){.fd = nashra_publisher_fd(run->publisher), .events = POLLIN};
    if (poll(fds, (nfds_t)count, timeout_ms) < 0)
        for (size_t i = 0; i < count; i++)
            fds[i].revents = 0;
    if (fds[pool].revents)
        count_signals(run);
    tick(run);
    int status = run->pool ? nashra_pool_step(run->pool, fds) : NASHRA_OK;
    if (status >= 0 && run->publisher)
        status = nashra_publisher_step(run->publisher, publish);
    return status < 0 ? status : run->signals > 1 ? NASHRA_STOPPED : NASHRA_OK;
}

static void count_end(struct nashra_batch_counts *counts, enum nashra_job_end end, int status) {
    uint64_t *const fields[] = {&counts->rendered, &counts->cached, &counts->current, &counts->failed,
                                &counts->retried};
    ++*fields[end];
    if (end == NASHRA_JOB_FAILED && nashra_exit_code(status) > nashra_exit_code(counts->worst))
        counts->worst = status;
}

void nashra_run_tell(struct nashra_run *run, enum nashra_job_end end, const struct nashra_job_result *result,
                     int status, const char *reason, const char *origin, const char *output) {
    struct nashra_batch_counts *counts = run->counts;
    struct nashra_batch_event event = {end, origin, output, status, reason ? reason : result->reason, result->frames};
    count_end(counts, end, status);
    if (result->end == NASHRA_JOB_RETRIED) /* nobody was left to say so */
        nashra_log(end == NASHRA_JOB_RETRIED ? NASHRA_LOG_WARNING : NASHRA_LOG_ERROR, "%s: %s: %s%s", origin, output,
                   event.reason, end == NASHRA_JOB_RETRIED ? "; trying again" : "");
    if (end == NASHRA_JOB_RENDERED) {
        counts->frames += result->frames;
        counts->sentences += result->sentences;
        counts->sentences_kept += result->sentences_kept;
    }
    counts->damaged += result->damaged;
    if (run->options->event)
        run->options->event(&event, run->options->user);
}
