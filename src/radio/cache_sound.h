/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sounds of sentences in the cache, as a studio asks for them (struct nashra_speech_cache). */
#ifndef NASHRA_RADIO_CACHE_SOUND_H
#define NASHRA_RADIO_CACHE_SOUND_H

#include <nashra/sound.h>

#include "cache.h"

struct nashra_sound_cache {
    struct nashra_cache *cache; /* NULL: nothing is kept */
    struct nashra_hash *hash;
    struct nashra_buffer payload; /* of the sound that is read or written */
    uint64_t hits, misses;
    uint64_t frames; /* that were asked for, in either way */
};

/* 0 or NASHRA_ENOMEM. */
int nashra_sound_cache_init(struct nashra_sound_cache *sounds, struct nashra_cache *cache);
void nashra_sound_cache_finish(struct nashra_sound_cache *sounds);

/* The functions of struct nashra_speech_cache; `user` is a struct nashra_sound_cache. */
int nashra_sound_cache_get(void *user, const char *description, size_t length, struct nashra_sound *sound);
int nashra_sound_cache_put(void *user, const char *description, size_t length, const struct nashra_sound *sound);

/* Appends a sound as bytes. 0 or NASHRA_ENOMEM. */
int nashra_sound_encode(const struct nashra_sound *sound, struct nashra_buffer *bytes);
/* Fills an empty sound; its marks have no spans. 0, NASHRA_EDATA (not reported) or NASHRA_ENOMEM. */
int nashra_sound_decode(const char *bytes, size_t length, struct nashra_sound *sound);

#endif
