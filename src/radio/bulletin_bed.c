/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulletin_bed.h"

#include <math.h>

enum {
    CROSS = NASHRA_AIR_RATE / 10,       /* frames in which the end of the loop fades into its start */
    FADE_IN = NASHRA_AIR_RATE / 2,      /* at the bed's start */
    FADE_OUT = NASHRA_AIR_RATE * 3 / 2, /* at its end */
    DOWN = NASHRA_AIR_RATE / 4,         /* before a voice begins */
    UP = NASHRA_AIR_RATE * 3 / 4,       /* after it ends */
    HELD = NASHRA_AIR_RATE * 9 / 10,    /* pauses up to this don't bring the bed up */
    STEP = 48                           /* frames between two looks at the level */
};

float nashra_bed_gain(double decibels) {
    return (float)pow(10, decibels / 20);
}

/* Where the next voice is: [from, to), pauses that are held included. Begins with piece `*piece`. */
static bool next_voice(const struct nashra_timeline *timeline, size_t *piece, uint64_t *from, uint64_t *to) {
    while (*piece < timeline->count && timeline->pieces[*piece].kind == NASHRA_PIECE_PAUSE)
        ++*piece;
    if (*piece == timeline->count)
        return false;
    *from = timeline->pieces[*piece].at;
    for (; *piece < timeline->count; ++*piece) {
        const struct nashra_piece *p = &timeline->pieces[*piece];
        if (p->kind == NASHRA_PIECE_PAUSE && p->frames > HELD)
            break;
        if (p->kind != NASHRA_PIECE_PAUSE)
            *to = p->at + p->frames;
    }
    return true;
}

/* How far down the bed is at a frame, 0 … 1: it goes down before a voice, and up after it. */
static double depth(uint64_t at, uint64_t from, uint64_t to) {
    if (at < from)
        return from - at < DOWN ? 1 - (double)(from - at) / DOWN : 0;
    if (at < to)
        return 1;
    return at - to < UP ? 1 - (double)(at - to) / UP : 0;
}

/* @param channel of the bulletin: a bed in mono is the same in all. */
static float looped(const struct nashra_clip *clip, uint64_t frame, unsigned channel) {
    const unsigned step = clip->channels;
    const float *from = clip->frames + channel % step;
    if (clip->count <= 2 * (size_t)CROSS)
        return from[frame % clip->count * step];
    const uint64_t round = clip->count - CROSS;
    const size_t at = (size_t)(frame % round);
    if (frame < round || at >= CROSS)
        return from[at * step];
    const float part = (float)at / CROSS;
    return from[at * step] * part + from[(round + at) * step] * (1 - part);
}

static float faded(uint64_t frame, uint64_t length) {
    const float in = frame < FADE_IN ? (float)frame / FADE_IN : 1;
    const uint64_t left = length - frame;
    return in * (left < FADE_OUT ? (float)left / FADE_OUT : 1);
}

void nashra_bed_add(const struct nashra_bulletin *bulletin, const struct nashra_sound_file *bed, uint64_t from,
                    uint64_t to, double voice, float *mix) {
    const struct nashra_script *script = &bulletin->script;
    const uint64_t before = (uint64_t)(NASHRA_BED_BEFORE * NASHRA_AIR_RATE);
    const uint64_t after = (uint64_t)(NASHRA_BED_AFTER * NASHRA_AIR_RATE);
    if (!bed)
        return;
    const uint64_t start = from > before ? from - before : 0;
    const uint64_t end = to + after < bulletin->timeline.frames ? to + after : bulletin->timeline.frames;
    uint64_t last_to = 0, voice_from = 0, voice_to = 0;
    size_t piece = 0;
    bool more = next_voice(&bulletin->timeline, &piece, &voice_from, &voice_to);
    float gain = 0;
    for (uint64_t at = start; at < end; at++) {
        while (more && at >= voice_to) {
            last_to = voice_to;
            more = next_voice(&bulletin->timeline, &piece, &voice_from, &voice_to);
        }
        if ((at - start) % STEP == 0) {
            const double past = last_to > 0 ? depth(at, 0, last_to) : 0;
            const double down = fmax(past, more ? depth(at, voice_from, voice_to) : 0);
            const double level = script->bed_open + (script->bed_level - script->bed_open) * down;
            gain = nashra_bed_gain(voice + level - bed->loudness);
        }
        const float fade = faded(at - start, end - start);
        for (unsigned c = 0; c < bulletin->channels; c++)
            mix[at * bulletin->channels + c] += looped(&bed->clip, at - start, c) * gain * fade;
    }
}
