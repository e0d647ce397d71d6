/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "copy.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <nashra/io.h>
#include <nashra/store.h>

enum { DEPTH_MAX = 3, CHUNK = 65536, NAMES_MAX = 1000 };

struct known {
    off_t size;
    char *path; /* in the arena */
};

struct copying {
    const char *stick, *target, *except;
    struct nashra_arena *arena;
    struct nashra_buffer known; /* struct known */
    char *chunk, *other;        /* of CHUNK bytes */
    struct nashra_copy *result;
    int status;
};

typedef void (*visit_fn)(struct copying *copying, const char *path, const struct stat *about);

/* Folders --------------------------------------------------------------------------------------------------------- */

/* In the order of names, so that two sticks with the same files are copied alike. Links are not followed: they could
 * lead anywhere. */
static void visit_folder(struct copying *copying, const char *folder, int depth, visit_fn visit) {
    struct dirent **entries;
    const int count = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        char path[4096];
        struct stat about;
        const bool fits = (size_t)snprintf(path, sizeof path, "%s/%s", folder, name) < sizeof path;
        if (name[0] != '.' && fits && copying->status >= 0 && !copying->result->full && !copying->result->pulled &&
            lstat(path, &about) == 0) {
            if (S_ISDIR(about.st_mode) && depth < DEPTH_MAX)
                visit_folder(copying, path, depth + 1, visit);
            else if (S_ISREG(about.st_mode) && nashra_store_is_article(name))
                visit(copying, path, &about);
        }
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

static void note_known(struct copying *copying, const char *path, const struct stat *about) {
    const struct known known = {about->st_size, nashra_arena_copy(copying->arena, path, strlen(path))};
    if (!known.path || nashra_buffer_add(&copying->known, (const char *)&known, sizeof known) < 0)
        copying->status = NASHRA_ENOMEM;
}

/* Files ----------------------------------------------------------------------------------------------------------- */

static bool same_bytes(struct copying *copying, int a, int b) {
    size_t length, other;
    do {
        if (nashra_io_read(a, copying->chunk, CHUNK, &length) != 0 ||
            nashra_io_read(b, copying->other, CHUNK, &other) != 0 || length != other ||
            memcmp(copying->chunk, copying->other, length) != 0)
            return false;
    } while (length == CHUNK);
    return true;
}

static bool is_known(struct copying *copying, int fd, off_t size) {
    const size_t count = copying->known.length / sizeof(struct known);
    bool same = false;
    for (size_t i = 0; i < count && !same; i++) {
        struct known known;
        memcpy(&known, copying->known.data + i * sizeof known, sizeof known);
        const int other = known.size == size ? open(known.path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
        if (other < 0)
            continue;
        same = lseek(fd, 0, SEEK_SET) == 0 && same_bytes(copying, fd, other);
        close(other);
    }
    return same;
}

static bool has_room(const struct copying *copying, off_t size) {
    struct statvfs about;
    return statvfs(copying->target, &about) != 0 ||
           (uint64_t)about.f_bavail * about.f_frsize >= (uint64_t)size + NASHRA_COPY_SPARE;
}

/* The first name that is free: a.txt, a (2).txt, … */
static bool free_name(const char *wanted, char out[4096]) {
    const char *slash = strrchr(wanted, '/'), *dot = strrchr(wanted, '.');
    const size_t stem = dot && dot > slash ? (size_t)(dot - wanted) : strlen(wanted);
    struct stat about;
    for (unsigned i = 1; i < NAMES_MAX; i++) {
        const int length = i == 1 ? snprintf(out, 4096, "%s", wanted)
                                  : snprintf(out, 4096, "%.*s (%u)%s", (int)stem, wanted, i, wanted + stem);
        if (length < 4096 && lstat(out, &about) != 0)
            return true;
    }
    return false;
}

static int make_folders(const char *path) {
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", path);
    for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(folder, 0755) != 0 && errno != EEXIST)
            return -1;
        *slash = '/';
    }
    return 0;
}

/* 0 or an errno: of reading if `*reading`. */
static int pour(struct copying *copying, int from, int to, bool *reading) {
    size_t length = CHUNK;
    *reading = true;
    if (lseek(from, 0, SEEK_SET) != 0)
        return errno;
    while (length == CHUNK) {
        *reading = true;
        int error = nashra_io_read(from, copying->chunk, CHUNK, &length);
        if (error)
            return error;
        *reading = false;
        error = nashra_io_write(to, copying->chunk, length);
        if (error)
            return error;
    }
    return fsync(to) != 0 ? errno : 0;
}

/* A hidden name until all of it is there: half an article is none. */
static int copy_file(struct copying *copying, int from, const char *target, bool *reading) {
    char part[4096 + 16];
    const char *slash = strrchr(target, '/');
    *reading = false;
    snprintf(part, sizeof part, "%.*s/.nashra-part", (int)(slash - target), target);
    const int to = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (to < 0)
        return -1;
    int error = pour(copying, from, to, reading);
    close(to);
    if (!error && rename(part, target) != 0)
        error = errno;
    if (error)
        unlink(part);
    errno = error;
    return error ? -1 : 0;
}

/* Is the stick gone, or only this file bad? */
static bool is_gone(const struct copying *copying) {
    DIR *folder = opendir(copying->stick);
    if (!folder)
        return true;
    errno = 0;
    const bool gone = !readdir(folder) && errno != 0;
    closedir(folder);
    return gone;
}

static void note_failure(struct copying *copying, const char *path, bool reading) {
    const int error = errno;
    nashra_log(NASHRA_LOG_WARNING, "%s can't be copied: %s", path, strerror(error));
    if (!reading && (error == ENOSPC || error == EDQUOT))
        copying->result->full = true;
    else if (!reading && error != ENAMETOOLONG && error != EILSEQ && error != EINVAL)
        copying->status = nashra_fail(NASHRA_ECANTCREATE, "%s can't be written: %s", copying->target, strerror(error));
    else if (reading && is_gone(copying))
        copying->result->pulled = true;
    else
        copying->result->failed++;
}

static void take_over(struct copying *copying, int fd, const char *path, const struct stat *about) {
    char wanted[4096], target[4096];
    bool reading = false;
    if ((size_t)snprintf(wanted, sizeof wanted, "%s%s", copying->target, path + strlen(copying->stick)) >=
            sizeof wanted - 16 ||
        !free_name(wanted, target)) {
        errno = ENAMETOOLONG;
        note_failure(copying, path, reading);
        return;
    }
    if (!has_room(copying, about->st_size))
        copying->result->full = true;
    else if (make_folders(target) != 0 || copy_file(copying, fd, target, &reading) != 0)
        note_failure(copying, path, reading);
    else {
        copying->result->copied++;
        note_known(copying, target, about);
    }
}

static void visit_article(struct copying *copying, const char *path, const struct stat *about) {
    if (copying->except && strcmp(path, copying->except) == 0)
        return;
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 || about->st_size > NASHRA_COPY_FILE_MAX || about->st_size == 0) {
        errno = fd < 0 ? errno : about->st_size ? EFBIG : ENODATA;
        note_failure(copying, path, true);
    } else if (is_known(copying, fd, about->st_size)) {
        copying->result->known++;
    } else {
        take_over(copying, fd, path, about);
    }
    if (fd >= 0)
        close(fd);
}

/* ----------------------------------------------------------------------------------------------------------------- */

int nashra_copy_articles(const char *stick, const char *except, const char *const *library, size_t count,
                         struct nashra_copy *result) {
    struct copying copying = {
        .stick = stick, .target = library[0], .except = except, .result = result, .arena = nashra_arena_create()};
    *result = (struct nashra_copy){0};
    copying.chunk = nashra_alloc(CHUNK);
    copying.other = nashra_alloc(CHUNK);
    copying.status = copying.arena && copying.chunk && copying.other ? NASHRA_OK : NASHRA_ENOMEM;
    for (size_t i = 0; i < count && copying.status >= 0; i++)
        visit_folder(&copying, library[i], 0, note_known);
    if (copying.status >= 0)
        visit_folder(&copying, stick, 0, visit_article);
    if (copying.status >= 0 && !result->pulled && is_gone(&copying))
        result->pulled = true;
    nashra_free(copying.chunk);
    nashra_free(copying.other);
    nashra_buffer_finish(&copying.known);
    nashra_arena_destroy(copying.arena);
    return copying.status;
}
