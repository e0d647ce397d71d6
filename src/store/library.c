/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What there is to hear: folders compared with the table of articles. */
#include "anchor.h"
#include "database.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nashra/ascii.h>
#include <nashra/io.h>
#include <nashra/table.h>

enum {
    DEPTH_MAX = 3,
    HASH_CHUNK = 65536,
    ABSENT_KEPT = 5000 /* rows of articles that are away; older ones are forgotten */
};

/* A row of the table as it was before the scan. */
struct known {
    int64_t id, size, mtime, hash;
    bool present;
    bool seen; /* by this scan */
    const char *path;
};

struct scan {
    struct nashra_store *store;
    int64_t number;
    size_t changed;
    char *chunk; /* for hashing */
    struct nashra_arena *arena;
    struct known *known;
    size_t known_count;
    struct nashra_map *by_path; /* index in `known` */
};

bool nashra_store_is_article(const char *name) {
    static const char *const endings[] = {".txt", ".text", ".htm", ".html", ".xhtml", ".epub", ".md"};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (nashra_ascii_same(dot, endings[i]))
            return true;
    return false;
}

/* The whole file through FNV-1a; -1 when it can't be read (then it is no article now). */
static int hash_file(const struct scan *scan, const char *path, int64_t *hash) {
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    uint64_t sum = 1;
    size_t got = 0;
    if (fd < 0)
        return -1;
    int error;
    while ((error = nashra_io_read(fd, scan->chunk, HASH_CHUNK, &got)) == 0 && got > 0)
        sum = sum * 31 ^ nashra_anchor_hash(scan->chunk, got);
    close(fd);
    *hash = (int64_t)sum;
    return error ? -1 : 0;
}

struct file {
    const char *path;
    int64_t size, mtime, hash;
};

static struct known *find_path(const struct scan *scan, const char *path) {
    intptr_t index;
    return nashra_map_get(scan->by_path, path, strlen(path), &index) ? &scan->known[index] : NULL;
}

/* An article with these bytes that this scan has not seen so far: one that is away before one that is there. Its id, or
 * 0 when there is none. */
static int find_bytes(struct scan *scan, int64_t hash, int64_t *id) {
    sqlite3_stmt *row;
    *id = 0;
    int status = nashra_database_prepare(scan->store, &row,
                                         "SELECT id, path FROM article WHERE hash = ?1 AND scan < ?2"
                                         " ORDER BY present, scan DESC",
                                         "ii", hash, scan->number);
    while (status >= 0 && *id == 0 && (status = nashra_database_step(scan->store, row)) == 1) {
        const char *path = (const char *)sqlite3_column_text(row, 1);
        const struct known *known = path ? find_path(scan, path) : NULL;
        if (!known || !known->seen)
            *id = sqlite3_column_int64(row, 0);
    }
    sqlite3_finalize(row);
    return status < 0 ? status : NASHRA_OK;
}

/* 1 when the article's file is where it was. */
static int is_in_place(struct nashra_store *store, int64_t id) {
    sqlite3_stmt *statement;
    int status = nashra_database_prepare(store, &statement, "SELECT path FROM article WHERE id = ?1", "i", id);
    if (status < 0)
        return status;
    status = nashra_database_step(store, statement);
    const char *path = status == 1 ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    if (path)
        status = access(path, F_OK) == 0;
    sqlite3_finalize(statement);
    return status;
}

/* Seen again under the same name: unchanged, or edited. What was heard to its end is new again when it is edited. An
 * article that is as it was costs no statement: a library of thousands is looked through at every change. */
static int meet_again(struct scan *scan, const struct file *file, struct known *known) {
    const bool edited = file->hash != known->hash;
    known->seen = true;
    if (!edited && known->present && file->size == known->size && file->mtime == known->mtime)
        return NASHRA_OK;
    scan->changed += edited || !known->present;
    if (!edited)
        return nashra_database_run(scan->store,
                                   "UPDATE article SET present = 1, scan = ?2, size = ?3, mtime = ?4 WHERE id = ?1",
                                   "iiii", known->id, scan->number, file->size, file->mtime);
    return nashra_database_run(scan->store,
                               "UPDATE article SET present = 1, scan = ?2, size = ?3, mtime = ?4, hash = ?5,"
                               " fresh = max(fresh, heard), heard = 0 WHERE id = ?1",
                               "iiiii", known->id, scan->number, file->size, file->mtime, file->hash);
}

/* A name that wasn't there: an article that was renamed or moved, or a new one; with the bytes of one that is still in
 * its place it is a copy, which is a new one. */
static int meet_name(struct scan *scan, const struct file *file) {
    int64_t id;
    int status = find_bytes(scan, file->hash, &id);
    const int stayed = status >= 0 && id ? is_in_place(scan->store, id) : 1;
    if (status < 0 || stayed < 0)
        return status < 0 ? status : stayed;
    scan->changed++;
    if (!stayed)
        return nashra_database_run(scan->store,
                                   "UPDATE article SET path = ?2, present = 1, scan = ?3, mtime = ?4 WHERE id = ?1",
                                   "isii", id, file->path, scan->number, file->mtime);
    return nashra_database_run(scan->store,
                               "INSERT INTO article(path, size, mtime, hash, scan) VALUES(?1, ?2, ?3, ?4, ?5)", "siiii",
                               file->path, file->size, file->mtime, file->hash, scan->number);
}

static int meet_file(struct scan *scan, const char *path, const struct stat *about) {
    struct file file = {.path = path,
                        .size = about->st_size,
                        .mtime = (int64_t)about->st_mtim.tv_sec * 1000000000 + about->st_mtim.tv_nsec};
    struct known *known = find_path(scan, path);
    if (known && known->size == file.size && known->mtime == file.mtime)
        file.hash = known->hash;
    else if (hash_file(scan, path, &file.hash) < 0)
        return NASHRA_OK;
    return known ? meet_again(scan, &file, known) : meet_name(scan, &file);
}

static int scan_folder(struct scan *scan, const char *folder, int depth);

static int meet(struct scan *scan, const char *folder, const char *name, int depth) {
    struct nashra_buffer path = {0};
    struct stat about;
    if (name[0] == '.')
        return NASHRA_OK;
    int status = nashra_buffer_add_format(&path, "%s/%s", folder, name);
    if (status >= 0 && lstat(path.data, &about) == 0) {
        if (S_ISDIR(about.st_mode) && depth < DEPTH_MAX)
            status = scan_folder(scan, path.data, depth + 1);
        else if (nashra_store_is_article(name) && stat(path.data, &about) == 0 && S_ISREG(about.st_mode) &&
                 about.st_size > 0)
            status = meet_file(scan, path.data, &about);
    }
    nashra_buffer_finish(&path);
    return status;
}

static int scan_folder(struct scan *scan, const char *folder, int depth) {
    DIR *open_folder = opendir(folder);
    int status = NASHRA_OK;
    if (!open_folder) {
        nashra_log(NASHRA_LOG_INFO, "%s: %s", folder, strerror(errno));
        return NASHRA_OK;
    }
    for (struct dirent *entry; status >= 0 && (entry = readdir(open_folder)) != NULL;)
        status = meet(scan, folder, entry->d_name, depth);
    closedir(open_folder);
    return status;
}

/* What this scan didn't see is hidden; it keeps its place and bookmarks for when the stick comes back. One that was
 * moved has the number of this scan by now. */
static int hide_unseen(struct scan *scan) {
    int status = NASHRA_OK;
    for (size_t i = 0; i < scan->known_count && status >= 0; i++) {
        const struct known *known = &scan->known[i];
        if (!known->present || known->seen)
            continue;
        status =
            nashra_database_run(scan->store, "UPDATE article SET present = 0, scan = ?2 WHERE id = ?1 AND scan < ?2",
                                "ii", known->id, scan->number);
        scan->changed += (size_t)sqlite3_changes(scan->store->database);
    }
    if (status >= 0)
        status = nashra_database_run(scan->store,
                                     "DELETE FROM article WHERE id IN (SELECT id FROM article WHERE present = 0"
                                     " ORDER BY scan DESC, id DESC LIMIT -1 OFFSET ?1)",
                                     "i", (int64_t)ABSENT_KEPT);
    return status;
}

static int read_known(sqlite3_stmt *row, struct scan *scan) {
    const char *path = (const char *)sqlite3_column_text(row, 5);
    struct known *known = &scan->known[scan->known_count];
    *known = (struct known){.id = sqlite3_column_int64(row, 0),
                            .size = sqlite3_column_int64(row, 1),
                            .mtime = sqlite3_column_int64(row, 2),
                            .hash = sqlite3_column_int64(row, 3),
                            .present = sqlite3_column_int(row, 4) != 0,
                            .path = path ? nashra_arena_copy(scan->arena, path, strlen(path)) : NULL};
    if (!known->path)
        return NASHRA_ENOMEM;
    return nashra_map_put(scan->by_path, known->path, strlen(known->path), (intptr_t)scan->known_count++);
}

/* All that is in the table, read once: one statement for thousands of files. */
static int load_known(struct scan *scan) {
    sqlite3_stmt *row;
    int64_t rows;
    int status = nashra_database_integer(scan->store, 0, &rows, "SELECT count(*) FROM article", "");
    if (status < 0)
        return status;
    scan->known = nashra_arena_alloc(scan->arena, ((size_t)rows + 1) * sizeof *scan->known);
    if (!scan->known)
        return NASHRA_ENOMEM;
    status = nashra_database_prepare(scan->store, &row, "SELECT id, size, mtime, hash, present, path FROM article", "");
    while (status >= 0 && scan->known_count < (size_t)rows && (status = nashra_database_step(scan->store, row)) == 1)
        status = read_known(row, scan);
    sqlite3_finalize(row);
    return status < 0 ? status : NASHRA_OK;
}

static int scan_all(struct scan *scan, const char *const *folders, size_t count) {
    int status =
        nashra_database_integer(scan->store, 0, &scan->number, "SELECT coalesce(max(scan), 0) + 1 FROM article", "");
    if (status >= 0)
        status = load_known(scan);
    for (size_t i = 0; i < count && status >= 0; i++)
        status = scan_folder(scan, folders[i], 0);
    return status < 0 ? status : hide_unseen(scan);
}

int nashra_store_scan(struct nashra_store *store, const char *const *folders, size_t count, size_t *changed) {
    struct scan scan = {.store = store,
                        .chunk = nashra_alloc(HASH_CHUNK),
                        .arena = nashra_arena_create(),
                        .by_path = nashra_map_create()};
    int status = scan.chunk && scan.arena && scan.by_path ? nashra_database_begin(store) : NASHRA_ENOMEM;
    if (status >= 0)
        status = nashra_database_end(store, scan_all(&scan, folders, count));
    nashra_map_destroy(scan.by_path);
    nashra_arena_destroy(scan.arena);
    nashra_free(scan.chunk);
    if (changed)
        *changed = status < 0 ? 0 : scan.changed;
    return status;
}

/* The list -------------------------------------------------------------------------------------------------------- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* By bytes, but runs of digits by their value: "news 9" comes before "news 10". */
static int compare_paths(const char *a, const char *b) {
    while (*a && *b) {
        if (is_digit(*a) && is_digit(*b)) {
            const char *const from_a = a += strspn(a, "0"), *const from_b = b += strspn(b, "0");
            a += strspn(a, "0123456789");
            b += strspn(b, "0123456789");
            if (a - from_a != b - from_b)
                return a - from_a < b - from_b ? -1 : 1;
            const int order = memcmp(from_a, from_b, (size_t)(a - from_a));
            if (order != 0)
                return order;
        } else if (*a != *b) {
            return (unsigned char)*a < (unsigned char)*b ? -1 : 1;
        } else {
            a++;
            b++;
        }
    }
    return (*a != '\0') - (*b != '\0');
}

static int compare_articles(const void *a, const void *b) {
    const struct nashra_store_article *first = a, *second = b;
    const int order = compare_paths(first->path, second->path);
    return order != 0 ? order : (first->id > second->id) - (first->id < second->id);
}

static int read_article(sqlite3_stmt *row, struct nashra_arena *arena, struct nashra_store_article *article) {
    const char *path = (const char *)sqlite3_column_text(row, 1);
    if (!path)
        return NASHRA_ENOMEM;
    *article = (struct nashra_store_article){
        .id = sqlite3_column_int64(row, 0),
        .path = nashra_arena_copy(arena, path, strlen(path)),
        .fresh = sqlite3_column_int(row, 2) != 0,
        .heard = sqlite3_column_int(row, 3) != 0,
    };
    return article->path ? NASHRA_OK : NASHRA_ENOMEM;
}

int nashra_store_articles(struct nashra_store *store, struct nashra_arena *arena, struct nashra_store_article **list,
                          size_t *count) {
    sqlite3_stmt *row;
    int64_t rows;
    *list = NULL;
    *count = 0;
    int status = nashra_database_integer(store, 0, &rows, "SELECT count(*) FROM article WHERE present = 1", "");
    if (status < 0 || rows == 0)
        return status;
    *list = nashra_arena_alloc(arena, (size_t)rows * sizeof **list);
    if (!*list)
        return NASHRA_ENOMEM;
    status = nashra_database_prepare(store, &row, "SELECT id, path, fresh, heard FROM article WHERE present = 1", "");
    while (status >= 0 && *count < (size_t)rows && (status = nashra_database_step(store, row)) == 1)
        status = read_article(row, arena, &(*list)[(*count)++]);
    sqlite3_finalize(row);
    if (status < 0)
        return status;
    qsort(*list, *count, sizeof **list, compare_articles);
    return NASHRA_OK;
}

int nashra_store_seen(struct nashra_store *store, int64_t article) {
    return nashra_database_run(store, "UPDATE article SET fresh = 0 WHERE id = ?1", "i", article);
}

int nashra_store_heard(struct nashra_store *store, int64_t article) {
    return nashra_database_run(store, "UPDATE article SET heard = 1, fresh = 0 WHERE id = ?1", "i", article);
}
