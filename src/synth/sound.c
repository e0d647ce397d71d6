/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/sound.h>

#include <string.h>

/* Makes room for `extra` more elements; the block grows by half, so that appending stays linear. */
static int reserve(void **block, size_t *capacity, size_t count, size_t extra, size_t size) {
    if (extra <= *capacity - count)
        return NASHRA_OK;
    if (extra > SIZE_MAX / 2 / size - count)
        return NASHRA_ENOMEM;
    size_t wanted = count + extra;
    size_t grown = *capacity + *capacity / 2 + 64;
    if (grown < wanted)
        grown = wanted;
    void *bigger = nashra_realloc(*block, grown * size);
    if (!bigger)
        return NASHRA_ENOMEM;
    *block = bigger;
    *capacity = grown;
    return NASHRA_OK;
}

static int reserve_frames(struct nashra_sound *sound, size_t extra) {
    void *block = sound->frames;
    int status = reserve(&block, &sound->capacity, sound->count, extra, sizeof *sound->frames);
    sound->frames = block;
    return status;
}

int nashra_sound_add(struct nashra_sound *sound, const int16_t *frames, size_t count) {
    int status = reserve_frames(sound, count);
    if (status < 0 || count == 0)
        return status;
    memcpy(sound->frames + sound->count, frames, count * sizeof *frames);
    sound->count += count;
    return NASHRA_OK;
}

int nashra_sound_add_silence(struct nashra_sound *sound, size_t count) {
    int status = reserve_frames(sound, count);
    if (status < 0 || count == 0)
        return status;
    memset(sound->frames + sound->count, 0, count * sizeof *sound->frames);
    sound->count += count;
    return NASHRA_OK;
}

int nashra_sound_add_mark(struct nashra_sound *sound, struct nashra_mark mark) {
    void *block = sound->marks;
    int status = reserve(&block, &sound->mark_capacity, sound->mark_count, 1, sizeof mark);
    sound->marks = block;
    if (status == NASHRA_OK)
        sound->marks[sound->mark_count++] = mark;
    return status;
}

int nashra_sound_add_name(struct nashra_sound *sound, struct nashra_named_mark mark) {
    void *block = sound->names;
    int status = reserve(&block, &sound->name_capacity, sound->name_count, 1, sizeof mark);
    sound->names = block;
    if (status == NASHRA_OK)
        sound->names[sound->name_count++] = mark;
    return status;
}

void nashra_sound_clear(struct nashra_sound *sound) {
    sound->count = 0;
    sound->mark_count = 0;
    sound->name_count = 0;
}

void nashra_sound_finish(struct nashra_sound *sound) {
    nashra_free(sound->frames);
    nashra_free(sound->marks);
    nashra_free(sound->names);
    *sound = (struct nashra_sound){0};
}
