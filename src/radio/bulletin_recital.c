/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulletin_recital.h"

#include <string.h>

#include "bulletin_speech.h"

static int read_sentences(struct nashra_pipeline *pipeline, nashra_recital_step_fn step, void *user,
                          struct nashra_recital *reading) {
    int status = nashra_pipeline_begin(pipeline, reading->article);
    for (size_t i = 0; i < reading->count && status >= 0; i++) {
        status = step(user);
        if (status >= 0)
            status = nashra_pipeline_sentence(pipeline, i, reading->arena, &reading->sentences[i].sentence);
    }
    return status;
}

int nashra_recital_make(struct nashra_pipeline *pipeline, struct nashra_article *article, nashra_recital_step_fn step,
                        void *user, struct nashra_recital *reading) {
    *reading = (struct nashra_recital){.article = article, .arena = nashra_arena_create()};
    nashra_article_segments(article, &reading->count);
    reading->sentences = nashra_alloc_zeroed(reading->count + 1, sizeof *reading->sentences);
    if (!reading->arena || !reading->sentences)
        return NASHRA_ENOMEM;
    return read_sentences(pipeline, step, user, reading);
}

int nashra_recital_speak(struct nashra_recital *reading, struct nashra_pipeline *pipeline,
                         const struct nashra_speech_cache *cache, const struct nashra_voice *voice,
                         nashra_recital_step_fn step, void *user) {
    int status = NASHRA_OK;
    for (size_t i = 0; i < reading->count && status >= 0; i++) {
        status = step(user);
        if (status >= 0)
            status = nashra_speech_make(pipeline, cache, voice, &reading->sentences[i].sentence,
                                        &reading->sentences[i].sound);
    }
    return status;
}

void nashra_recital_finish(struct nashra_recital *reading) {
    for (size_t i = 0; reading->sentences && i < reading->count; i++)
        nashra_sound_finish(&reading->sentences[i].sound);
    nashra_free(reading->sentences);
    nashra_arena_destroy(reading->arena);
    nashra_article_destroy(reading->article);
    *reading = (struct nashra_recital){0};
}

size_t nashra_recital_line(const struct nashra_recital *reading, size_t at) {
    size_t length, line = 1;
    const char *text = nashra_article_text(reading->article, &length);
    for (const char *from = text; (from = memchr(from, '\n', (size_t)(text + at - from))); from++)
        line++;
    return line;
}

const struct nashra_read_sentence *nashra_recital_title(const struct nashra_recital *reading) {
    for (size_t i = 0; i < reading->count; i++)
        if (reading->sentences[i].sentence.kind == NASHRA_TITLE)
            return &reading->sentences[i];
    return reading->sentences;
}
