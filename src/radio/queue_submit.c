/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A manifest through a queue: gives the jobs, waits for their ends. The manifest is what counts: whatever the server
 * forgets is given again, since doing a job twice makes one output. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch_file.h"
#include "batch_key.h"
#include "batch_run.h"
#include "queue_tell.h"

enum {
    UNDER_WAY_MOST = 2000,  /* jobs in the streams at a time: they live in the server's memory, */
    BYTES_MOST = 64 << 20,  /* and so much of it */
    CARRY_MOST = 256 << 10, /* larger articles don't travel */
    LOOK_MS = 100,
    CHECK_MS = 30 * 1000, /* without an end: are the jobs there still? */
    RESULTS = 500
};

enum state { UNSENT, UNDER_WAY, ENDED };

struct parcel {
    const struct nashra_job *job;
    enum state state;
    size_t place, bytes;
    char id[NASHRA_TOKEN_SIZE]; /* of its entry; "" when it moved on */
    bool seen;                  /* by the check that is under way */
};

struct submission {
    struct nashra_run run;
    struct nashra_redis *redis;
    struct nashra_keyring *ring;
    const char *folder;
    struct parcel *parcels; /* by their number in the run */
    struct parcel **order;  /* as they are given */
    size_t count, next, under_way, ended, bytes;
    char name[NASHRA_RUN_NAME];
    char last[NASHRA_TOKEN_SIZE]; /* of the results that were read */
    struct nashra_buffer article;
    uint64_t next_look_ms, next_check_ms;
};

static bool name_run(struct submission *s) {
    unsigned char bytes[12];
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && read(fd, bytes, sizeof bytes) == (ssize_t)sizeof bytes;
    if (fd >= 0)
        close(fd);
    for (size_t i = 0; good && i < sizeof bytes; i++)
        snprintf(s->name + 2 * i, 3, "%02x", bytes[i]);
    return good;
}

static int by_priority(const void *one, const void *other) {
    const struct parcel *a = *(struct parcel *const *)one, *b = *(struct parcel *const *)other;
    if (a->job->priority != b->job->priority)
        return a->job->priority > b->job->priority ? -1 : 1;
    return a->place < b->place ? -1 : a->place > b->place;
}

static int plan(struct submission *s, const struct nashra_manifest *manifest) {
    s->count = manifest->count;
    s->parcels = nashra_alloc_zeroed(s->count, sizeof *s->parcels);
    s->order = nashra_alloc_zeroed(s->count, sizeof *s->order);
    if (!s->parcels || !s->order)
        return NASHRA_ENOMEM;
    for (size_t i = 0; i < s->count; i++) {
        s->parcels[i] = (struct parcel){.job = &manifest->jobs[i], .place = i};
        s->order[i] = &s->parcels[i];
    }
    qsort(s->order, s->count, sizeof *s->order, by_priority);
    snprintf(s->last, sizeof s->last, "0-0");
    return name_run(s) ? NASHRA_OK : nashra_fail(NASHRA_EINTERNAL, "/dev/urandom can't be read");
}

static void end(struct submission *s, struct parcel *parcel, enum nashra_job_end how,
                const struct nashra_job_result *result) {
    if (parcel->state == UNDER_WAY) {
        s->under_way--;
        s->bytes -= parcel->bytes;
    }
    parcel->state = ENDED;
    s->ended++;
    nashra_run_tell(&s->run, how, result, result->status, NULL, parcel->job->origin, parcel->job->output);
}

/* What is there already needn't travel. That a script or an article can't be read is the worker's to say: it may see
 * another storage. */
static bool is_current(struct submission *s, const struct parcel *parcel, const char *body, size_t length) {
    struct nashra_digest key;
    return nashra_keyring_job(s->ring, parcel->job, body, length, &key) >= 0 &&
           nashra_output_is_current(s->folder, parcel->job->output, &key);
}

/* The article, if it is one that travels. */
static const char *read_body(struct submission *s, const struct nashra_job *job) {
    struct stat info;
    nashra_buffer_clear(&s->article);
    if (job->source != NASHRA_JOB_FILE || job->bulletin || stat(job->input, &info) != 0 || info.st_size > CARRY_MOST ||
        info.st_size == 0 || nashra_read_file(job->input, CARRY_MOST, &s->article) < 0)
        return NULL;
    return s->article.data;
}

static int send_parcel(struct submission *s, struct parcel *parcel) {
    char key[256];
    const struct nashra_job *job = parcel->job;
    const char *body = read_body(s, job);
    bool text = job->source == NASHRA_JOB_TEXT;
    if (parcel->state == UNSENT && (body || text || job->source != NASHRA_JOB_FILE) &&
        is_current(s, parcel, text ? job->input : body, text ? job->input_length : s->article.length)) {
        end(s, parcel, NASHRA_JOB_CURRENT, &(struct nashra_job_result){.end = NASHRA_JOB_CURRENT});
        return NASHRA_OK;
    }
    char *line = nashra_job_line(job);
    if (!line)
        return NASHRA_ENOMEM;
    struct nashra_entry_fields fields = {.line = line,
                                         .line_length = strlen(line),
                                         .body = body,
                                         .body_length = s->article.length,
                                         .run = s->name,
                                         .number = parcel->place,
                                         .reason = ""};
    snprintf(key, sizeof key, "%s:%s", nashra_redis_name(s->redis), nashra_band_name(nashra_band_of(job->priority)));
    nashra_send_entry(s->redis, key, 0, &fields);
    if (parcel->state == UNSENT) {
        parcel->bytes = fields.line_length + (body ? fields.body_length : 0);
        s->under_way++;
        s->bytes += parcel->bytes;
    }
    parcel->state = UNDER_WAY;
    parcel->id[0] = '\0';
    free(line);
    return NASHRA_OK;
}

/* The ids of entries that were sent. What isn't confirmed is found missing, or not, by the next check. */
static bool receive_ids(struct submission *s, struct parcel **sent, size_t count) {
    for (size_t i = 0; i < count; i++) {
        redisReply *reply = nashra_redis_receive(s->redis);
        if (!reply) {
            s->next_check_ms = 0;
            return false;
        }
        if (reply->type == REDIS_REPLY_STRING)
            snprintf(sent[i]->id, sizeof sent[i]->id, "%s", reply->str);
        freeReplyObject(reply);
    }
    return true;
}

static int send_more(struct submission *s) {
    struct parcel *sent[100];
    size_t count = 0;
    int status = NASHRA_OK;
    while (status >= 0 && s->next < s->count && s->under_way < UNDER_WAY_MOST && s->bytes < BYTES_MOST && count < 100) {
        struct parcel *parcel = s->order[s->next++];
        status = send_parcel(s, parcel);
        if (parcel->state == UNDER_WAY)
            sent[count++] = parcel;
    }
    receive_ids(s, sent, count);
    return status;
}

/* The value of a field of a result's entry; "" when it is missing. */
static const char *field(const redisReply *fields, const char *key) {
    for (size_t i = 0; i + 1 < fields->elements; i += 2)
        if (strcmp(fields->element[i]->str, key) == 0)
            return fields->element[i + 1]->str;
    return "";
}

static void take_result(struct submission *s, const redisReply *fields) {
    static const char *const ends[] = {"rendered", "cached", "current", "failed", "retried"};
    struct nashra_job_result result = {0};
    size_t number = strtoul(field(fields, "n"), NULL, 10);
    const char *name = field(fields, "end");
    int how = 0;
    while (how < 5 && strcmp(ends[how], name) != 0)
        how++;
    if (number >= s->count || s->parcels[number].state == ENDED)
        return;
    struct parcel *parcel = &s->parcels[number];
    result.status = atoi(field(fields, "status"));
    result.frames = strtoull(field(fields, "frames"), NULL, 10);
    result.sentences = strtoull(field(fields, "sentences"), NULL, 10);
    result.sentences_kept = strtoull(field(fields, "kept"), NULL, 10);
    result.damaged = strtoull(field(fields, "damaged"), NULL, 10);
    snprintf(result.reason, sizeof result.reason, "%s", field(fields, "reason"));
    if (how >= NASHRA_JOB_RETRIED) {
        parcel->id[0] = '\0';
        if (how == NASHRA_JOB_RETRIED)
            nashra_run_tell(&s->run, NASHRA_JOB_RETRIED, &result, result.status, NULL, parcel->job->origin,
                            parcel->job->output);
        return;
    }
    result.end = how;
    if (how == NASHRA_JOB_FAILED)
        nashra_log(NASHRA_LOG_ERROR, "%s: %s: %s", parcel->job->origin, parcel->job->output, result.reason);
    end(s, parcel, (enum nashra_job_end)how, &result);
}

/* False when the connection is lost. */
static bool read_results(struct submission *s, size_t *count) {
    redisReply *reply = nashra_redis_do(s->redis, "XREAD COUNT %d STREAMS %s:run:%s %s", RESULTS,
                                        nashra_redis_name(s->redis), s->name, s->last);
    *count = 0;
    if (!reply)
        return false;
    if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 1) {
        const redisReply *entries = reply->element[0]->element[1];
        for (size_t i = 0; i < entries->elements; i++) {
            snprintf(s->last, sizeof s->last, "%s", entries->element[i]->element[0]->str);
            take_result(s, entries->element[i]->element[1]);
        }
        *count = entries->elements;
    }
    freeReplyObject(reply);
    return true;
}

/* A job whose end is known though its result is not: the server forgot the one and kept the other. */
static bool check_ends(struct submission *s) {
    for (size_t i = 0; i < s->count; i++)
        if (s->parcels[i].state == UNDER_WAY)
            nashra_redis_send(s->redis, "GET %s:done:%s:%lu", nashra_redis_name(s->redis), s->name, (unsigned long)i);
    for (size_t i = 0; i < s->count; i++) {
        if (s->parcels[i].state != UNDER_WAY)
            continue;
        redisReply *reply = nashra_redis_receive(s->redis);
        if (!reply)
            return false;
        bool failed = reply->type == REDIS_REPLY_STRING && strncmp(reply->str, "failed", 6) == 0;
        struct nashra_job_result result = {.end = failed ? NASHRA_JOB_FAILED : NASHRA_JOB_RENDERED,
                                           .status = failed ? NASHRA_EINTERNAL : NASHRA_OK};
        if (reply->type == REDIS_REPLY_STRING)
            end(s, &s->parcels[i], (enum nashra_job_end)result.end, &result);
        freeReplyObject(reply);
    }
    return true;
}

static void note_entry(struct submission *s, const redisReply *entry) {
    if (entry->elements != 2 || entry->element[1]->type != REDIS_REPLY_ARRAY ||
        strcmp(field(entry->element[1], "run"), s->name) != 0)
        return;
    size_t number = strtoul(field(entry->element[1], "n"), NULL, 10);
    if (number >= s->count)
        return;
    s->parcels[number].seen = true;
    snprintf(s->parcels[number].id, sizeof s->parcels[number].id, "%s", entry->element[0]->str);
}

/* Marks the jobs that are in a stream, page by page. */
static bool find_entries(struct submission *s, int band) {
    char from[NASHRA_TOKEN_SIZE + 1] = "-";
    for (size_t got = 1; got > 0;) {
        redisReply *reply = nashra_redis_do(s->redis, "XRANGE %s:%s %s + COUNT 200", nashra_redis_name(s->redis),
                                            nashra_band_name(band), from);
        if (!reply)
            return false;
        got = reply->type == REDIS_REPLY_ARRAY ? reply->elements : 0;
        for (size_t i = 0; i < got; i++)
            note_entry(s, reply->element[i]);
        if (got > 0) { /* the next id: the same time, one number up */
            unsigned long long ms = 0, number = 0;
            sscanf(reply->element[got - 1]->element[0]->str, "%llu-%llu", &ms, &number);
            snprintf(from, sizeof from, "%llu-%llu", ms, number + 1);
        }
        freeReplyObject(reply);
    }
    return true;
}

/* Results were read before: a job that is neither ended nor in a stream was forgotten, and is given again. */
static int check(struct submission *s) {
    for (size_t i = 0; i < s->count; i++)
        s->parcels[i].seen = false;
    for (int band = 0; band < NASHRA_BANDS; band++)
        if (!find_entries(s, band))
            return NASHRA_OK;
    size_t more = 0;
    if (!read_results(s, &more) || more == RESULTS || !check_ends(s))
        return NASHRA_OK;
    s->next_check_ms = nashra_run_now_ms() + CHECK_MS;
    int status = NASHRA_OK;
    for (size_t i = 0; i < s->count && status >= 0; i++) {
        struct parcel *parcel = &s->parcels[i];
        if (parcel->state != UNDER_WAY || parcel->seen)
            continue;
        status = send_parcel(s, parcel);
        if (status >= 0 && !receive_ids(s, &parcel, 1))
            return NASHRA_OK;
    }
    return status;
}

/* What no worker has taken is taken back; what is under way there ends, and nobody waits for it. */
static void withdraw(struct submission *s) {
    size_t sent = 0;
    for (size_t i = 0; i < s->count; i++)
        if (s->parcels[i].state == UNDER_WAY && s->parcels[i].id[0]) {
            nashra_redis_send(s->redis, "XDEL %s:%s %s", nashra_redis_name(s->redis),
                              nashra_band_name(nashra_band_of(s->parcels[i].job->priority)), s->parcels[i].id);
            sent++;
        }
    for (redisReply *reply; sent > 0 && (reply = nashra_redis_receive(s->redis)); sent--)
        freeReplyObject(reply);
}

static void measure(struct submission *s) {
    struct nashra_batch_counts *counts = s->run.counts;
    counts->reconnects = nashra_redis_lost(s->redis);
    nashra_stream_measure(s->redis, &counts->waiting, &counts->taken, &counts->dead);
}

static int serve(struct submission *s) {
    size_t read = 0, sent = s->next;
    uint64_t now = nashra_run_now_ms();
    int connected = nashra_redis_connect(s->redis);
    if (connected <= 0)
        return connected;
    if (connected == 2 && nashra_stream_prepare(s->redis))
        s->next_check_ms = s->under_way ? 0 : now + CHECK_MS;
    if (now < s->next_look_ms)
        return NASHRA_OK;
    if (!read_results(s, &read))
        return NASHRA_OK;
    int status = send_more(s);
    if (read > 0)
        s->next_check_ms = s->next_check_ms ? now + CHECK_MS : 0;
    if (status >= 0 && s->under_way > 0 && now >= s->next_check_ms && read < RESULTS)
        status = check(s);
    if (s->run.options->metrics)
        measure(s);
    s->next_look_ms = read == RESULTS || s->next > sent ? 0 : now + LOOK_MS;
    return status;
}

static int work(struct submission *s) {
    for (;;) {
        if (s->ended == s->count)
            return NASHRA_OK;
        int status = s->run.signals ? NASHRA_STOPPED : serve(s);
        if (status < 0)
            return status;
        uint64_t now = nashra_run_now_ms();
        status = nashra_run_wait(&s->run,
                                 now < s->next_look_ms ? (int)(s->next_look_ms - now)
                                 : s->under_way        ? 1
                                                       : LOOK_MS,
                                 false);
        if (status < 0)
            return status;
    }
}

static void finish(struct submission *s) {
    if (s->redis && nashra_redis_connect(s->redis) > 0) {
        withdraw(s);
        redisReply *reply = nashra_redis_do(s->redis, "DEL %s:run:%s", nashra_redis_name(s->redis), s->name);
        if (reply)
            freeReplyObject(reply);
    }
    nashra_redis_destroy(s->redis);
    nashra_keyring_destroy(s->ring);
    nashra_buffer_finish(&s->article);
    nashra_free(s->parcels);
    nashra_free(s->order);
}

static int prepare(struct submission *s) {
    struct nashra_digest engine;
    int status = nashra_engine_fingerprint(&engine);
    return status < 0 ? status : nashra_keyring_create(&engine, &s->ring);
}

int nashra_batch_submit(const struct nashra_manifest *manifest, const struct nashra_batch_options *options,
                        struct nashra_batch_counts *counts) {
    struct submission s = {.run = {.options = options, .counts = counts}, .folder = options->folder};
    *counts = (struct nashra_batch_counts){.jobs = manifest->count};
    int status = nashra_redis_create(options->queue, &s.redis);
    if (status >= 0)
        status = plan(&s, manifest);
    if (status >= 0)
        status = prepare(&s);
    if (status >= 0)
        status = work(&s);
    nashra_run_finish(&s.run);
    finish(&s);
    return status;
}
