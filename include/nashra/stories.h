/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file stories.h  The index of the library of stories: what came, from which feed, when; its words, for searching;
 * and what each feed answered last.
 *
 * One SQLite file beside the folder of the stories' texts. Several processes may have it open: one that changes it
 * keeps the others waiting for moments only. After a power cut it is sound; what was done in the last moments before
 * may be missing, and the next update finds it again. All calls on one index come from one thread at a time and return
 * what those of store.h return, NASHRA_EAGAIN when another process holds it too long.
 */
#ifndef NASHRA_STORIES_H
#define NASHRA_STORIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nashra/memory.h>

#ifdef __cplusplus
extern "C" {
#endif

struct nashra_stories;

/** Opens or creates the index; one that is damaged is set aside as FILE.damaged-N, and a new one begins: reported.
 *  @param path NULL for one in memory. */
int nashra_stories_open(const char *path, struct nashra_stories **stories);
/** Takes NULL. */
void nashra_stories_close(struct nashra_stories *stories);

/** Stories -------------------------------------------------------------------------------------------------------- */

/** A story of the index. Strings live in the arena of the call that gave it. */
struct nashra_story {
    int64_t id;
    const char *file; /**< the name of its text in the folder */
    const char *title;
    const char *source; /**< the feed's title */
    const char *link;
    int64_t published; /**< seconds since 1970-01-01 UTC; when it came where the feed doesn't tell */
};

/** A story that is to be added. Borrowed for the call. */
struct nashra_story_draft {
    const char *file;
    const char *title;
    const char *text; /**< its paragraphs */
    const char *source;
    const char *feed; /**< the feed's URL */
    const char *link;
    int64_t published;
    int64_t now;
    const uint64_t *keys; /**< hashes of what tells it from others: its link, its guid */
    size_t key_count;
};

/** Keeps the story's text: called once the story is known to be new; when it fails nothing is added. */
typedef int (*nashra_story_write_fn)(void *user);

/** True (1) when one of the keys is known: of a story that is there, was there, or was the same as another. `now` is
 *  remembered, so that what a feed still lists is not forgotten. */
int nashra_stories_known(struct nashra_stories *stories, const uint64_t *keys, size_t count, int64_t now);

/** Notes keys of what has no text worth keeping, so that it isn't asked for again. */
int nashra_stories_note(struct nashra_stories *stories, const uint64_t *keys, size_t count, int64_t now);

enum nashra_story_outcome {
    NASHRA_STORY_ADDED = 0,
    NASHRA_STORY_SAME = 1 /**< another one of these days has nearly the same text: only its keys were noted */
};

/** Adds a story, or finds that it is there. @param id of it, or of the one that is the same; may be NULL.
 *  @return enum nashra_story_outcome, or negative. */
int nashra_stories_add(struct nashra_stories *stories, const struct nashra_story_draft *draft,
                       nashra_story_write_fn write, void *user, int64_t *id);

/** Which stories are wanted. Zero-initialise it. */
struct nashra_story_wish {
    const char *words;  /**< NULL: all; else those with all of these words. Marks, hamza and the article don't count; a
                             word that ends in * is a beginning; "words in quotes" follow each other */
    const char *source; /**< NULL: of all feeds; else of the one with this URL or title */
    int64_t now;        /**< later ones are left out; 0: none is */
    size_t skip;        /**< so many of the newest */
    size_t most;        /**< 0: all */
};

/** Stories, the newest first. @param list allocated in `arena`. @return 0; NASHRA_EUSAGE when there are no words in
 *  `words`. */
int nashra_stories_list(struct nashra_stories *stories, const struct nashra_story_wish *wish,
                        struct nashra_arena *arena, struct nashra_story **list, size_t *count);
/** One story by its id. @return 1, or 0 when it isn't there. */
int nashra_stories_find(struct nashra_stories *stories, int64_t id, struct nashra_arena *arena,
                        struct nashra_story *story);
/** What SQLite says how it answers a wish, a line a step: for tests. */
int nashra_stories_explain(struct nashra_stories *stories, const struct nashra_story_wish *wish,
                           struct nashra_buffer *out);

/** What is kept. */
struct nashra_story_limits {
    int64_t oldest; /**< published before: expires; 0: none does */
    size_t most;    /**< what is older than so many expires; 0: all stay */
    int64_t forget; /**< keys of stories that are gone and were not met since are forgotten */
};

/** Asked before a story expires: 1 when it stays, 0 when its text has been removed, negative ends it all. */
typedef int (*nashra_story_expire_fn)(const char *file, void *user);

/** Lets old stories expire and gives the space back. @param expired may be NULL: how many. */
int nashra_stories_expire(struct nashra_stories *stories, const struct nashra_story_limits *limits,
                          nashra_story_expire_fn expire, void *user, size_t *expired);

/** Feeds ---------------------------------------------------------------------------------------------------------- */

/** What is known of a feed. Strings live in the arena; "" for what isn't known. */
struct nashra_feed_state {
    const char *title;
    const char *etag;
    const char *modified;
    const char *error; /**< of the last try, "" when it succeeded */
    int64_t checked;   /**< the last success; 0: never */
    int64_t due;       /**< not to be asked before */
    int64_t failures;  /**< in a row */
};

/** All fields are as in a new one when the feed isn't known. */
int nashra_stories_feed(struct nashra_stories *stories, const char *url, struct nashra_arena *arena,
                        struct nashra_feed_state *state);
/** Replaces what is known of a feed. None of the strings is NULL. */
int nashra_stories_set_feed(struct nashra_stories *stories, const char *url, const struct nashra_feed_state *state);
/** Forgets what is known of a feed; its stories stay. */
int nashra_stories_drop_feed(struct nashra_stories *stories, const char *url);
/** How many stories of a feed are there. */
int nashra_stories_count(struct nashra_stories *stories, const char *url, size_t *count);

/** Before when a host isn't to be asked; 0: now. */
int nashra_stories_host(struct nashra_stories *stories, const char *host, int64_t *due);
/** Notes it. */
int nashra_stories_set_host(struct nashra_stories *stories, const char *host, int64_t due);

#ifdef __cplusplus
}
#endif
#endif
