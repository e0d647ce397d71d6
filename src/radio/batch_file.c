/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nashra/io.h>

char *nashra_join(const char *one, const char *other) {
    size_t first = strlen(one), second = strlen(other);
    char *both = nashra_alloc(first + second + 1);
    if (!both)
        return NULL;
    memcpy(both, one, first);
    memcpy(both + first, other, second + 1);
    return both;
}

char *nashra_path_in(const char *folder, const char *name) {
    struct nashra_buffer path = {0};
    if (name[0] == '/')
        return nashra_join(name, "");
    nashra_buffer_add_format(&path, "%s/%s", folder, name);
    if (path.failed) {
        nashra_buffer_finish(&path);
        return NULL;
    }
    return path.data;
}

char *nashra_folder_of(const char *path) {
    char *folder = nashra_join(path, "");
    char *slash = folder ? strrchr(folder, '/') : NULL;
    if (!folder || slash) {
        if (slash)
            slash[slash == folder] = '\0';
        return folder;
    }
    nashra_free(folder);
    return nashra_join(".", "");
}

const char *nashra_base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

void nashra_host_name(char *name, size_t size) {
    char host[256] = "";
    gethostname(host, sizeof host - 1);
    host[strcspn(host, ".")] = '\0';
    for (char *c = host; *c; c++)
        if (*c == '/')
            *c = '-';
    snprintf(name, size, "%s", *host ? host : "host");
}

static int make_folder(const char *path) {
    struct stat info;
    if (mkdir(path, 0777) == 0)
        return NASHRA_OK;
    int cause = errno;
    if (cause == EEXIST && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return NASHRA_OK;
    return nashra_fail(NASHRA_ECANTCREATE, "%s: the folder can't be made: %s", path,
                       strerror(cause == EEXIST ? ENOTDIR : cause));
}

int nashra_make_folders(const char *path) {
    struct stat info;
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        return NASHRA_OK;
    char *copy = nashra_join(path, "");
    int status = copy ? NASHRA_OK : NASHRA_ENOMEM;
    for (char *slash = copy ? strchr(copy + 1, '/') : NULL; slash && status >= 0; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (slash[-1] != '/')
            status = make_folder(copy);
        *slash = '/';
    }
    if (status >= 0)
        status = make_folder(path);
    nashra_free(copy);
    return status;
}

int nashra_make_folders_above(const char *path) {
    char *folder = nashra_folder_of(path);
    int status = folder ? nashra_make_folders(folder) : NASHRA_ENOMEM;
    nashra_free(folder);
    return status;
}

static int by_name(const void *one, const void *other) {
    return strcmp(one, other);
}

static bool read_names(DIR *folder, const char *last, struct nashra_file_list *list) {
    bool found = false;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        if (strcmp(entry->d_name, last) == 0)
            found = true;
        else if (list->count + 1 == NASHRA_FILES_MOST)
            return false;
        else
            snprintf(list->names[list->count++], sizeof *list->names, "%s", entry->d_name);
    }
    return found;
}

int nashra_list_files(const char *path, const char *last, struct nashra_file_list *list) {
    DIR *folder = opendir(path);
    list->count = 0;
    if (!folder || !read_names(folder, last, list)) {
        if (folder)
            closedir(folder);
        return nashra_fail(NASHRA_EIO, "%s: %s is not there, or too much beside it", path, last);
    }
    closedir(folder);
    if (list->count > 0)
        qsort(list->names, list->count, sizeof *list->names, by_name);
    snprintf(list->names[list->count++], sizeof *list->names, "%s", last);
    return NASHRA_OK;
}

static void remove_files(const char *path, int deeper) {
    DIR *folder = opendir(path);
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (unlinkat(dirfd(folder), entry->d_name, 0) == 0 || !deeper)
            continue;
        char *inner = nashra_path_in(path, entry->d_name);
        if (inner) {
            remove_files(inner, deeper - 1);
            rmdir(inner);
        }
        nashra_free(inner);
    }
    if (folder)
        closedir(folder);
}

void nashra_remove_folder(const char *path) {
    remove_files(path, 1);
    rmdir(path);
}

int nashra_write_bytes(int fd, const char *bytes, size_t length, const char *path) {
    const int cause = nashra_io_write(fd, bytes, length);
    return cause ? nashra_fail(NASHRA_EIO, "%s: %s", path, strerror(cause)) : NASHRA_OK;
}

static int read_all(int fd, const char *path, size_t most, struct nashra_buffer *out) {
    char block[65536];
    for (;;) {
        ssize_t got = read(fd, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return nashra_fail(errno == EISDIR ? NASHRA_ENOINPUT : NASHRA_EIO, "%s: %s", path, strerror(errno));
        if (got == 0)
            return NASHRA_OK;
        if (out->length + (size_t)got > most)
            return nashra_fail(NASHRA_EDATA, "%s: is larger than %zu bytes", path, most);
        if (nashra_buffer_add(out, block, (size_t)got) < 0)
            return NASHRA_ENOMEM;
    }
}

int nashra_read_file(const char *path, size_t most, struct nashra_buffer *out) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return nashra_fail(NASHRA_ENOINPUT, "%s: %s", path, strerror(errno));
    int status = read_all(fd, path, most, out);
    close(fd);
    return status;
}
