/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clips.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct nashrad_clips {
    void *map;
    size_t size;
    const struct nashrad_clips_head *head;
    const struct nashrad_clip_entry *entries;
    const int16_t *frames;
};

void nashrad_clips_close(struct nashrad_clips *clips) {
    if (!clips)
        return;
    if (clips->map)
        munmap(clips->map, clips->size);
    nashra_free(clips);
}

static int map_file(struct nashrad_clips *clips, const char *path) {
    struct stat about;
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return nashra_fail(NASHRA_ECONFIG, "%s: %s", path, strerror(errno));
    void *map = MAP_FAILED;
    if (fstat(fd, &about) == 0 && about.st_size >= (off_t)sizeof *clips->head)
        map = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    close(fd);
    if (map == MAP_FAILED)
        return nashra_fail(NASHRA_ECONFIG, "%s: it can't be mapped, or is too short", path);
    clips->map = map;
    clips->size = (size_t)about.st_size;
    return NASHRA_OK;
}

static int check(struct nashrad_clips *clips, const char *path) {
    clips->head = clips->map;
    clips->entries = (const struct nashrad_clip_entry *)(clips->head + 1);
    const size_t room = clips->size - sizeof *clips->head;
    if (memcmp(clips->head->magic, NASHRAD_CLIPS_MAGIC, sizeof clips->head->magic) != 0 || clips->head->rate == 0)
        return nashra_fail(NASHRA_ECONFIG, "%s: it is no pack of prompts", path);
    if (clips->head->count > room / sizeof *clips->entries)
        return nashra_fail(NASHRA_ECONFIG, "%s: it is cut short", path);
    clips->frames = (const int16_t *)(clips->entries + clips->head->count);
    const uint64_t frames = (room - clips->head->count * sizeof *clips->entries) / sizeof *clips->frames;
    for (uint32_t i = 0; i < clips->head->count; i++) {
        const struct nashrad_clip_entry *entry = &clips->entries[i];
        if ((uint64_t)entry->first + entry->frames > frames || !memchr(entry->name, '\0', sizeof entry->name))
            return nashra_fail(NASHRA_ECONFIG, "%s: clip %u lies outside of it", path, i + 1);
    }
    return NASHRA_OK;
}

int nashrad_clips_open(const char *path, struct nashrad_clips **out) {
    struct nashrad_clips *clips = nashra_alloc_zeroed(1, sizeof *clips);
    *out = NULL;
    if (!clips)
        return NASHRA_ENOMEM;
    int status = map_file(clips, path);
    if (status >= 0)
        status = check(clips, path);
    if (status < 0) {
        nashrad_clips_close(clips);
        return status;
    }
    *out = clips;
    return NASHRA_OK;
}

unsigned nashrad_clips_rate(const struct nashrad_clips *clips) {
    return clips->head->rate;
}

static bool find(const struct nashrad_clips *clips, const char *name, struct nashrad_clip *clip) {
    for (uint32_t i = 0; i < clips->head->count; i++) {
        const struct nashrad_clip_entry *entry = &clips->entries[i];
        if (strcmp(entry->name, name) != 0)
            continue;
        *clip = (struct nashrad_clip){clips->frames + entry->first, entry->frames};
        return true;
    }
    return false;
}

size_t nashrad_clips_prompt(const struct nashrad_clips *clips, enum nashra_prompt prompt, const size_t *numbers,
                            struct nashrad_clip list[NASHRAD_CLIPS_MAX]) {
    const size_t between = nashra_prompt_numbers(prompt);
    size_t count = 0;
    char name[48];
    for (size_t i = 0; i <= between; i++) {
        snprintf(name, sizeof name, "%s/%zu", nashra_prompt_name(prompt), i);
        if (!find(clips, name, &list[count++]))
            return 0;
        if (i == between)
            break;
        snprintf(name, sizeof name, "#%zu", numbers[i]);
        if (!find(clips, name, &list[count++]))
            return 0;
    }
    return count;
}
