/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulletin_mix.h"

#include <math.h>
#include <string.h>

#include "bulletin_bed.h"

/* 147 frames of speech are 320 on air, exactly. */
enum { UNIT = NASHRA_SPEECH_RATE / 150, AIR_UNIT = NASHRA_AIR_RATE / 150 };

_Static_assert(UNIT * 150 == NASHRA_SPEECH_RATE && AIR_UNIT * 150 == NASHRA_AIR_RATE, "whole units");

static size_t units(const struct nashra_piece *piece) {
    return (piece->to - piece->from + UNIT - 1) / UNIT;
}

static size_t all_units(const struct nashra_timeline *timeline) {
    size_t sum = 0;
    for (size_t i = 0; i < timeline->count; i++)
        sum += timeline->pieces[i].kind == NASHRA_PIECE_SPEECH ? units(&timeline->pieces[i]) : 0;
    return sum;
}

/* All stretches of speech behind each other, each from a whole unit on: one run of the resampler does for all. */
static void gather(const struct nashra_bulletin *bulletin, float *speech) {
    for (size_t i = 0; i < bulletin->timeline.count; i++) {
        const struct nashra_piece *piece = &bulletin->timeline.pieces[i];
        if (piece->kind != NASHRA_PIECE_SPEECH)
            continue;
        const struct nashra_sound *sound = &bulletin->sections[piece->section].recital.sentences[piece->sentence].sound;
        for (size_t k = piece->from; k < piece->to; k++)
            speech[k - piece->from] = (float)sound->frames[k] / 32768.0f;
        speech += units(piece) * UNIT;
    }
}

static void scatter(const struct nashra_timeline *timeline, const float *air, float *mix) {
    for (size_t i = 0; i < timeline->count; i++) {
        const struct nashra_piece *piece = &timeline->pieces[i];
        if (piece->kind != NASHRA_PIECE_SPEECH)
            continue;
        memcpy(mix + piece->at, air, piece->frames * sizeof *mix);
        air += units(piece) * AIR_UNIT;
    }
}

static int mix_speech(const struct nashra_bulletin *bulletin, float *mix) {
    const size_t count = all_units(&bulletin->timeline) * UNIT;
    struct nashra_clip air = {0};
    float *speech = nashra_alloc_zeroed(count + 1, sizeof *speech);
    if (!speech)
        return NASHRA_ENOMEM;
    gather(bulletin, speech);
    int status = nashra_clip_resample(speech, count, 1, NASHRA_SPEECH_RATE, NASHRA_AIR_RATE, &air);
    if (status == NASHRA_OK)
        scatter(&bulletin->timeline, air.frames, mix);
    nashra_clip_finish(&air);
    nashra_free(speech);
    return status;
}

/* What is mono so far goes to both sides; from its end, since it grows over itself. */
static void spread(float *mix, size_t count) {
    for (size_t i = count; i-- > 0;)
        mix[2 * i] = mix[2 * i + 1] = mix[i];
}

static void add_clip(const struct nashra_bulletin *bulletin, const struct nashra_piece *piece, float gain, float *mix) {
    const unsigned channels = bulletin->channels, step = piece->clip->channels;
    float *to = mix + piece->at * channels;
    for (unsigned c = 0; c < channels; c++)
        for (size_t k = 0; k < piece->frames; k++)
            to[k * channels + c] += piece->clip->frames[k * step + c % step] * gain;
}

static const struct nashra_sound_file *file_of(const struct nashra_bulletin *bulletin, const struct nashra_clip *clip) {
    size_t i = 0;
    while (&bulletin->files[i].clip != clip)
        i++;
    return &bulletin->files[i];
}

static void mix_clips(const struct nashra_bulletin *bulletin, double voice, float *mix) {
    for (size_t i = 0; i < bulletin->timeline.count; i++) {
        const struct nashra_piece *piece = &bulletin->timeline.pieces[i];
        if (piece->kind != NASHRA_PIECE_CLIP)
            continue;
        const struct nashra_sound_file *file = file_of(bulletin, piece->clip);
        add_clip(bulletin, piece, nashra_bed_gain(voice + bulletin->script.jingle_level - file->loudness), mix);
    }
}

/* The bulletin's bed lies under neighbouring sections without one of their own in one piece. */
static void mix_beds(struct nashra_bulletin *bulletin, double voice, float *mix) {
    int status = NASHRA_OK;
    const struct nashra_sound_file *common = nashra_plan_sound(bulletin, bulletin->script.bed, &status);
    const struct nashra_section *first = NULL, *last = NULL;
    for (size_t i = 0; i < bulletin->count; i++) {
        const struct nashra_section *section = &bulletin->sections[i];
        const char *name = section->item ? section->item->bed : NULL;
        if (section->dropped)
            continue;
        if (name && first)
            nashra_bed_add(bulletin, common, first->voice_from, last->to, voice, mix);
        if (name)
            nashra_bed_add(bulletin, nashra_plan_sound(bulletin, name, &status), section->voice_from, section->to,
                           voice, mix);
        first = name ? NULL : first ? first : section;
        last = section;
    }
    if (first)
        nashra_bed_add(bulletin, common, first->voice_from, last->to, voice, mix);
}

int nashra_mix(struct nashra_bulletin *bulletin, float *mix) {
    const size_t count = bulletin->timeline.frames;
    double voice = 0;
    memset(mix, 0, count * sizeof *mix);
    int status = mix_speech(bulletin, mix);
    if (status == NASHRA_OK && bulletin->file_count > 0)
        status = nashra_loudness_of(mix, count, 1, NASHRA_AIR_RATE, &voice);
    if (bulletin->channels == 2) {
        spread(mix, count);
        voice += NASHRA_BOTH_CHANNELS;
    }
    if (status < 0 || bulletin->file_count == 0 || !isfinite(voice))
        return status;
    mix_clips(bulletin, voice, mix);
    mix_beds(bulletin, voice, mix);
    return NASHRA_OK;
}
