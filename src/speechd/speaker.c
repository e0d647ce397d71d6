/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speaker.h"

#include <math.h>
#include <poll.h>
#include <stdbool.h>
#include <string.h>

#include <nashra/wire.h>

enum { TONE_HZ = 880, TONE_MS = 60, TONE_LEVEL = 6000, TAIL_MS = 60, QUIET = 64 };

struct speaker {
    int fd;
    struct nashra_buffer in;
    size_t at;
    struct nashra_buffer request; /* the newest that was not begun; an older one was cancelled or is spoken */
    struct nashra_wire head;
    bool asked;
    uint32_t cancelled; /* all up to this serial */
    struct nashra_pipeline *pipeline;
    struct nashra_arena *arena;
    struct nashra_sound sound;
};

static bool is_cancelled(const struct speaker *s, uint32_t serial) {
    return (int32_t)(s->cancelled - serial) >= 0;
}

static int take(struct speaker *s, const struct nashra_wire *head, const char *bytes) {
    if (head->kind == SPD_WIRE_CANCEL) {
        s->cancelled = head->serial;
        return NASHRA_OK;
    }
    s->head = *head;
    s->asked = true;
    nashra_buffer_clear(&s->request);
    return nashra_buffer_add(&s->request, bytes, head->length);
}

/* Takes what the module has sent meanwhile. */
static int listen_now(struct speaker *s) {
    struct nashra_wire head;
    const char *bytes;
    int status;
    do
        status = nashra_wire_receive(s->fd, &s->in);
    while (status == 1);
    while (status >= 0 && (status = nashra_wire_next(&s->in, &s->at, &head, &bytes)) == 1)
        status = take(s, &head, bytes);
    nashra_wire_trim(&s->in, &s->at);
    return status;
}

static int tell(const struct speaker *s, enum spd_wire_kind kind, uint32_t serial, const void *bytes, size_t length) {
    return nashra_wire_send(s->fd, (struct nashra_wire){.kind = kind, .serial = serial, .length = length}, bytes);
}

static int send_frames(const struct speaker *s, uint32_t serial, size_t from, size_t to) {
    int status = NASHRA_OK;
    for (size_t count; from < to && status >= 0; from += count) {
        count = to - from < SPD_FRAMES_MOST ? to - from : SPD_FRAMES_MOST;
        status = tell(s, SPD_WIRE_FRAMES, serial, s->sound.frames + from, count * sizeof *s->sound.frames);
    }
    return status;
}

/* Marks and frames in the order in which they are heard. */
static int send_sound(const struct speaker *s, uint32_t serial) {
    size_t sent = 0;
    int status = NASHRA_OK;
    for (size_t i = 0; i < s->sound.name_count && status >= 0; i++) {
        const struct nashra_named_mark *mark = &s->sound.names[i];
        const size_t frame = mark->frame < s->sound.count ? (size_t)mark->frame : s->sound.count;
        status = send_frames(s, serial, sent, frame);
        sent = frame > sent ? frame : sent;
        if (status >= 0)
            status = tell(s, SPD_WIRE_MARK, serial, mark->name, strlen(mark->name));
    }
    return status < 0 ? status : send_frames(s, serial, sent, s->sound.count);
}

/* A soft tone with a soft beginning and end. */
static int make_tone(struct nashra_sound *sound, unsigned rate) {
    const size_t count = (size_t)rate * TONE_MS / 1000;
    int status = NASHRA_OK;
    for (size_t i = 0; i < count && status >= 0; i++) {
        const double part = (double)i / (double)count, pi = 3.14159265358979323846;
        const double value = TONE_LEVEL * sin(pi * part) * sin(2 * pi * TONE_HZ * (double)i / rate);
        const int16_t frame = (int16_t)lrint(value);
        status = nashra_sound_add(sound, &frame, 1);
    }
    return status;
}

/* What a listener waits for after the last word is the next key's answer, not silence. */
static void cut_tail(struct nashra_sound *sound) {
    const size_t tail = (size_t)sound->rate * TAIL_MS / 1000;
    size_t end = sound->count;
    while (end > 0 && sound->frames[end - 1] > -QUIET && sound->frames[end - 1] < QUIET)
        end--;
    if (end + tail < sound->count)
        sound->count = end + tail;
}

static int speak_sentence(struct speaker *s, size_t index, bool last, uint32_t serial) {
    struct nashra_sentence sentence;
    nashra_arena_reset(s->arena);
    nashra_sound_clear(&s->sound);
    int status = nashra_pipeline_sentence(s->pipeline, index, s->arena, &sentence);
    if (status >= 0)
        status = nashra_pipeline_speak(s->pipeline, &sentence, &s->sound);
    if (status < 0) {
        nashra_log(NASHRA_LOG_ERROR, "a sentence can't be spoken: %s", nashra_status_name(status));
        return NASHRA_OK; /* the next one may be */
    }
    if (last)
        cut_tail(&s->sound);
    return send_sound(s, serial);
}

static int speak_article(struct speaker *s, const struct nashra_article *article, uint32_t serial) {
    size_t count;
    nashra_article_segments(article, &count);
    int status = nashra_pipeline_begin(s->pipeline, article);
    for (size_t i = 0; i < count && status >= 0 && !is_cancelled(s, serial); i++) {
        status = speak_sentence(s, i, i + 1 == count, serial);
        if (status >= 0)
            status = listen_now(s);
    }
    return status;
}

static int speak_tone(struct speaker *s, uint32_t serial) {
    nashra_sound_clear(&s->sound);
    const int status = make_tone(&s->sound, nashra_pipeline_rate(s->pipeline));
    return status < 0 ? status : send_frames(s, serial, 0, s->sound.count);
}

/* A document without a word in it is said in silence. */
static int speak_document(struct speaker *s, uint32_t serial, const char *text, size_t length) {
    struct nashra_article *article;
    if (length == 0 || nashra_article_from_bytes(text, length, "message", &article) < 0)
        return NASHRA_OK;
    const int status = speak_article(s, article, serial);
    nashra_article_destroy(article);
    return status;
}

static int answer(struct speaker *s) {
    const struct nashra_wire head = s->head;
    struct nashra_buffer request = s->request; /* what comes meanwhile goes into another */
    struct nashra_voice voice;
    s->request = (struct nashra_buffer){0};
    s->asked = false;
    memcpy(&voice, request.data, sizeof voice);
    int status = nashra_pipeline_set_voice(s->pipeline, &voice);
    if (status >= 0 && head.number)
        status = speak_tone(s, head.serial);
    if (status >= 0)
        status = speak_document(s, head.serial, request.data + sizeof voice, request.length - sizeof voice);
    nashra_buffer_finish(&request);
    return status < 0 ? status : tell(s, SPD_WIRE_DONE, head.serial, NULL, 0);
}

static int serve(struct speaker *s) {
    int status = nashra_wire_send(
        s->fd, (struct nashra_wire){.kind = SPD_WIRE_READY, .number = nashra_pipeline_rate(s->pipeline)}, NULL);
    while (status >= 0) {
        struct pollfd ready = {s->fd, POLLIN, 0};
        if (poll(&ready, 1, -1) < 0)
            continue;
        status = listen_now(s);
        while (status >= 0 && s->asked)
            status = answer(s);
    }
    return status;
}

/* A lexicon that can't be read costs its readings, not the voice. */
static int open_pipeline(const struct nashra_pipeline_options *options, struct nashra_pipeline **pipeline) {
    struct nashra_pipeline_options without = *options;
    const int status = nashra_pipeline_create(options, pipeline);
    if (status == NASHRA_OK || status == NASHRA_ENOMEM || !options->lexicon)
        return status;
    nashra_log(NASHRA_LOG_WARNING, "%s: going on without this lexicon", options->lexicon);
    without.lexicon = NULL;
    return nashra_pipeline_create(&without, pipeline);
}

int spd_speaker(int fd, const struct nashra_pipeline_options *options) {
    struct speaker s = {.fd = fd, .arena = nashra_arena_create()};
    int status = s.arena ? open_pipeline(options, &s.pipeline) : NASHRA_ENOMEM;
    if (status >= 0)
        status = serve(&s);
    nashra_pipeline_destroy(s.pipeline);
    nashra_arena_destroy(s.arena);
    nashra_sound_finish(&s.sound);
    nashra_buffer_finish(&s.request);
    nashra_buffer_finish(&s.in);
    return status == NASHRA_EIO ? 0 : nashra_exit_code(status); /* the module is gone: that is the end */
}
