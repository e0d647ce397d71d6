/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulletin_timeline.h"

#include <math.h>

enum {
    LEAST_SILENCE = NASHRA_SPEECH_RATE / 25, /* 40 ms: shorter ones are part of the sound, as before a plosive */
    MARGIN = NASHRA_SPEECH_RATE / 250        /* 4 ms, in which the resampler's filter rings out */
};

uint64_t nashra_air_frames(uint64_t frames) {
    return (frames * NASHRA_AIR_RATE + NASHRA_SPEECH_RATE - 1) / NASHRA_SPEECH_RATE;
}

void nashra_timeline_clear(struct nashra_timeline *timeline) {
    timeline->count = 0;
    timeline->frames = 0;
}

void nashra_timeline_finish(struct nashra_timeline *timeline) {
    nashra_free(timeline->pieces);
    *timeline = (struct nashra_timeline){0};
}

static int add(struct nashra_timeline *timeline, struct nashra_piece piece) {
    if (timeline->count == timeline->capacity) {
        const size_t capacity = timeline->capacity ? 2 * timeline->capacity : 256;
        struct nashra_piece *pieces = nashra_realloc(timeline->pieces, capacity * sizeof *pieces);
        if (!pieces)
            return NASHRA_ENOMEM;
        timeline->pieces = pieces;
        timeline->capacity = capacity;
    }
    timeline->pieces[timeline->count++] = piece;
    return NASHRA_OK;
}

int nashra_timeline_add_pause(struct nashra_timeline *timeline, size_t section, double seconds, bool elastic) {
    const uint64_t frames = (uint64_t)llround(seconds * NASHRA_AIR_RATE);
    if (frames == 0)
        return NASHRA_OK;
    return add(timeline,
               (struct nashra_piece){
                   .kind = NASHRA_PIECE_PAUSE, .section = section, .frames = frames, .natural = elastic ? frames : 0});
}

int nashra_timeline_add_clip(struct nashra_timeline *timeline, size_t section, const struct nashra_clip *clip) {
    return add(timeline, (struct nashra_piece){
                             .kind = NASHRA_PIECE_CLIP, .section = section, .clip = clip, .frames = clip->count});
}

/* The next stretch of sound from `from` on: [*from, *to). False when there is none. */
static bool next_stretch(const struct nashra_sound *sound, size_t *from, size_t *to) {
    size_t at = *from, silent = 0;
    while (at < sound->count && sound->frames[at] == 0)
        at++;
    if (at == sound->count)
        return false;
    const size_t begun = at;
    for (; at < sound->count && silent < LEAST_SILENCE; at++)
        silent = sound->frames[at] == 0 ? silent + 1 : 0;
    const size_t ended = at - silent;
    *from = begun - *from < MARGIN ? *from : begun - MARGIN;
    *to = ended + MARGIN < sound->count ? ended + MARGIN : sound->count;
    return true;
}

/* `silence` counts the frames of silence since the last stretch of the reading; negative before its first. */
static int add_sentence(struct nashra_timeline *timeline, size_t section, size_t index,
                        const struct nashra_sound *sound, int64_t *silence) {
    int status = NASHRA_OK;
    size_t from = 0, to = 0, past = 0;
    for (; status == NASHRA_OK && next_stretch(sound, &from, &to); from = past = to) {
        *silence += *silence < 0 ? 0 : (int64_t)(from - past);
        if (*silence > 0)
            status = nashra_timeline_add_pause(timeline, section, (double)*silence / NASHRA_SPEECH_RATE, true);
        *silence = 0;
        if (status == NASHRA_OK)
            status = add(timeline, (struct nashra_piece){.kind = NASHRA_PIECE_SPEECH,
                                                         .section = section,
                                                         .sentence = index,
                                                         .from = from,
                                                         .to = to,
                                                         .frames = nashra_air_frames(to - from)});
    }
    *silence += *silence < 0 ? 0 : (int64_t)(sound->count - past);
    return status;
}

int nashra_timeline_add_recital(struct nashra_timeline *timeline, size_t section,
                                const struct nashra_recital *reading) {
    int64_t silence = -1;
    int status = NASHRA_OK;
    for (size_t i = 0; i < reading->count && status == NASHRA_OK; i++)
        status = add_sentence(timeline, section, i, &reading->sentences[i].sound, &silence);
    return status;
}

void nashra_timeline_place(struct nashra_timeline *timeline) {
    timeline->frames = 0;
    for (size_t i = 0; i < timeline->count; i++) {
        timeline->pieces[i].at = timeline->frames;
        timeline->frames += timeline->pieces[i].frames;
    }
}

/* Pieces are in order of section, sentence and frame. */
static bool is_before(const struct nashra_piece *piece, size_t section, size_t sentence, uint64_t frame) {
    if (piece->kind != NASHRA_PIECE_SPEECH || piece->section != section)
        return piece->section <= section;
    return piece->sentence < sentence || (piece->sentence == sentence && piece->to <= frame);
}

uint64_t nashra_timeline_find(const struct nashra_timeline *timeline, size_t section, size_t sentence, uint64_t frame) {
    size_t low = 0;
    while (low < timeline->count && is_before(&timeline->pieces[low], section, sentence, frame))
        low++;
    if (low == timeline->count)
        return timeline->frames;
    const struct nashra_piece *piece = &timeline->pieces[low];
    if (piece->section != section || piece->sentence != sentence || frame <= piece->from)
        return piece->at;
    return piece->at + (frame - piece->from) * NASHRA_AIR_RATE / NASHRA_SPEECH_RATE;
}
