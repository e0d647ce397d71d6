/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A text as it is read: its sentences with their words, and the sound of each. */
#ifndef NASHRA_RADIO_BULLETIN_RECITAL_H
#define NASHRA_RADIO_BULLETIN_RECITAL_H

#include <nashra/bulletin.h>

struct nashra_read_sentence {
    struct nashra_sentence sentence;
    struct nashra_sound sound;
};

/* Zero-initialise; nashra_recital_finish() frees it. */
struct nashra_recital {
    struct nashra_article *article;
    struct nashra_arena *arena;
    struct nashra_read_sentence *sentences;
    size_t count;
};

/* Is called before each sentence. Negative ends the work. */
typedef int (*nashra_recital_step_fn)(void *user);

/* Runs the text stages on an article, which the reading owns from now on, whatever comes of it.
 * 0, NASHRA_EDATA (no words), NASHRA_ENOMEM, or what `step` returned. */
int nashra_recital_make(struct nashra_pipeline *pipeline, struct nashra_article *article, nashra_recital_step_fn step,
                        void *user, struct nashra_recital *reading);
/* Speaks all sentences, in place of what was spoken before. As nashra_speech_render(). */
int nashra_recital_speak(struct nashra_recital *reading, struct nashra_pipeline *pipeline,
                         const struct nashra_speech_cache *cache, const struct nashra_voice *voice,
                         nashra_recital_step_fn step, void *user);
void nashra_recital_finish(struct nashra_recital *reading);

/* The line, from 1, in which a byte of the article's text stands. */
size_t nashra_recital_line(const struct nashra_recital *reading, size_t at);
/* The segment that is the title, or the first where none is; never NULL for a reading with sentences. */
const struct nashra_read_sentence *nashra_recital_title(const struct nashra_recital *reading);

#endif
