/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "waiting.h"

#include <string.h>

#include <nashra/memory.h>

int nashra_waiting_init(struct nashra_waiting *queue, size_t most, size_t past_most) {
    *queue = (struct nashra_waiting){.most = most, .past_most = past_most};
    queue->items = nashra_alloc_zeroed(most ? most : 1, sizeof *queue->items);
    queue->past = nashra_alloc_zeroed(past_most ? past_most : 1, sizeof *queue->past);
    return queue->items && queue->past ? NASHRA_OK : NASHRA_ENOMEM;
}

void nashra_waiting_finish(struct nashra_waiting *queue) {
    for (size_t i = 0; queue->items && i < queue->count; i++)
        nashra_free(queue->items[i].text);
    for (size_t i = 0; queue->past && i < queue->past_most; i++)
        nashra_free(queue->past[i].text);
    nashra_free(queue->items);
    nashra_free(queue->past);
}

struct entry *nashra_waiting_add(struct nashra_waiting *queue, const struct nashra_announcement *announcement,
                                 uint64_t id) {
    const char *text = announcement->text ? announcement->text : "";
    char *copy = nashra_alloc(strlen(text) + 1);
    if (!copy)
        return NULL;
    strcpy(copy, text);
    struct entry *entry = &queue->items[queue->count++];
    *entry = (struct entry){.id = id, .turn = id, .announcement = *announcement, .text = copy};
    entry->announcement.text = copy;
    return entry;
}

struct entry *nashra_waiting_find(const struct nashra_waiting *queue, uint64_t id) {
    for (size_t i = 0; i < queue->count; i++)
        if (queue->items[i].id == id)
            return &queue->items[i];
    return NULL;
}

static void remember(struct nashra_waiting *queue, const struct entry *entry) {
    if (queue->past_most == 0) {
        nashra_free(entry->text);
        return;
    }
    struct entry *place = &queue->past[queue->past_next];
    nashra_free(place->text);
    *place = *entry;
    queue->past_next = (queue->past_next + 1) % queue->past_most;
    queue->past_count += queue->past_count < queue->past_most;
}

void nashra_waiting_end(struct nashra_waiting *queue, struct entry *entry, enum nashra_outcome outcome, int64_t now) {
    const size_t index = (size_t)(entry - queue->items);
    entry->outcome = outcome;
    entry->ended = now;
    remember(queue, entry);
    memmove(entry, entry + 1, (queue->count - index - 1) * sizeof *entry);
    queue->count--;
}

const struct entry *nashra_waiting_past(const struct nashra_waiting *queue, size_t index) {
    if (index >= queue->past_count)
        return NULL;
    return &queue->past[(queue->past_next + queue->past_most - 1 - index) % queue->past_most];
}
