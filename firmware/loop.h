/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one event loop: descriptors and what to do when they are readable. */
#ifndef NASHRAD_LOOP_H
#define NASHRAD_LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct nashrad_loop;

typedef void (*nashrad_loop_fn)(int fd, void *user);

int nashrad_loop_create(struct nashrad_loop **loop);
/* Closes none of the descriptors. Takes NULL. */
void nashrad_loop_destroy(struct nashrad_loop *loop);

/* Calls `ready` whenever `fd` is readable or hung up. A plain file counts as always readable, and is refused. */
int nashrad_loop_add(struct nashrad_loop *loop, int fd, nashrad_loop_fn ready, void *user);
/* To be called before the descriptor is closed. Unknown ones are ignored. */
void nashrad_loop_remove(struct nashrad_loop *loop, int fd);
/* For a while nothing is wanted from this descriptor, or it is again. */
void nashrad_loop_pause(struct nashrad_loop *loop, int fd, bool paused);

/* Readable when any of the descriptors is: for a wait that has something of its own to wait for. */
int nashrad_loop_fd(const struct nashrad_loop *loop);
/* Calls what is ready, after waiting for it at most `timeout_ms` (-1: no limit). */
void nashrad_loop_run(struct nashrad_loop *loop, int timeout_ms);

/* CLOCK_BOOTTIME in milliseconds: it goes on while the box sleeps. */
int64_t nashrad_now(void);

#endif
