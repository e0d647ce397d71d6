/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue_redis.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <time.h>

#include <nashra/memory.h>

enum { CONNECT_SECONDS = 3, ANSWER_SECONDS = 10, FIRST_WAIT_MS = 100, LONGEST_WAIT_MS = 5000 };

struct nashra_redis {
    struct nashra_queue_url url;
    redisContext *context; /* NULL: not connected */
    uint64_t next_try_ms;
    unsigned wait_ms;
    uint64_t lost;
    bool told;   /* that it is away */
    int refused; /* a status, once the server refused us */
};

static uint64_t now_ms(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

int nashra_redis_create(const char *url, struct nashra_redis **redis) {
    struct nashra_redis *r = nashra_alloc_zeroed(1, sizeof *r);
    *redis = NULL;
    if (!r)
        return NASHRA_ENOMEM;
    int status = nashra_queue_url_parse(url, &r->url);
    if (status < 0) {
        nashra_free(r);
        return status;
    }
    r->wait_ms = FIRST_WAIT_MS;
    *redis = r;
    return NASHRA_OK;
}

void nashra_redis_destroy(struct nashra_redis *r) {
    if (!r)
        return;
    if (r->context)
        redisFree(r->context);
    nashra_free(r);
}

const char *nashra_redis_name(const struct nashra_redis *r) {
    return r->url.name;
}

uint64_t nashra_redis_lost(const struct nashra_redis *r) {
    return r->lost;
}

/* The waits double, and no two clients keep step: a server that comes back isn't overrun. */
static void plan_next_try(struct nashra_redis *r) {
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    r->next_try_ms = now_ms() + r->wait_ms / 2 + (uint64_t)time.tv_nsec / 1000 % (r->wait_ms / 2 + 1);
    r->wait_ms = r->wait_ms * 2 < LONGEST_WAIT_MS ? r->wait_ms * 2 : LONGEST_WAIT_MS;
}

static const char *place(const struct nashra_redis *r) {
    return *r->url.host ? r->url.host : r->url.path;
}

static void lose(struct nashra_redis *r, const char *cause) {
    if (!r->told) {
        nashra_log(NASHRA_LOG_WARNING, "queue %s: %s; trying again", place(r), cause);
        r->lost++;
    }
    r->told = true;
    if (r->context)
        redisFree(r->context);
    r->context = NULL;
    plan_next_try(r);
}

bool nashra_redis_is_error(const redisReply *reply, const char *word) {
    return reply && reply->type == REDIS_REPLY_ERROR && strncmp(reply->str, word, strlen(word)) == 0;
}

static bool is_one_of(const redisReply *reply, const char *const *words) {
    for (; *words; words++)
        if (nashra_redis_is_error(reply, *words))
            return true;
    return false;
}

static bool is_refusal(const redisReply *reply) {
    static const char *const words[] = {
        "NOAUTH",       "WRONGPASS",      "NOPERM", "ERR AUTH", "ERR invalid password", "ERR Client sent AUTH",
        "ERR DB index", "ERR invalid DB", NULL};
    return is_one_of(reply, words);
}

static bool is_away(const redisReply *reply) {
    static const char *const words[] = {"LOADING",    "BUSY ",   "READONLY",  "MASTERDOWN",
                                        "OOM",        "MISCONF", "EXECABORT", "ERR max number of clients",
                                        "NOREPLICAS", NULL};
    return is_one_of(reply, words);
}

static const char *why_lost(const redisContext *context) {
    if (context->err == REDIS_ERR_IO && (errno == EAGAIN || errno == ETIMEDOUT))
        return "it doesn't answer";
    return context->errstr[0] ? context->errstr : "connection lost";
}

/* Passes a reply on, or keeps it where it tells that this connection is of no use. */
static redisReply *judge(struct nashra_redis *r, redisReply *reply) {
    if (!reply) {
        lose(r, why_lost(r->context));
        return NULL;
    }
    if (is_refusal(reply))
        r->refused = nashra_fail(NASHRA_ECONFIG, "queue %s: %s", place(r), reply->str);
    if (!is_away(reply) && !is_refusal(reply))
        return reply;
    lose(r, reply->str);
    freeReplyObject(reply);
    return NULL;
}

static void open_connection(struct nashra_redis *r) {
    const struct timeval connect = {.tv_sec = CONNECT_SECONDS};
    r->context = *r->url.host ? redisConnectWithTimeout(r->url.host, r->url.port, connect)
                              : redisConnectUnixWithTimeout(r->url.path, connect);
    if (!r->context || r->context->err) {
        lose(r, r->context ? r->context->errstr : "out of memory");
        return;
    }
    redisSetTimeout(r->context, connect);
    if (*r->url.host)
        redisEnableKeepAlive(r->context);
}

/* A server that takes a connection and then says nothing is found out as soon as one that takes none. */
static bool greet(struct nashra_redis *r) {
    const struct timeval answer = {.tv_sec = ANSWER_SECONDS};
    redisReply *reply = NULL;
    if (*r->url.password)
        reply = *r->url.user ? nashra_redis_do(r, "AUTH %s %s", r->url.user, r->url.password)
                             : nashra_redis_do(r, "AUTH %s", r->url.password);
    if (*r->url.password && !reply)
        return false;
    if (reply)
        freeReplyObject(reply);
    reply = r->url.database ? nashra_redis_do(r, "SELECT %d", r->url.database) : nashra_redis_do(r, "PING");
    if (!reply)
        return false;
    freeReplyObject(reply);
    redisSetTimeout(r->context, answer);
    return true;
}

int nashra_redis_connect(struct nashra_redis *r) {
    if (r->refused)
        return r->refused;
    if (r->context)
        return 1;
    if (now_ms() < r->next_try_ms)
        return 0;
    open_connection(r);
    if (!r->context || !greet(r))
        return r->refused;
    if (r->told)
        nashra_log(NASHRA_LOG_WARNING, "queue %s: connected again", place(r));
    r->told = false;
    r->wait_ms = FIRST_WAIT_MS;
    return 2;
}

redisReply *nashra_redis_do(struct nashra_redis *r, const char *format, ...) {
    va_list arguments;
    if (!r->context)
        return NULL;
    va_start(arguments, format);
    redisReply *reply = redisvCommand(r->context, format, arguments);
    va_end(arguments);
    return judge(r, reply);
}

void nashra_redis_send(struct nashra_redis *r, const char *format, ...) {
    va_list arguments;
    if (!r->context)
        return;
    va_start(arguments, format);
    int failed = redisvAppendCommand(r->context, format, arguments) != REDIS_OK;
    va_end(arguments);
    if (failed)
        lose(r, r->context->errstr);
}

void nashra_redis_send_arguments(struct nashra_redis *r, int count, const char **arguments, const size_t *lengths) {
    if (r->context && redisAppendCommandArgv(r->context, count, arguments, lengths) != REDIS_OK)
        lose(r, r->context->errstr);
}

redisReply *nashra_redis_receive(struct nashra_redis *r) {
    void *reply = NULL;
    if (!r->context)
        return NULL;
    if (redisGetReply(r->context, &reply) != REDIS_OK)
        reply = NULL;
    return judge(r, reply);
}
