/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nashra/io.h>

int nashra_file_read(const char *path, size_t most, struct nashra_buffer *bytes) {
    char block[16384];
    FILE *stream = fopen(path, "rbe");
    if (!stream)
        return errno == ENOENT ? NASHRA_OK : nashra_fail(NASHRA_ENOINPUT, "%s: %s", path, strerror(errno));
    for (size_t got; bytes->length <= most && (got = fread(block, 1, sizeof block, stream)) > 0;)
        nashra_buffer_add(bytes, block, got);
    const bool failed = ferror(stream) != 0;
    const int cause = errno;
    fclose(stream);
    if (failed)
        return nashra_fail(cause == EISDIR ? NASHRA_ENOINPUT : NASHRA_EIO, "%s: %s", path, strerror(cause));
    if (bytes->length > most)
        return nashra_fail(NASHRA_EDATA, "%s: larger than %zu KiB", path, most / 1024);
    return bytes->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

/* The hidden name stands beside the file, so that renaming is one step of the same disk. */
static int draft_of(const char *path, struct nashra_buffer *draft) {
    const char *slash = strrchr(path, '/');
    const size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    nashra_buffer_add(draft, path, folder);
    nashra_buffer_add_format(draft, ".%s.part", path + folder);
    return draft->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

/* 0 or an errno. */
static int fill(int fd, const char *bytes, size_t length, int64_t mtime) {
    const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = (time_t)mtime}};
    int error = nashra_io_write(fd, bytes, length);
    if (!error && mtime && futimens(fd, times) != 0)
        error = errno;
    if (!error && fsync(fd) != 0)
        error = errno;
    return error;
}

int nashra_file_write(const char *path, const char *bytes, size_t length, int64_t mtime) {
    struct nashra_buffer draft = {0};
    int status = draft_of(path, &draft);
    const int fd = status < 0 ? -1 : open(draft.data, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (status >= 0 && fd < 0)
        status = nashra_fail(NASHRA_ECANTCREATE, "%s: %s", path, strerror(errno));
    if (fd >= 0) {
        int error = fill(fd, bytes, length, mtime);
        if (close(fd) != 0 && !error)
            error = errno;
        if (!error && rename(draft.data, path) != 0)
            error = errno;
        if (error) {
            status = nashra_fail(NASHRA_EIO, "%s: %s", path, strerror(error));
            unlink(draft.data);
        }
    }
    nashra_buffer_finish(&draft);
    return status;
}

int nashra_file_make_folder(const char *path) {
    struct nashra_buffer copy = {0};
    int status = nashra_buffer_add_string(&copy, path);
    for (char *slash = status < 0 ? NULL : copy.data + 1; slash && *slash; slash++) {
        slash += strcspn(slash, "/");
        const char end = *slash;
        *slash = '\0';
        if (mkdir(copy.data, 0755) != 0 && errno != EEXIST)
            status = nashra_fail(NASHRA_ECANTCREATE, "%s: %s", copy.data, strerror(errno));
        *slash = end;
        if (status < 0 || end == '\0')
            break;
    }
    nashra_buffer_finish(&copy);
    return status;
}
