/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file store.h  What there is to hear, and what was heard up to where: the library and the journal.
 *
 * One SQLite file. Whatever a call has reported as done survives a power cut right after it. Places are anchored to
 * the sentence around them, so that they are found again in an article that was edited. All calls on one store come
 * from one thread at a time.
 */
#ifndef NASHRA_STORE_H
#define NASHRA_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nashra/article.h>

#ifdef __cplusplus
extern "C" {
#endif

struct nashra_store;

/** What became of the file that was there before. */
enum nashra_store_outcome {
    NASHRA_STORE_OPENED,   /**< it, or a new one where there was none */
    NASHRA_STORE_SET_ASIDE /**< it was damaged, or made by a newer version: it is kept as FILE.damaged-N, and a new one
                                begins. Reported with its name. */
};

/** Opens or creates the store. @param path a file, or NULL for one in memory that is forgotten in the end.
 *  @param outcome may be NULL. @return 0; NASHRA_EIO (can't be read, written or created: says why); NASHRA_EAGAIN
 *  (another process has it open); NASHRA_ENOMEM. */
int nashra_store_open(const char *path, struct nashra_store **store, enum nashra_store_outcome *outcome);
/** Takes NULL. */
void nashra_store_close(struct nashra_store *store);

/* All calls below return 0 or more, or: NASHRA_EIO when the disk is full or fails (nothing of that call is kept, all
 * before it is); NASHRA_EDATA when the file turns out to be damaged (close it and open it again: it is set aside);
 * NASHRA_ENOMEM. */

/** The library ---------------------------------------------------------------------------------------------------- */

/** An article that is there now. Strings live in the arena of the call that gave it. */
struct nashra_store_article {
    int64_t id; /**< stays the article's when it is edited, renamed, or away for a while */
    const char *path;
    bool fresh; /**< nashra_store_seen() was not called yet */
    bool heard; /**< to its end */
};

/** Files of this name are articles: by its ending, see nashra_store_scan(). */
bool nashra_store_is_article(const char *name);

/** Compares the library with folders: what is new gets an id, what is gone is hidden but remembered, what has the same
 *  bytes under another name is the same article. Files ending in .txt .text .htm .html .xhtml .epub .md are articles;
 *  names that begin with a dot are not; folders are searched three levels deep, links to folders are not followed.
 *  A folder that is missing (a USB stick that was pulled) has no articles. All is one transaction.
 *  @param folders count of them. @param changed set to how many articles came, went or were edited; may be NULL. */
int nashra_store_scan(struct nashra_store *store, const char *const *folders, size_t count, size_t *changed);

/** All that are there, in the order of reading: by path, numbers in it by their value.
 *  @param list allocated in `arena`. */
int nashra_store_articles(struct nashra_store *store, struct nashra_arena *arena, struct nashra_store_article **list,
                          size_t *count);

/** It is not new any more. */
int nashra_store_seen(struct nashra_store *store, int64_t article);
/** It was heard to its end. */
int nashra_store_heard(struct nashra_store *store, int64_t article);

/** The journal ---------------------------------------------------------------------------------------------------- */

/** An article's text, as its places see it. Borrowed for the call. */
struct nashra_store_text {
    const char *bytes;
    size_t length;
    const struct nashra_segment *segments;
    size_t count; /**< at least one */
};

/** Remembers that an article is being read, up to `offset`. @param when the wall clock in seconds, 0: not known. */
int nashra_store_save(struct nashra_store *store, int64_t article, const struct nashra_store_text *text, size_t offset,
                      int64_t when);
/** What was read last. `*article` is 0 when nothing was; `*when` as it was saved. */
int nashra_store_current(struct nashra_store *store, int64_t *article, int64_t *when);

/** Finds the article's place and its bookmarks in its text as it is now. Where the text was edited they move with
 *  their sentences and are remembered there. @param place 0 when it was never read. */
int nashra_store_find(struct nashra_store *store, int64_t article, const struct nashra_store_text *text, size_t *place);

struct nashra_store_bookmark {
    int64_t article;
    size_t offset;
};

/** Sets a bookmark at `offset` of the text; one that is there already stays one. */
int nashra_store_add_bookmark(struct nashra_store *store, int64_t article, const struct nashra_store_text *text,
                              size_t offset);
/** Forgets the bookmark at exactly this offset; 0 also when there is none. */
int nashra_store_remove_bookmark(struct nashra_store *store, int64_t article, size_t offset);
/** All of them, those of absent articles included, oldest first. @param list allocated in `arena`. */
int nashra_store_bookmarks(struct nashra_store *store, struct nashra_arena *arena, struct nashra_store_bookmark **list,
                           size_t *count);

/** The paths of the articles that are being read or hold a bookmark, a line each: what must not be cleared away.
 *  Appended to `lines`. */
int nashra_store_kept(struct nashra_store *store, struct nashra_buffer *lines);

/** A setting by its name, e.g. "rate"; `otherwise` when it was never set. */
int nashra_store_setting(struct nashra_store *store, const char *name, int64_t otherwise, int64_t *value);
/** Sets it. */
int nashra_store_set(struct nashra_store *store, const char *name, int64_t value);

#ifdef __cplusplus
}
#endif
#endif
