/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs in Redis Streams. Three streams stand for high, usual and low priority; one consumer group, "workers", shares
 * them out. docs/FORMATS.md lists keys and fields. */
#ifndef NASHRA_RADIO_QUEUE_STREAM_H
#define NASHRA_RADIO_QUEUE_STREAM_H

#include <nashra/memory.h>

#include "batch_record.h"
#include "queue_redis.h"

enum { NASHRA_BANDS = 3, NASHRA_RUN_NAME = 40 };

/* The band of a priority: 0 is the first to be done. */
int nashra_band_of(int priority);
/* The suffix of a band's stream: "jobs:high", "jobs", "jobs:low". */
const char *nashra_band_name(int band);

/* A job that was taken from a stream. */
struct nashra_task {
    struct nashra_task *next;
    int band;
    char id[NASHRA_TOKEN_SIZE];
    char *line; /* the job; all strings in one block */
    size_t line_length;
    char *body; /* NULL: none came along */
    size_t body_length;
    char *origin, *output;     /* for messages; "" where the line is no job */
    char run[NASHRA_RUN_NAME]; /* of the batch that waits for it */
    unsigned long number;      /* in that batch */
    unsigned tries;            /* that failed */
    unsigned begins;           /* by workers that died with it */
    unsigned stalls;           /* that a worker's own trouble spoilt */
};

void nashra_task_destroy(struct nashra_task *task);

/* Makes the groups that are missing. False when the connection is lost. */
bool nashra_stream_prepare(struct nashra_redis *redis);

/* Takes at most `count` jobs, the most urgent first, and puts them at the end of *tasks. @param again whether to ask
 * for what this consumer took before and doesn't know, instead. False when the connection is lost. */
bool nashra_stream_take(struct nashra_redis *redis, const char *consumer, size_t count, bool again,
                        struct nashra_task **tasks);
/* Takes over at most `count` jobs whose consumers were silent for `idle_ms`. As nashra_stream_take(). */
bool nashra_stream_steal(struct nashra_redis *redis, const char *consumer, uint64_t idle_ms, size_t count,
                         struct nashra_task **tasks);
/* Says that this consumer is at work on a job still. Replies are to be received: one a task. */
void nashra_stream_keep(struct nashra_redis *redis, const char *consumer, const struct nashra_task *task);
/* Says that it has begun a job: so many workers have, should this one die. As nashra_stream_keep(). */
void nashra_stream_begin(struct nashra_redis *redis, const char *consumer, const struct nashra_task *task);

/* Forgets this consumer, and those that were silent for an hour and hold nothing. */
void nashra_stream_leave(struct nashra_redis *redis, const char *consumer);

/* Reads the lengths. False when the connection is lost. */
bool nashra_stream_measure(struct nashra_redis *redis, uint64_t *waiting, uint64_t *taken, uint64_t *dead);

#endif
