/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue.h"

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

void nashra_queue_add(struct nashra_queue *queue, const int16_t *frames, size_t count) {
    for (size_t i = 0; i < count; i++)
        queue->frames[queue->end++ % queue->size] = frames[i];
}

size_t nashra_queue_peek(const struct nashra_queue *queue, int16_t *frames, size_t count, unsigned channels) {
    if (count > nashra_queue_waiting(queue))
        count = nashra_queue_waiting(queue);
    for (size_t i = 0; i < count; i++)
        for (unsigned c = 0; c < channels; c++)
            *frames++ = queue->frames[(queue->next + i) % queue->size];
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
