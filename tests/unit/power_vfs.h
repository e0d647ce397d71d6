/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk in memory whose power can be cut: an SQLite VFS for tests.
 *
 * Every write, truncation, deletion and sync counts as an operation. From the n-th on all of them fail, which is the
 * power cut; power_restore() then decides what is left: what was synced is there, and of the 512-byte sectors written
 * since then each one may be there or not, a file that was never synced may be missing, one that was deleted without a
 * sync may be back. That is harsher than any card. */
#ifndef NASHRA_TEST_POWER_VFS_H
#define NASHRA_TEST_POWER_VFS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POWER_FILES = 8, POWER_SECTOR = 512, POWER_FILE_MAX = 1 << 19 };

struct power_file {
    char name[200];
    bool there, was_there; /* now; and surely, after a cut */
    unsigned char *now, *synced;
    sqlite3_int64 size, synced_size;
};

static struct {
    struct power_file files[POWER_FILES];
    unsigned long operations, cut_at; /* 0: never */
    unsigned long full_at;            /* from this operation on the disk is full, until it is 0 again */
    uint64_t random;
} power;

struct power_handle {
    sqlite3_file base;
    struct power_file *file;
};

static uint64_t power_draw(void) {
    uint64_t z = power.random += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

/* True when the power is gone. */
static bool power_operation(void) {
    power.operations++;
    return power.cut_at && power.operations >= power.cut_at;
}

static bool power_full(void) {
    return power.full_at && power.operations >= power.full_at;
}

static struct power_file *power_find(const char *name, bool create) {
    struct power_file *unused = NULL;
    for (size_t i = 0; i < POWER_FILES; i++) {
        struct power_file *it = &power.files[i];
        if (it->name[0] && strcmp(it->name, name) == 0)
            return it;
        if (!it->name[0] && !unused)
            unused = it;
    }
    if (!create || !unused)
        return NULL;
    snprintf(unused->name, sizeof unused->name, "%s", name);
    unused->now = calloc(1, POWER_FILE_MAX);
    unused->synced = calloc(1, POWER_FILE_MAX);
    return unused;
}

static int power_close(sqlite3_file *file) {
    (void)file;
    return SQLITE_OK;
}

static int power_read(sqlite3_file *handle, void *out, int amount, sqlite3_int64 offset) {
    const struct power_file *it = ((struct power_handle *)handle)->file;
    const sqlite3_int64 there = it->size > offset ? it->size - offset : 0;
    const size_t got = (size_t)(there < amount ? there : amount);
    memcpy(out, it->now + offset, got);
    memset((char *)out + got, 0, (size_t)amount - got);
    return got == (size_t)amount ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int power_write(sqlite3_file *handle, const void *data, int amount, sqlite3_int64 offset) {
    struct power_file *it = ((struct power_handle *)handle)->file;
    const bool gone = power_operation();
    if (power_full() && !gone)
        return SQLITE_FULL;
    if (offset + amount > POWER_FILE_MAX)
        return SQLITE_FULL;
    /* The write that is cut may still reach some sectors. */
    if (gone && power.operations > power.cut_at)
        return SQLITE_IOERR_WRITE;
    memcpy(it->now + offset, data, (size_t)amount);
    if (offset + amount > it->size)
        it->size = offset + amount;
    return gone ? SQLITE_IOERR_WRITE : SQLITE_OK;
}

static int power_truncate(sqlite3_file *handle, sqlite3_int64 size) {
    struct power_file *it = ((struct power_handle *)handle)->file;
    if (power_operation())
        return SQLITE_IOERR_TRUNCATE;
    memset(it->now + size, 0, (size_t)(it->size > size ? it->size - size : 0));
    it->size = size;
    return SQLITE_OK;
}

/* Bytes beyond the sizes are zero in both. */
static sqlite3_int64 power_extent(const struct power_file *it) {
    return it->size > it->synced_size ? it->size : it->synced_size;
}

static void power_copy(struct power_file *it) {
    memcpy(it->synced, it->now, (size_t)power_extent(it));
    it->synced_size = it->size;
}

static int power_sync(sqlite3_file *handle, int flags) {
    struct power_file *it = ((struct power_handle *)handle)->file;
    (void)flags;
    if (power_operation())
        return SQLITE_IOERR_FSYNC;
    power_copy(it);
    it->was_there = true;
    return SQLITE_OK;
}

static int power_size(sqlite3_file *handle, sqlite3_int64 *size) {
    *size = ((struct power_handle *)handle)->file->size;
    return SQLITE_OK;
}

static int power_lock(sqlite3_file *handle, int level) {
    (void)handle;
    (void)level;
    return SQLITE_OK;
}

static int power_reserved(sqlite3_file *handle, int *reserved) {
    (void)handle;
    *reserved = 0;
    return SQLITE_OK;
}

static int power_control(sqlite3_file *handle, int operation, void *argument) {
    (void)handle;
    (void)operation;
    (void)argument;
    return SQLITE_NOTFOUND;
}

static int power_sector(sqlite3_file *handle) {
    (void)handle;
    return POWER_SECTOR;
}

static int power_characteristics(sqlite3_file *handle) {
    (void)handle;
    return 0;
}

static int power_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *handle, int flags, int *out_flags) {
    static const sqlite3_io_methods methods = {
        .iVersion = 1,
        .xClose = power_close,
        .xRead = power_read,
        .xWrite = power_write,
        .xTruncate = power_truncate,
        .xSync = power_sync,
        .xFileSize = power_size,
        .xLock = power_lock,
        .xUnlock = power_lock,
        .xCheckReservedLock = power_reserved,
        .xFileControl = power_control,
        .xSectorSize = power_sector,
        .xDeviceCharacteristics = power_characteristics,
    };
    (void)vfs;
    handle->pMethods = NULL;
    struct power_file *it = power_find(name ? name : "temporary", (flags & SQLITE_OPEN_CREATE) != 0);
    if (!it || (!it->there && !(flags & SQLITE_OPEN_CREATE)))
        return SQLITE_CANTOPEN;
    it->there = true;
    ((struct power_handle *)handle)->file = it;
    handle->pMethods = &methods;
    if (out_flags)
        *out_flags = flags;
    return SQLITE_OK;
}

static int power_delete(sqlite3_vfs *vfs, const char *name, int sync_folder) {
    struct power_file *it = power_find(name, false);
    (void)vfs;
    if (power_operation())
        return SQLITE_IOERR_DELETE;
    if (!it || !it->there)
        return SQLITE_IOERR_DELETE_NOENT;
    it->there = false;
    memset(it->now, 0, (size_t)it->size);
    it->size = 0;
    if (sync_folder)
        it->was_there = false;
    return SQLITE_OK;
}

static int power_access(sqlite3_vfs *vfs, const char *name, int flags, int *result) {
    const struct power_file *it = power_find(name, false);
    (void)vfs;
    (void)flags;
    *result = it && it->there;
    return SQLITE_OK;
}

static int power_full_name(sqlite3_vfs *vfs, const char *name, int room, char *out) {
    (void)vfs;
    snprintf(out, (size_t)room, "%s", name);
    return SQLITE_OK;
}

/* Makes this disk the default one. The rest (time, randomness) is the system's. */
static void power_register(void) {
    static sqlite3_vfs vfs;
    vfs = *sqlite3_vfs_find(NULL);
    vfs.zName = "power";
    vfs.iVersion = 1;
    vfs.szOsFile = sizeof(struct power_handle);
    vfs.mxPathname = 190;
    vfs.xOpen = power_open;
    vfs.xDelete = power_delete;
    vfs.xAccess = power_access;
    vfs.xFullPathname = power_full_name;
    sqlite3_vfs_register(&vfs, 1);
}

static void power_forget(void) {
    for (size_t i = 0; i < POWER_FILES; i++) {
        free(power.files[i].now);
        free(power.files[i].synced);
        power.files[i] = (struct power_file){.there = false};
    }
    power.operations = power.cut_at = power.full_at = 0;
}

/* Each sector that differs from what was synced is there or not. */
static void power_restore_file(struct power_file *it) {
    const bool survives = it->was_there || (it->there && power_draw() % 2);
    const bool shrunk = !it->there || it->size < it->synced_size;
    /* The length was written with the data, or it was not. */
    const sqlite3_int64 size = power_draw() % 2 || (it->was_there && !it->there) ? it->synced_size : it->size;
    const sqlite3_int64 extent = power_extent(it);
    for (sqlite3_int64 at = 0; at < extent; at += POWER_SECTOR) {
        const bool reached = !shrunk && power_draw() % 2;
        if (!reached)
            memcpy(it->now + at, it->synced + at, POWER_SECTOR);
    }
    it->there = survives;
    it->size = survives ? size : 0;
    memset(it->now + it->size, 0, (size_t)(extent > it->size ? extent - it->size : 0));
    memcpy(it->synced, it->now, (size_t)extent);
    it->synced_size = it->size;
    it->was_there = it->there;
}

static void power_restore(uint64_t seed) {
    power.random = seed;
    power.cut_at = power.full_at = power.operations = 0;
    for (size_t i = 0; i < POWER_FILES; i++)
        if (power.files[i].name[0])
            power_restore_file(&power.files[i]);
}

#endif
