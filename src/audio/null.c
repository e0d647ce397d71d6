/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ideal sink: swallows everything, and fails exactly where it is told to. */
#include "sink.h"

enum { BUFFER_MS = 80, LONG_WAIT_MS = 1000 };

struct null_sink {
    struct nashra_sink sink;
    struct nashra_sink_faults faults;
    uint64_t written;    /* frames taken, dropped ones not counted */
    unsigned waits_left; /* calls of wait until the card is back */
    bool away, failed;
    /* paced: what is heard follows the clock */
    bool paused;
    uint64_t heard_before; /* up to the last start of the clock */
    uint64_t started_ms;
};

static uint64_t heard(struct nashra_sink *sink) {
    struct null_sink *null = (struct null_sink *)sink;
    if (!null->faults.paced)
        return null->written;
    uint64_t ran = null->paused || null->away ? 0 : nashra_now_ms() - null->started_ms;
    uint64_t frames = null->heard_before + ran * sink->rate / 1000;
    return frames < null->written ? frames : null->written;
}

/* The clock of a paced sink stands still while there is nothing to play. */
static void restart_clock(struct null_sink *null, uint64_t position) {
    null->heard_before = position;
    null->started_ms = nashra_now_ms();
}

static size_t room(struct null_sink *null) {
    if (null->paused)
        return 0;
    if (!null->faults.paced)
        return SIZE_MAX;
    uint64_t position = heard(&null->sink);
    if (position == null->written)
        restart_clock(null, position);
    uint64_t buffer = (uint64_t)null->sink.rate * BUFFER_MS / 1000;
    uint64_t queued = null->written - position;
    return queued < buffer ? (size_t)(buffer - queued) : 0;
}

/* Frames of `count` that come before the fault at frame `at`; 0 when the fault is due. */
static size_t before(const struct null_sink *null, uint64_t at, size_t count) {
    if (at == 0 || at < null->written || at - null->written >= count)
        return count;
    return (size_t)(at - null->written);
}

static bool due(const struct null_sink *null, uint64_t *at) {
    if (*at == 0 || *at != null->written)
        return false;
    *at = 0;
    return true;
}

static int fail_as_told(struct null_sink *null) {
    if (due(null, &null->faults.fail_at)) {
        null->failed = true;
        return nashra_fail(NASHRA_EIO, "null sink: fails at frame %llu, as told", (unsigned long long)null->written);
    }
    if (due(null, &null->faults.disconnect_at)) {
        restart_clock(null, heard(&null->sink));
        null->away = true;
        null->waits_left = null->faults.reconnect_after;
        return NASHRA_ENODEVICE;
    }
    if (due(null, &null->faults.underrun_at))
        null->sink.xruns++;
    return NASHRA_OK;
}

static ptrdiff_t write_frames(struct nashra_sink *sink, const int16_t *frames, size_t count) {
    struct null_sink *null = (struct null_sink *)sink;
    (void)frames;
    if (null->failed)
        return NASHRA_EIO;
    if (null->away)
        return NASHRA_ENODEVICE;
    size_t space = room(null);
    if (space == 0 || count == 0)
        return 0;
    int status = fail_as_told(null);
    if (status < 0)
        return status;
    count = count < space ? count : space;
    count = before(null, null->faults.fail_at, count);
    count = before(null, null->faults.disconnect_at, count);
    count = before(null, null->faults.underrun_at, count);
    null->written += count;
    return (ptrdiff_t)count;
}

static int wait_away(struct null_sink *null) {
    if (null->waits_left > 0) {
        null->waits_left--;
        return NASHRA_ENODEVICE;
    }
    null->away = false;
    restart_clock(null, null->heard_before);
    return 1;
}

static int wait_for_room(struct nashra_sink *sink, struct pollfd *extra, size_t extra_count, int timeout_ms) {
    struct null_sink *null = (struct null_sink *)sink;
    int slice = BUFFER_MS / 4;
    if (null->failed)
        return NASHRA_EIO;
    bool full = room(null) == 0;
    if (full && null->paused)
        slice = LONG_WAIT_MS;
    if (timeout_ms >= 0 && timeout_ms < slice)
        slice = timeout_ms;
    nashra_sink_poll(extra, extra_count, full ? slice : 0);
    if (null->away)
        return wait_away(null);
    return room(null) > 0;
}

static int pause_sink(struct nashra_sink *sink, bool paused) {
    struct null_sink *null = (struct null_sink *)sink;
    restart_clock(null, heard(sink));
    null->paused = paused;
    return NASHRA_OK;
}

static int drop(struct nashra_sink *sink) {
    struct null_sink *null = (struct null_sink *)sink;
    null->written = heard(sink);
    restart_clock(null, null->written);
    return NASHRA_OK;
}

static int drain(struct nashra_sink *sink) {
    struct null_sink *null = (struct null_sink *)sink;
    uint64_t deadline = nashra_now_ms() + (null->written - heard(sink)) * 1000 / sink->rate + 1000;
    while (!null->paused && !null->away && !null->failed && heard(sink) < null->written && nashra_now_ms() < deadline)
        nashra_sink_poll(NULL, 0, 5);
    return null->failed ? NASHRA_EIO : null->away ? NASHRA_ENODEVICE : NASHRA_OK;
}

static void destroy(struct nashra_sink *sink) {
    nashra_free(sink);
}

static const struct nashra_sink_ops ops = {
    .write = write_frames,
    .wait = wait_for_room,
    .pause = pause_sink,
    .drop = drop,
    .drain = drain,
    .heard = heard,
    .finish = drain,
    .destroy = destroy,
};

int nashra_sink_null(unsigned rate, const struct nashra_sink_faults *faults, struct nashra_sink **sink) {
    *sink = NULL;
    struct null_sink *null = nashra_alloc_zeroed(1, sizeof *null);
    if (!null)
        return NASHRA_ENOMEM;
    null->sink.ops = &ops;
    null->sink.rate = rate;
    if (faults)
        null->faults = *faults;
    restart_clock(null, 0);
    *sink = &null->sink;
    return NASHRA_OK;
}
