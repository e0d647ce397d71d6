/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/clip.h>

#include <errno.h>
#include <math.h>
#include <sndfile.h>
#include <soxr.h>
#include <stdbool.h>
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

static size_t converted(size_t count, unsigned from, unsigned to) {
    return (size_t)(((uint64_t)count * to + from - 1) / from);
}

int nashra_clip_resample(const float *frames, size_t count, unsigned channels, unsigned from, unsigned to,
                         struct nashra_clip *clip) {
    const size_t room = converted(count, from, to);
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

/* A file on its way into a clip. */
struct reading {
    SNDFILE *file;
    struct nashra_downmix downmix;
    soxr_t soxr;  /* NULL: the rates are equal */
    float *block; /* as it was read */
    float mixed[2 * BLOCK_FRAMES];
};

static size_t read_block(struct reading *r, unsigned channels) {
    const sf_count_t got = sf_readf_float(r->file, r->block, BLOCK_FRAMES);
    if (got > 0)
        mix_down(&r->downmix, r->block, (size_t)got, channels, r->mixed);
    return got > 0 ? (size_t)got : 0;
}

/* Many a mono jingle comes in a stereo file. */
static bool are_sides_equal(struct reading *r) {
    float most = 0, apart = 0;
    for (size_t got; (got = read_block(r, 2)) > 0;)
        for (size_t i = 0; i < got; i++) {
            const float left = r->mixed[2 * i], right = r->mixed[2 * i + 1];
            most = fmaxf(most, fmaxf(fabsf(left), fabsf(right)));
            apart = fmaxf(apart, fabsf(left - right));
        }
    return apart <= most / 1000;
}

/* Appends frames; the end of them, NULL, brings what the filter still holds. */
static void append(struct reading *r, const float *frames, size_t count, struct nashra_clip *clip, size_t room) {
    float *to = clip->frames + clip->count * clip->channels;
    size_t done = count < room - clip->count ? count : room - clip->count;
    if (r->soxr)
        soxr_process(r->soxr, frames, count, NULL, to, room - clip->count, &done);
    else if (frames)
        memcpy(to, frames, done * clip->channels * sizeof *to);
    clip->count += done;
}

/* A block at a time: a bed of half an hour is never in memory at its own rate. What the filter doesn't bring at the end
 * stays silent. */
static int read_frames(struct reading *r, const SF_INFO *info, unsigned rate, struct nashra_clip *clip) {
    const unsigned from = (unsigned)info->samplerate;
    const size_t room = converted((size_t)info->frames, from, rate);
    size_t count = 0;
    clip->frames = nashra_alloc_zeroed((room + 1) * clip->channels, sizeof *clip->frames);
    if (!clip->frames)
        return NASHRA_ENOMEM;
    for (size_t got; (got = read_block(r, clip->channels)) > 0; count += got)
        append(r, r->mixed, got, clip, room);
    append(r, NULL, 0, clip, room);
    count = converted(count, from, rate);
    clip->count = count < room ? count : room;
    return NASHRA_OK;
}

static int open_resampler(struct reading *r, unsigned from, unsigned to, unsigned channels) {
    soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    soxr_error_t error = NULL;
    if (from == to)
        return NASHRA_OK;
    r->soxr = soxr_create(from, to, channels, &error, NULL, &quality, NULL);
    return r->soxr ? NASHRA_OK : nashra_fail(NASHRA_EINTERNAL, "%u to %u Hz: %s", from, to, soxr_strerror(error));
}

static int fill_clip(struct reading *r, const SF_INFO *info, const char *path, unsigned rate, unsigned most,
                     struct nashra_clip *clip) {
    clip->channels = info->channels == 1 ? 1 : most;
    if (clip->channels == 2 && are_sides_equal(r))
        clip->channels = 1;
    if (most == 2 && info->channels > 1 && sf_seek(r->file, 0, SEEK_SET) != 0)
        return nashra_fail(NASHRA_EDATA, "%s: can't be read twice: %s", path, sf_strerror(r->file));
    int status = open_resampler(r, (unsigned)info->samplerate, rate, clip->channels);
    if (status == NASHRA_OK)
        status = read_frames(r, info, rate, clip);
    if (status == NASHRA_OK && clip->count == 0)
        status = nashra_fail(NASHRA_EDATA, "%s: there is no sound in it: %s", path, sf_strerror(r->file));
    return status;
}

static int read_clip(SNDFILE *file, const SF_INFO *info, const char *path, unsigned rate, unsigned most,
                     struct nashra_clip *clip) {
    if (info->samplerate <= 0 || info->channels < 1 || info->channels > NASHRA_DOWNMIX_MOST || info->frames < 1)
        return nashra_fail(NASHRA_EDATA, "%s: there is no sound in it", path);
    if (info->samplerate > MOST_RATE)
        return nashra_fail(NASHRA_EDATA, "%s: %d frames a second: its head is damaged", path, info->samplerate);
    if (info->frames / info->samplerate >= NASHRA_CLIP_MAX_SECONDS)
        return nashra_fail(NASHRA_EDATA, "%s: longer than %d minutes", path, NASHRA_CLIP_MAX_SECONDS / 60);
    struct reading r = {.file = file};
    nashra_downmix_init(&r.downmix, file, info->channels);
    r.block = nashra_alloc(BLOCK_FRAMES * (size_t)info->channels * sizeof *r.block);
    int status = r.block ? fill_clip(&r, info, path, rate, most, clip) : NASHRA_ENOMEM;
    if (status < 0)
        nashra_clip_finish(clip);
    soxr_delete(r.soxr);
    nashra_free(r.block);
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
