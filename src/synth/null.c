/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ideal synthesiser: 50 ms a phoneme, exactly; a beep for each word; the same frames for the same sentence. */
#include "synth.h"

#include <stdbool.h>
#include <string.h>

enum { FRAME_RATE = 22050, PHONEME_FRAMES = FRAME_RATE / 20, CHUNK_FRAMES = FRAME_RATE / 50, BEEP_FRAMES = 50 };

struct null_synth {
    struct nashra_synth synth;
    int16_t silence[CHUNK_FRAMES];
    int16_t wave[CHUNK_FRAMES];
};

/* Names of one phoneme that are written with two letters. */
static bool is_digraph(const char *text) {
    return strncmp(text, "dZ", 2) == 0 || strncmp(text, "tS", 2) == 0 || strncmp(text, "dH", 2) == 0 ||
           strncmp(text, "ss[", 3) == 0;
}

/* A phoneme is a letter with the signs that follow it; stress marks make no sound. A Latin word has one a letter. */
static size_t count_phonemes(const struct nashra_word *word) {
    const char *text = word->phonemes && *word->phonemes ? word->phonemes
                       : word->cls == NASHRA_CLASS_LATIN ? word->text
                                                         : "";
    size_t count = 0;
    for (; *text; text++)
        count += !is_digraph(text) && !strchr("':.[|,_H ", *text) && ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* A square wave of 441 Hz; its level alternates from word to word, so that neighbours can be told apart. */
static void beep(const struct null_synth *null, size_t word, size_t from, int16_t *frames, size_t count) {
    int level = 40 * null->synth.voice.volume + (int)(word % 2) * 2000;
    for (size_t i = 0; i < count; i++)
        frames[i] = (int16_t)((from + i) / (BEEP_FRAMES / 2) % 2 ? -level : level);
}

static int send_word(struct null_synth *null, size_t word, uint64_t frames, struct nashra_sound *chunk,
                     nashra_sound_fn sound, void *user) {
    chunk->frames = null->wave;
    for (uint64_t sent = 0; sent < frames; sent += chunk->count) {
        chunk->count = frames - sent < CHUNK_FRAMES ? (size_t)(frames - sent) : CHUNK_FRAMES;
        beep(null, word, (size_t)sent, null->wave, chunk->count);
        if (sound(chunk, user) != 0)
            return NASHRA_STOPPED;
        chunk->mark_count = 0;
    }
    return NASHRA_OK;
}

/* The first chunk takes the marks that are left, if there are any. */
static int send_silence(struct null_synth *null, uint64_t frames, struct nashra_sound *chunk, nashra_sound_fn sound,
                        void *user) {
    chunk->frames = null->silence;
    chunk->is_pause = 1;
    while (frames > 0 || chunk->mark_count > 0) {
        chunk->count = frames < CHUNK_FRAMES ? (size_t)frames : CHUNK_FRAMES;
        if (sound(chunk, user) != 0)
            return NASHRA_STOPPED;
        frames -= chunk->count;
        chunk->mark_count = 0;
    }
    return NASHRA_OK;
}

static int speak(struct nashra_synth *synth, const struct nashra_sentence *sentence, nashra_sound_fn sound,
                 void *user) {
    struct null_synth *null = (struct null_synth *)synth;
    bool heard = sentence->lead_ms > 0;
    struct nashra_sound lead = {.rate = synth->rate};
    int status = send_silence(null, nashra_lead_frames(sentence, synth->rate), &lead, sound, user);
    for (size_t i = 0; i < sentence->count && status == NASHRA_OK; i++) {
        struct nashra_mark mark = {.word = i, .span = sentence->words[i].span};
        struct nashra_sound chunk = {.rate = synth->rate, .marks = &mark, .mark_count = 1};
        uint64_t frames = (uint64_t)count_phonemes(&sentence->words[i]) * PHONEME_FRAMES;
        heard = heard || frames > 0;
        status = send_word(null, i, frames, &chunk, sound, user);
        unsigned pause = heard ? nashra_pause_frames(&synth->pauses, sentence, i, synth->rate, synth->voice.rate) : 0;
        if (status == NASHRA_OK)
            status = send_silence(null, pause, &chunk, sound, user);
    }
    return status;
}

static int set_voice(struct nashra_synth *synth) {
    (void)synth;
    return NASHRA_OK;
}

static void destroy(struct nashra_synth *synth) {
    nashra_free(synth);
}

static int tell_name(struct nashra_synth *synth, char name[NASHRA_SYNTH_NAME]) {
    (void)synth;
    strcpy(name, "beeps");
    return NASHRA_OK;
}

static const struct nashra_synth_ops ops = {
    .set_voice = set_voice, .speak = speak, .tell_name = tell_name, .destroy = destroy};

int nashra_synth_null(const struct nashra_voice *voice, struct nashra_synth **synth) {
    *synth = NULL;
    struct null_synth *null = nashra_alloc_zeroed(1, sizeof *null);
    if (!null)
        return NASHRA_ENOMEM;
    null->synth.ops = &ops;
    null->synth.rate = FRAME_RATE;
    int status = nashra_voice_resolve(voice, &null->synth.voice);
    if (status == NASHRA_OK)
        status = nashra_pauses_load(&null->synth.pauses);
    if (status < 0) {
        nashra_free(null);
        return status;
    }
    *synth = &null->synth;
    return NASHRA_OK;
}
