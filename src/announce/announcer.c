/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/announce.h>

#include <assert.h>

#include <nashra/memory.h>

#include "limit.h"
#include "waiting.h"

struct nashra_announcer {
    struct nashra_waiting queue;
    struct nashra_limit limit;
    uint64_t ids;     /* given out so far */
    uint64_t current; /* 0: none is spoken */
    int64_t now;      /* of the last call */
    bool playing;     /* the article is, or would be if it weren't held */
    bool held;        /* by us */
    bool dropped;     /* it won't go on when it is released */
};

/* One call: what is to be done. */
struct turn {
    struct nashra_announcer *announcer;
    struct nashra_announce_actions *actions;
    int64_t now;
    bool sentence_ends;
};

const char *nashra_outcome_name(enum nashra_outcome outcome) {
    static const char *const names[] = {"pending", "spoken", "expired", "cancelled", "cut", "dropped", "failed"};
    return names[outcome];
}

const char *nashra_manner_name(enum nashra_manner manner) {
    static const char *const names[] = {"interrupt", "wait", "yield"};
    return names[manner];
}

int nashra_announcer_create(const struct nashra_announcer_options *options, struct nashra_announcer **out) {
    struct nashra_announcer *announcer = nashra_alloc_zeroed(1, sizeof *announcer);
    *out = NULL;
    if (!announcer)
        return NASHRA_ENOMEM;
    announcer->limit.burst = options->burst;
    announcer->limit.per_minute = options->per_minute;
    if (nashra_waiting_init(&announcer->queue, options->queue_most, options->history_most) < 0) {
        nashra_announcer_destroy(announcer);
        return NASHRA_ENOMEM;
    }
    *out = announcer;
    return NASHRA_OK;
}

void nashra_announcer_destroy(struct nashra_announcer *announcer) {
    if (!announcer)
        return;
    nashra_waiting_finish(&announcer->queue);
    nashra_free(announcer);
}

static struct turn begin(struct nashra_announcer *announcer, int64_t now, struct nashra_announce_actions *actions) {
    actions->count = 0;
    announcer->now = now;
    return (struct turn){announcer, actions, now, false};
}

static void act(struct turn *turn, struct nashra_announce_action action) {
    assert(turn->actions->count < NASHRA_ANNOUNCE_ACTIONS);
    turn->actions->list[turn->actions->count++] = action;
}

/* ---- whose turn it is ---- */

static bool is_due(const struct turn *turn, const struct entry *entry) {
    return entry->id != turn->announcer->current && entry->announcement.due <= turn->now;
}

static bool comes_before(const struct entry *a, const struct entry *b) {
    if (a->announcement.priority != b->announcement.priority)
        return a->announcement.priority > b->announcement.priority;
    return a->turn < b->turn;
}

/* The first of a priority that is due; NULL for none. */
static struct entry *first_of(const struct turn *turn, int priority) {
    struct nashra_waiting *queue = &turn->announcer->queue;
    struct entry *best = NULL;
    for (size_t i = 0; i < queue->count; i++) {
        struct entry *entry = &queue->items[i];
        if (entry->announcement.priority == priority && is_due(turn, entry) && (!best || comes_before(entry, best)))
            best = entry;
    }
    return best;
}

/* Over the article; nothing else sounds. */
static bool may_start(const struct turn *turn, const struct entry *entry) {
    const struct nashra_announcer *announcer = turn->announcer;
    if (!announcer->playing)
        return true;
    switch (entry->announcement.manner) {
    case NASHRA_MANNER_INTERRUPT:
        return true;
    case NASHRA_MANNER_WAIT:
        return announcer->held || turn->sentence_ends;
    default:
        return false;
    }
}

static bool may_cut(const struct entry *entry, const struct entry *current) {
    if (entry->announcement.priority <= current->announcement.priority)
        return false;
    return entry->announcement.manner == NASHRA_MANNER_INTERRUPT ||
           (current->announcement.manner == NASHRA_MANNER_YIELD && entry->announcement.manner == NASHRA_MANNER_WAIT);
}

/* The best that may be spoken now. Within a priority nothing overtakes. */
static struct entry *choose(const struct turn *turn) {
    const struct entry *current = nashra_waiting_find(&turn->announcer->queue, turn->announcer->current);
    for (int priority = NASHRA_PRIORITY_MOST; priority >= 0; priority--) {
        struct entry *entry = first_of(turn, priority);
        if (entry && (current ? may_cut(entry, current) : may_start(turn, entry)))
            return entry;
    }
    return NULL;
}

static void expire(struct turn *turn) {
    struct nashra_waiting *queue = &turn->announcer->queue;
    for (size_t i = 0; i < queue->count;) {
        struct entry *entry = &queue->items[i];
        const bool late = entry->announcement.expires != 0 && entry->announcement.expires <= turn->now;
        if (late && entry->id != turn->announcer->current)
            nashra_waiting_end(queue, entry, entry->times ? NASHRA_OUTCOME_SPOKEN : NASHRA_OUTCOME_EXPIRED, turn->now);
        else
            i++;
    }
}

/* ---- what is done about it ---- */

/* The one that is spoken falls silent and waits for its turn again, at its sentence. */
static void set_aside(struct turn *turn, bool drop) {
    struct nashra_announcer *announcer = turn->announcer;
    struct entry *current = nashra_waiting_find(&announcer->queue, announcer->current);
    if (!current)
        return;
    act(turn, (struct nashra_announce_action){.kind = NASHRA_ANNOUNCE_STOP, .id = current->id});
    announcer->current = 0;
    if (drop)
        nashra_waiting_end(&announcer->queue, current, NASHRA_OUTCOME_DROPPED, turn->now);
}

static void start(struct turn *turn, uint64_t id) {
    struct nashra_announcer *announcer = turn->announcer;
    const struct entry *entry = nashra_waiting_find(&announcer->queue, id);
    const bool drops = entry->announcement.drops;
    set_aside(turn, drops);
    if (announcer->playing && !announcer->held) {
        announcer->held = true;
        act(turn, (struct nashra_announce_action){.kind = NASHRA_ANNOUNCE_HOLD});
    }
    announcer->dropped = announcer->held && (announcer->dropped || drops);
    entry = nashra_waiting_find(&announcer->queue, id); /* the one that was dropped has moved it */
    announcer->current = id;
    act(turn, (struct nashra_announce_action){.kind = NASHRA_ANNOUNCE_START, .id = id, .place = entry->place});
}

static void release(struct turn *turn) {
    struct nashra_announcer *announcer = turn->announcer;
    const bool dropped = announcer->dropped;
    announcer->held = announcer->dropped = false;
    if (dropped)
        announcer->playing = false;
    act(turn, (struct nashra_announce_action){.kind = NASHRA_ANNOUNCE_RELEASE, .dropped = dropped});
}

/* After anything that happened. */
static void settle(struct turn *turn) {
    struct nashra_announcer *announcer = turn->announcer;
    expire(turn);
    const struct entry *entry = choose(turn);
    if (entry) {
        start(turn, entry->id);
        return;
    }
    if (announcer->current || !announcer->held)
        return;
    release(turn);
    entry = choose(turn); /* what gave way to the article, which stays silent now */
    if (entry)
        start(turn, entry->id);
}

/* ---- what happens ---- */

int nashra_announcer_submit(struct nashra_announcer *announcer, const struct nashra_announcement *announcement,
                            int64_t now, uint64_t *id, struct nashra_announce_actions *actions) {
    struct turn turn = begin(announcer, now, actions);
    *id = 0;
    if (announcer->queue.count == announcer->queue.most ||
        !nashra_limit_take(&announcer->limit, announcement->source, now))
        return NASHRA_EAGAIN;
    if (!nashra_waiting_add(&announcer->queue, announcement, announcer->ids + 1))
        return NASHRA_ENOMEM;
    *id = ++announcer->ids;
    settle(&turn);
    return NASHRA_OK;
}

int nashra_announcer_cancel(struct nashra_announcer *announcer, uint64_t id, int64_t now,
                            struct nashra_announce_actions *actions) {
    struct turn turn = begin(announcer, now, actions);
    struct entry *entry = id ? nashra_waiting_find(&announcer->queue, id) : NULL;
    if (!entry)
        return NASHRA_ENOINPUT;
    if (announcer->current == id)
        set_aside(&turn, false);
    nashra_waiting_end(&announcer->queue, entry, NASHRA_OUTCOME_CANCELLED, now);
    settle(&turn);
    return NASHRA_OK;
}

void nashra_announcer_tick(struct nashra_announcer *announcer, int64_t now, struct nashra_announce_actions *actions) {
    struct turn turn = begin(announcer, now, actions);
    settle(&turn);
}

void nashra_announcer_article(struct nashra_announcer *announcer, bool playing, int64_t now,
                              struct nashra_announce_actions *actions) {
    struct turn turn = begin(announcer, now, actions);
    const struct entry *current = nashra_waiting_find(&announcer->queue, announcer->current);
    const bool begins = playing && !announcer->playing;
    announcer->playing = playing;
    announcer->dropped = announcer->dropped && !begins;
    if (begins && current && current->announcement.manner == NASHRA_MANNER_YIELD)
        set_aside(&turn, false);
    if (begins && announcer->current && !announcer->held) {
        announcer->held = true;
        act(&turn, (struct nashra_announce_action){.kind = NASHRA_ANNOUNCE_HOLD});
    }
    settle(&turn);
}

void nashra_announcer_sentence(struct nashra_announcer *announcer, int64_t now,
                               struct nashra_announce_actions *actions) {
    struct turn turn = begin(announcer, now, actions);
    turn.sentence_ends = announcer->playing && !announcer->held;
    settle(&turn);
}

void nashra_announcer_place(struct nashra_announcer *announcer, uint64_t id, size_t place) {
    struct entry *entry = id && id == announcer->current ? nashra_waiting_find(&announcer->queue, id) : NULL;
    if (entry && place > entry->place)
        entry->place = place;
}

/* It is to be said again later: behind all others of its priority. */
static void plan_again(struct turn *turn, struct entry *entry) {
    entry->announcement.repeats--;
    entry->announcement.due = turn->now + entry->announcement.interval;
    entry->turn = ++turn->announcer->ids;
    entry->place = 0;
}

void nashra_announcer_over(struct nashra_announcer *announcer, uint64_t id, enum nashra_outcome outcome, int64_t now,
                           struct nashra_announce_actions *actions) {
    struct turn turn = begin(announcer, now, actions);
    struct entry *entry = id && id == announcer->current ? nashra_waiting_find(&announcer->queue, id) : NULL;
    if (!entry)
        return;
    announcer->current = 0;
    entry->times += outcome == NASHRA_OUTCOME_SPOKEN;
    const bool insists = outcome == NASHRA_OUTCOME_CUT && entry->announcement.insistent;
    if (outcome == NASHRA_OUTCOME_SPOKEN && entry->announcement.repeats > 0)
        plan_again(&turn, entry);
    else if (!insists)
        nashra_waiting_end(&announcer->queue, entry, outcome, now);
    settle(&turn);
}

int64_t nashra_announcer_deadline(const struct nashra_announcer *announcer) {
    int64_t deadline = -1;
    for (size_t i = 0; i < announcer->queue.count; i++) {
        const struct entry *entry = &announcer->queue.items[i];
        if (entry->id == announcer->current)
            continue;
        const int64_t times[] = {entry->announcement.due, entry->announcement.expires};
        for (size_t k = 0; k < 2; k++)
            if (times[k] > announcer->now && (deadline < 0 || times[k] < deadline))
                deadline = times[k];
    }
    return deadline;
}

/* ---- what is known ---- */

uint64_t nashra_announcer_current(const struct nashra_announcer *announcer) {
    return announcer->current;
}

static bool show(const struct nashra_announcer *announcer, const struct entry *entry,
                 struct nashra_announce_view *view) {
    if (!entry)
        return false;
    *view = (struct nashra_announce_view){.id = entry->id,
                                          .announcement = entry->announcement,
                                          .speaking = entry->outcome == NASHRA_OUTCOME_PENDING &&
                                                      entry->id == announcer->current,
                                          .times = entry->times,
                                          .place = entry->place,
                                          .outcome = entry->outcome,
                                          .ended = entry->ended};
    return true;
}

bool nashra_announcer_find(const struct nashra_announcer *announcer, uint64_t id, struct nashra_announce_view *view) {
    const struct entry *entry = nashra_waiting_find(&announcer->queue, id);
    for (size_t i = 0; !entry && i < announcer->queue.past_count; i++)
        if (nashra_waiting_past(&announcer->queue, i)->id == id)
            entry = nashra_waiting_past(&announcer->queue, i);
    return show(announcer, entry, view);
}

bool nashra_announcer_waiting(const struct nashra_announcer *announcer, size_t index,
                              struct nashra_announce_view *view) {
    return show(announcer, index < announcer->queue.count ? &announcer->queue.items[index] : NULL, view);
}

bool nashra_announcer_history(const struct nashra_announcer *announcer, size_t index,
                              struct nashra_announce_view *view) {
    return show(announcer, nashra_waiting_past(&announcer->queue, index), view);
}
