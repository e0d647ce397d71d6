/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is heard when: stretches of speech, pauses and jingles, end to end. */
#ifndef NASHRA_RADIO_BULLETIN_TIMELINE_H
#define NASHRA_RADIO_BULLETIN_TIMELINE_H

#include <stdbool.h>

#include <nashra/clip.h>

#include "bulletin_recital.h"

enum { NASHRA_AIR_RATE = 48000 }; /* frames a second on air */

enum nashra_piece_kind { NASHRA_PIECE_SPEECH, NASHRA_PIECE_PAUSE, NASHRA_PIECE_CLIP };

struct nashra_piece {
    enum nashra_piece_kind kind;
    size_t section;  /* that it belongs to */
    size_t sentence; /* of speech */
    size_t from, to; /* of speech: frames of the sentence's sound, half open */
    const struct nashra_clip *clip;
    uint64_t at, frames; /* on air */
    uint64_t natural;    /* of a pause: what it would be without a slot; 0: it doesn't stretch */
};

/* Zero-initialise; nashra_timeline_finish() frees it. */
struct nashra_timeline {
    struct nashra_piece *pieces;
    size_t count, capacity;
    uint64_t frames;
};

void nashra_timeline_clear(struct nashra_timeline *timeline);
void nashra_timeline_finish(struct nashra_timeline *timeline);

/* Each appends; 0 or NASHRA_ENOMEM. A reading's silences become pauses, its leading and trailing ones are left out. */
int nashra_timeline_add_recital(struct nashra_timeline *timeline, size_t section, const struct nashra_recital *reading);
int nashra_timeline_add_pause(struct nashra_timeline *timeline, size_t section, double seconds, bool elastic);
int nashra_timeline_add_clip(struct nashra_timeline *timeline, size_t section, const struct nashra_clip *clip);

/* Puts the pieces end to end. */
void nashra_timeline_place(struct nashra_timeline *timeline);

/* The frame on air at which a frame of a sentence's sound is heard; a frame within a pause is the pause's. */
uint64_t nashra_timeline_find(const struct nashra_timeline *timeline, size_t section, size_t sentence, uint64_t frame);

/* Frames of speech at NASHRA_SPEECH_RATE → on air, rounded up. */
uint64_t nashra_air_frames(uint64_t frames);

#endif
