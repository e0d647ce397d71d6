/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Opening a database: tables are brought up to date, and a file that is damaged makes way for a new one. */
#include "database.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ASIDE_MAX = 1000 };

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
    status = run_script(store, store->schema->migrations[from], "making the tables");
    if (status >= 0)
        status = run_script(store, version, version);
    return nashra_database_end(store, status);
}

static int migrate(struct nashra_store *store) {
    const int known = store->schema->version;
    int64_t version;
    int status = nashra_database_integer(store, 0, &version, "PRAGMA user_version", "");
    if (status >= 0 && (version < 0 || version > known))
        return nashra_fail(NASHRA_EDATA, "%s: it has version %lld, this Nashra knows versions up to %d", store->path,
                           (long long)version, known);
    for (; status >= 0 && version < known; version++)
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
    int status = run_script(store, store->schema->settings, "opening");
    if (status >= 0 && store->schema->is_checked)
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

static struct nashra_store *create(const char *path, const struct nashra_schema *schema) {
    const size_t length = path ? strlen(path) : 0;
    struct nashra_store *store = nashra_alloc_zeroed(1, sizeof *store + length + 1);
    if (!store)
        return NULL;
    if (path)
        memcpy(store->path_copy, path, length);
    store->path = path ? store->path_copy : "the database in memory";
    store->schema = schema;
    return store;
}

static void close_database(struct nashra_store *store) {
    sqlite3_close(store->database);
    store->database = NULL;
}

int nashra_database_open(const char *path, const struct nashra_schema *schema, struct nashra_store **out,
                         enum nashra_store_outcome *outcome) {
    struct nashra_store *store = create(path, schema);
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
