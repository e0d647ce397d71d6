/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What feeds answered last, and when hosts may be asked again. */
#include "index.h"

static int read_state(sqlite3_stmt *row, struct nashra_arena *arena, struct nashra_feed_state *state) {
    *state = (struct nashra_feed_state){
        .title = nashra_stories_text(row, 0, arena),
        .etag = nashra_stories_text(row, 1, arena),
        .modified = nashra_stories_text(row, 2, arena),
        .error = nashra_stories_text(row, 3, arena),
        .checked = sqlite3_column_int64(row, 4),
        .due = sqlite3_column_int64(row, 5),
        .failures = sqlite3_column_int64(row, 6),
    };
    return state->title && state->etag && state->modified && state->error ? NASHRA_OK : NASHRA_ENOMEM;
}

int nashra_stories_feed(struct nashra_stories *stories, const char *url, struct nashra_arena *arena,
                        struct nashra_feed_state *state) {
    sqlite3_stmt *row;
    *state = (struct nashra_feed_state){.title = "", .etag = "", .modified = "", .error = ""};
    int status = nashra_database_prepare(
        stories->store, &row, "SELECT title, etag, modified, error, checked, due, failures FROM feed WHERE url = ?1",
        "s", url);
    if (status < 0)
        return status;
    status = nashra_database_step(stories->store, row);
    if (status == 1)
        status = read_state(row, arena, state);
    sqlite3_finalize(row);
    return status < 0 ? status : NASHRA_OK;
}

int nashra_stories_set_feed(struct nashra_stories *stories, const char *url, const struct nashra_feed_state *state) {
    return nashra_database_run(stories->store,
                               "INSERT INTO feed(url, title, etag, modified, error, checked, due, failures)"
                               " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(url) DO UPDATE SET title = ?2,"
                               " etag = ?3, modified = ?4, error = ?5, checked = ?6, due = ?7, failures = ?8",
                               "sssssiii", url, state->title, state->etag, state->modified, state->error,
                               state->checked, state->due, state->failures);
}

int nashra_stories_drop_feed(struct nashra_stories *stories, const char *url) {
    return nashra_database_run(stories->store, "DELETE FROM feed WHERE url = ?1", "s", url);
}

int nashra_stories_count(struct nashra_stories *stories, const char *url, size_t *count) {
    int64_t number;
    const int status = nashra_database_integer(
        stories->store, 0, &number, "SELECT count(*) FROM story WHERE feed = (SELECT id FROM feed WHERE url = ?1)", "s",
        url);
    *count = (size_t)number;
    return status;
}

int nashra_stories_host(struct nashra_stories *stories, const char *host, int64_t *due) {
    return nashra_database_integer(stories->store, 0, due, "SELECT due FROM host WHERE name = ?1", "s", host);
}

int nashra_stories_set_host(struct nashra_stories *stories, const char *host, int64_t due) {
    const int status = nashra_database_run(stories->store,
                                           "INSERT INTO host(name, due) VALUES(?1, ?2)"
                                           " ON CONFLICT(name) DO UPDATE SET due = ?2",
                                           "si", host, due);
    return status;
}
