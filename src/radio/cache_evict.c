/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which entries go when the cache is full: those that were used longest ago. */
#include "cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "batch_file.h"

enum { DRAFT_SECONDS = 3600 }; /* an older draft has no writer any more */

struct candidate {
    struct timespec used;
    uint64_t size;
    char name[NASHRA_DIGEST_HEX + 1]; /* "ab/cdef…" */
};

struct survey {
    struct candidate *candidates;
    size_t count, capacity;
    uint64_t size;
};

static int add_candidate(struct survey *survey, const struct candidate *candidate) {
    if (survey->count == survey->capacity) {
        size_t capacity = survey->capacity ? 2 * survey->capacity : 1024;
        struct candidate *bigger = nashra_realloc(survey->candidates, capacity * sizeof *bigger);
        if (!bigger)
            return NASHRA_ENOMEM;
        survey->candidates = bigger;
        survey->capacity = capacity;
    }
    survey->candidates[survey->count++] = *candidate;
    survey->size += candidate->size;
    return NASHRA_OK;
}

static int survey_folder(struct survey *survey, DIR *folder, unsigned char number) {
    int status = NASHRA_OK;
    for (struct dirent *entry; status >= 0 && (entry = readdir(folder));) {
        struct candidate candidate;
        struct stat info;
        if (strlen(entry->d_name) != NASHRA_DIGEST_HEX - 3 || fstatat(dirfd(folder), entry->d_name, &info, 0) != 0)
            continue;
        candidate.used = info.st_mtim;
        candidate.size = (uint64_t)info.st_size;
        snprintf(candidate.name, sizeof candidate.name, "%02x/%.62s", number, entry->d_name);
        status = add_candidate(survey, &candidate);
    }
    return status;
}

static DIR *open_folder(const struct nashra_cache *cache, const char *name) {
    char *path = nashra_path_in(cache->folder, name);
    DIR *folder = path ? opendir(path) : NULL;
    nashra_free(path);
    return folder;
}

static int survey_all(const struct nashra_cache *cache, struct survey *survey) {
    int status = NASHRA_OK;
    for (unsigned i = 0; i < 256 && status >= 0; i++) {
        unsigned char number = (unsigned char)i;
        char name[3];
        snprintf(name, sizeof name, "%02x", number);
        DIR *folder = open_folder(cache, name);
        if (!folder)
            continue;
        status = survey_folder(survey, folder, number);
        closedir(folder);
    }
    return status;
}

static int by_use(const void *one, const void *other) {
    const struct timespec *a = &((const struct candidate *)one)->used, *b = &((const struct candidate *)other)->used;
    if (a->tv_sec != b->tv_sec)
        return a->tv_sec < b->tv_sec ? -1 : 1;
    return a->tv_nsec < b->tv_nsec ? -1 : a->tv_nsec > b->tv_nsec;
}

static int remove_oldest(const struct nashra_cache *cache, struct survey *survey) {
    uint64_t goal = cache->limit / 10 * 9;
    if (survey->count > 0)
        qsort(survey->candidates, survey->count, sizeof *survey->candidates, by_use);
    for (size_t i = 0; i < survey->count && survey->size > goal; i++) {
        char *path = nashra_path_in(cache->folder, survey->candidates[i].name);
        if (!path)
            return NASHRA_ENOMEM;
        if (unlink(path) == 0 || errno == ENOENT)
            survey->size -= survey->candidates[i].size;
        nashra_free(path);
    }
    return NASHRA_OK;
}

static void remove_drafts(const struct nashra_cache *cache) {
    DIR *folder = open_folder(cache, "tmp");
    time_t now = time(NULL);
    struct stat info;
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (entry->d_name[0] != '.' && fstatat(dirfd(folder), entry->d_name, &info, 0) == 0 &&
            info.st_mtime < now - DRAFT_SECONDS)
            unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder)
        closedir(folder);
}

/* A descriptor while this process alone trims, or -1. */
static int lock(const struct nashra_cache *cache) {
    char *path = nashra_path_in(cache->folder, "lock");
    int fd = path ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666) : -1;
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    nashra_free(path);
    if (fd >= 0 && fcntl(fd, F_SETLK, &whole) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

int nashra_cache_trim(struct nashra_cache *cache) {
    struct survey survey = {0};
    int guard = lock(cache);
    cache->added = 0;
    if (guard < 0)
        return NASHRA_OK;
    int status = survey_all(cache, &survey);
    if (status >= 0 && survey.size > cache->limit)
        status = remove_oldest(cache, &survey);
    remove_drafts(cache);
    nashra_free(survey.candidates);
    close(guard);
    return status;
}
