/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Frames on their way to a card: a ring that remembers what the card has but may not have played yet, so that it can be
 * given again. Positions count frames since the last clear. */
#ifndef NASHRA_AUDIO_QUEUE_H
#define NASHRA_AUDIO_QUEUE_H

#include <stddef.h>
#include <stdint.h>

struct nashra_queue {
    int16_t *frames;
    size_t size;
    uint64_t next; /* the first that the card does not have */
    uint64_t end;  /* the first that is not there yet */
};

/* @param size frames that it holds. 0 or NASHRA_ENOMEM. */
int nashra_queue_init(struct nashra_queue *queue, size_t size);
void nashra_queue_finish(struct nashra_queue *queue);

/* Frames that wait for the card. */
size_t nashra_queue_waiting(const struct nashra_queue *queue);
/* Appends; the oldest are forgotten. There must not be more waiting than the queue holds. */
void nashra_queue_add(struct nashra_queue *queue, const int16_t *frames, size_t count);
/* Copies up to `count` waiting frames, for one or two channels; returns how many. They wait on. */
size_t nashra_queue_peek(const struct nashra_queue *queue, int16_t *frames, size_t count, unsigned channels);
/* Lets the last `count` frames that the card took wait again, as far as they are remembered. */
void nashra_queue_rewind(struct nashra_queue *queue, uint64_t count);
void nashra_queue_clear(struct nashra_queue *queue);

#endif
