/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One job after the other, in a process that renders: job → finished files in a draft folder, with their record. */
#ifndef NASHRA_RADIO_BATCH_RENDER_H
#define NASHRA_RADIO_BATCH_RENDER_H

#include "batch_record.h"
#include "cache_sound.h"
#include "manifest.h"

enum { NASHRA_REASON_SIZE = 512, NASHRA_DRAFT_SIZE = 64 };

/* Plain data: it travels from process to process. */
struct nashra_job_result {
    int end;    /* of enum nashra_job_end */
    int status; /* of a failure */
    uint64_t frames;
    uint64_t sentences, sentences_kept, damaged;
    char draft[NASHRA_DRAFT_SIZE]; /* under FOLDER/.nashra/drafts; "" for none */
    struct nashra_digest key;
    char reason[NASHRA_REASON_SIZE];
};

/* A job as it travels: `body` holds the bytes of its article if they came along. */
struct nashra_job_bytes {
    const char *line;
    size_t line_length;
    const char *body; /* NULL: read the file */
    size_t body_length;
    const char *token;
};

struct nashra_renderer;

/* @param cache NULL: none. 0, NASHRA_ECANTCREATE (reported) or NASHRA_ENOMEM. */
int nashra_renderer_create(const char *folder, struct nashra_cache *cache, const struct nashra_digest *engine,
                           struct nashra_renderer **renderer);
/* Takes NULL. */
void nashra_renderer_destroy(struct nashra_renderer *renderer);

/* Does a job; what went wrong stands in the result, its cause is reported. */
void nashra_renderer_do(struct nashra_renderer *renderer, const struct nashra_job_bytes *bytes,
                        struct nashra_job_result *result);

#endif
