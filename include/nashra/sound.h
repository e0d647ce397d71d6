/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file sound.h  Sound with marks: mono, signed 16 bit, host byte order. */
#ifndef NASHRA_SOUND_H
#define NASHRA_SOUND_H

#include <stddef.h>
#include <stdint.h>

#include <nashra/text.h>

#ifdef __cplusplus
extern "C" {
#endif

/** The word that is heard from `frame` on. */
struct nashra_mark {
    uint64_t frame; /**< from the start of the sound that carries it */
    size_t word;    /**< index in the sentence */
    struct nashra_span span;
};

/** A name of the author's (SSML's mark) and where it is reached. */
struct nashra_named_mark {
    uint64_t frame;
    const char *name; /**< lives as long as the article */
};

/** Zero-initialise; nashra_sound_finish() frees it. */
struct nashra_sound {
    unsigned rate; /**< frames a second */
    int16_t *frames;
    size_t count;
    size_t capacity;
    struct nashra_mark *marks; /**< in order of frame */
    size_t mark_count;
    size_t mark_capacity;
    struct nashra_named_mark *names; /**< in order of frame; set by the pipeline */
    size_t name_count;
    size_t name_capacity;
    int is_pause; /**< of a synthesiser's chunk: silence between words */
};

/** Appends frames; 0 or NASHRA_ENOMEM. */
int nashra_sound_add(struct nashra_sound *sound, const int16_t *frames, size_t count);
/** Appends silence. */
int nashra_sound_add_silence(struct nashra_sound *sound, size_t count);
/** Appends a mark. */
int nashra_sound_add_mark(struct nashra_sound *sound, struct nashra_mark mark);
/** Appends a named mark. */
int nashra_sound_add_name(struct nashra_sound *sound, struct nashra_named_mark mark);
/** Empties it, keeps memory and rate. */
void nashra_sound_clear(struct nashra_sound *sound);
/** Frees the memory, zeroes the struct. */
void nashra_sound_finish(struct nashra_sound *sound);

#ifdef __cplusplus
}
#endif
#endif
