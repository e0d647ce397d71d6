/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The journal's database: its tables, and settings by name. */
#include "database.h"

/* One script a version, each run in a transaction of its own. A script that was released is never changed. */
static const char *const migrations[] = {
    "CREATE TABLE article("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " path TEXT NOT NULL UNIQUE,"
    " title TEXT NOT NULL DEFAULT ''," /* of no use any more */
    " size INTEGER NOT NULL,"
    " mtime INTEGER NOT NULL," /* nanoseconds */
    " hash INTEGER NOT NULL,"  /* of the file's bytes */
    " present INTEGER NOT NULL DEFAULT 1,"
    " fresh INTEGER NOT NULL DEFAULT 1,"
    " heard INTEGER NOT NULL DEFAULT 0,"
    " scan INTEGER NOT NULL,"                /* the last one that changed something about it */
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

int nashra_store_open(const char *path, struct nashra_store **store, enum nashra_store_outcome *outcome) {
    static const struct nashra_schema schema = {settings_sql, migrations, sizeof migrations / sizeof *migrations, true};
    return nashra_database_open(path, &schema, store, outcome);
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
