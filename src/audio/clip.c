/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/clip.h>

#include <errno.h>
#include <math.h>
#include <sndfile.h>
#include <soxr.h>
#include <string.h>
#include <sys/stat.h>

#include <nashra/memory.h>

#include "downmix.h"

/* MOST_RATE: no card and no studio goes beyond; a damaged head may say anything. */
enum { BLOCK_FRAMES = 4096, MOST_RATE = 768000 };

void nashra_clip_finish(struct nashra_clip *clip) {
    nashra_free(clip->frames);
    *clip = (struct nashra_clip){0};
}

int nashra_clip_resample(const float *frames, size_t count, unsigned channels, unsigned from, unsigned to,
                         struct nashra_clip *clip) {
    const size_t room = (size_t)(((uint64_t)count * to + from - 1) / from);
    size_t done = 0;
    clip->count = room;
    clip->channels = channels;
    clip->frames = nashra_alloc_zeroed((room + 1) * channels, sizeof *clip->frames);
    if (!clip->frames)
        return NASHRA_ENOMEM;
    soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    soxr_error_t error =
        soxr_oneshot(from, to, channels, frames, count, NULL, clip->frames, room, &done, NULL, &quality, NULL);
    if (!error)
        return NASHRA_OK;
    nashra_clip_finish(clip);
    return nashra_fail(NASHRA_EINTERNAL, "%u to %u Hz: %s", from, to, soxr_strerror(error));
}

/* A damaged float file may hold anything. */
static float finite(float value) {
    return isfinite(value) ? value : 0;
}

static void mix_down(const struct nashra_downmix *downmix, const float *from, size_t count, unsigned channels,
                     float *to) {
    for (size_t i = 0; i < count; i++, from += downmix->channels) {
        float left = 0, right = 0;
        for (int c = 0; c < downmix->channels; c++) {
            left += from[c] * downmix->left[c];
            right += from[c] * downmix->right[c];
        }
        if (channels == 1) {
            *to++ = finite(left + right) / 2;
        } else {
            *to++ = finite(left);
            *to++ = finite(right);
        }
    }
}

static int read_frames(SNDFILE *file, const struct nashra_downmix *downmix, struct nashra_clip *clip, size_t room) {
    float *block = nashra_alloc(BLOCK_FRAMES * (size_t)downmix->channels * sizeof *block);
    clip->frames = nashra_alloc(room * clip->channels * sizeof *clip->frames);
    if (!block || !clip->frames) {
        nashra_free(block);
        return NASHRA_ENOMEM;
    }
    for (sf_count_t got; (got = sf_readf_float(file, block, BLOCK_FRAMES)) > 0 && clip->count < room;) {
        const size_t count = (size_t)got < room - clip->count ? (size_t)got : room - clip->count;
        mix_down(downmix, block, count, clip->channels, clip->frames + clip->count * clip->channels);
        clip->count += count;
    }
    nashra_free(block);
    return NASHRA_OK;
}

/* Many a mono jingle comes in a stereo file. */
static void join_equal_sides(struct nashra_clip *clip) {
    float most = 0, apart = 0;
    for (size_t i = 0; i < clip->count; i++) {
        const float left = clip->frames[2 * i], right = clip->frames[2 * i + 1];
        most = fmaxf(most, fmaxf(fabsf(left), fabsf(right)));
        apart = fmaxf(apart, fabsf(left - right));
    }
    if (apart > most / 1000)
        return;
    for (size_t i = 0; i < clip->count; i++)
        clip->frames[i] = (clip->frames[2 * i] + clip->frames[2 * i + 1]) / 2;
    clip->channels = 1;
}

static int read_clip(SNDFILE *file, const SF_INFO *info, const char *path, unsigned rate, unsigned most,
                     struct nashra_clip *clip) {
    if (info->samplerate <= 0 || info->channels < 1 || info->channels > NASHRA_DOWNMIX_MOST || info->frames < 1)
        return nashra_fail(NASHRA_EDATA, "%s: there is no sound in it", path);
    if (info->samplerate > MOST_RATE)
        return nashra_fail(NASHRA_EDATA, "%s: %d frames a second: its head is damaged", path, info->samplerate);
    if (info->frames / info->samplerate >= NASHRA_CLIP_MAX_SECONDS)
        return nashra_fail(NASHRA_EDATA, "%s: longer than %d minutes", path, NASHRA_CLIP_MAX_SECONDS / 60);
    struct nashra_clip raw = {.channels = info->channels == 1 ? 1 : most};
    struct nashra_downmix downmix;
    nashra_downmix_init(&downmix, file, info->channels);
    int status = read_frames(file, &downmix, &raw, (size_t)info->frames);
    if (status == NASHRA_OK && raw.count == 0)
        status = nashra_fail(NASHRA_EDATA, "%s: there is no sound in it: %s", path, sf_strerror(file));
    if (status == NASHRA_OK && raw.channels == 2)
        join_equal_sides(&raw);
    if (status == NASHRA_OK && (unsigned)info->samplerate == rate) {
        *clip = raw;
        return NASHRA_OK;
    }
    if (status == NASHRA_OK)
        status = nashra_clip_resample(raw.frames, raw.count, raw.channels, (unsigned)info->samplerate, rate, clip);
    nashra_clip_finish(&raw);
    return status;
}

int nashra_clip_load(const char *path, unsigned rate, unsigned most, struct nashra_clip *clip) {
    struct stat entry;
    *clip = (struct nashra_clip){0};
    if (stat(path, &entry) != 0)
        return nashra_fail(NASHRA_ENOINPUT, "%s: %s", path, strerror(errno));
    if (!S_ISREG(entry.st_mode))
        return nashra_fail(NASHRA_ENOINPUT, "%s: not a file", path);
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    if (!file)
        return nashra_fail(NASHRA_EDATA, "%s: not a sound file that can be read (WAV, AIFF, FLAC, Ogg and MP3 can): %s",
                           path, sf_strerror(NULL));
    int status = read_clip(file, &info, path, rate, most, clip);
    sf_close(file);
    return status;
}
