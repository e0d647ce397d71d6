/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cache_sound.h"

#include <string.h>

#include <nashra/synth.h>

enum { PREFIX = 8, MARK = 8, FRAME = 2 };

int nashra_sound_cache_init(struct nashra_sound_cache *sounds, struct nashra_cache *cache) {
    *sounds = (struct nashra_sound_cache){.cache = cache, .hash = nashra_hash_create()};
    return sounds->hash ? NASHRA_OK : NASHRA_ENOMEM;
}

void nashra_sound_cache_finish(struct nashra_sound_cache *sounds) {
    nashra_hash_destroy(sounds->hash);
    nashra_buffer_finish(&sounds->payload);
    *sounds = (struct nashra_sound_cache){0};
}

static void put_number(char *to, uint64_t number, int bytes) {
    for (int i = 0; i < bytes; i++)
        to[i] = (char)(unsigned char)(number >> (8 * i));
}

static uint64_t get_number(const char *from, int bytes) {
    uint64_t number = 0;
    for (int i = 0; i < bytes; i++)
        number |= (uint64_t)(unsigned char)from[i] << (8 * i);
    return number;
}

/* Rate and number of marks (4 bytes each), the marks' frames (8 each), the frames (2 each). A mark's word is its place:
 * there is one a word. */
int nashra_sound_encode(const struct nashra_sound *sound, struct nashra_buffer *bytes) {
    char number[8];
    put_number(number, sound->rate, 4);
    put_number(number + 4, sound->mark_count, 4);
    nashra_buffer_add(bytes, number, PREFIX);
    for (size_t i = 0; i < sound->mark_count; i++) {
        put_number(number, sound->marks[i].frame, MARK);
        nashra_buffer_add(bytes, number, MARK);
    }
    for (size_t i = 0; i < sound->count; i++) {
        put_number(number, (uint16_t)sound->frames[i], FRAME);
        nashra_buffer_add(bytes, number, FRAME);
    }
    return bytes->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

static int decode_frames(const char *bytes, size_t count, struct nashra_sound *sound) {
    int status = nashra_sound_add_silence(sound, count);
    for (size_t i = 0; i < count && status >= 0; i++)
        sound->frames[i] = (int16_t)get_number(bytes + i * FRAME, FRAME);
    return status;
}

int nashra_sound_decode(const char *bytes, size_t length, struct nashra_sound *sound) {
    if (length < PREFIX || get_number(bytes, 4) != NASHRA_SPEECH_RATE)
        return NASHRA_EDATA;
    size_t marks = (size_t)get_number(bytes + 4, 4);
    if (marks > (length - PREFIX) / MARK)
        return NASHRA_EDATA;
    const char *frames = bytes + PREFIX + marks * MARK;
    size_t left = length - PREFIX - marks * MARK;
    sound->rate = NASHRA_SPEECH_RATE;
    int status = left % FRAME ? NASHRA_EDATA : decode_frames(frames, left / FRAME, sound);
    for (size_t i = 0; i < marks && status >= 0; i++) {
        struct nashra_mark mark = {.frame = get_number(bytes + PREFIX + i * MARK, MARK), .word = i};
        status = nashra_sound_add_mark(sound, mark);
    }
    return status;
}

static bool name_sound(struct nashra_sound_cache *sounds, const char *description, size_t length,
                       struct nashra_digest *key) {
    nashra_hash_add_string(sounds->hash, "sound 1");
    nashra_hash_add(sounds->hash, description, length);
    return nashra_hash_end(sounds->hash, key);
}

static int read_sound(struct nashra_sound_cache *sounds, const struct nashra_digest *key, struct nashra_sound *sound) {
    struct nashra_cache_item item;
    int found = nashra_cache_find(sounds->cache, key, &item);
    if (found != 1)
        return found;
    found = nashra_cache_read(sounds->cache, &item, 0, &sounds->payload);
    nashra_cache_release(&item);
    if (found != 1)
        return found;
    int status = nashra_sound_decode(sounds->payload.data, sounds->payload.length, sound);
    if (status == NASHRA_EDATA)
        nashra_sound_clear(sound);
    return status == NASHRA_OK ? 1 : status == NASHRA_EDATA ? 0 : status;
}

int nashra_sound_cache_get(void *user, const char *description, size_t length, struct nashra_sound *sound) {
    struct nashra_sound_cache *sounds = user;
    struct nashra_digest key;
    if (!sounds->cache)
        return 0;
    if (!name_sound(sounds, description, length, &key))
        return NASHRA_ENOMEM;
    int found = read_sound(sounds, &key, sound);
    if (found == 1) {
        sounds->hits++;
        sounds->frames += sound->count;
    }
    return found;
}

int nashra_sound_cache_put(void *user, const char *description, size_t length, const struct nashra_sound *sound) {
    struct nashra_sound_cache *sounds = user;
    struct nashra_entry_head head = {.count = 1, .parts[0].name = "sound"};
    sounds->misses++;
    sounds->frames += sound->count;
    if (!sounds->cache)
        return NASHRA_OK;
    nashra_buffer_clear(&sounds->payload);
    if (!name_sound(sounds, description, length, &head.key) || nashra_sound_encode(sound, &sounds->payload) < 0)
        return NASHRA_ENOMEM;
    head.parts[0].size = sounds->payload.length;
    nashra_hash_add(sounds->hash, sounds->payload.data, sounds->payload.length);
    if (!nashra_hash_end(sounds->hash, &head.parts[0].digest))
        return NASHRA_ENOMEM;
    return nashra_cache_put(sounds->cache, &head, &(struct nashra_cache_source){sounds->payload.data, -1});
}
