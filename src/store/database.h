/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The room's way to SQLite: statements with their arguments, transactions, one translation of errors. */
#ifndef NASHRA_STORE_DATABASE_H
#define NASHRA_STORE_DATABASE_H

#include <sqlite3.h>

#include <nashra/store.h>

/* What a database is made of. */
struct nashra_schema {
    const char *settings;          /* run each time it is opened */
    const char *const *migrations; /* a script a version, from nothing on */
    int version;                   /* how many */
    bool is_checked;               /* every page is looked at each time: for a small one */
};

struct nashra_store {
    sqlite3 *database;
    const struct nashra_schema *schema;
    const char *path; /* for messages */
    char path_copy[];
};

/* As nashra_store_open(), for any schema, which outlives the database. */
int nashra_database_open(const char *path, const struct nashra_schema *schema, struct nashra_store **store,
                         enum nashra_store_outcome *outcome);

/* The status of an SQLite result, reported with what was being done. */
int nashra_database_fail(struct nashra_store *store, int result, const char *doing);

/* Prepares `sql` and binds what follows, a letter each: i int64_t, s const char * (NULL allowed). The statement lives
 * until sqlite3_finalize(). */
int nashra_database_prepare(struct nashra_store *store, sqlite3_stmt **statement, const char *sql, const char *types,
                            ...);
/* 1: a row; 0: no more; else the status. */
int nashra_database_step(struct nashra_store *store, sqlite3_stmt *statement);
/* A statement that gives no rows, or whose rows don't matter. */
int nashra_database_run(struct nashra_store *store, const char *sql, const char *types, ...);
/* The integer that a query gives, or `otherwise` when it gives none. */
int nashra_database_integer(struct nashra_store *store, int64_t otherwise, int64_t *value, const char *sql,
                            const char *types, ...);

int nashra_database_begin(struct nashra_store *store);
/* Commits when `status` is not negative, else rolls back. Returns the first failure. */
int nashra_database_end(struct nashra_store *store, int status);

#endif
