/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A job → sound files, sentence by sentence through the cache. */
#ifndef NASHRA_RADIO_BATCH_SPEECH_H
#define NASHRA_RADIO_BATCH_SPEECH_H

#include "cache_sound.h"
#include "manifest.h"

struct nashra_speaker;

/* Of the last job. */
struct nashra_speaker_counts {
    uint64_t sentences, kept;
    uint64_t frames;
};

/* Loads nothing yet: a job that the cache has needs no voice. @param cache NULL: none. 0 or NASHRA_ENOMEM. */
int nashra_speaker_create(struct nashra_cache *cache, struct nashra_speaker **speaker);
/* Takes NULL. */
void nashra_speaker_destroy(struct nashra_speaker *speaker);

/* Makes `path` and, for a bulletin, what stands beside it. @return 0 or the status of what failed (reported). */
int nashra_speaker_do(struct nashra_speaker *speaker, const struct nashra_job *job, const char *body, size_t length,
                      const char *path);
struct nashra_speaker_counts nashra_speaker_counts(const struct nashra_speaker *speaker);

#endif
