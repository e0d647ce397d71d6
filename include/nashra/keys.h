/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file keys.h  From keys that go down and up to commands: layouts and gestures.
 *
 * A layout is a table in data/layouts/: for each key, and for each pair of keys held together, what a short press, a
 * long press and a held key mean. Nothing here knows a device or reads a clock: time is an argument, in milliseconds
 * of any monotonic clock.
 *
 * A short press acts when the key comes up; at once where the key has no other meaning. After NASHRA_KEYS_LONG_MS the
 * key says what letting go will do now, after NASHRA_KEYS_HELD_MS again, and after NASHRA_KEYS_STUCK_MS letting go
 * does nothing, so that neither a changed mind nor a box in a pocket does harm.
 */
#ifndef NASHRA_KEYS_H
#define NASHRA_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nashra/status.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { NASHRA_KEYS_LONG_MS = 700, NASHRA_KEYS_HELD_MS = 2500, NASHRA_KEYS_STUCK_MS = 8000 };

/** What a listener can ask for. */
enum nashra_command {
    NASHRA_COMMAND_NONE,
    NASHRA_COMMAND_PLAY,     /**< plays or pauses; while skimming: reads this article */
    NASHRA_COMMAND_NEXT,     /**< the next unit of the level */
    NASHRA_COMMAND_PREVIOUS, /**< the unit's beginning, or the unit before it */
    NASHRA_COMMAND_NEXT_ARTICLE,
    NASHRA_COMMAND_PREVIOUS_ARTICLE,
    NASHRA_COMMAND_LEVEL_UP,   /**< to larger units, round to the smallest */
    NASHRA_COMMAND_LEVEL_DOWN, /**< to smaller units, round to the largest */
    NASHRA_COMMAND_REPEAT,     /**< the sentence again; at the levels of word and letter: that */
    NASHRA_COMMAND_WHERE,      /**< where am I */
    NASHRA_COMMAND_SLOWER,
    NASHRA_COMMAND_FASTER,
    NASHRA_COMMAND_LOUDER,
    NASHRA_COMMAND_SOFTER,
    NASHRA_COMMAND_SLEEP,         /**< the sleep timer: 15, 30, 45, 60 minutes, off */
    NASHRA_COMMAND_UNDO,          /**< back to before the last jump */
    NASHRA_COMMAND_BOOKMARK,      /**< sets one at this sentence, or takes it away */
    NASHRA_COMMAND_NEXT_BOOKMARK, /**< the next one, in all articles, round to the first */
    NASHRA_COMMAND_SKIM,          /**< titles, first paragraphs, all */
    NASHRA_COMMAND_NEW,           /**< the next article that is new since last time */
    NASHRA_COMMAND_DESCRIBE,      /**< key describer: keys say what they do and do nothing, until it is asked again */
    NASHRA_COMMAND_OFF,
    NASHRA_COMMAND_HELP, /**< for long and held meanings: the key says what it does */
    NASHRA_COMMAND_COUNT
};

/** Its name in layouts, "play"; "-" for none; never NULL. */
const char *nashra_command_name(enum nashra_command command);

enum nashra_gesture { NASHRA_GESTURE_SHORT, NASHRA_GESTURE_LONG, NASHRA_GESTURE_HELD, NASHRA_GESTURE_COUNT };

struct nashra_layout;

/** Reads a layout: a TSV file of key, short, long, held. A pair of keys is written "one+other", "-" means nothing.
 *  @return 0; NASHRA_ECONFIG with file, line and cause; NASHRA_ENOMEM. */
int nashra_layout_load(const char *path, struct nashra_layout **layout);
/** Takes NULL. */
void nashra_layout_destroy(struct nashra_layout *layout);

/** Number of keys, pairs not counted. */
size_t nashra_layout_keys(const struct nashra_layout *layout);
/** A key's name; NULL beyond the last. Lives as long as the layout. */
const char *nashra_layout_key_name(const struct nashra_layout *layout, size_t key);
/** The key of this name, or -1. */
int nashra_layout_find(const struct nashra_layout *layout, const char *name);
/** What a key means; NASHRA_COMMAND_NONE for a key that isn't there. */
enum nashra_command nashra_layout_meaning(const struct nashra_layout *layout, size_t key, enum nashra_gesture gesture);
/** True when some key or pair gives this command. */
bool nashra_layout_has(const struct nashra_layout *layout, enum nashra_command command);

/** What the keys tell the reader. */
enum nashra_key_event_kind {
    NASHRA_KEY_PRESSED,   /**< a key went down: to be answered within 100 ms, if only by a click */
    NASHRA_KEY_ANNOUNCED, /**< letting go will do `command` now; NONE: it will do nothing */
    NASHRA_KEY_EXPLAINED, /**< say what the key does: `command` when pressed shortly, `other` when pressed long */
    NASHRA_KEY_COMMANDED  /**< do `command` */
};

struct nashra_key_event {
    enum nashra_key_event_kind kind;
    enum nashra_command command;
    enum nashra_command other;
    bool announced; /**< commanded: its name was said before */
};

enum { NASHRA_KEY_EVENTS_MAX = 16 };

/** What one change or tick gave, in order. */
struct nashra_key_events {
    struct nashra_key_event list[NASHRA_KEY_EVENTS_MAX];
    size_t count;
};

/** The state of all keys of a layout. */
struct nashra_keys;

/** @param layout must outlive the keys. @return 0 or NASHRA_ENOMEM. */
int nashra_keys_create(const struct nashra_layout *layout, struct nashra_keys **keys);
/** Takes NULL. */
void nashra_keys_destroy(struct nashra_keys *keys);

/** A key went down or came up. A second down without an up, and an up without a down, are ignored, as are keys that
 *  aren't there. Bouncing contacts are the caller's business. */
void nashra_keys_change(struct nashra_keys *keys, size_t key, bool down, int64_t now, struct nashra_key_events *events);
/** Time has passed. To be called at the deadline; earlier and later calls do no harm. */
void nashra_keys_tick(struct nashra_keys *keys, int64_t now, struct nashra_key_events *events);
/** When nashra_keys_tick() has something to do; -1: not before the next change. */
int64_t nashra_keys_deadline(const struct nashra_keys *keys);
/** All keys are up: the device that had them is gone. */
void nashra_keys_release(struct nashra_keys *keys);

#ifdef __cplusplus
}
#endif
#endif
