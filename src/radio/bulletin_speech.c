/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each sentence from a defined state: a child, forked from a parent whose synthesiser never spoke, says it and sends
 * the sound through a pipe. A fork costs half a millisecond, a sentence twenty times that. */
#include <nashra/bulletin.h>
#include <nashra/io.h>

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bulletin_speech.h"

/* What goes before frames and marks. */
struct header {
    uint64_t frames, marks;
    int32_t status;
    uint32_t rate;
};

static bool send_all(int fd, const void *bytes, size_t length) {
    return nashra_io_write(fd, bytes, length) == 0;
}

static bool receive_all(int fd, void *bytes, size_t length) {
    size_t got;
    return nashra_io_read(fd, bytes, length, &got) == 0 && got == length;
}

static _Noreturn void speak_and_exit(struct nashra_pipeline *pipeline, const struct nashra_voice *voice,
                                     const struct nashra_sentence *sentence, int fd) {
    struct nashra_sound sound = {0};
    int status = nashra_pipeline_set_voice(pipeline, voice);
    if (status == NASHRA_OK)
        status = nashra_pipeline_speak(pipeline, sentence, &sound);
    const struct header header = {sound.count, sound.mark_count, status, sound.rate};
    const bool sent = send_all(fd, &header, sizeof header) &&
                      send_all(fd, sound.frames, sound.count * sizeof *sound.frames) &&
                      send_all(fd, sound.marks, sound.mark_count * sizeof *sound.marks);
    _exit(sent ? 0 : 1);
}

static int receive(int fd, struct nashra_sound *sound) {
    struct header header;
    if (!receive_all(fd, &header, sizeof header))
        return NASHRA_EINTERNAL;
    if (header.status < 0)
        return header.status;
    int status = nashra_sound_add_silence(sound, header.frames);
    for (uint64_t i = 0; i < header.marks && status == NASHRA_OK; i++)
        status = nashra_sound_add_mark(sound, (struct nashra_mark){0});
    if (status < 0)
        return status;
    sound->rate = header.rate;
    return receive_all(fd, sound->frames, sound->count * sizeof *sound->frames) &&
                   receive_all(fd, sound->marks, sound->mark_count * sizeof *sound->marks)
               ? NASHRA_OK
               : NASHRA_EINTERNAL;
}

/* The child's end, if the status doesn't tell what went wrong. */
static int reap(pid_t child, int status) {
    int ended = 0;
    while (waitpid(child, &ended, 0) < 0 && errno == EINTR)
        ;
    if (status != NASHRA_EINTERNAL)
        return status;
    if (WIFSIGNALED(ended))
        return nashra_fail(NASHRA_EINTERNAL, "the process that spoke a sentence was ended by signal %d",
                           WTERMSIG(ended));
    return nashra_fail(NASHRA_EINTERNAL, "the process that spoke a sentence ended early");
}

static int no_child(const int ends[2]) {
    const int error = errno;
    if (ends[0] >= 0) {
        close(ends[0]);
        close(ends[1]);
    }
    return nashra_fail(NASHRA_EINTERNAL, "no process to speak a sentence: %s", strerror(error));
}

int nashra_speech_render(struct nashra_pipeline *pipeline, const struct nashra_voice *voice,
                         const struct nashra_sentence *sentence, struct nashra_sound *sound) {
    int ends[2] = {-1, -1};
    nashra_sound_clear(sound);
    if (pipe(ends) != 0)
        return no_child(ends);
    const pid_t child = fork();
    if (child < 0)
        return no_child(ends);
    if (child == 0) {
        close(ends[0]);
        speak_and_exit(pipeline, voice, sentence, ends[1]);
    }
    close(ends[1]);
    int status = receive(ends[0], sound);
    close(ends[0]);
    return reap(child, status);
}

/* ---- what decides a sound ---- */

static void add_int(struct nashra_buffer *to, long value) {
    nashra_buffer_add_format(to, "%ld ", value);
}

static void add_prosody(struct nashra_buffer *to, const struct nashra_prosody *prosody) {
    if (prosody)
        nashra_buffer_add_format(to, "p%d %d %d %d %d ", prosody->rate, prosody->pitch, prosody->pitch_hz,
                                 prosody->range, prosody->volume);
}

/* The letters count only where no phonemes stand for them, as in the second voice's words. */
static void add_word(struct nashra_buffer *to, const struct nashra_word *word) {
    const bool spoken = word->phonemes && *word->phonemes;
    nashra_buffer_add_string(to, spoken ? word->phonemes : word->text ? word->text : "");
    nashra_buffer_add_string(to, spoken ? "\t" : word->cls == NASHRA_CLASS_LATIN ? "\tlatin " : "\ttext ");
    add_int(to, word->pause);
    add_int(to, word->tune);
    add_int(to, word->flags & (NASHRA_WORD_QUOTE_OPEN | NASHRA_WORD_QUOTE_CLOSE));
    add_int(to, word->break_ms);
    add_prosody(to, word->prosody);
    nashra_buffer_add(to, "\n", 1);
}

int nashra_speech_describe(const struct nashra_pipeline *pipeline, const struct nashra_voice *voice,
                           const struct nashra_sentence *sentence, struct nashra_buffer *description) {
    struct nashra_voice whole;
    int status = nashra_voice_resolve(voice, &whole);
    if (status < 0)
        return status;
    const char *name = nashra_pipeline_voice_name(pipeline);
    if (!name)
        return NASHRA_ENOMEM;
    nashra_buffer_add_format(description, "Nashra %s, %s\n", NASHRA_VERSION, name);
    nashra_buffer_add_format(description, "%d %d %d\n", whole.rate, whole.pitch, whole.volume);
    nashra_buffer_add_format(description, "%d %d %d\n", (int)sentence->kind, sentence->paragraph_end != 0,
                             sentence->lead_ms);
    for (size_t i = 0; i < sentence->count; i++)
        add_word(description, &sentence->words[i]);
    return description->failed ? NASHRA_ENOMEM : NASHRA_OK;
}

/* ---- with a cache ---- */

/* A sound from a cache was made for another place. NASHRA_EDATA when its marks aren't one a word, in order and within.
 */
static int restore_spans(const struct nashra_sentence *sentence, struct nashra_sound *sound) {
    if (sound->mark_count != sentence->count)
        return NASHRA_EDATA;
    uint64_t last = 0;
    for (size_t i = 0; i < sound->mark_count; i++) {
        struct nashra_mark *mark = &sound->marks[i];
        if (mark->word != i || mark->frame < last || mark->frame > sound->count)
            return NASHRA_EDATA;
        mark->span = sentence->words[i].span;
        last = mark->frame;
    }
    return NASHRA_OK;
}

static int from_cache(const struct nashra_speech_cache *cache, const struct nashra_buffer *description,
                      const struct nashra_sentence *sentence, struct nashra_sound *sound) {
    nashra_sound_clear(sound);
    int found = cache->get(cache->user, description->data, description->length, sound);
    if (found == 1 && restore_spans(sentence, sound) < 0)
        found = 0;
    return found;
}

int nashra_speech_make(struct nashra_pipeline *pipeline, const struct nashra_speech_cache *cache,
                       const struct nashra_voice *voice, const struct nashra_sentence *sentence,
                       struct nashra_sound *sound) {
    struct nashra_buffer description = {0};
    int status = NASHRA_OK, found = 0;
    if (cache->get || cache->put)
        status = nashra_speech_describe(pipeline, voice, sentence, &description);
    if (status == NASHRA_OK && cache->get)
        found = from_cache(cache, &description, sentence, sound);
    if (status == NASHRA_OK && found == 0)
        status = nashra_speech_render(pipeline, voice, sentence, sound);
    if (status == NASHRA_OK && found == 0 && cache->put)
        status = cache->put(cache->user, description.data, description.length, sound);
    nashra_buffer_finish(&description);
    return found < 0 ? found : status < 0 ? status : NASHRA_OK;
}
