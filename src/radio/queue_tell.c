/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue_tell.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    DONE_SECONDS = 7 * 24 * 3600, /* how long a job's end is known */
    RUN_SECONDS = 24 * 3600,      /* how long ends wait for a batch that went away */
    DEAD_MOST = 100000,
    ARGUMENTS = 24
};

struct arguments {
    int count;
    const char *values[ARGUMENTS];
    size_t lengths[ARGUMENTS];
};

static void add(struct arguments *a, const char *value, size_t length) {
    a->values[a->count] = value;
    a->lengths[a->count++] = length;
}

static void add_string(struct arguments *a, const char *value) {
    add(a, value, strlen(value));
}

static void add_pair(struct arguments *a, const char *key, const char *value) {
    add_string(a, key);
    add_string(a, value);
}

void nashra_send_entry(struct nashra_redis *redis, const char *key, size_t most,
                       const struct nashra_entry_fields *fields) {
    struct arguments a = {0};
    char number[24], tries[16], stalls[16], limit[24];
    snprintf(number, sizeof number, "%lu", fields->number);
    snprintf(tries, sizeof tries, "%u", fields->tries);
    snprintf(stalls, sizeof stalls, "%u", fields->stalls);
    snprintf(limit, sizeof limit, "%zu", most);
    add_pair(&a, "XADD", key);
    if (most) {
        add_pair(&a, "MAXLEN", "~");
        add_string(&a, limit);
    }
    add_string(&a, "*");
    add_string(&a, "job");
    add(&a, fields->line, fields->line_length);
    if (fields->body) {
        add_string(&a, "body");
        add(&a, fields->body, fields->body_length);
    }
    add_pair(&a, "run", fields->run);
    add_pair(&a, "n", number);
    add_pair(&a, "tries", tries);
    add_pair(&a, "stalls", stalls);
    if (*fields->reason)
        add_pair(&a, "reason", fields->reason);
    nashra_redis_send_arguments(redis, a.count, a.values, a.lengths);
}

static void send_task(struct nashra_redis *redis, const char *stream, size_t most, const struct nashra_task *task,
                      const struct nashra_ending *ending) {
    char key[256];
    const struct nashra_entry_fields fields = {
        .line = task->line,
        .line_length = task->line_length,
        .body = task->body,
        .body_length = task->body_length,
        .run = task->run,
        .number = task->number,
        .tries = task->tries,
        .stalls = task->stalls,
        .reason = ending->result.reason,
    };
    snprintf(key, sizeof key, "%s:%s", nashra_redis_name(redis), stream);
    nashra_send_entry(redis, key, most, &fields);
}

static const char *name_end(const struct nashra_ending *ending) {
    static const char *const names[] = {"rendered", "cached", "current", "failed", "retried"};
    return ending->end == NASHRA_TASK_DONE     ? names[ending->result.end]
           : ending->end == NASHRA_TASK_DEAD   ? "failed"
           : ending->end == NASHRA_TASK_REPEAT ? "retried"
                                               : "returned";
}

/* To the batch that waits; without one (put into the stream by hand) nobody asks. */
static void send_result(struct nashra_redis *redis, const char *consumer, const struct nashra_task *task,
                        const struct nashra_ending *ending) {
    const struct nashra_job_result *r = &ending->result;
    char key[NASHRA_DIGEST_HEX];
    nashra_digest_hex(&r->key, key);
    nashra_redis_send(redis,
                      "XADD %s:run:%s * n %lu end %s published %d status %d reason %s key %s frames %" PRIu64
                      " sentences %" PRIu64 " kept %" PRIu64 " damaged %" PRIu64 " worker %s",
                      nashra_redis_name(redis), task->run, task->number, name_end(ending), ending->published, r->status,
                      r->reason, key, r->frames, r->sentences, r->sentences_kept, r->damaged, consumer);
    nashra_redis_send(redis, "EXPIRE %s:run:%s %d", nashra_redis_name(redis), task->run, RUN_SECONDS);
}

static void send_end(struct nashra_redis *redis, const char *consumer, const struct nashra_task *task,
                     const struct nashra_ending *ending) {
    switch (ending->end) {
    case NASHRA_TASK_REPEAT:
    case NASHRA_TASK_GIVE_BACK:
        send_task(redis, nashra_band_name(task->band), 0, task, ending);
        return;
    case NASHRA_TASK_DEAD:
        send_task(redis, "dead", DEAD_MOST, task, ending);
        break;
    case NASHRA_TASK_DONE:
        break;
    }
    nashra_redis_send(redis, "SET %s:done:%s:%lu %s:%s NX EX %d", nashra_redis_name(redis), task->run, task->number,
                      name_end(ending), consumer, DONE_SECONDS);
}

void nashra_tell(struct nashra_redis *redis, const char *consumer, const struct nashra_task *task,
                 const struct nashra_ending *ending) {
    const char *name = nashra_redis_name(redis), *band = nashra_band_name(task->band);
    nashra_redis_send(redis, "MULTI");
    send_end(redis, consumer, task, ending);
    if (*task->run)
        send_result(redis, consumer, task, ending);
    nashra_redis_send(redis, "XACK %s:%s workers %s", name, band, task->id);
    nashra_redis_send(redis, "XDEL %s:%s %s", name, band, task->id);
    nashra_redis_send(redis, "EXEC");
}

/* OK, QUEUED for each command, then the replies of all. An error among them ends in EXECABORT, which loses the
 * connection. */
bool nashra_told(struct nashra_redis *redis) {
    for (bool done = false; !done;) {
        redisReply *reply = nashra_redis_receive(redis);
        if (!reply)
            return false;
        if (reply->type == REDIS_REPLY_ERROR)
            nashra_log(NASHRA_LOG_ERROR, "queue: %s", reply->str);
        done = reply->type == REDIS_REPLY_ARRAY;
        freeReplyObject(reply);
    }
    return true;
}
