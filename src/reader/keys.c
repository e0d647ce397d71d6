/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "layout.h"

#include <nashra/memory.h>

/* What letting go would do. */
enum stage { STAGE_SHORT, STAGE_LONG, STAGE_HELD, STAGE_NOTHING };

static const int64_t stage_after[] = {0, NASHRA_KEYS_LONG_MS, NASHRA_KEYS_HELD_MS, NASHRA_KEYS_STUCK_MS};

/* A key, or a pair of keys, on its way down and up. */
struct press {
    bool down;
    bool paired; /* it was part of a pair since it went down */
    bool used;   /* it did its work, or is part of a pair: coming up means nothing more */
    bool announced;
    enum stage stage;
    int64_t since;
};

struct nashra_keys {
    const struct nashra_layout *layout;
    struct press rows[NASHRA_LAYOUT_ROWS];
};

int nashra_keys_create(const struct nashra_layout *layout, struct nashra_keys **out) {
    struct nashra_keys *keys = nashra_alloc_zeroed(1, sizeof *keys);
    *out = keys;
    if (!keys)
        return NASHRA_ENOMEM;
    keys->layout = layout;
    return NASHRA_OK;
}

void nashra_keys_destroy(struct nashra_keys *keys) {
    nashra_free(keys);
}

static void emit(struct nashra_key_events *events, struct nashra_key_event event) {
    if (events->count < NASHRA_KEY_EVENTS_MAX)
        events->list[events->count++] = event;
}

static enum nashra_command meaning(const struct nashra_keys *keys, size_t row, enum stage stage) {
    return stage == STAGE_NOTHING ? NASHRA_COMMAND_NONE
                                  : nashra_layout_meaning(keys->layout, row, (enum nashra_gesture)stage);
}

static bool has_stage(const struct nashra_keys *keys, size_t row, enum stage stage) {
    return meaning(keys, row, stage) != NASHRA_COMMAND_NONE;
}

static void fire(struct nashra_keys *keys, size_t row, struct nashra_key_events *events) {
    struct press *press = &keys->rows[row];
    const enum nashra_command command = meaning(keys, row, press->stage);
    press->used = true;
    if (command == NASHRA_COMMAND_NONE || command == NASHRA_COMMAND_HELP)
        return;
    emit(events,
         (struct nashra_key_event){.kind = NASHRA_KEY_COMMANDED, .command = command, .announced = press->announced});
}

static void begin(struct nashra_keys *keys, size_t row, int64_t now, struct nashra_key_events *events) {
    keys->rows[row] = (struct press){.down = true, .since = now};
    if (!has_stage(keys, row, STAGE_LONG) && !has_stage(keys, row, STAGE_HELD))
        fire(keys, row, events);
}

/* Another key that is down, has done nothing yet, and makes a pair with this one: the pair's row, or -1. */
static int find_pair(struct nashra_keys *keys, size_t key, size_t *other) {
    const size_t count = nashra_layout_keys(keys->layout);
    for (*other = 0; *other < count; ++*other) {
        if (*other == key || !keys->rows[*other].down || keys->rows[*other].used)
            continue;
        const int pair = nashra_layout_pair(keys->layout, key, *other);
        if (pair >= 0)
            return pair;
    }
    return -1;
}

/* A turned knob makes a pair with its pushed button again and again: a pair that is held leaves its first key used,
 * and the second may come down anew. */
static int find_held_pair(const struct nashra_keys *keys, size_t key) {
    const size_t count = nashra_layout_keys(keys->layout);
    for (size_t other = 0; other < count; other++) {
        const int pair = other == key ? -1 : nashra_layout_pair(keys->layout, key, other);
        if (pair >= 0 && keys->rows[other].down && keys->rows[other].paired)
            return pair;
    }
    return -1;
}

static void go_down(struct nashra_keys *keys, size_t key, int64_t now, struct nashra_key_events *events) {
    size_t other;
    emit(events, (struct nashra_key_event){.kind = NASHRA_KEY_PRESSED});
    int pair = find_pair(keys, key, &other);
    if (pair >= 0)
        keys->rows[other].used = keys->rows[other].paired = true;
    else
        pair = find_held_pair(keys, key);
    if (pair < 0) {
        begin(keys, key, now, events);
        return;
    }
    keys->rows[key] = (struct press){.down = true, .used = true, .paired = true, .since = now};
    begin(keys, (size_t)pair, now, events);
}

static void end(struct nashra_keys *keys, size_t row, struct nashra_key_events *events) {
    struct press *press = &keys->rows[row];
    if (press->down && !press->used)
        fire(keys, row, events);
    press->down = false;
}

static void go_up(struct nashra_keys *keys, size_t key, struct nashra_key_events *events) {
    for (size_t row = nashra_layout_keys(keys->layout); row < NASHRA_LAYOUT_ROWS; row++)
        if (nashra_layout_holds(keys->layout, row, key))
            end(keys, row, events);
    end(keys, key, events);
}

void nashra_keys_change(struct nashra_keys *keys, size_t key, bool down, int64_t now,
                        struct nashra_key_events *events) {
    nashra_keys_tick(keys, now, events);
    if (key >= nashra_layout_keys(keys->layout) || keys->rows[key].down == down)
        return;
    if (down)
        go_down(keys, key, now, events);
    else
        go_up(keys, key, events);
}

/* The first stage after the press's own that this key has and reaches; `at` is when. */
static enum stage next_stage(const struct nashra_keys *keys, size_t row, int64_t *at) {
    const struct press *press = &keys->rows[row];
    for (int stage = (int)press->stage + 1; stage <= STAGE_NOTHING; stage++) {
        *at = press->since + stage_after[stage];
        if (stage == STAGE_NOTHING || has_stage(keys, row, (enum stage)stage))
            return (enum stage)stage;
    }
    *at = -1;
    return press->stage;
}

static void announce(struct nashra_keys *keys, size_t row, struct nashra_key_events *events) {
    struct press *press = &keys->rows[row];
    const enum nashra_command command = meaning(keys, row, press->stage);
    press->announced = true;
    if (command == NASHRA_COMMAND_HELP)
        emit(events, (struct nashra_key_event){.kind = NASHRA_KEY_EXPLAINED,
                                               .command = meaning(keys, row, STAGE_SHORT),
                                               .other = press->stage == STAGE_HELD ? meaning(keys, row, STAGE_LONG)
                                                                                   : NASHRA_COMMAND_NONE});
    else
        emit(events, (struct nashra_key_event){.kind = NASHRA_KEY_ANNOUNCED, .command = command});
    if (press->stage == STAGE_NOTHING)
        press->used = true;
}

static void age(struct nashra_keys *keys, size_t row, int64_t now, struct nashra_key_events *events) {
    struct press *press = &keys->rows[row];
    const enum stage before = press->stage;
    int64_t at;
    for (enum stage next = next_stage(keys, row, &at); at >= 0 && now >= at; next = next_stage(keys, row, &at))
        press->stage = next;
    if (press->stage != before)
        announce(keys, row, events);
}

void nashra_keys_tick(struct nashra_keys *keys, int64_t now, struct nashra_key_events *events) {
    events->count = 0;
    for (size_t row = 0; row < NASHRA_LAYOUT_ROWS; row++)
        if (keys->rows[row].down && !keys->rows[row].used)
            age(keys, row, now, events);
}

int64_t nashra_keys_deadline(const struct nashra_keys *keys) {
    int64_t soonest = -1;
    for (size_t row = 0; row < NASHRA_LAYOUT_ROWS; row++) {
        int64_t at = -1;
        if (keys->rows[row].down && !keys->rows[row].used)
            next_stage(keys, row, &at);
        if (at >= 0 && (soonest < 0 || at < soonest))
            soonest = at;
    }
    return soonest;
}

void nashra_keys_release(struct nashra_keys *keys) {
    for (size_t row = 0; row < NASHRA_LAYOUT_ROWS; row++)
        keys->rows[row] = (struct press){.down = false};
}
