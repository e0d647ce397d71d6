/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sink.h"

#include <time.h>

uint64_t nashra_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void nashra_sink_poll(struct pollfd *extra, size_t extra_count, int timeout_ms) {
    for (size_t i = 0; i < extra_count; i++)
        extra[i].revents = 0;
    poll(extra, (nfds_t)extra_count, timeout_ms);
}

void nashra_sink_destroy(struct nashra_sink *sink) {
    if (sink)
        sink->ops->destroy(sink);
}

ptrdiff_t nashra_sink_write(struct nashra_sink *sink, const int16_t *frames, size_t count) {
    return sink->ops->write(sink, frames, count);
}

int nashra_sink_wait(struct nashra_sink *sink, struct pollfd *extra, size_t extra_count, int timeout_ms) {
    return sink->ops->wait(sink, extra, extra_count, timeout_ms);
}

int nashra_sink_pause(struct nashra_sink *sink, bool paused) {
    return sink->ops->pause(sink, paused);
}

int nashra_sink_drop(struct nashra_sink *sink) {
    return sink->ops->drop(sink);
}

int nashra_sink_drain(struct nashra_sink *sink) {
    return sink->ops->drain(sink);
}

uint64_t nashra_sink_heard(struct nashra_sink *sink) {
    return sink->ops->heard(sink);
}

unsigned nashra_sink_xruns(const struct nashra_sink *sink) {
    return sink->xruns;
}

int nashra_sink_finish(struct nashra_sink *sink) {
    return sink->ops->finish(sink);
}
