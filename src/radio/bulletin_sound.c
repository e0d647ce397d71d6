/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jingles, stings and beds: loaded, trimmed, measured. */
#include <math.h>
#include <string.h>

#include "bulletin_inputs.h"
#include "bulletin_plan.h"

enum { FADE = NASHRA_AIR_RATE / 100 }; /* frames at either end, against clicks */

/* Under this a sound file's ends count as silence: -60 dBFS. */
static const float SILENCE = 0.001f;

static bool is_silent(const struct nashra_clip *clip, size_t frame) {
    for (size_t i = frame * clip->channels; i < (frame + 1) * clip->channels; i++)
        if (!(fabsf(clip->frames[i]) < SILENCE))
            return false;
    return true;
}

static void scale(struct nashra_clip *clip, size_t frame, float factor) {
    for (size_t i = frame * clip->channels; i < (frame + 1) * clip->channels; i++)
        clip->frames[i] *= factor;
}

/* @param mixed its channels were added up: then opposite ones are gone. */
static int trim(struct nashra_clip *clip, const char *name, bool mixed) {
    size_t from = 0, to = clip->count;
    while (from < to && is_silent(clip, from))
        from++;
    while (to > from && is_silent(clip, to - 1))
        to--;
    if (from == to)
        return nashra_fail(NASHRA_EDATA, "%s: all of it is silence%s", name, mixed ? ", added up to mono" : "");
    memmove(clip->frames, clip->frames + from * clip->channels, (to - from) * clip->channels * sizeof *clip->frames);
    clip->count = to - from;
    const size_t fade = clip->count < FADE ? clip->count : FADE;
    for (size_t i = 0; i < fade; i++) {
        scale(clip, i, (float)i / (float)fade);
        scale(clip, clip->count - 1 - i, (float)i / (float)fade);
    }
    return NASHRA_OK;
}

/* What is too short for the gate of BS.1770 is taken by its power. */
static int measure(struct nashra_sound_file *file) {
    const struct nashra_clip *clip = &file->clip;
    int status = nashra_loudness_of(clip->frames, clip->count, clip->channels, NASHRA_AIR_RATE, &file->loudness);
    if (status < 0 || isfinite(file->loudness))
        return status;
    double power = 0;
    for (size_t i = 0; i < clip->count * clip->channels; i++)
        power += (double)clip->frames[i] * (double)clip->frames[i];
    file->loudness = 10 * log10(power / (double)clip->count + 1e-9);
    return NASHRA_OK;
}

const struct nashra_sound_file *nashra_plan_sound(struct nashra_bulletin *bulletin, const char *name, int *status) {
    if (!name || *status < 0)
        return NULL;
    for (size_t i = 0; i < bulletin->file_count; i++)
        if (strcmp(bulletin->files[i].name, name) == 0)
            return &bulletin->files[i];
    struct nashra_sound_file *file = &bulletin->files[bulletin->file_count];
    *file = (struct nashra_sound_file){.name = name};
    *status = nashra_clip_load(name, NASHRA_AIR_RATE, bulletin->script.channels == 1 ? 1 : 2, &file->clip);
    if (*status == NASHRA_OK)
        *status = trim(&file->clip, name, bulletin->script.channels == 1);
    if (*status == NASHRA_OK)
        *status = measure(file);
    if (*status < 0) {
        nashra_clip_finish(&file->clip);
        nashra_script_tell_place(&bulletin->script, name, *status);
        return NULL;
    }
    bulletin->file_count++;
    return file;
}

/* The whole script decides, whatever a slot leaves out of it. */
static void settle_channels(struct nashra_bulletin *bulletin) {
    bulletin->channels = bulletin->script.channels > 0 ? (unsigned)bulletin->script.channels : 1;
    for (size_t i = 0; bulletin->script.channels == 0 && i < bulletin->file_count; i++)
        if (bulletin->files[i].clip.channels == 2)
            bulletin->channels = 2;
    for (size_t i = 0; i < bulletin->file_count; i++)
        if (bulletin->files[i].clip.channels < bulletin->channels)
            bulletin->files[i].loudness += NASHRA_BOTH_CHANNELS;
}

int nashra_plan_load_sounds(struct nashra_bulletin *bulletin) {
    const struct nashra_script *script = &bulletin->script;
    int status = NASHRA_OK;
    bulletin->files = nashra_alloc_zeroed(4 + 2 * script->count, sizeof *bulletin->files);
    if (!bulletin->files)
        return NASHRA_ENOMEM;
    nashra_plan_sound(bulletin, script->opening, &status);
    nashra_plan_sound(bulletin, script->closing, &status);
    nashra_plan_sound(bulletin, script->sting, &status);
    nashra_plan_sound(bulletin, script->bed, &status);
    for (size_t i = 0; i < script->count; i++) {
        nashra_plan_sound(bulletin, script->items[i].jingle, &status);
        nashra_plan_sound(bulletin, script->items[i].bed, &status);
    }
    settle_channels(bulletin);
    return status;
}
