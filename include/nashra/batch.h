/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file batch.h  Bulletins by the thousand: a manifest of jobs, worker processes, a cache, a queue for many machines.
 *
 * A manifest is a file of JSON Lines, a job a line; docs/FORMATS.md lists the keys, docs/BATCH.md the ways of working.
 * An output appears in its folder when it is complete and on the disk, and only once for the same job. Nothing here
 * prints: events go to a callback, messages to nashra_log().
 *
 * The calling process must not have a pipeline or a studio: it forks the processes that have one each.
 */
#ifndef NASHRA_BATCH_H
#define NASHRA_BATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nashra/pipeline.h>

#ifdef __cplusplus
extern "C" {
#endif

/** What holds for jobs that don't say otherwise. */
struct nashra_job_defaults {
    struct nashra_pipeline_options options; /**< `last` is not looked at */
    bool strict;                            /**< refuse damaged articles */
};

struct nashra_manifest;

/** Reads and checks all of a manifest, "-" for stdin: each error is reported with file, line and key, and that inputs
 *  are there is checked, too, before anything is made. Relative names of files in it are relative to its folder.
 *  @return 0; NASHRA_EDATA (after all errors were reported), NASHRA_ENOINPUT, NASHRA_EIO, NASHRA_ENOMEM. */
int nashra_manifest_load(const char *path, const struct nashra_job_defaults *defaults,
                         struct nashra_manifest **manifest);
/** Takes NULL. */
void nashra_manifest_destroy(struct nashra_manifest *manifest);
/** Number of jobs. */
size_t nashra_manifest_count(const struct nashra_manifest *manifest);
/** Keeps the k-th of n shares, k from 1: every n-th job, so that each share has short and long ones alike. What each
 *  share holds depends on the manifest alone. 0 or NASHRA_EUSAGE (reported). */
int nashra_manifest_keep(struct nashra_manifest *manifest, size_t k, size_t n);

/** Refuses to write over what the jobs are made from.
 *  @param folder of the outputs, which needn't be there yet.
 *  @return 0; NASHRA_EDATA (each such output is reported with file and line), NASHRA_ENOMEM. */
int nashra_manifest_spare(const struct nashra_manifest *manifest, const char *folder);

/** How a job ended. */
enum nashra_job_end {
    NASHRA_JOB_RENDERED, /**< made, be it with sentences from the cache */
    NASHRA_JOB_CACHED,   /**< taken as a whole from the cache */
    NASHRA_JOB_CURRENT,  /**< the output was there already */
    NASHRA_JOB_FAILED,
    NASHRA_JOB_RETRIED /**< not an end: its process died or its machine failed it, it is tried again */
};

/** What happens, in the order in which it happens. Strings are valid during the call. */
struct nashra_batch_event {
    enum nashra_job_end end;
    const char *origin; /**< "manifest.jsonl:17" */
    const char *output; /**< as the manifest names it */
    int status;         /**< of a failure; 0 otherwise */
    const char *reason; /**< of a failure or a retry; "" otherwise */
    uint64_t frames;    /**< of speech, NASHRA_SPEECH_RATE a second; 0 where nothing was spoken */
};
typedef void (*nashra_batch_event_fn)(const struct nashra_batch_event *event, void *user);

/** Counts of a run so far. */
struct nashra_batch_counts {
    uint64_t jobs; /**< to be done */
    uint64_t rendered, cached, current, failed;
    uint64_t retried;
    uint64_t sentences;      /**< asked for */
    uint64_t sentences_kept; /**< of these, found in the cache */
    uint64_t damaged;        /**< cache entries that failed their checksum */
    uint64_t frames;         /**< of speech in what was rendered, at NASHRA_SPEECH_RATE */
    uint64_t waiting;        /**< in the queue, not begun */
    uint64_t taken;          /**< from the queue by any worker, not finished */
    uint64_t dead;           /**< set aside after three tries */
    uint64_t reconnects;
    int worst; /**< the status of the failed job with the highest exit code; 0 when none failed */
};

struct nashra_batch_options {
    const char *folder;          /**< where the outputs go; made where it is missing */
    const char *cache;           /**< folder of the cache; NULL: none */
    uint64_t cache_limit;        /**< bytes */
    unsigned workers;            /**< processes that render, from 1 */
    const char *queue;           /**< URL, see nashra_batch_submit(); NULL: none */
    const char *metrics;         /**< Prometheus text file, kept up to date; NULL: none */
    unsigned timeout;            /**< seconds that a job may take, 0: as long as it likes */
    unsigned steal_after;        /**< seconds of silence after which a worker of the queue counts as dead; 0: 30 */
    int stop_fd;                 /**< -1, or readable after each signal: a byte drains, a second one ends at once */
    nashra_batch_event_fn event; /**< may be NULL */
    void (*tick)(const struct nashra_batch_counts *counts, void *user); /**< a few times a second; may be NULL */
    void *user;
};

/** Does the jobs of a manifest in processes of this machine. Failed jobs don't stop the others, a full disk does.
 *  @param counts of what was done, also when it fails. @return 0 when all was tried (see counts->worst);
 *  NASHRA_STOPPED after a signal; NASHRA_EIO (the disk is full), NASHRA_ECANTCREATE, NASHRA_ECONFIG (no model, no
 *  voice), NASHRA_EINTERNAL (no process), NASHRA_ENOMEM. */
int nashra_batch_run(const struct nashra_manifest *manifest, const struct nashra_batch_options *options,
                     struct nashra_batch_counts *counts);

/** Gives the jobs of a manifest to the workers of a queue and waits for their ends. Articles travel in the job unless
 *  they are large (FORMATS.md); scripts and lexicons must lie at the same place for all.
 *  `options->queue`: redis://[[USER]:PASSWORD@]HOST[:PORT][/DB][?name=QUEUE], or unix:PATH[?…]; "@FILE": the URL is
 *  that file's first line. @return as nashra_batch_run(); NASHRA_EUSAGE (no such URL), NASHRA_ECONFIG (the server
 *  refuses us). A server that is away is waited for. */
int nashra_batch_submit(const struct nashra_manifest *manifest, const struct nashra_batch_options *options,
                        struct nashra_batch_counts *counts);

/** Does jobs of a queue until it is stopped. @return NASHRA_STOPPED, or as nashra_batch_submit(). */
int nashra_worker_run(const struct nashra_batch_options *options, struct nashra_batch_counts *counts);

#ifdef __cplusplus
}
#endif
#endif
