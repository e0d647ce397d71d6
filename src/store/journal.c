/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Places and bookmarks. */
#include "anchor.h"
#include "database.h"

static int insert(struct nashra_store *store, int64_t article, bool bookmark, const struct nashra_anchor *anchor) {
    return nashra_database_run(
        store,
        "INSERT OR IGNORE INTO anchor(article, bookmark, offset, within, sentence, before, after)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        "iiiiiii", article, (int64_t)bookmark, (int64_t)anchor->offset, (int64_t)anchor->within,
        (int64_t)anchor->sentence, (int64_t)anchor->before, (int64_t)anchor->after);
}

static int update(struct nashra_store *store, int64_t id, const struct nashra_anchor *anchor) {
    return nashra_database_run(store,
                               "UPDATE OR REPLACE anchor SET offset = ?2, within = ?3, sentence = ?4, before = ?5,"
                               " after = ?6 WHERE id = ?1",
                               "iiiiii", id, (int64_t)anchor->offset, (int64_t)anchor->within,
                               (int64_t)anchor->sentence, (int64_t)anchor->before, (int64_t)anchor->after);
}

/* The anchors of an article all belong to one text: this one from now on. */
static int set_anchored(struct nashra_store *store, int64_t article, const struct nashra_store_text *text) {
    const int64_t hash = (int64_t)nashra_anchor_hash(text->bytes, text->length);
    return nashra_database_run(store, "UPDATE article SET anchored = ?2 WHERE id = ?1", "ii", article, hash);
}

static struct nashra_anchor read_anchor(sqlite3_stmt *row) {
    return (struct nashra_anchor){
        .offset = (size_t)sqlite3_column_int64(row, 1),
        .within = (size_t)sqlite3_column_int64(row, 2),
        .sentence = (uint64_t)sqlite3_column_int64(row, 3),
        .before = (uint64_t)sqlite3_column_int64(row, 4),
        .after = (uint64_t)sqlite3_column_int64(row, 5),
    };
}

/* The text was edited: every anchor moves with its sentence. Takes them one by one, so that two bookmarks that end up
 * at one place become one. */
static int move_anchors(struct nashra_store *store, int64_t article, const struct nashra_store_text *text) {
    int64_t last = 0;
    int status;
    for (;;) {
        sqlite3_stmt *row;
        status = nashra_database_prepare(store, &row,
                                         "SELECT id, offset, within, sentence, before, after FROM anchor"
                                         " WHERE article = ?1 AND id > ?2 ORDER BY id LIMIT 1",
                                         "ii", article, last);
        if (status < 0)
            return status;
        status = nashra_database_step(store, row);
        const struct nashra_anchor old = read_anchor(row);
        last = sqlite3_column_int64(row, 0);
        sqlite3_finalize(row);
        if (status <= 0)
            break;
        const struct nashra_anchor moved = nashra_anchor_make(text, nashra_anchor_find(&old, text));
        status = update(store, last, &moved);
        if (status < 0)
            return status;
    }
    return status < 0 ? status : set_anchored(store, article, text);
}

/* Within a transaction. 0, also where there is nothing to move. */
static int follow_text(struct nashra_store *store, int64_t article, const struct nashra_store_text *text) {
    const int64_t hash = (int64_t)nashra_anchor_hash(text->bytes, text->length);
    int64_t anchored;
    const int status =
        nashra_database_integer(store, 0, &anchored, "SELECT anchored FROM article WHERE id = ?1", "i", article);
    if (status < 0 || anchored == hash)
        return status;
    return move_anchors(store, article, text);
}

int nashra_store_find(struct nashra_store *store, int64_t article, const struct nashra_store_text *text,
                      size_t *place) {
    int64_t offset = 0;
    *place = 0;
    int status = nashra_database_begin(store);
    if (status < 0)
        return status;
    status = follow_text(store, article, text);
    if (status >= 0)
        status = nashra_database_integer(store, 0, &offset,
                                         "SELECT offset FROM anchor WHERE article = ?1 AND bookmark = 0", "i", article);
    *place = (size_t)offset;
    return nashra_database_end(store, status);
}

static int put_place(struct nashra_store *store, int64_t article, const struct nashra_anchor *anchor) {
    int64_t id;
    const int status = nashra_database_integer(
        store, 0, &id, "SELECT id FROM anchor WHERE article = ?1 AND bookmark = 0", "i", article);
    if (status < 0)
        return status;
    return id ? update(store, id, anchor) : insert(store, article, false, anchor);
}

int nashra_store_save(struct nashra_store *store, int64_t article, const struct nashra_store_text *text, size_t offset,
                      int64_t when) {
    const struct nashra_anchor anchor = nashra_anchor_make(text, offset);
    int status = nashra_database_begin(store);
    if (status < 0)
        return status;
    status = follow_text(store, article, text);
    if (status >= 0)
        status = put_place(store, article, &anchor);
    if (status >= 0)
        status = nashra_store_set(store, "current", article);
    if (status >= 0)
        status = nashra_store_set(store, "when", when);
    return nashra_database_end(store, status);
}

int nashra_store_current(struct nashra_store *store, int64_t *article, int64_t *when) {
    const int status = nashra_store_setting(store, "current", 0, article);
    return status < 0 ? status : nashra_store_setting(store, "when", 0, when);
}

int nashra_store_add_bookmark(struct nashra_store *store, int64_t article, const struct nashra_store_text *text,
                              size_t offset) {
    const struct nashra_anchor anchor = nashra_anchor_make(text, offset);
    int status = nashra_database_begin(store);
    if (status < 0)
        return status;
    status = follow_text(store, article, text);
    if (status >= 0)
        status = insert(store, article, true, &anchor);
    return nashra_database_end(store, status);
}

int nashra_store_remove_bookmark(struct nashra_store *store, int64_t article, size_t offset) {
    return nashra_database_run(store, "DELETE FROM anchor WHERE article = ?1 AND bookmark = 1 AND offset = ?2", "ii",
                               article, (int64_t)offset);
}

int nashra_store_bookmarks(struct nashra_store *store, struct nashra_arena *arena, struct nashra_store_bookmark **list,
                           size_t *count) {
    sqlite3_stmt *row;
    int64_t rows;
    *list = NULL;
    *count = 0;
    int status = nashra_database_integer(store, 0, &rows, "SELECT count(*) FROM anchor WHERE bookmark = 1", "");
    if (status < 0 || rows == 0)
        return status;
    *list = nashra_arena_alloc(arena, (size_t)rows * sizeof **list);
    if (!*list)
        return NASHRA_ENOMEM;
    status =
        nashra_database_prepare(store, &row, "SELECT article, offset FROM anchor WHERE bookmark = 1 ORDER BY id", "");
    while (status >= 0 && *count < (size_t)rows && (status = nashra_database_step(store, row)) == 1)
        (*list)[(*count)++] =
            (struct nashra_store_bookmark){sqlite3_column_int64(row, 0), (size_t)sqlite3_column_int64(row, 1)};
    sqlite3_finalize(row);
    return status < 0 ? status : NASHRA_OK;
}

int nashra_store_kept(struct nashra_store *store, struct nashra_buffer *lines) {
    sqlite3_stmt *row;
    int status = nashra_database_prepare(store, &row,
                                         "SELECT path FROM article WHERE present = 1 AND id IN"
                                         " (SELECT article FROM anchor WHERE bookmark = 1"
                                         " UNION SELECT value FROM setting WHERE name = 'current') ORDER BY path",
                                         "");
    while (status >= 0 && (status = nashra_database_step(store, row)) == 1)
        nashra_buffer_add_format(lines, "%s\n", (const char *)sqlite3_column_text(row, 0));
    sqlite3_finalize(row);
    return status < 0 ? status : lines->failed ? NASHRA_ENOMEM : NASHRA_OK;
}
