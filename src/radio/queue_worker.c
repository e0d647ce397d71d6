/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A worker: takes jobs from a queue, lets its processes do them, publishes, tells. What it could not tell yet, it tells
 * when the server is back; what it holds, others may take over once it is silent. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "batch_file.h"
#include "batch_run.h"
#include "queue_tell.h"

enum {
    AHEAD = 4,
    STEAL_SECONDS = 30,
    LOOK_MS = 100,        /* how often an empty queue is looked at, */
    LOOK_MOST_MS = 500,   /* at last */
    STALLS_MOST = 20,     /* how often a job may meet a machine in trouble */
    PAUSE_MS = 1000,      /* how long a machine in trouble takes nothing, */
    PAUSE_MOST_MS = 60000 /* at last */
};

/* A job from taking to telling. */
struct holding {
    struct nashra_task *task;
    struct nashra_ending ending;
    bool given, begun, ended;
};

struct worker {
    struct nashra_run run;
    struct nashra_redis *redis;
    char consumer[80];
    uint64_t steal_ms;
    struct nashra_task *fresh; /* taken, and not held yet */
    struct holding **held;
    size_t count, capacity;
    uint64_t next_look_ms, next_keep_ms, next_steal_ms, next_measure_ms, pause_until_ms;
    uint64_t leave_at_ms; /* of a worker that drains; 0: not yet */
    unsigned look_ms, pause_ms;
    int status;
};

/* HOST-PID-RANDOM: a process that has another's number later is another consumer. */
static void name_consumer(struct worker *w) {
    char host[24];
    unsigned salt = (unsigned)nashra_run_now_ms();
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        ssize_t got = read(fd, &salt, sizeof salt);
        (void)got;
        close(fd);
    }
    nashra_host_name(host, sizeof host);
    snprintf(w->consumer, sizeof w->consumer, "%s-%ld-%08x", host, (long)getpid(), salt);
}

static void end(struct worker *w, struct holding *h, enum nashra_task_end how) {
    static const struct nashra_job_result nothing;
    enum nashra_job_end told = how == NASHRA_TASK_REPEAT ? NASHRA_JOB_RETRIED
                               : how == NASHRA_TASK_DEAD ? NASHRA_JOB_FAILED
                                                         : (enum nashra_job_end)h->ending.result.end;
    h->ended = true;
    h->ending.end = how;
    if (how == NASHRA_TASK_GIVE_BACK)
        h->ending.result = nothing;
    else
        nashra_run_tell(&w->run, told, &h->ending.result, h->ending.result.status, NULL, h->task->origin,
                        h->task->output);
}

/* The job's own fault, which no other try would mend. */
static bool is_final(int status) {
    return status == NASHRA_EDATA || status == NASHRA_EUSAGE;
}

/* This machine's fault, which may pass: a full disk, no memory, missing tables. */
static bool is_trouble(int status) {
    return status == NASHRA_EIO || status == NASHRA_ENOMEM || status == NASHRA_ECONFIG;
}

static void pause_taking(struct worker *w) {
    w->pause_ms = !w->pause_ms ? PAUSE_MS : w->pause_ms * 2 < PAUSE_MOST_MS ? w->pause_ms * 2 : PAUSE_MOST_MS;
    w->pause_until_ms = nashra_run_now_ms() + w->pause_ms;
    nashra_log(NASHRA_LOG_WARNING, "this machine is in trouble; taking no jobs for %u s", (w->pause_ms + 999) / 1000);
}

static void fail(struct worker *w, struct holding *h, int status) {
    struct nashra_task *task = h->task;
    h->ending.result.status = status;
    if (is_trouble(status) && ++task->stalls < STALLS_MOST) {
        if (nashra_run_now_ms() >= w->pause_until_ms)
            pause_taking(w);
        end(w, h, NASHRA_TASK_REPEAT);
        return;
    }
    task->tries += task->begins + 1;
    task->begins = 0;
    end(w, h, !is_final(status) && task->tries < NASHRA_JOB_TRIES ? NASHRA_TASK_REPEAT : NASHRA_TASK_DEAD);
}

static void take_result(void *job, const struct nashra_job_result *result, void *user) {
    struct worker *w = user;
    struct holding *h = job;
    h->ending.result = *result;
    if (result->end == NASHRA_JOB_RETRIED && result->status == 0)
        h->given = h->begun = false; /* its process died before it came to it */
    else if (result->status < 0)
        fail(w, h, result->status);
    else if (result->end == NASHRA_JOB_CURRENT)
        end(w, h, NASHRA_TASK_DONE);
    else if (nashra_publisher_add(w->run.publisher, h, h->task->output, h->task->id, result) < 0)
        w->status = NASHRA_ENOMEM;
}

static void take_published(void *job, const struct nashra_job_result *result, enum nashra_publication publication,
                           int status, void *user) {
    struct worker *w = user;
    struct holding *h = job;
    h->ending.result = *result;
    if (publication == NASHRA_PUBLICATION_FAILED) {
        snprintf(h->ending.result.reason, sizeof h->ending.result.reason, "%s: %s", h->task->output,
                 nashra_status_name(status));
        fail(w, h, status);
        return;
    }
    h->ending.published = publication == NASHRA_PUBLISHED;
    if (!h->ending.published)
        h->ending.result.end = NASHRA_JOB_CURRENT;
    if (publication == NASHRA_PUBLICATION_OVERTAKEN)
        snprintf(h->ending.result.reason, sizeof h->ending.result.reason, "a later job made this output");
    w->pause_ms = 0;
    end(w, h, NASHRA_TASK_DONE);
}

static struct holding *find(const struct worker *w, const struct nashra_task *task) {
    for (size_t i = 0; i < w->count; i++)
        if (w->held[i]->task->band == task->band && strcmp(w->held[i]->task->id, task->id) == 0)
            return w->held[i];
    return NULL;
}

static bool reserve(struct worker *w) {
    if (w->count < w->capacity)
        return true;
    size_t capacity = w->capacity ? 2 * w->capacity : 64;
    struct holding **bigger = nashra_realloc(w->held, capacity * sizeof *bigger);
    if (!bigger)
        return false;
    w->held = bigger;
    w->capacity = capacity;
    return true;
}

/* A job that killed three workers is done with. */
static void judge(struct worker *w, struct holding *h) {
    if (h->task->tries + h->task->begins < NASHRA_JOB_TRIES)
        return;
    h->ending.result.status = NASHRA_EINTERNAL;
    snprintf(h->ending.result.reason, sizeof h->ending.result.reason, "%u workers died with it", h->task->begins);
    end(w, h, NASHRA_TASK_DEAD);
}

static void hold_fresh(struct worker *w) {
    for (struct nashra_task *task; (task = w->fresh);) {
        w->fresh = task->next;
        task->next = NULL;
        struct holding *h = !find(w, task) && reserve(w) ? nashra_alloc_zeroed(1, sizeof *h) : NULL;
        if (!h) {
            nashra_task_destroy(task); /* ours already; or pending still, and taken again */
            continue;
        }
        h->task = task;
        w->held[w->count++] = h;
        judge(w, h);
    }
}

static size_t count_waiting(const struct worker *w) {
    size_t waiting = 0;
    for (size_t i = 0; i < w->count; i++)
        waiting += !w->held[i]->given && !w->held[i]->ended;
    return waiting;
}

/* Takes no more than its processes can begin soon, so that other workers have something to do, too; and several at a
 * time, since asking costs the server more than giving. */
static void look(struct worker *w) {
    uint64_t now = nashra_run_now_ms();
    size_t waiting = count_waiting(w), busy = nashra_pool_busy(w->run.pool);
    size_t wanted = (size_t)w->run.options->workers * AHEAD;
    if (w->run.signals || waiting + busy > wanted / 2 || now < w->next_look_ms || now < w->pause_until_ms)
        return;
    size_t before = w->count;
    if (now >= w->next_steal_ms) {
        w->next_steal_ms = now + w->steal_ms / 2;
        nashra_stream_steal(w->redis, w->consumer, w->steal_ms, wanted - waiting - busy, &w->fresh);
    }
    nashra_stream_take(w->redis, w->consumer, wanted - waiting - busy, false, &w->fresh);
    hold_fresh(w);
    w->look_ms = w->count > before               ? 0
                 : !w->look_ms                   ? LOOK_MS
                 : w->look_ms * 2 < LOOK_MOST_MS ? w->look_ms * 2
                                                 : LOOK_MOST_MS;
    w->next_look_ms = nashra_run_now_ms() + w->look_ms;
}

static void give(struct worker *w) {
    for (size_t i = 0; i < w->count && !w->run.signals; i++) {
        struct holding *h = w->held[i];
        const struct nashra_task *task = h->task;
        if (h->given || h->ended)
            continue;
        if (!nashra_pool_has_room(w->run.pool, task->line_length + task->body_length))
            return;
        h->given = true;
        nashra_pool_give(
            w->run.pool,
            &(struct nashra_job_bytes){task->line, task->line_length, task->body, task->body_length, task->id}, h);
    }
}

/* Sends what must be known of jobs that are under way; returns how many replies come. */
static size_t send_news(struct worker *w, bool keep) {
    size_t sent = 0;
    for (size_t i = 0; i < w->count; i++) {
        struct holding *h = w->held[i];
        if (h->ended)
            continue;
        if (h->given && !h->begun && nashra_pool_has_begun(w->run.pool, h)) {
            h->begun = true;
            nashra_stream_begin(w->redis, w->consumer, h->task);
        } else if (keep) {
            nashra_stream_keep(w->redis, w->consumer, h->task);
        } else {
            continue;
        }
        sent++;
    }
    return sent;
}

static void report_news(struct worker *w) {
    uint64_t now = nashra_run_now_ms();
    bool keep = now >= w->next_keep_ms;
    if (keep)
        w->next_keep_ms = now + w->steal_ms / 3;
    for (size_t left = send_news(w, keep); left > 0; left--) {
        redisReply *reply = nashra_redis_receive(w->redis);
        if (!reply)
            return;
        freeReplyObject(reply);
    }
}

static void drop(struct worker *w, size_t index) {
    nashra_task_destroy(w->held[index]->task);
    nashra_free(w->held[index]);
    w->held[index] = NULL;
}

/* All ends in one go. Those that were not confirmed are told again. */
static void tell_ends(struct worker *w) {
    size_t kept = 0;
    bool connected = true;
    for (size_t i = 0; i < w->count; i++)
        if (w->held[i]->ended)
            nashra_tell(w->redis, w->consumer, w->held[i]->task, &w->held[i]->ending);
    for (size_t i = 0; i < w->count; i++) {
        if (w->held[i]->ended && connected && (connected = nashra_told(w->redis)))
            drop(w, i);
        else
            w->held[kept++] = w->held[i];
    }
    w->count = kept;
}

static void give_back_rest(struct worker *w) {
    for (size_t i = 0; i < w->count; i++)
        if (!w->held[i]->given && !w->held[i]->ended)
            end(w, w->held[i], NASHRA_TASK_GIVE_BACK);
}

static void measure(struct worker *w) {
    struct nashra_batch_counts *counts = w->run.counts;
    uint64_t now = nashra_run_now_ms();
    counts->reconnects = nashra_redis_lost(w->redis);
    if (now < w->next_measure_ms)
        return;
    w->next_measure_ms = now + 2000;
    nashra_stream_measure(w->redis, &counts->waiting, &counts->taken, &counts->dead);
}

/* After a connection was lost, its last replies may have been, too: what was taken with them is asked for, what was
 * said is said again. */
static void settle(struct worker *w) {
    nashra_stream_prepare(w->redis);
    for (size_t i = 0; i < w->count; i++)
        w->held[i]->begun = false;
    nashra_stream_take(w->redis, w->consumer, 1000, true, &w->fresh);
    hold_fresh(w);
}

static int serve(struct worker *w) {
    int connected = nashra_redis_connect(w->redis);
    if (connected < 0)
        return connected;
    if (connected == 2)
        settle(w);
    if (connected) {
        look(w);
        report_news(w);
        tell_ends(w);
        measure(w);
    }
    return w->status;
}

/* What was begun is finished and told. A server that is away is waited for as long as others wait before they take over
 * what is held here: they will find the outputs. */
static bool is_over(struct worker *w) {
    bool idle = nashra_pool_busy(w->run.pool) == 0 && nashra_publisher_waiting(w->run.publisher) == 0;
    if (!w->run.signals || !idle)
        return false;
    if (!w->leave_at_ms)
        w->leave_at_ms = nashra_run_now_ms() + w->steal_ms;
    return w->count == 0 || nashra_run_now_ms() >= w->leave_at_ms;
}

static int work(struct worker *w) {
    for (;;) {
        int status = serve(w);
        give(w);
        if (w->run.signals)
            give_back_rest(w);
        if (status >= 0 && is_over(w))
            return NASHRA_STOPPED;
        bool idle = nashra_pool_busy(w->run.pool) == 0;
        if (status >= 0)
            status = nashra_run_wait(&w->run, LOOK_MS, idle);
        if (status < 0 && status != NASHRA_EIO)
            return status;
        if (status == NASHRA_EIO)
            pause_taking(w);
    }
}

static void finish(struct worker *w) {
    if (w->count == 0 && nashra_redis_connect(w->redis) > 0)
        nashra_stream_leave(w->redis, w->consumer);
    for (size_t i = 0; i < w->count; i++)
        drop(w, i);
    nashra_free(w->held);
    nashra_redis_destroy(w->redis);
}

int nashra_worker_run(const struct nashra_batch_options *options, struct nashra_batch_counts *counts) {
    struct worker w = {0};
    struct nashra_run_ends ends = {take_result, take_published, &w};
    *counts = (struct nashra_batch_counts){0};
    w.steal_ms = 1000ull * (options->steal_after ? options->steal_after : STEAL_SECONDS);
    name_consumer(&w);
    int status = nashra_redis_create(options->queue, &w.redis);
    if (status >= 0)
        status = nashra_run_start(&w.run, options, counts, AHEAD, &ends);
    if (status >= 0)
        status = work(&w);
    if (w.run.options)
        nashra_run_finish(&w.run);
    if (w.redis)
        finish(&w);
    return status;
}
