/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "database.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* One script a version, each run in a transaction of its own. A script that was released is never changed. */
static const char *const migrations[] = {
    "CREATE TABLE article("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " path TEXT NOT NULL UNIQUE,"
    " title TEXT NOT NULL DEFAULT '',"
    " size INTEGER NOT NULL,"
    " mtime INTEGER NOT NULL," /* nanoseconds */
    " hash INTEGER NOT NULL,"  /* of the file's bytes */
    " present INTEGER NOT NULL DEFAULT 1,"
    " fresh INTEGER NOT NULL DEFAULT 1,"
    " heard INTEGER NOT NULL DEFAULT 0,"
    " scan INTEGER NOT NULL,"                /* the last one that saw it */
    " anchored INTEGER NOT NULL DEFAULT 0);" /* hash of the text that its anchors' offsets belong to */
    "CREATE INDEX article_hash ON article(hash);"
    "CREATE TABLE anchor("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,"
    " bookmark INTEGER NOT NULL," /* 0: the place, one an article */
    " offset INTEGER NOT NULL,"
    " within INTEGER NOT NULL,"   /* from the sentence's beginning */
    " sentence INTEGER NOT NULL," /* hashes of the sentence and of its neighbours */
    " before INTEGER NOT NULL,"
    " after INTEGER NOT NULL);"
    "CREATE UNIQUE INDEX anchor_place ON anchor(article) WHERE bookmark = 0;"
    "CREATE UNIQUE INDEX anchor_bookmark ON anchor(article, offset) WHERE bookmark = 1;"
    "CREATE TABLE setting(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;",
};

enum { VERSION = sizeof migrations / sizeof *migrations, ASIDE_MAX = 1000 };

/* Opening --------------------------------------------------------------------------------------------------------- */

/* WAL appends and syncs once a commit, where a rollback journal syncs three times; the sync happens before COMMIT
 * returns, so that what was reported as done is on the card. EXTRA instead of FULL makes no difference to WAL, but the
 * rollback journal of a new file, before it turns to WAL, must not come back from a folder that was not synced and undo
 * what followed. Exclusive locking keeps the index of
 * the WAL in memory: no shared-memory file, and a second nashrad is refused. */
static const char settings_sql[] = "PRAGMA locking_mode=EXCLUSIVE;"
                                   "PRAGMA synchronous=EXTRA;"
                                   "PRAGMA journal_mode=WAL;"
                                   "PRAGMA wal_autocheckpoint=100;"
                                   "PRAGMA foreign_keys=ON;";

static int run_script(struct nashra_store *store, const char *script, const char *doing) {
    const int result = sqlite3_exec(store->database, script, NULL, NULL, NULL);
    return result == SQLITE_OK ? NASHRA_OK : nashra_database_fail(store, result, doing);
}

static int migrate_once(struct nashra_store *store, int64_t from) {
    char version[64];
    snprintf(version, sizeof version, "PRAGMA user_version=%d", (int)from + 1);
    int status = nashra_database_begin(store);
    if (status < 0)
        return status;
    status = run_script(store, migrations[from], "making the tables");
    if (status >= 0)
        status = run_script(store, version, version);
    return nashra_database_end(store, status);
}

static int migrate(struct nashra_store *store) {
    int64_t version;
    int status = nashra_database_integer(store, 0, &version, "PRAGMA user_version", "");
    if (status >= 0 && (version < 0 || version > VERSION))
        return nashra_fail(NASHRA_EDATA, "%s: it has version %lld, this Nashra knows versions up to %d", store->path,
                           (long long)version, VERSION);
    for (; status >= 0 && version < VERSION; version++)
        status = migrate_once(store, version);
    return status;
}

/* Looks at every page once: a few milliseconds for a journal of years. */
static int check(struct nashra_store *store) {
    sqlite3_stmt *statement;
    int status = nashra_database_prepare(store, &statement, "PRAGMA quick_check(1)", "");
    if (status >= 0)
        status = nashra_database_step(store, statement);
    if (status == 1) {
        const char *verdict = (const char *)sqlite3_column_text(statement, 0);
        if (!verdict || strcmp(verdict, "ok") != 0)
            status = nashra_fail(NASHRA_EDATA, "%s: damaged: %s", store->path, verdict ? verdict : "out of memory");
    }
    sqlite3_finalize(statement);
    return status < 0 ? status : NASHRA_OK;
}

static int open_once(struct nashra_store *store) {
    const char *path = store->path_copy[0] ? store->path_copy : ":memory:";
    const int result =
        sqlite3_open_v2(path, &store->database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
    if (result != SQLITE_OK)
        return nashra_database_fail(store, result, "opening");
    sqlite3_extended_result_codes(store->database, 1);
    sqlite3_busy_timeout(store->database, 1000);
    int status = run_script(store, settings_sql, "opening");
    if (status >= 0)
        status = check(store);
    return status < 0 ? status : migrate(store);
}

/* Setting aside --------------------------------------------------------------------------------------------------- */

static int move(const char *path, const char *ending, unsigned number) {
    char from[4096], to[4096 + 64];
    if ((size_t)snprintf(from, sizeof from, "%s%s", path, ending) >= sizeof from)
        return nashra_fail(NASHRA_EIO, "%s: the name is too long", path);
    snprintf(to, sizeof to, "%s.damaged-%u%s", path, number, ending);
    if (rename(from, to) != 0 && errno != ENOENT)
        return nashra_fail(NASHRA_EIO, "%s can't be set aside as %s: %s", from, to, strerror(errno));
    return NASHRA_OK;
}

static unsigned free_number(const char *path) {
    char name[4096 + 64];
    unsigned number = 1;
    for (; number < ASIDE_MAX; number++) {
        snprintf(name, sizeof name, "%s.damaged-%u", path, number);
        if (access(name, F_OK) != 0)
            break;
    }
    return number;
}

/* The write-ahead log goes with its file: it may hold what can still be saved. */
static int set_aside(const char *path) {
    const unsigned number = free_number(path);
    int status = move(path, "-wal", number);
    if (status >= 0)
        status = move(path, "-journal", number);
    if (status >= 0)
        status = move(path, "", number);
    if (status >= 0)
        nashra_log(NASHRA_LOG_ERROR, "%s was set aside as %s.damaged-%u; a new one begins", path, path, number);
    return status;
}

/* ----------------------------------------------------------------------------------------------------------------- */

static struct nashra_store *create(const char *path) {
    const size_t length = path ? strlen(path) : 0;
    struct nashra_store *store = nashra_alloc_zeroed(1, sizeof *store + length + 1);
    if (!store)
        return NULL;
    if (path)
        memcpy(store->path_copy, path, length);
    store->path = path ? store->path_copy : "the journal in memory";
    return store;
}

static void close_database(struct nashra_store *store) {
    sqlite3_close(store->database);
    store->database = NULL;
}

int nashra_store_open(const char *path, struct nashra_store **out, enum nashra_store_outcome *outcome) {
    struct nashra_store *store = create(path);
    *out = NULL;
    if (outcome)
        *outcome = NASHRA_STORE_OPENED;
    if (!store)
        return NASHRA_ENOMEM;
    int status = open_once(store);
    if (status == NASHRA_EDATA && path) {
        close_database(store);
        status = set_aside(path);
        if (status >= 0)
            status = open_once(store);
        if (outcome)
            *outcome = NASHRA_STORE_SET_ASIDE;
    }
    if (status < 0) {
        nashra_store_close(store);
        return status;
    }
    *out = store;
    return NASHRA_OK;
}

void nashra_store_close(struct nashra_store *store) {
    if (!store)
        return;
    close_database(store);
    nashra_free(store);
}

/* Settings -------------------------------------------------------------------------------------------------------- */

int nashra_store_setting(struct nashra_store *store, const char *name, int64_t otherwise, int64_t *value) {
    return nashra_database_integer(store, otherwise, value, "SELECT value FROM setting WHERE name = ?1", "s", name);
}

int nashra_store_set(struct nashra_store *store, const char *name, int64_t value) {
    return nashra_database_run(store,
                               "INSERT INTO setting(name, value) VALUES(?1, ?2)"
                               " ON CONFLICT(name) DO UPDATE SET value = ?2 WHERE value <> ?2",
                               "si", name, value);
}
