/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Requests as JSON objects, from whatever way they come: data/announce.schema.json. */
#ifndef NASHRAD_REQUESTS_H
#define NASHRAD_REQUESTS_H

#include <jansson.h>

#include "announcing.h"
#include "templates.h"

enum { NASHRAD_REQUEST_MOST = 64 * 1024, NASHRAD_ANNOUNCE_TEXT_MOST = 16 * 1024 };

/* What a request may need; all borrowed. */
struct nashrad_requests {
    struct nashrad_announcing *announcing;
    const struct nashrad_templates *templates;
    /* Adds what the box itself tells of its state. May be NULL. */
    void (*describe)(void *user, json_t *status);
    /* What a command of the box ("pause", "volume" …) does; false when there is none of that name. May be NULL. */
    bool (*command)(void *user, const char *name, const json_t *request);
    void *user;
    bool leaks; /* the self-test has privacy broken */
};

/* Answers one request: an object to be released by json_decref(); NULL when there is no memory. Sets `*subscribes` when
 * it asks for events. @param source who asks, for the rate limit. */
json_t *nashrad_requests_answer(const struct nashrad_requests *requests, const char *line, size_t length,
                                int64_t source, bool *subscribes);

/* An announcement as events and lists tell it. */
json_t *nashrad_requests_view(const struct nashrad_requests *requests, const struct nashra_announce_view *view);

#endif
