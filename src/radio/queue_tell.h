/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How a job of a queue ended, told in one transaction: what its batch waits for, and that nobody need do it again. */
#ifndef NASHRA_RADIO_QUEUE_TELL_H
#define NASHRA_RADIO_QUEUE_TELL_H

#include "batch_render.h"
#include "queue_stream.h"

enum nashra_task_end {
    NASHRA_TASK_DONE,
    NASHRA_TASK_REPEAT,    /* another try, by whoever comes */
    NASHRA_TASK_GIVE_BACK, /* nobody tried; not counted */
    NASHRA_TASK_DEAD       /* set aside */
};

struct nashra_ending {
    enum nashra_task_end end;
    struct nashra_job_result result;
    bool published; /* by this end, for the first time */
};

/* Sends it; the reply is to be received by nashra_told(). */
void nashra_tell(struct nashra_redis *redis, const char *consumer, const struct nashra_task *task,
                 const struct nashra_ending *ending);
/* False when the connection was lost: it is to be told again, which does no harm. */
bool nashra_told(struct nashra_redis *redis);

/* Appends the fields of a new entry: how a job gets into a stream, the first time and again. */
struct nashra_entry_fields {
    const char *line;
    size_t line_length;
    const char *body; /* NULL: none */
    size_t body_length;
    const char *run;
    unsigned long number;
    unsigned tries, stalls;
    const char *reason; /* "" for none */
};
/* @param key of the stream, with the queue's name. */
void nashra_send_entry(struct nashra_redis *redis, const char *key, size_t most,
                       const struct nashra_entry_fields *fields);

#endif
