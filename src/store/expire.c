/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Old stories go: the text first, then the rows, so that nothing is left behind that nobody knows of. */
#include "index.h"

enum { BATCH = 64, MERGE_PAGES = 1000 };

struct candidate {
    int64_t id, published;
    uint64_t simhash;
    char *file;
};

struct expiry {
    struct nashra_stories *stories;
    nashra_story_expire_fn expire;
    void *user;
    int64_t published, id; /* of the last one that was looked at: the next is younger */
    size_t expired;
};

/* A place in the order of age. */
struct moment {
    int64_t published, id;
};

/* Candidates, the oldest first, behind the last one: up to BATCH. Returns how many. */
static int take_batch(struct expiry *expiry, struct moment before, struct nashra_arena *arena,
                      struct candidate batch[BATCH]) {
    struct nashra_store *store = expiry->stories->store;
    sqlite3_stmt *row;
    int count = 0;
    int status =
        nashra_database_prepare(store, &row,
                                "SELECT id, published, simhash, file FROM story"
                                " WHERE (published, id) > (?1, ?2) AND (published, id) < (?3, ?4)"
                                " ORDER BY published, id LIMIT ?5",
                                "iiiii", expiry->published, expiry->id, before.published, before.id, (int64_t)BATCH);
    while (status >= 0 && count < BATCH && (status = nashra_database_step(store, row)) == 1) {
        struct candidate *next = &batch[count++];
        *next = (struct candidate){sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1),
                                   (uint64_t)sqlite3_column_int64(row, 2), nashra_stories_text(row, 3, arena)};
        status = next->file ? status : NASHRA_ENOMEM;
    }
    sqlite3_finalize(row);
    return status < 0 ? status : count;
}

static int remove_rows(struct expiry *expiry, const struct candidate *story) {
    struct nashra_store *store = expiry->stories->store;
    int64_t bands[NASHRA_BANDS];
    nashra_stories_bands(story->simhash, bands);
    int status = nashra_database_run(store, "DELETE FROM story WHERE id = ?1", "i", story->id);
    if (status >= 0)
        status = nashra_database_run(store, "DELETE FROM story_words WHERE rowid = ?1", "i", story->id);
    for (int i = 0; i < NASHRA_BANDS && status >= 0; i++)
        status = nashra_database_run(store, "DELETE FROM story_band WHERE band = ?1 AND story = ?2", "ii", bands[i],
                                     story->id);
    return status;
}

/* Each row goes when its text has gone. What an interruption leaves is a row without a text, never a text without a
 * row: it is met again next time. */
static int expire_batch(struct expiry *expiry, const struct candidate *batch, int count) {
    int status = nashra_database_begin(expiry->stories->store);
    if (status < 0)
        return status;
    for (int i = 0; i < count && status >= 0; i++) {
        const int stays = expiry->expire(batch[i].file, expiry->user);
        status = stays < 0 ? stays : stays ? NASHRA_OK : remove_rows(expiry, &batch[i]);
        expiry->expired += status >= 0 && !stays;
        expiry->published = batch[i].published;
        expiry->id = batch[i].id;
    }
    return nashra_database_end(expiry->stories->store, status);
}

static int expire_before(struct expiry *expiry, struct moment before) {
    int status = NASHRA_OK;
    expiry->published = INT64_MIN;
    expiry->id = 0;
    for (int count = 1; status >= 0 && count > 0;) {
        struct candidate batch[BATCH];
        struct nashra_arena *arena = nashra_arena_create();
        status = count = arena ? take_batch(expiry, before, arena, batch) : NASHRA_ENOMEM;
        if (status > 0)
            status = expire_batch(expiry, batch, count);
        nashra_arena_destroy(arena);
    }
    return status < 0 ? status : NASHRA_OK;
}

/* All that are older than the newest `most`. */
static int expire_surplus(struct expiry *expiry, size_t most) {
    struct nashra_store *store = expiry->stories->store;
    struct moment last = {0, 0};
    sqlite3_stmt *row;
    int status = nashra_database_prepare(store, &row,
                                         "SELECT published, id FROM story WHERE published <= ?1"
                                         " ORDER BY published DESC, id DESC LIMIT 1 OFFSET ?2",
                                         "ii", INT64_MAX, (int64_t)most - 1);
    if (status >= 0)
        status = nashra_database_step(store, row);
    if (status == 1)
        last = (struct moment){sqlite3_column_int64(row, 0), sqlite3_column_int64(row, 1)};
    sqlite3_finalize(row);
    return status == 1 ? expire_before(expiry, last) : status;
}

/* What was deleted stays in the words' index until its segments are merged. A negative number asks for all of them in
 * the end (FTS5, "the merge command"); a part each time is enough to keep pace, and spares the card. */
static int give_space_back(struct nashra_stories *stories) {
    int status = nashra_database_run(stories->store, "INSERT INTO story_words(story_words, rank) VALUES('merge', ?1)",
                                     "i", -(int64_t)MERGE_PAGES);
    sqlite3_stmt *step;
    if (status >= 0)
        status = nashra_database_prepare(stories->store, &step, "PRAGMA incremental_vacuum", "");
    if (status < 0)
        return status;
    while ((status = nashra_database_step(stories->store, step)) == 1) {
    }
    sqlite3_finalize(step);
    return status < 0 ? status : nashra_database_run(stories->store, "PRAGMA wal_checkpoint(TRUNCATE)", "");
}

int nashra_stories_expire(struct nashra_stories *stories, const struct nashra_story_limits *limits,
                          nashra_story_expire_fn expire, void *user, size_t *expired) {
    struct expiry expiry = {.stories = stories, .expire = expire, .user = user};
    int status = limits->oldest ? expire_before(&expiry, (struct moment){limits->oldest, 0}) : NASHRA_OK;
    if (status >= 0 && limits->most)
        status = expire_surplus(&expiry, limits->most);
    if (status >= 0)
        status = nashra_database_run(stories->store,
                                     "DELETE FROM story_key WHERE met < ?1 AND NOT EXISTS"
                                     " (SELECT 1 FROM story WHERE story.id = story_key.story)",
                                     "i", limits->forget);
    if (status >= 0 && expiry.expired > 0)
        status = give_space_back(stories);
    if (expired)
        *expired = expiry.expired;
    return status;
}
