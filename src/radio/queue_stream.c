/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue_stream.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "manifest.h"

enum { FORGET_MS = 3600 * 1000, BEGUN = 1 /* deliveries of a job that nobody has begun */ };

static const char *const band_names[NASHRA_BANDS] = {"jobs:high", "jobs", "jobs:low"};

int nashra_band_of(int priority) {
    return priority > 0 ? 0 : priority == 0 ? 1 : 2;
}

const char *nashra_band_name(int band) {
    return band_names[band];
}

void nashra_task_destroy(struct nashra_task *task) {
    if (!task)
        return;
    nashra_free(task->line);
    nashra_free(task->body);
    nashra_free(task->origin);
    nashra_free(task->output);
    nashra_free(task);
}

bool nashra_stream_prepare(struct nashra_redis *redis) {
    for (int band = 0; band < NASHRA_BANDS; band++) {
        redisReply *reply = nashra_redis_do(redis, "XGROUP CREATE %s:%s workers 0 MKSTREAM", nashra_redis_name(redis),
                                            band_names[band]);
        if (!reply)
            return false;
        if (reply->type == REDIS_REPLY_ERROR && !nashra_redis_is_error(reply, "BUSYGROUP"))
            nashra_log(NASHRA_LOG_ERROR, "queue: %s", reply->str);
        freeReplyObject(reply);
    }
    return true;
}

static char *copy(const char *bytes, size_t length) {
    char *block = nashra_alloc(length + 1);
    if (!block)
        return NULL;
    memcpy(block, bytes, length);
    block[length] = '\0';
    return block;
}

static char *copy_string(const char *string) {
    return copy(string ? string : "", string ? strlen(string) : 0);
}

static void take_field(struct nashra_task *task, const redisReply *key, const redisReply *value) {
    if (strcmp(key->str, "job") == 0 && !task->line) {
        task->line = copy(value->str, value->len);
        task->line_length = value->len;
    } else if (strcmp(key->str, "body") == 0 && !task->body) {
        task->body = copy(value->str, value->len);
        task->body_length = value->len;
    } else if (strcmp(key->str, "run") == 0) {
        snprintf(task->run, sizeof task->run, "%s", value->str);
    } else if (strcmp(key->str, "n") == 0) {
        task->number = strtoul(value->str, NULL, 10);
    } else if (strcmp(key->str, "tries") == 0) {
        task->tries = (unsigned)strtoul(value->str, NULL, 10);
    } else if (strcmp(key->str, "stalls") == 0) {
        task->stalls = (unsigned)strtoul(value->str, NULL, 10);
    }
}

/* What messages call it; whether it is a job at all is found out by who does it. */
static bool name_task(struct nashra_task *task) {
    if (!task->line)
        task->line = copy("", 0);
    struct nashra_job job = {0};
    if (task->line && nashra_job_parse(task->line, task->line_length, NULL, NULL, &job) == NASHRA_ENOMEM)
        return false;
    task->origin = copy_string(job.origin);
    task->output = copy_string(job.output);
    nashra_job_finish(&job);
    return task->line && task->origin && task->output;
}

/* [ID, [KEY, VALUE, …]]; the fields are nil when the entry was deleted. NULL for that, or when memory is out. */
static struct nashra_task *make_task(const redisReply *entry, int band) {
    if (entry->type != REDIS_REPLY_ARRAY || entry->elements != 2 || entry->element[1]->type != REDIS_REPLY_ARRAY)
        return NULL;
    struct nashra_task *task = nashra_alloc_zeroed(1, sizeof *task);
    if (!task)
        return NULL;
    const redisReply *fields = entry->element[1];
    task->band = band;
    snprintf(task->id, sizeof task->id, "%s", entry->element[0]->str);
    for (size_t i = 0; i + 1 < fields->elements; i += 2)
        take_field(task, fields->element[i], fields->element[i + 1]);
    if (!name_task(task)) {
        nashra_task_destroy(task);
        return NULL;
    }
    return task;
}

static bool is_known(const struct nashra_task *tasks, int band, const char *id) {
    for (; tasks; tasks = tasks->next)
        if (tasks->band == band && strcmp(tasks->id, id) == 0)
            return true;
    return false;
}

static void append(struct nashra_task **tasks, struct nashra_task *task) {
    while (*tasks)
        tasks = &(*tasks)->next;
    *tasks = task;
}

/* What can't be kept in memory stays pending and is taken again later. */
static size_t add_entries(const redisReply *entries, int band, struct nashra_task **tasks) {
    size_t added = 0;
    for (size_t i = 0; i < entries->elements; i++) {
        const redisReply *entry = entries->element[i];
        if (entry->type == REDIS_REPLY_ARRAY && entry->elements == 2 && is_known(*tasks, band, entry->element[0]->str))
            continue;
        struct nashra_task *task = make_task(entry, band);
        if (task)
            append(tasks, task);
        added += task != NULL;
    }
    return added;
}

/* nil, or [[STREAM, ENTRIES]]. */
static size_t add_streams(const redisReply *reply, int band, struct nashra_task **tasks) {
    size_t added = 0;
    for (size_t i = 0; reply->type == REDIS_REPLY_ARRAY && i < reply->elements; i++)
        added += add_entries(reply->element[i]->element[1], band, tasks);
    return added;
}

bool nashra_stream_take(struct nashra_redis *redis, const char *consumer, size_t count, bool again,
                        struct nashra_task **tasks) {
    for (int band = 0; band < NASHRA_BANDS && count > 0; band++) {
        redisReply *reply =
            nashra_redis_do(redis, "XREADGROUP GROUP workers %s COUNT %lu STREAMS %s:%s %s", consumer,
                            (unsigned long)count, nashra_redis_name(redis), band_names[band], again ? "0" : ">");
        if (!reply)
            return false;
        bool lost_group = nashra_redis_is_error(reply, "NOGROUP");
        size_t added = add_streams(reply, band, tasks);
        count = added < count ? count - added : 0;
        freeReplyObject(reply);
        if (lost_group && !nashra_stream_prepare(redis)) /* a server without a memory came back */
            return false;
    }
    return true;
}

/* How often a job was begun, as nashra_stream_begin() counts it. */
static bool count_begins(struct nashra_redis *redis, struct nashra_task *task) {
    redisReply *reply = nashra_redis_do(redis, "XPENDING %s:%s workers %s %s 1", nashra_redis_name(redis),
                                        band_names[task->band], task->id, task->id);
    if (!reply)
        return false;
    if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 1 && reply->element[0]->elements == 4 &&
        reply->element[0]->element[3]->integer > BEGUN)
        task->begins = (unsigned)(reply->element[0]->element[3]->integer - BEGUN);
    freeReplyObject(reply);
    return true;
}

static bool take_id(struct nashra_redis *redis, const char *id, int band, struct nashra_task **tasks) {
    struct nashra_task *taken = NULL;
    redisReply *reply =
        nashra_redis_do(redis, "XRANGE %s:%s %s %s", nashra_redis_name(redis), band_names[band], id, id);
    if (!reply)
        return false;
    bool gone = reply->type == REDIS_REPLY_ARRAY && reply->elements == 0;
    if (reply->type == REDIS_REPLY_ARRAY)
        add_entries(reply, band, &taken);
    freeReplyObject(reply);
    if (gone) { /* withdrawn by its batch */
        reply = nashra_redis_do(redis, "XACK %s:%s workers %s", nashra_redis_name(redis), band_names[band], id);
        if (!reply)
            return false;
        freeReplyObject(reply);
    }
    if (!taken)
        return true;
    append(tasks, taken);
    return count_begins(redis, taken);
}

/* The ids that XAUTOCLAIM … JUSTID or XCLAIM … JUSTID made ours. */
static bool take_ids(struct nashra_redis *redis, const redisReply *ids, int band, struct nashra_task **tasks) {
    for (size_t i = 0; i < ids->elements; i++)
        if (ids->element[i]->type == REDIS_REPLY_STRING && !is_known(*tasks, band, ids->element[i]->str) &&
            !take_id(redis, ids->element[i]->str, band, tasks))
            return false;
    return true;
}

/* Redis before 6.2 has no XAUTOCLAIM: XPENDING tells who is silent, XCLAIM takes over. */
static bool steal_by_hand(struct nashra_redis *redis, const char *consumer, uint64_t idle_ms, size_t count, int band,
                          struct nashra_task **tasks) {
    const char *name = nashra_redis_name(redis);
    redisReply *pending = nashra_redis_do(redis, "XPENDING %s:%s workers - + 1000", name, band_names[band]);
    bool connected = pending != NULL;
    for (size_t i = 0; connected && count > 0 && pending->type == REDIS_REPLY_ARRAY && i < pending->elements; i++) {
        const redisReply *row = pending->element[i];
        if (row->elements != 4 || (uint64_t)row->element[2]->integer < idle_ms)
            continue;
        redisReply *ids = nashra_redis_do(redis, "XCLAIM %s:%s workers %s %" PRIu64 " %s JUSTID", name,
                                          band_names[band], consumer, idle_ms, row->element[0]->str);
        connected = ids && take_ids(redis, ids, band, tasks);
        count -= ids && ids->type == REDIS_REPLY_ARRAY && ids->elements > 0;
        if (ids)
            freeReplyObject(ids);
    }
    if (pending)
        freeReplyObject(pending);
    return connected;
}

bool nashra_stream_steal(struct nashra_redis *redis, const char *consumer, uint64_t idle_ms, size_t count,
                         struct nashra_task **tasks) {
    bool connected = true;
    for (int band = 0; band < NASHRA_BANDS && connected; band++) {
        redisReply *reply =
            nashra_redis_do(redis, "XAUTOCLAIM %s:%s workers %s %" PRIu64 " 0-0 COUNT %lu JUSTID",
                            nashra_redis_name(redis), band_names[band], consumer, idle_ms, (unsigned long)count);
        if (!reply)
            return false;
        if (nashra_redis_is_error(reply, "ERR unknown command"))
            connected = steal_by_hand(redis, consumer, idle_ms, count, band, tasks);
        else if (reply->type == REDIS_REPLY_ARRAY && reply->elements >= 2)
            connected = take_ids(redis, reply->element[1], band, tasks);
        freeReplyObject(reply);
    }
    return connected;
}

void nashra_stream_keep(struct nashra_redis *redis, const char *consumer, const struct nashra_task *task) {
    nashra_redis_send(redis, "XCLAIM %s:%s workers %s 0 %s JUSTID", nashra_redis_name(redis), band_names[task->band],
                      consumer, task->id);
}

void nashra_stream_begin(struct nashra_redis *redis, const char *consumer, const struct nashra_task *task) {
    nashra_redis_send(redis, "XCLAIM %s:%s workers %s 0 %s RETRYCOUNT %u JUSTID", nashra_redis_name(redis),
                      band_names[task->band], consumer, task->id, task->begins + 1 + BEGUN);
}

static void forget_silent(struct nashra_redis *redis, int band) {
    const char *name = nashra_redis_name(redis);
    redisReply *reply = nashra_redis_do(redis, "XINFO CONSUMERS %s:%s workers", name, band_names[band]);
    for (size_t i = 0; reply && reply->type == REDIS_REPLY_ARRAY && i < reply->elements; i++) {
        const redisReply *row = reply->element[i]; /* name NAME pending N idle MS … */
        if (row->elements < 6 || row->element[3]->integer > 0 || row->element[5]->integer < FORGET_MS)
            continue;
        redisReply *gone =
            nashra_redis_do(redis, "XGROUP DELCONSUMER %s:%s workers %s", name, band_names[band], row->element[1]->str);
        if (gone)
            freeReplyObject(gone);
    }
    if (reply)
        freeReplyObject(reply);
}

/* What is forgotten with its consumer would never be done. */
static bool holds_nothing(struct nashra_redis *redis, const char *consumer, int band) {
    redisReply *reply =
        nashra_redis_do(redis, "XPENDING %s:%s workers - + 1 %s", nashra_redis_name(redis), band_names[band], consumer);
    bool nothing = reply && reply->type == REDIS_REPLY_ARRAY && reply->elements == 0;
    if (reply)
        freeReplyObject(reply);
    return nothing;
}

void nashra_stream_leave(struct nashra_redis *redis, const char *consumer) {
    for (int band = 0; band < NASHRA_BANDS; band++) {
        if (!holds_nothing(redis, consumer, band))
            continue;
        redisReply *reply = nashra_redis_do(redis, "XGROUP DELCONSUMER %s:%s workers %s", nashra_redis_name(redis),
                                            band_names[band], consumer);
        if (!reply)
            return;
        freeReplyObject(reply);
        forget_silent(redis, band);
    }
}

static bool read_length(struct nashra_redis *redis, uint64_t *length) {
    redisReply *reply = nashra_redis_receive(redis);
    if (!reply)
        return false;
    if (reply->type == REDIS_REPLY_INTEGER)
        *length += (uint64_t)reply->integer;
    else if (reply->type == REDIS_REPLY_ARRAY && reply->elements > 0 && reply->element[0]->type == REDIS_REPLY_INTEGER)
        *length += (uint64_t)reply->element[0]->integer;
    freeReplyObject(reply);
    return true;
}

bool nashra_stream_measure(struct nashra_redis *redis, uint64_t *waiting, uint64_t *taken, uint64_t *dead) {
    uint64_t all = 0, pending = 0, aside = 0;
    const char *name = nashra_redis_name(redis);
    for (int band = 0; band < NASHRA_BANDS; band++) {
        nashra_redis_send(redis, "XLEN %s:%s", name, band_names[band]);
        nashra_redis_send(redis, "XPENDING %s:%s workers", name, band_names[band]);
    }
    nashra_redis_send(redis, "XLEN %s:dead", name);
    bool connected = true;
    for (int band = 0; band < NASHRA_BANDS && connected; band++)
        connected = read_length(redis, &all) && read_length(redis, &pending);
    if (!connected || !read_length(redis, &aside))
        return false;
    *waiting = all > pending ? all - pending : 0;
    *taken = pending;
    *dead = aside;
    return true;
}
