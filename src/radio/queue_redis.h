/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A connection to Redis that comes back by itself. Whoever calls must be able to repeat what was under way. */
#ifndef NASHRA_RADIO_QUEUE_REDIS_H
#define NASHRA_RADIO_QUEUE_REDIS_H

#include <hiredis/hiredis.h>
#include <stdbool.h>
#include <stdint.h>

#include "queue_url.h"

struct nashra_redis;

/* Doesn't connect yet. 0, what the URL is refused with, or NASHRA_ENOMEM. */
int nashra_redis_create(const char *url, struct nashra_redis **redis);
/* Takes NULL. */
void nashra_redis_destroy(struct nashra_redis *redis);
/* The queue's name, with which all keys begin. */
const char *nashra_redis_name(const struct nashra_redis *redis);

/* Connects if there is no connection and it is time to try again. @return 1 connected, 2 just now, 0 not;
 * NASHRA_ECONFIG when the server refuses us (reported): waiting won't help. */
int nashra_redis_connect(struct nashra_redis *redis);
/* Connections that were lost. */
uint64_t nashra_redis_lost(const struct nashra_redis *redis);

/* A command and its reply (freeReplyObject), or NULL when there is no connection (any more). A server that is loading,
 * full or no master counts as one that is away. Formats are hiredis'. */
redisReply *nashra_redis_do(struct nashra_redis *redis, const char *format, ...);
/* The same in two steps, for many commands in one go. */
void nashra_redis_send(struct nashra_redis *redis, const char *format, ...);
void nashra_redis_send_arguments(struct nashra_redis *redis, int count, const char **arguments, const size_t *lengths);
redisReply *nashra_redis_receive(struct nashra_redis *redis);

/* Whether a reply is an error that begins with `word`. */
bool nashra_redis_is_error(const redisReply *reply, const char *word);

#endif
