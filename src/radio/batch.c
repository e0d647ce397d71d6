/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A manifest on this machine. */
#include <stdlib.h>
#include <string.h>

#include "batch_run.h"
#include "manifest.h"

enum { AHEAD = 16 };

/* A job on its way through the processes. */
struct errand {
    const struct nashra_job *job;
    size_t place; /* in the manifest */
    char *line;   /* what travels; NULL while it isn't under way */
    unsigned tries;
};

struct local {
    struct nashra_run run;
    struct errand *errands; /* in the order in which they are begun */
    size_t count, next;
    struct errand **again; /* that came back */
    size_t again_count;
    int status; /* what ends the run early */
};

static int by_priority(const void *one, const void *other) {
    const struct errand *a = one, *b = other;
    if (a->job->priority != b->job->priority)
        return a->job->priority > b->job->priority ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static int plan(struct local *l, const struct nashra_manifest *manifest) {
    l->count = manifest->count;
    l->errands = nashra_alloc_zeroed(l->count, sizeof *l->errands);
    l->again = nashra_alloc_zeroed(l->count, sizeof(struct errand *));
    if (!l->errands || !l->again)
        return NASHRA_ENOMEM;
    for (size_t i = 0; i < l->count; i++)
        l->errands[i] = (struct errand){.job = &manifest->jobs[i], .place = i};
    qsort(l->errands, l->count, sizeof *l->errands, by_priority);
    return NASHRA_OK;
}

static void end(struct local *l, struct errand *errand, enum nashra_job_end how, const struct nashra_job_result *result,
                int status) {
    free(errand->line);
    errand->line = NULL;
    nashra_run_tell(&l->run, how, result, status, NULL, errand->job->origin, errand->job->output);
}

/* What would fail every other job, too, ends the run. */
static bool is_common(int status) {
    return status == NASHRA_EIO || status == NASHRA_ENOMEM || status == NASHRA_ECONFIG;
}

static void take_back(struct local *l, struct errand *errand, const struct nashra_job_result *result) {
    if (result->status < 0 && ++errand->tries >= NASHRA_JOB_TRIES) {
        end(l, errand, NASHRA_JOB_FAILED, result, result->status);
        return;
    }
    l->again[l->again_count++] = errand;
    if (result->status < 0)
        nashra_run_tell(&l->run, NASHRA_JOB_RETRIED, result, result->status, NULL, errand->job->origin,
                        errand->job->output);
}

static void take_result(void *job, const struct nashra_job_result *result, void *user) {
    struct local *l = user;
    struct errand *errand = job;
    if (result->end == NASHRA_JOB_RETRIED)
        take_back(l, errand, result);
    else if (result->end == NASHRA_JOB_CURRENT || result->end == NASHRA_JOB_FAILED)
        end(l, errand, (enum nashra_job_end)result->end, result, result->status);
    else if (nashra_publisher_add(l->run.publisher, errand, errand->job->output, "", result) < 0)
        l->status = NASHRA_ENOMEM;
    if (result->end == NASHRA_JOB_FAILED && is_common(result->status))
        l->status = result->status;
}

static void take_published(void *job, const struct nashra_job_result *result, enum nashra_publication publication,
                           int status, void *user) {
    struct local *l = user;
    bool failed = publication == NASHRA_PUBLICATION_FAILED;
    end(l, job, failed ? NASHRA_JOB_FAILED : (enum nashra_job_end)result->end, result, status);
    if (failed && is_common(status))
        l->status = status;
}

static struct errand *next_errand(struct local *l) {
    if (l->again_count > 0)
        return l->again[--l->again_count];
    return l->next < l->count ? &l->errands[l->next++] : NULL;
}

static int give(struct local *l) {
    while (nashra_pool_has_room(l->run.pool, 0)) {
        struct errand *errand = next_errand(l);
        if (!errand)
            return NASHRA_OK;
        if (!errand->line && !(errand->line = nashra_job_line(errand->job)))
            return NASHRA_ENOMEM;
        size_t length = strlen(errand->line);
        if (!nashra_pool_has_room(l->run.pool, length)) {
            l->again[l->again_count++] = errand;
            return NASHRA_OK;
        }
        nashra_pool_give(l->run.pool, &(struct nashra_job_bytes){errand->line, length, NULL, 0, ""}, errand);
    }
    return NASHRA_OK;
}

/* After a signal, or a failure that ends the run, what was begun is finished and published. */
static int work(struct local *l) {
    for (;;) {
        bool draining = l->run.signals > 0 || l->status < 0;
        int status = draining ? NASHRA_OK : give(l);
        bool idle = nashra_pool_busy(l->run.pool) == 0;
        if (status >= 0 && idle && nashra_publisher_waiting(l->run.publisher) == 0)
            return l->status < 0 ? l->status : l->run.signals ? NASHRA_STOPPED : NASHRA_OK;
        if (status >= 0)
            status = nashra_run_wait(&l->run, NASHRA_RUN_TICK_MS, idle);
        if (status < 0)
            return status;
    }
}

int nashra_batch_run(const struct nashra_manifest *manifest, const struct nashra_batch_options *options,
                     struct nashra_batch_counts *counts) {
    struct local l = {0};
    struct nashra_run_ends ends = {take_result, take_published, &l};
    *counts = (struct nashra_batch_counts){.jobs = manifest->count};
    int status = plan(&l, manifest);
    if (status >= 0)
        status = nashra_run_start(&l.run, options, counts, AHEAD, &ends);
    if (status >= 0)
        status = work(&l);
    if (l.run.options)
        nashra_run_finish(&l.run);
    for (size_t i = 0; l.errands && i < l.count; i++)
        free(l.errands[i].line);
    nashra_free(l.errands);
    nashra_free(l.again);
    return status;
}
