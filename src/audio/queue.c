/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue.h"

#include <string.h>

#include <nashra/memory.h>

int nashra_queue_init(struct nashra_queue *queue, size_t size) {
    *queue = (struct nashra_queue){.size = size};
    queue->frames = nashra_alloc(size * sizeof *queue->frames);
    return queue->frames ? NASHRA_OK : NASHRA_ENOMEM;
}

void nashra_queue_finish(struct nashra_queue *queue) {
    nashra_free(queue->frames);
    *queue = (struct nashra_queue){0};
}

size_t nashra_queue_waiting(const struct nashra_queue *queue) {
    return (size_t)(queue->end - queue->next);
}

/* Frames from position `at` to the end of the ring, at most `count`. */
static size_t run_length(const struct nashra_queue *queue, uint64_t at, size_t count) {
    size_t left = queue->size - (size_t)(at % queue->size);
    return count < left ? count : left;
}

void nashra_queue_add(struct nashra_queue *queue, const int16_t *frames, size_t count) {
    while (count > 0) {
        size_t run = run_length(queue, queue->end, count);
        memcpy(queue->frames + queue->end % queue->size, frames, run * sizeof *frames);
        queue->end += run;
        frames += run;
        count -= run;
    }
}

static void copy_twice(int16_t *restrict to, const int16_t *restrict from, size_t count) {
    for (size_t i = 0; i < count; i++)
        to[2 * i] = to[2 * i + 1] = from[i];
}

size_t nashra_queue_peek(const struct nashra_queue *queue, int16_t *frames, size_t count, unsigned channels) {
    if (count > nashra_queue_waiting(queue))
        count = nashra_queue_waiting(queue);
    for (size_t done = 0; done < count;) {
        uint64_t at = queue->next + done;
        size_t run = run_length(queue, at, count - done);
        const int16_t *from = queue->frames + at % queue->size;
        if (channels == 2)
            copy_twice(frames + 2 * done, from, run);
        else
            memcpy(frames + done, from, run * sizeof *frames);
        done += run;
    }
    return count;
}

void nashra_queue_rewind(struct nashra_queue *queue, uint64_t count) {
    uint64_t oldest = queue->end > queue->size ? queue->end - queue->size : 0;
    queue->next = queue->next - oldest > count ? queue->next - count : oldest;
}

void nashra_queue_clear(struct nashra_queue *queue) {
    queue->next = 0;
    queue->end = 0;
}
