/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nashra/article.h>

enum { FIRST_BLOCK = 64 * 1024 };

static int too_large(const char *path) {
    return nashra_fail(NASHRA_EDATA, "%s: larger than %u MiB: no article is", path,
                       NASHRA_ARTICLE_MAX_BYTES / (1024u * 1024u));
}

/* Trouble with the path is the user's to mend, all else the system's. */
static int cannot_open(const char *path, int cause) {
    bool path_is_wrong = cause == ENOENT || cause == ENOTDIR || cause == EACCES || cause == EISDIR || cause == ELOOP ||
                         cause == ENAMETOOLONG || cause == ENXIO || cause == ENODEV || cause == EINVAL ||
                         cause == EPERM;
    return nashra_fail(path_is_wrong ? NASHRA_ENOINPUT : NASHRA_EIO, "%s: %s", path, strerror(cause));
}

static int open_path(const char *path, int *file) {
    do
        *file = open(path, O_RDONLY | O_CLOEXEC);
    while (*file < 0 && errno == EINTR);
    return *file < 0 ? cannot_open(path, errno) : 0;
}

/* Room for the whole of a regular file and for the read that finds its end; a block for everything else. */
static int first_room(int file, const char *path, size_t *room) {
    struct stat status;
    if (fstat(file, &status) < 0)
        return nashra_fail(NASHRA_EIO, "%s: %s", path, strerror(errno));
    if (S_ISDIR(status.st_mode))
        return nashra_fail(NASHRA_ENOINPUT, "%s: is a directory, not an article", path);
    if (!S_ISREG(status.st_mode) || status.st_size <= 0)
        return 0;
    /* stdin may stand in the middle of its file. */
    off_t at = lseek(file, 0, SEEK_CUR);
    off_t rest = status.st_size - (at > 0 ? at : 0);
    if (rest > (off_t)NASHRA_ARTICLE_MAX_BYTES)
        return too_large(path);
    *room = rest > 0 ? (size_t)rest + 1 : 1;
    return 0;
}

static int grow(struct nashra_source *source, size_t *room) {
    if (source->bytes && source->length < *room)
        return 0;
    /* One byte over the limit is enough to see that there is too much. */
    size_t larger = source->bytes ? *room * 2 : *room;
    if (larger > NASHRA_ARTICLE_MAX_BYTES + 1u)
        larger = NASHRA_ARTICLE_MAX_BYTES + 1u;
    unsigned char *bytes = nashra_realloc(source->bytes, larger);
    if (!bytes)
        return nashra_fail(NASHRA_ENOMEM, "out of memory for %zu bytes of input", larger);
    source->bytes = bytes;
    *room = larger;
    return 0;
}

static ssize_t read_some(int file, unsigned char *bytes, size_t room) {
    for (;;) {
        ssize_t count = read(file, bytes, room);
        if (count >= 0 || (errno != EINTR && errno != EAGAIN && errno != EWOULDBLOCK))
            return count;
        /* Someone else may have made our stdin non-blocking. */
        if (errno != EINTR && poll(&(struct pollfd){.fd = file, .events = POLLIN}, 1, -1) < 0 && errno != EINTR)
            return -1;
    }
}

static int read_all(int file, const char *path, struct nashra_source *source) {
    size_t room = FIRST_BLOCK;
    int status = first_room(file, path, &room);
    while (!status) {
        status = grow(source, &room);
        if (status)
            break;
        ssize_t count = read_some(file, source->bytes + source->length, room - source->length);
        if (count < 0)
            return errno == EISDIR ? nashra_fail(NASHRA_ENOINPUT, "%s: is a directory, not an article", path)
                                   : nashra_fail(NASHRA_EIO, "%s: read failed at byte %zu: %s", path, source->length,
                                                 strerror(errno));
        if (count == 0)
            break;
        source->length += (size_t)count;
        if (source->length > NASHRA_ARTICLE_MAX_BYTES)
            return too_large(path);
    }
    return status;
}

int nashra_source_read(const char *path, struct nashra_source *source) {
    bool is_stdin = strcmp(path, "-") == 0;
    int file = STDIN_FILENO;
    *source = (struct nashra_source){0};
    int status = is_stdin ? 0 : open_path(path, &file);
    if (status)
        return status;
    status = read_all(file, is_stdin ? "standard input" : path, source);
    if (!is_stdin)
        close(file);
    if (status) {
        nashra_free(source->bytes);
        *source = (struct nashra_source){0};
    }
    return status;
}
