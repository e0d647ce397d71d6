/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of functions behind nashra_sink_*; a sink embeds struct nashra_sink as its first member. */
#ifndef NASHRA_AUDIO_SINK_H
#define NASHRA_AUDIO_SINK_H

#include <nashra/audio.h>
#include <nashra/memory.h>

/* Each keeps the contract of the function of its name in <nashra/audio.h>. */
struct nashra_sink_ops {
    ptrdiff_t (*write)(struct nashra_sink *sink, const int16_t *frames, size_t count);
    int (*wait)(struct nashra_sink *sink, struct pollfd *extra, size_t extra_count, int timeout_ms);
    int (*pause)(struct nashra_sink *sink, bool paused);
    int (*drop)(struct nashra_sink *sink);
    int (*drain)(struct nashra_sink *sink);
    uint64_t (*heard)(struct nashra_sink *sink);
    int (*finish)(struct nashra_sink *sink);
    void (*destroy)(struct nashra_sink *sink);
};

struct nashra_sink {
    const struct nashra_sink_ops *ops;
    unsigned rate; /* of the frames that are written to it */
    unsigned xruns;
};

/* CLOCK_MONOTONIC. */
uint64_t nashra_now_ms(void);

/* poll(2) for a sink that needs no descriptors of its own; a signal ends it early. */
void nashra_sink_poll(struct pollfd *extra, size_t extra_count, int timeout_ms);

#endif
