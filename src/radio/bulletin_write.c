/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulletin_write.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <nashra/save.h>

#include "bulletin_spare.h"
#include "bwf.h"
#include "chapters.h"
#include "proof.h"
#include "qc.h"
#include "transcript.h"

enum {
    MOST_TAGS = 5,
    BLOCK_FRAMES = 8192,
    OPUS_BITRATE = 64000,
    MP3_BITRATE = 96000,
    OPUS_STEREO = 96000,
    MP3_STEREO = 128000
};

/* Each appends a file's text. 0 or negative. */
typedef int (*write_fn)(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out);

static const struct companion {
    int bit; /* of enum nashra_beside; 0: the proof page */
    const char *ending;
    write_fn write;
} companions[] = {
    {NASHRA_BESIDE_VTT, ".vtt", nashra_transcript_vtt},
    {NASHRA_BESIDE_SRT, ".srt", nashra_transcript_srt},
    {NASHRA_BESIDE_TXT, ".txt", nashra_transcript_plain},
    {NASHRA_BESIDE_CHAPTERS, ".chapters.json", nashra_chapters},
    {NASHRA_BESIDE_QC, ".qc.json", nashra_qc},
    {NASHRA_BESIDE_META, ".meta.json", nashra_meta},
    {0, ".html", nashra_proof},
};

enum { COMPANIONS = sizeof companions / sizeof *companions };

const char *nashra_companion_ending(size_t index) {
    return index < COMPANIONS ? companions[index].ending : NULL;
}

/* The name of the sound with another ending. 0 or NASHRA_ENOMEM. */
static int companion_name(const char *sound, const char *ending, struct nashra_buffer *name) {
    const char *dot = strrchr(sound, '.');
    nashra_buffer_add(name, sound, (size_t)(dot - sound));
    return nashra_buffer_add_string(name, ending);
}

static int write_companion(struct nashra_bulletin *bulletin, const char *sound, const struct companion *companion,
                           struct nashra_draft **draft) {
    struct nashra_buffer name = {0}, text = {0};
    int status = companion_name(sound, companion->ending, &name);
    if (status >= 0)
        status = companion->write(bulletin, sound, &text);
    if (status >= 0 && text.failed)
        status = NASHRA_ENOMEM;
    if (status >= 0)
        status = nashra_draft_write(name.data, text.data, text.length, draft);
    nashra_buffer_finish(&name);
    nashra_buffer_finish(&text);
    return status;
}

int nashra_write_air(const struct nashra_bulletin *bulletin, struct nashra_encoder *encoder) {
    int32_t samples[2 * BLOCK_FRAMES];
    int status = NASHRA_OK;
    const size_t count = bulletin->timeline.frames;
    for (size_t at = 0; at < count && status == NASHRA_OK; at += BLOCK_FRAMES) {
        const size_t block = count - at < BLOCK_FRAMES ? count - at : BLOCK_FRAMES;
        const float *from = bulletin->air + at * bulletin->channels;
        for (size_t i = 0; i < block * bulletin->channels; i++)
            samples[i] = (int32_t)(from[i] * 2147483648.0f);
        status = nashra_encoder_write(encoder, samples, block);
    }
    return status < 0 ? status : nashra_encoder_complete(encoder);
}

static size_t make_tags(const struct nashra_bulletin *bulletin, struct nashra_tag tags[MOST_TAGS], char date[16]) {
    const struct nashra_script *script = &bulletin->script;
    size_t count = 0;
    tags[count++] = (struct nashra_tag){"TITLE", bulletin->title};
    if (script->station)
        tags[count++] = (struct nashra_tag){"ARTIST", script->station};
    if (script->at_given) {
        snprintf(date, 16, "%04d-%02d-%02d", script->at.year, script->at.month, script->at.day);
        tags[count++] = (struct nashra_tag){"DATE", date};
    }
    tags[count++] = (struct nashra_tag){"COMMENT", "Nashra " NASHRA_VERSION};
    return count;
}

static unsigned bitrate_for(const struct nashra_bulletin *bulletin, const char *path) {
    const bool mp3 = strlen(path) > 4 && strcasecmp(path + strlen(path) - 4, ".mp3") == 0;
    if (bulletin->channels == 2)
        return mp3 ? MP3_STEREO : OPUS_STEREO;
    return mp3 ? MP3_BITRATE : OPUS_BITRATE;
}

static int write_sound(const struct nashra_bulletin *bulletin, const char *path, struct nashra_encoder **encoder) {
    struct nashra_tag tags[MOST_TAGS];
    char date[16];
    struct nashra_bwf bwf = {0};
    int status = nashra_bwf_make(bulletin, &bwf);
    struct nashra_encoding encoding = {.rate = NASHRA_AIR_RATE,
                                       .channels = bulletin->channels,
                                       .bits = (unsigned)bulletin->script.bits,
                                       .bitrate = bitrate_for(bulletin, path),
                                       .serial = 0x4E61,
                                       .tags = tags,
                                       .tag_count = make_tags(bulletin, tags, date),
                                       .chunks = bwf.chunks,
                                       .chunk_count = bwf.count};
    if (status == NASHRA_OK)
        status = nashra_encoder_open(path, &encoding, encoder);
    if (status == NASHRA_OK)
        status = nashra_write_air(bulletin, *encoder);
    nashra_bwf_finish(&bwf);
    return status;
}

static bool is_wanted(const struct nashra_bulletin *bulletin, const struct companion *companion) {
    return companion->bit ? bulletin->script.beside & companion->bit : bulletin->script.proof;
}

static int spare_inputs(const struct nashra_bulletin *bulletin, const char *path) {
    int status = nashra_bulletin_spare(bulletin, path);
    for (size_t i = 0; i < COMPANIONS && status >= 0; i++) {
        struct nashra_buffer name = {0};
        if (!is_wanted(bulletin, &companions[i]))
            continue;
        status = companion_name(path, companions[i].ending, &name);
        if (status >= 0)
            status = nashra_bulletin_spare(bulletin, name.data);
        nashra_buffer_finish(&name);
    }
    return status;
}

static int write_drafts(struct nashra_bulletin *bulletin, const char *path, struct nashra_draft *drafts[COMPANIONS],
                        struct nashra_encoder **encoder) {
    int status = write_sound(bulletin, path, encoder);
    for (size_t i = 0; i < COMPANIONS && status >= 0; i++)
        if (is_wanted(bulletin, &companions[i]))
            status = write_companion(bulletin, path, &companions[i], &drafts[i]);
    return status;
}

/* All are complete before one is seen, so that a full disk leaves the last edition as it was. The sound gets its name
 * last: who waits for it finds all else. */
int nashra_write_all_files(struct nashra_bulletin *bulletin, const char *path) {
    struct nashra_draft *drafts[COMPANIONS] = {0};
    struct nashra_encoder *encoder = NULL;
    int status = spare_inputs(bulletin, path);
    if (status >= 0)
        status = write_drafts(bulletin, path, drafts, &encoder);
    for (size_t i = 0; i < COMPANIONS && status >= 0; i++)
        if (drafts[i])
            status = nashra_draft_publish(drafts[i]);
    if (status >= 0)
        status = nashra_encoder_finish(encoder);
    nashra_encoder_destroy(encoder);
    for (size_t i = 0; i < COMPANIONS; i++)
        nashra_draft_destroy(drafts[i]);
    return status;
}
