/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "database.h"

#include <stdarg.h>

static enum nashra_status status_of(int result) {
    switch (result & 0xFF) {
    case SQLITE_NOMEM:
        return NASHRA_ENOMEM;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return NASHRA_EDATA;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return NASHRA_EAGAIN;
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_CONSTRAINT:
        return NASHRA_EINTERNAL;
    default: /* full, read-only, can't open, input or output */
        return NASHRA_EIO;
    }
}

int nashra_database_fail(struct nashra_store *store, int result, const char *doing) {
    return nashra_fail(status_of(result), "%s: %s: %s", store->path, doing, sqlite3_errmsg(store->database));
}

static int bind(sqlite3_stmt *statement, const char *types, va_list arguments) {
    int result = SQLITE_OK;
    for (int i = 0; types[i] && result == SQLITE_OK; i++)
        result = types[i] == 'i'
                     ? sqlite3_bind_int64(statement, i + 1, va_arg(arguments, int64_t))
                     : sqlite3_bind_text(statement, i + 1, va_arg(arguments, const char *), -1, SQLITE_TRANSIENT);
    return result;
}

static int prepare(struct nashra_store *store, sqlite3_stmt **statement, const char *sql, const char *types,
                   va_list arguments) {
    int result = sqlite3_prepare_v2(store->database, sql, -1, statement, NULL);
    if (result == SQLITE_OK)
        result = bind(*statement, types, arguments);
    if (result == SQLITE_OK)
        return NASHRA_OK;
    const int status = nashra_database_fail(store, result, sql);
    sqlite3_finalize(*statement);
    *statement = NULL;
    return status;
}

int nashra_database_prepare(struct nashra_store *store, sqlite3_stmt **statement, const char *sql, const char *types,
                            ...) {
    va_list arguments;
    va_start(arguments, types);
    const int status = prepare(store, statement, sql, types, arguments);
    va_end(arguments);
    return status;
}

int nashra_database_step(struct nashra_store *store, sqlite3_stmt *statement) {
    const int result = sqlite3_step(statement);
    if (result == SQLITE_ROW)
        return 1;
    return result == SQLITE_DONE ? 0 : nashra_database_fail(store, result, sqlite3_sql(statement));
}

int nashra_database_run(struct nashra_store *store, const char *sql, const char *types, ...) {
    sqlite3_stmt *statement;
    va_list arguments;
    va_start(arguments, types);
    int status = prepare(store, &statement, sql, types, arguments);
    va_end(arguments);
    if (status >= 0)
        status = nashra_database_step(store, statement);
    sqlite3_finalize(statement);
    return status < 0 ? status : NASHRA_OK;
}

int nashra_database_integer(struct nashra_store *store, int64_t otherwise, int64_t *value, const char *sql,
                            const char *types, ...) {
    sqlite3_stmt *statement;
    va_list arguments;
    *value = otherwise;
    va_start(arguments, types);
    int status = prepare(store, &statement, sql, types, arguments);
    va_end(arguments);
    if (status >= 0)
        status = nashra_database_step(store, statement);
    if (status == 1)
        *value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return status < 0 ? status : NASHRA_OK;
}

int nashra_database_begin(struct nashra_store *store) {
    return nashra_database_run(store, "BEGIN IMMEDIATE", "");
}

int nashra_database_end(struct nashra_store *store, int status) {
    if (status >= 0)
        status = nashra_database_run(store, "COMMIT", "");
    if (status < 0 && !sqlite3_get_autocommit(store->database))
        sqlite3_exec(store->database, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
