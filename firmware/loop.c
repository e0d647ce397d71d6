/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* CLOCK_BOOTTIME */
#include "loop.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

#include <nashra/memory.h>

enum { SLOTS = 64, BATCH = 16 };

struct slot {
    int fd; /* -1: free */
    nashrad_loop_fn ready;
    void *user;
};

struct nashrad_loop {
    int epoll;
    struct slot slots[SLOTS];
};

int nashrad_loop_create(struct nashrad_loop **out) {
    struct nashrad_loop *loop = nashra_alloc_zeroed(1, sizeof *loop);
    *out = NULL;
    if (!loop)
        return NASHRA_ENOMEM;
    for (size_t i = 0; i < SLOTS; i++)
        loop->slots[i].fd = -1;
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    if (loop->epoll < 0) {
        nashra_free(loop);
        return nashra_fail(NASHRA_EINTERNAL, "no event loop: %s", strerror(errno));
    }
    *out = loop;
    return NASHRA_OK;
}

void nashrad_loop_destroy(struct nashrad_loop *loop) {
    if (!loop)
        return;
    close(loop->epoll);
    nashra_free(loop);
}

static struct slot *find(struct nashrad_loop *loop, int fd) {
    for (size_t i = 0; i < SLOTS; i++)
        if (loop->slots[i].fd == fd)
            return &loop->slots[i];
    return NULL;
}

int nashrad_loop_add(struct nashrad_loop *loop, int fd, nashrad_loop_fn ready, void *user) {
    struct slot *slot = find(loop, -1);
    if (!slot)
        return nashra_fail(NASHRA_EINTERNAL, "more than %d descriptors", SLOTS);
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (epoll_ctl(loop->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
        return nashra_fail(NASHRA_EIO, "descriptor %d can't be waited for: %s", fd, strerror(errno));
    *slot = (struct slot){fd, ready, user};
    return NASHRA_OK;
}

void nashrad_loop_remove(struct nashrad_loop *loop, int fd) {
    struct slot *slot = fd >= 0 ? find(loop, fd) : NULL;
    if (!slot)
        return;
    epoll_ctl(loop->epoll, EPOLL_CTL_DEL, fd, NULL);
    slot->fd = -1;
}

void nashrad_loop_pause(struct nashrad_loop *loop, int fd, bool paused) {
    struct epoll_event event = {.events = paused ? 0 : EPOLLIN, .data.fd = fd};
    epoll_ctl(loop->epoll, EPOLL_CTL_MOD, fd, &event);
}

int nashrad_loop_fd(const struct nashrad_loop *loop) {
    return loop->epoll;
}

void nashrad_loop_run(struct nashrad_loop *loop, int timeout_ms) {
    struct epoll_event events[BATCH];
    const int count = epoll_wait(loop->epoll, events, BATCH, timeout_ms);
    for (int i = 0; i < count; i++) {
        /* One that ran before may have removed it. */
        const struct slot *slot = find(loop, events[i].data.fd);
        if (slot)
            slot->ready(slot->fd, slot->user);
    }
}

int64_t nashrad_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
