/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nashrad's side of the worker: it is started, watched, killed when it hangs, and started again. */
#ifndef NASHRAD_ENGINE_H
#define NASHRAD_ENGINE_H

#include <nashra/reader.h>

#include "loop.h"

struct nashrad_engine;

/* Where its reports go. All are called from the loop. */
struct nashrad_engine_events {
    void (*ready)(void *user, unsigned rate); /* after each start: nothing of before is known to it */
    void (*document)(void *user, nashra_article_id id, const struct nashra_segment *segments, size_t count,
                     const char *text, size_t length);
    void (*unreadable)(void *user, nashra_article_id id);
    void (*mark)(void *user, uint32_t serial, size_t offset);
    void (*frames)(void *user, uint32_t serial, const int16_t *frames, size_t count);
    void (*done)(void *user, uint32_t serial);
    /* It is gone. `fault`: at what it was asked for, by a fault of its own or because it hung. */
    void (*lost)(void *user, bool fault);
};

/* Starts the worker, "PROGRAM --worker --lexicon LEXICON". @param loop, program, lexicon ("": none) borrowed. */
int nashrad_engine_create(struct nashrad_loop *loop, const char *program, const char *lexicon,
                          const struct nashrad_engine_events *events, void *user, struct nashrad_engine **engine);
/* Ends the worker. Takes NULL. */
void nashrad_engine_destroy(struct nashrad_engine *engine);

/* Requests are lost while it isn't ready; `ready` tells when they are to be made again. Serials grow. */
bool nashrad_engine_ready(const struct nashrad_engine *engine);
void nashrad_engine_open(struct nashrad_engine *engine, nashra_article_id id, const char *path);
void nashrad_engine_read(struct nashrad_engine *engine, uint32_t serial, nashra_article_id id, struct nashra_span span);
void nashrad_engine_say(struct nashrad_engine *engine, uint32_t serial, const char *text);
/* Text or SSML, from its sentence `place` on; `mark` then tells sentences. */
void nashrad_engine_announce(struct nashrad_engine *engine, uint32_t serial, size_t place, const char *text);
void nashrad_engine_spell(struct nashrad_engine *engine, uint32_t serial, const char *letter, size_t length);
void nashrad_engine_cancel(struct nashrad_engine *engine, uint32_t serial);
void nashrad_engine_rate(struct nashrad_engine *engine, int rate);

/* Reads no more from it for now: there is enough to play. */
void nashrad_engine_pause(struct nashrad_engine *engine, bool paused);
/* Kills it if it owes an answer for too long: sooner when `silent`, since the listener waits. Starts it again when its
 * time has come. Returns when it wants to be called next; -1: not before something comes. */
int64_t nashrad_engine_watch(struct nashrad_engine *engine, bool silent, int64_t now);
/* A child has ended (SIGCHLD). */
void nashrad_engine_reap(struct nashrad_engine *engine);
/* Starts in a row that came to nothing. */
unsigned nashrad_engine_failures(const struct nashrad_engine *engine);

#endif
