/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* realpath */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nashra/memory.h>

enum { DRAFT_TRIES = 1000 };

static char *copy_string(const char *string) {
    size_t size = strlen(string) + 1;
    char *copy = nashra_alloc(size);
    return copy ? memcpy(copy, string, size) : NULL;
}

/* The file behind a link is what is replaced, not the link. */
static char *final_name(const char *path) {
    char *real = realpath(path, NULL);
    char *copy = copy_string(real ? real : path);
    free(real);
    return copy;
}

/* A rename would put a sound file in the place of a device or a pipe. */
static int check_target(const char *path) {
    struct stat info;
    if (stat(path, &info) != 0)
        return NASHRA_OK;
    if (S_ISDIR(info.st_mode))
        return nashra_fail(NASHRA_ECANTCREATE, "%s: is a directory", path);
    if (!S_ISREG(info.st_mode))
        return nashra_fail(NASHRA_ECANTCREATE, "%s: is not a regular file", path);
    return NASHRA_OK;
}

/* Length of the folder's part of a path, the slash included. */
static size_t folder_length(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) + 1 : 0;
}

static int open_draft(struct nashra_output *output) {
    size_t folder = folder_length(output->path);
    size_t size = folder + 64;
    output->draft = nashra_alloc(size);
    if (!output->draft)
        return NASHRA_ENOMEM;
    memcpy(output->draft, output->path, folder);
    for (int try = 0; try < DRAFT_TRIES && output->fd < 0; try++) {
        snprintf(output->draft + folder, size - folder, ".nashra-%ld-%d.part", (long)getpid(), try);
        output->fd = open(output->draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (output->fd < 0 && errno != EEXIST)
            break;
    }
    if (output->fd >= 0)
        return NASHRA_OK;
    int error = errno;
    nashra_free(output->draft);
    output->draft = NULL;
    return nashra_fail(NASHRA_ECANTCREATE, "%s: can't be created: %s", output->path, strerror(error));
}

int nashra_output_open(struct nashra_output *output, const char *path) {
    *output = (struct nashra_output){.fd = -1};
    int status = check_target(path);
    if (status < 0)
        return status;
    output->path = final_name(path);
    status = output->path ? open_draft(output) : NASHRA_ENOMEM;
    if (status < 0)
        nashra_output_close(output);
    return status;
}

/* So that the new name, too, survives a power cut. Some file systems can't; the file is complete all the same. */
static void sync_folder(const char *path) {
    char folder[PATH_MAX];
    size_t length = folder_length(path);
    if (length >= sizeof folder)
        return;
    memcpy(folder, length ? path : ".", length ? length : 1);
    folder[length ? length : 1] = '\0';
    int fd = open(folder, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

int nashra_output_complete(struct nashra_output *output) {
    int failed = fsync(output->fd) != 0 ? errno : 0;
    if (close(output->fd) != 0 && !failed)
        failed = errno;
    output->fd = -1;
    if (failed)
        return nashra_fail(NASHRA_EIO, "%s: %s", output->path, strerror(failed));
    return NASHRA_OK;
}

int nashra_output_publish(struct nashra_output *output) {
    if (rename(output->draft, output->path) != 0)
        return nashra_fail(NASHRA_ECANTCREATE, "%s: %s", output->path, strerror(errno));
    nashra_free(output->draft);
    output->draft = NULL;
    sync_folder(output->path);
    return NASHRA_OK;
}

void nashra_output_close(struct nashra_output *output) {
    if (output->fd >= 0)
        close(output->fd);
    if (output->draft)
        unlink(output->draft);
    nashra_free(output->draft);
    nashra_free(output->path);
    *output = (struct nashra_output){.fd = -1};
}
