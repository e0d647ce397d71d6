/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/clip.h>

#include <errno.h>
#include <math.h>
#include <sndfile.h>
#include <soxr.h>
#include <string.h>
#include <sys/stat.h>

#include <nashra/memory.h>

enum { BLOCK_FRAMES = 4096, MOST_CHANNELS = 64 };

void nashra_clip_finish(struct nashra_clip *clip) {
    nashra_free(clip->frames);
    *clip = (struct nashra_clip){0};
}

int nashra_clip_resample(const float *frames, size_t count, unsigned from, unsigned to, struct nashra_clip *clip) {
    const size_t room = (size_t)(((uint64_t)count * to + from - 1) / from);
    size_t done = 0;
    clip->count = room;
    clip->frames = nashra_alloc_zeroed(room + 1, sizeof *clip->frames);
    if (!clip->frames)
        return NASHRA_ENOMEM;
    soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
    soxr_error_t error =
        soxr_oneshot(from, to, 1, frames, count, NULL, clip->frames, room, &done, NULL, &quality, NULL);
    if (!error)
        return NASHRA_OK;
    nashra_clip_finish(clip);
    return nashra_fail(NASHRA_EINTERNAL, "%u to %u Hz: %s", from, to, soxr_strerror(error));
}

/* Equal shares of all channels: what is the same in all keeps its level. A damaged float file may hold anything. */
static void mix_down(const float *from, size_t count, int channels, float *to) {
    for (size_t i = 0; i < count; i++) {
        float sum = 0;
        for (int c = 0; c < channels; c++)
            sum += from[i * (size_t)channels + (size_t)c];
        to[i] = isfinite(sum) ? sum / (float)channels : 0;
    }
}

static int read_frames(SNDFILE *file, int channels, struct nashra_clip *clip, size_t room) {
    float *block = nashra_alloc(BLOCK_FRAMES * (size_t)channels * sizeof *block);
    clip->frames = nashra_alloc(room * sizeof *clip->frames);
    if (!block || !clip->frames) {
        nashra_free(block);
        return NASHRA_ENOMEM;
    }
    for (sf_count_t got; (got = sf_readf_float(file, block, BLOCK_FRAMES)) > 0 && clip->count < room;) {
        const size_t count = (size_t)got < room - clip->count ? (size_t)got : room - clip->count;
        mix_down(block, count, channels, clip->frames + clip->count);
        clip->count += count;
    }
    nashra_free(block);
    return NASHRA_OK;
}

static int read_clip(SNDFILE *file, const SF_INFO *info, const char *path, unsigned rate, struct nashra_clip *clip) {
    if (info->samplerate <= 0 || info->channels < 1 || info->channels > MOST_CHANNELS || info->frames < 1)
        return nashra_fail(NASHRA_EDATA, "%s: there is no sound in it", path);
    if (info->frames / info->samplerate >= NASHRA_CLIP_MAX_SECONDS)
        return nashra_fail(NASHRA_EDATA, "%s: longer than %d minutes", path, NASHRA_CLIP_MAX_SECONDS / 60);
    struct nashra_clip raw = {0};
    int status = read_frames(file, info->channels, &raw, (size_t)info->frames);
    if (status == NASHRA_OK && raw.count == 0)
        status = nashra_fail(NASHRA_EDATA, "%s: there is no sound in it: %s", path, sf_strerror(file));
    if (status == NASHRA_OK && (unsigned)info->samplerate == rate) {
        *clip = raw;
        return NASHRA_OK;
    }
    if (status == NASHRA_OK)
        status = nashra_clip_resample(raw.frames, raw.count, (unsigned)info->samplerate, rate, clip);
    nashra_clip_finish(&raw);
    return status;
}

int nashra_clip_load(const char *path, unsigned rate, struct nashra_clip *clip) {
    struct stat entry;
    *clip = (struct nashra_clip){0};
    if (stat(path, &entry) != 0)
        return nashra_fail(NASHRA_ENOINPUT, "%s: %s", path, strerror(errno));
    if (!S_ISREG(entry.st_mode))
        return nashra_fail(NASHRA_ENOINPUT, "%s: not a file", path);
    SF_INFO info = {0};
    SNDFILE *file = sf_open(path, SFM_READ, &info);
    if (!file)
        return nashra_fail(NASHRA_EDATA, "%s: not a sound file that can be read: %s", path, sf_strerror(NULL));
    int status = read_clip(file, &info, path, rate, clip);
    sf_close(file);
    return status;
}
