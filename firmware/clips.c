/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clips.h"

#include <stdio.h>
#include <string.h>

#include <nashra/mapped.h>

struct nashrad_clips {
    struct nashra_mapped file;
    const struct nashrad_clips_head *head;
    const struct nashrad_clip_entry *entries;
    const int16_t *frames;
};

void nashrad_clips_close(struct nashrad_clips *clips) {
    if (!clips)
        return;
    nashra_mapped_close(&clips->file);
    nashra_free(clips);
}

static int check(struct nashrad_clips *clips, const char *path) {
    clips->head = clips->file.bytes;
    if (clips->file.size < sizeof *clips->head)
        return nashra_fail(NASHRA_ECONFIG, "%s: it is no pack of prompts", path);
    clips->entries = (const struct nashrad_clip_entry *)(clips->head + 1);
    const size_t room = clips->file.size - sizeof *clips->head;
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
    int status = nashra_mapped_open(path, &clips->file);
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
