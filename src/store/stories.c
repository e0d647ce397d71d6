/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index.h"

#include <string.h>

/* One script a version, each run in a transaction of its own. A script that was released is never changed. The words
 * hold what nashra_words_fold() made: ASCII parts them, all else belongs to them. */
static const char *const migrations[] = {
    "CREATE TABLE feed("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " url TEXT NOT NULL UNIQUE,"
    " title TEXT NOT NULL DEFAULT '',"
    " etag TEXT NOT NULL DEFAULT '',"
    " modified TEXT NOT NULL DEFAULT '',"
    " error TEXT NOT NULL DEFAULT '',"
    " checked INTEGER NOT NULL DEFAULT 0,"
    " due INTEGER NOT NULL DEFAULT 0,"
    " failures INTEGER NOT NULL DEFAULT 0);"
    "CREATE INDEX feed_title ON feed(title);"
    "CREATE TABLE host(name TEXT PRIMARY KEY, due INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX host_due ON host(due);"
    "CREATE TABLE story("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " file TEXT NOT NULL UNIQUE,"
    " title TEXT NOT NULL,"
    " source TEXT NOT NULL,"
    " feed INTEGER NOT NULL," /* its id, also of one that is forgotten */
    " link TEXT NOT NULL,"
    " published INTEGER NOT NULL,"
    " simhash INTEGER NOT NULL,"
    " numbers INTEGER NOT NULL);"
    "CREATE INDEX story_age ON story(published, id);"
    "CREATE INDEX story_feed ON story(feed, published, id);"
    "CREATE TABLE story_key("
    " hash INTEGER PRIMARY KEY,"
    " story INTEGER NOT NULL,"
    " met INTEGER NOT NULL);" /* when a feed listed it last */
    "CREATE INDEX story_key_met ON story_key(met);"
    "CREATE TABLE story_band(band INTEGER NOT NULL, story INTEGER NOT NULL, PRIMARY KEY(band, story)) WITHOUT ROWID;"
    "CREATE VIRTUAL TABLE story_words USING fts5(title, text, tokenize = 'ascii', columnsize = 0);",
};

/* The size follows the content: pages that expiry frees are given back. A power cut may take the last commits, which an
 * update makes again, but leaves the file whole; so the card is written to once a checkpoint. */
static const char settings_sql[] = "PRAGMA auto_vacuum=INCREMENTAL;"
                                   "PRAGMA journal_mode=WAL;"
                                   "PRAGMA synchronous=NORMAL;"
                                   "PRAGMA busy_timeout=10000;";

enum { BAND_BITS = 11, BITS_MOST = NASHRA_BANDS - 1, SAME_SECONDS = 3 * 24 * 3600, MET_SECONDS = 24 * 3600 };

int nashra_stories_open(const char *path, struct nashra_stories **out) {
    static const struct nashra_schema schema = {settings_sql, migrations, sizeof migrations / sizeof *migrations,
                                                false};
    struct nashra_stories *stories = nashra_alloc_zeroed(1, sizeof *stories);
    *out = NULL;
    if (!stories)
        return NASHRA_ENOMEM;
    const int status = nashra_database_open(path, &schema, &stories->store, NULL);
    if (status < 0) {
        nashra_free(stories);
        return status;
    }
    *out = stories;
    return NASHRA_OK;
}

void nashra_stories_close(struct nashra_stories *stories) {
    if (!stories)
        return;
    nashra_store_close(stories->store);
    nashra_words_destroy(stories->words);
    nashra_free(stories);
}

int nashra_stories_need_words(struct nashra_stories *stories) {
    return stories->words ? NASHRA_OK : nashra_words_create(&stories->words);
}

char *nashra_stories_text(sqlite3_stmt *row, int column, struct nashra_arena *arena) {
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text ? nashra_arena_copy(arena, text, strlen(text)) : NULL;
}

/* Keys ------------------------------------------------------------------------------------------------------------ */

static int meet_key(struct nashra_stories *stories, uint64_t key, int64_t now) {
    int64_t met;
    const int status = nashra_database_integer(stories->store, -1, &met, "SELECT met FROM story_key WHERE hash = ?1",
                                               "i", (int64_t)key);
    if (status < 0 || met == -1)
        return status;
    /* The day is enough, and spares the card. */
    if (met < now - MET_SECONDS) {
        const int written = nashra_database_run(stories->store, "UPDATE story_key SET met = ?2 WHERE hash = ?1", "ii",
                                                (int64_t)key, now);
        if (written < 0)
            return written;
    }
    return 1;
}

int nashra_stories_known(struct nashra_stories *stories, const uint64_t *keys, size_t count, int64_t now) {
    int known = 0;
    for (size_t i = 0; i < count && known >= 0; i++) {
        const int status = meet_key(stories, keys[i], now);
        known = status < 0 ? status : known | status;
    }
    return known;
}

static int put_keys(struct nashra_stories *stories, const uint64_t *keys, size_t count, int64_t now, int64_t id) {
    int status = NASHRA_OK;
    for (size_t i = 0; i < count && status >= 0; i++)
        status =
            nashra_database_run(stories->store, "INSERT OR REPLACE INTO story_key(hash, story, met) VALUES(?1, ?2, ?3)",
                                "iii", (int64_t)keys[i], id, now);
    return status;
}

int nashra_stories_note(struct nashra_stories *stories, const uint64_t *keys, size_t count, int64_t now) {
    int status = nashra_database_begin(stories->store);
    return status < 0 ? status : nashra_database_end(stories->store, put_keys(stories, keys, count, now, 0));
}

/* Sameness -------------------------------------------------------------------------------------------------------- */

void nashra_stories_bands(uint64_t simhash, int64_t bands[NASHRA_BANDS]) {
    for (int i = 0; i < NASHRA_BANDS; i++)
        bands[i] = (int64_t)i << BAND_BITS | (int64_t)(simhash >> i * BAND_BITS & ((1u << BAND_BITS) - 1));
}

/* Words of a draft, folded once for searching and comparing. */
struct folded {
    struct nashra_buffer title, text;
    uint64_t simhash, numbers;
};

static int fold_draft(struct nashra_stories *stories, const struct nashra_story_draft *draft, struct folded *folded) {
    const int status = nashra_stories_need_words(stories);
    if (status < 0)
        return status;
    nashra_words_fold(stories->words, draft->title, strlen(draft->title), &folded->title);
    nashra_words_fold(stories->words, draft->text, strlen(draft->text), &folded->text);
    if (folded->title.failed || folded->text.failed)
        return NASHRA_ENOMEM;
    folded->simhash = nashra_words_simhash(nashra_buffer_string(&folded->text));
    folded->numbers = nashra_words_numbers(nashra_buffer_string(&folded->title)) * 3 +
                      nashra_words_numbers(nashra_buffer_string(&folded->text));
    return NASHRA_OK;
}

static void finish_folded(struct folded *folded) {
    nashra_buffer_finish(&folded->title);
    nashra_buffer_finish(&folded->text);
}

/* Stories of these days with a band in common, and with the same numbers. */
static int find_same(struct nashra_stories *stories, const struct nashra_story_draft *draft,
                     const struct folded *folded, int64_t *id) {
    int64_t bands[NASHRA_BANDS];
    sqlite3_stmt *row;
    *id = 0;
    if (folded->simhash == 0)
        return NASHRA_OK;
    nashra_stories_bands(folded->simhash, bands);
    int status = nashra_database_prepare(stories->store, &row,
                                         "SELECT story.id, simhash FROM story_band JOIN story ON story.id = story"
                                         " WHERE band IN (?1, ?2, ?3, ?4, ?5, ?6) AND numbers = ?7"
                                         " AND published BETWEEN ?8 AND ?9",
                                         "iiiiiiiii", bands[0], bands[1], bands[2], bands[3], bands[4], bands[5],
                                         (int64_t)folded->numbers, draft->published - SAME_SECONDS,
                                         draft->published + SAME_SECONDS);
    while (status >= 0 && *id == 0 && (status = nashra_database_step(stories->store, row)) == 1)
        if (__builtin_popcountll((uint64_t)sqlite3_column_int64(row, 1) ^ folded->simhash) <= BITS_MOST)
            *id = sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    return status < 0 ? status : NASHRA_OK;
}

/* Adding ---------------------------------------------------------------------------------------------------------- */

static int add_bands(struct nashra_stories *stories, uint64_t simhash, int64_t id) {
    int64_t bands[NASHRA_BANDS];
    int status = NASHRA_OK;
    nashra_stories_bands(simhash, bands);
    for (int i = 0; i < NASHRA_BANDS && simhash && status >= 0; i++)
        status = nashra_database_run(stories->store, "INSERT INTO story_band(band, story) VALUES(?1, ?2)", "ii",
                                     bands[i], id);
    return status;
}

static int feed_id(struct nashra_stories *stories, const char *url, int64_t *id) {
    int status = nashra_database_run(stories->store, "INSERT OR IGNORE INTO feed(url) VALUES(?1)", "s", url);
    if (status >= 0)
        status = nashra_database_integer(stories->store, 0, id, "SELECT id FROM feed WHERE url = ?1", "s", url);
    return status;
}

static int insert_story(struct nashra_stories *stories, const struct nashra_story_draft *draft,
                        const struct folded *folded, int64_t *id) {
    int64_t feed;
    int status = feed_id(stories, draft->feed, &feed);
    if (status >= 0)
        status = nashra_database_run(stories->store,
                                     "INSERT INTO story(file, title, source, feed, link, published, simhash, numbers)"
                                     " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                                     "sssisiii", draft->file, draft->title, draft->source, feed, draft->link,
                                     draft->published, (int64_t)folded->simhash, (int64_t)folded->numbers);
    *id = sqlite3_last_insert_rowid(stories->store->database);
    if (status >= 0)
        status =
            nashra_database_run(stories->store, "INSERT INTO story_words(rowid, title, text) VALUES(?1, ?2, ?3)", "iss",
                                *id, nashra_buffer_string(&folded->title), nashra_buffer_string(&folded->text));
    if (status >= 0)
        status = add_bands(stories, folded->simhash, *id);
    return status;
}

/* The text is written before the commit: a story that is in the index has its text, whatever happens in between. */
static int add_within(struct nashra_stories *stories, const struct nashra_story_draft *draft,
                      const struct folded *folded, nashra_story_write_fn write, void *user, int64_t *id) {
    int status = find_same(stories, draft, folded, id);
    const bool same = *id != 0;
    if (status >= 0 && !same)
        status = insert_story(stories, draft, folded, id);
    if (status >= 0)
        status = put_keys(stories, draft->keys, draft->key_count, draft->now, *id);
    if (status >= 0 && !same)
        status = write(user);
    return status < 0 ? status : same ? NASHRA_STORY_SAME : NASHRA_STORY_ADDED;
}

int nashra_stories_add(struct nashra_stories *stories, const struct nashra_story_draft *draft,
                       nashra_story_write_fn write, void *user, int64_t *id) {
    struct folded folded = {0};
    int64_t own = 0;
    int status = fold_draft(stories, draft, &folded);
    if (status >= 0)
        status = nashra_database_begin(stories->store);
    if (status >= 0) {
        const int outcome = add_within(stories, draft, &folded, write, user, &own);
        status = nashra_database_end(stories->store, outcome);
        status = status < 0 ? status : outcome;
    }
    finish_folded(&folded);
    if (id)
        *id = status < 0 ? 0 : own;
    return status;
}
