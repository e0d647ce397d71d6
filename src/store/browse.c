/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Listing and searching: every question is answered from an index. */
#include "index.h"

#include <string.h>

#define COLUMNS "SELECT story.id, file, story.title, source, link, published "
#define NEWEST_FIRST " ORDER BY published DESC, story.id DESC LIMIT ?2 OFFSET ?3"
#define OF_FEED "story.feed IN (SELECT id FROM feed WHERE url = ?4 OR title = ?4)"

enum { CHUNK = 64 };

static const char *sql_of(const struct nashra_story_wish *wish) {
    if (wish->words && wish->source)
        return COLUMNS "FROM story_words JOIN story ON story.id = story_words.rowid"
                       " WHERE story_words MATCH ?5 AND published <= ?1 AND " OF_FEED NEWEST_FIRST;
    if (wish->words)
        return COLUMNS "FROM story_words JOIN story ON story.id = story_words.rowid"
                       " WHERE story_words MATCH ?5 AND published <= ?1 AND ?4 = ''" NEWEST_FIRST;
    if (wish->source)
        return COLUMNS "FROM story WHERE " OF_FEED " AND published <= ?1" NEWEST_FIRST;
    return COLUMNS "FROM story WHERE published <= ?1" NEWEST_FIRST;
}

/* Arguments that a question doesn't have are not bound. */
static int prepare(struct nashra_stories *stories, const struct nashra_story_wish *wish, const char *before,
                   sqlite3_stmt **row) {
    struct nashra_buffer sql = {0}, query = {0};
    const char *types = wish->words ? "iiiss" : wish->source ? "iiis" : "iii";
    int status = wish->words ? nashra_stories_need_words(stories) : NASHRA_OK;
    if (status >= 0 && wish->words)
        status = nashra_words_query(stories->words, wish->words, &query);
    if (status >= 0)
        status = nashra_buffer_add_format(&sql, "%s%s", before, sql_of(wish));
    if (status >= 0)
        status = nashra_database_prepare(stories->store, row, sql.data, types, wish->now ? wish->now : INT64_MAX,
                                         wish->most ? (int64_t)wish->most : INT64_C(-1), (int64_t)wish->skip,
                                         wish->source ? wish->source : "", nashra_buffer_string(&query));
    nashra_buffer_finish(&sql);
    nashra_buffer_finish(&query);
    return status;
}

static int read_story(sqlite3_stmt *row, struct nashra_arena *arena, struct nashra_story *story) {
    *story = (struct nashra_story){
        .id = sqlite3_column_int64(row, 0),
        .file = nashra_stories_text(row, 1, arena),
        .title = nashra_stories_text(row, 2, arena),
        .source = nashra_stories_text(row, 3, arena),
        .link = nashra_stories_text(row, 4, arena),
        .published = sqlite3_column_int64(row, 5),
    };
    return story->file && story->title && story->source && story->link ? NASHRA_OK : NASHRA_ENOMEM;
}

/* The list grows within the arena: twice as long each time. */
static int grow(struct nashra_arena *arena, struct nashra_story **list, size_t count, size_t *capacity) {
    if (count < *capacity)
        return NASHRA_OK;
    const size_t larger = *capacity ? *capacity * 2 : CHUNK;
    struct nashra_story *longer = nashra_arena_alloc(arena, larger * sizeof *longer);
    if (!longer)
        return NASHRA_ENOMEM;
    if (count > 0)
        memcpy(longer, *list, count * sizeof *longer);
    *list = longer;
    *capacity = larger;
    return NASHRA_OK;
}

int nashra_stories_list(struct nashra_stories *stories, const struct nashra_story_wish *wish,
                        struct nashra_arena *arena, struct nashra_story **list, size_t *count) {
    sqlite3_stmt *row = NULL;
    size_t capacity = 0;
    *list = NULL;
    *count = 0;
    int status = prepare(stories, wish, "", &row);
    while (status >= 0 && (status = nashra_database_step(stories->store, row)) == 1) {
        status = grow(arena, list, *count, &capacity);
        if (status >= 0)
            status = read_story(row, arena, &(*list)[*count]);
        *count += status >= 0;
    }
    sqlite3_finalize(row);
    return status < 0 ? status : NASHRA_OK;
}

int nashra_stories_find(struct nashra_stories *stories, int64_t id, struct nashra_arena *arena,
                        struct nashra_story *story) {
    sqlite3_stmt *row;
    int status = nashra_database_prepare(stories->store, &row, COLUMNS "FROM story WHERE story.id = ?1", "i", id);
    if (status < 0)
        return status;
    status = nashra_database_step(stories->store, row);
    const int found = status == 1 ? read_story(row, arena, story) : status;
    sqlite3_finalize(row);
    return found < 0 ? found : status;
}

int nashra_stories_explain(struct nashra_stories *stories, const struct nashra_story_wish *wish,
                           struct nashra_buffer *out) {
    sqlite3_stmt *row = NULL;
    int status = prepare(stories, wish, "EXPLAIN QUERY PLAN ", &row);
    while (status >= 0 && (status = nashra_database_step(stories->store, row)) == 1)
        status = nashra_buffer_add_format(out, "%s\n", (const char *)sqlite3_column_text(row, 3));
    sqlite3_finalize(row);
    return status < 0 ? status : NASHRA_OK;
}
