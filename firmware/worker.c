/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "worker.h"

#include <poll.h>
#include <stdbool.h>
#include <string.h>

#include <nashra/pipeline.h>

#include "spelling.h"
#include "wire.h"

enum { FRAMES_A_MESSAGE = 4096, TAIL_MS = 150 };

struct request {
    struct nashra_wire head;
    char *bytes;
    struct request *next;
};

struct worker {
    int fd;
    struct nashra_buffer in;
    size_t at;
    struct request *first, **last;
    uint32_t cancelled; /* all up to this serial */
    struct nashra_pipeline *pipeline;
    struct nashra_article *article;
    int64_t article_number;
    struct nashra_arena *arena;
    struct nashra_sound sound;
    struct nashrad_spelling *spelling;
};

/* Requests -------------------------------------------------------------------------------------------------------- */

static void drop_first(struct worker *worker) {
    struct request *request = worker->first;
    worker->first = request->next;
    if (!worker->first)
        worker->last = &worker->first;
    nashra_free(request->bytes);
    nashra_free(request);
}

static int take(struct worker *worker, const struct nashra_wire *head, const char *bytes) {
    if (head->kind == NASHRAD_WIRE_CANCEL) {
        worker->cancelled = head->serial;
        return NASHRA_OK;
    }
    struct request *request = nashra_alloc_zeroed(1, sizeof *request);
    if (!request)
        return NASHRA_ENOMEM;
    request->head = *head;
    request->bytes = nashra_alloc(head->length + 1);
    if (!request->bytes) {
        nashra_free(request);
        return NASHRA_ENOMEM;
    }
    memcpy(request->bytes, bytes, head->length);
    request->bytes[head->length] = '\0';
    *worker->last = request;
    worker->last = &request->next;
    return NASHRA_OK;
}

/* Reads what nashrad has sent meanwhile. */
static int listen_now(struct worker *worker) {
    struct nashra_wire head;
    const char *bytes;
    int status;
    do
        status = nashra_wire_receive(worker->fd, &worker->in);
    while (status == 1);
    while (status >= 0 && (status = nashra_wire_next(&worker->in, &worker->at, &head, &bytes)) == 1)
        status = take(worker, &head, bytes);
    nashra_wire_trim(&worker->in, &worker->at);
    return status;
}

/* Serials grow, and go round. */
static bool is_cancelled(const struct worker *worker, uint32_t serial) {
    return serial != 0 && (int32_t)(worker->cancelled - serial) >= 0;
}

/* Speech ---------------------------------------------------------------------------------------------------------- */

static int send_frames(struct worker *worker, uint32_t serial, size_t from, size_t to) {
    int status = NASHRA_OK;
    while (from < to && status >= 0) {
        const size_t count = to - from < FRAMES_A_MESSAGE ? to - from : FRAMES_A_MESSAGE;
        status = nashra_wire_send(worker->fd,
                                  (struct nashra_wire){.kind = NASHRAD_WIRE_FRAMES,
                                                       .serial = serial,
                                                       .length = count * sizeof *worker->sound.frames},
                                  worker->sound.frames + from);
        from += count;
    }
    return status;
}

/* Marks and frames in the order in which they are heard. */
static int send_sound(struct worker *worker, uint32_t serial, bool marks) {
    const struct nashra_sound *sound = &worker->sound;
    size_t sent = 0;
    int status = NASHRA_OK;
    for (size_t i = 0; i < sound->mark_count && marks && status >= 0; i++) {
        const size_t frame = (size_t)sound->marks[i].frame;
        status = send_frames(worker, serial, sent, frame);
        sent = frame > sent ? frame : sent;
        if (status >= 0)
            status = nashra_wire_send(
                worker->fd,
                (struct nashra_wire){.kind = NASHRAD_WIRE_MARK, .serial = serial, .from = sound->marks[i].span.from},
                NULL);
    }
    return status < 0 ? status : send_frames(worker, serial, sent, sound->count);
}

/* Leaves the words of [from, to); what belongs to one source token stays together. */
static void cut(struct nashra_sentence *sentence, size_t from, size_t to) {
    while (sentence->count > 0 && sentence->words[0].span.to <= from) {
        sentence->words++;
        sentence->count--;
    }
    while (sentence->count > 0 && sentence->words[sentence->count - 1].span.from >= to)
        sentence->count--;
}

static int make_sentence(struct worker *worker, size_t index, size_t from, size_t to) {
    struct nashra_sentence sentence;
    nashra_arena_reset(worker->arena);
    nashra_sound_clear(&worker->sound);
    int status = nashra_pipeline_sentence(worker->pipeline, index, worker->arena, &sentence);
    if (status < 0)
        return status;
    cut(&sentence, from, to);
    return sentence.count > 0 ? nashra_pipeline_speak(worker->pipeline, &sentence, &worker->sound) : NASHRA_OK;
}

/* The silence behind the last word belongs to an article, not to two words said by themselves. */
static void cut_tail(struct nashra_sound *sound) {
    const size_t tail = (size_t)sound->rate * TAIL_MS / 1000;
    size_t end = sound->count;
    while (end > 0 && sound->frames[end - 1] > -64 && sound->frames[end - 1] < 64)
        end--;
    if (end + tail < sound->count)
        sound->count = end + tail;
}

static int speak(struct worker *worker, const struct nashra_article *article, const struct nashra_wire *head,
                 bool marks) {
    size_t count;
    const struct nashra_segment *segments = nashra_article_segments(article, &count);
    int status = nashra_pipeline_begin(worker->pipeline, article);
    for (size_t i = 0; i < count && status >= 0 && !is_cancelled(worker, head->serial); i++) {
        if (segments[i].span.to <= head->from || segments[i].span.from >= head->to)
            continue;
        status = make_sentence(worker, i, head->from, head->to);
        if (status < 0) {
            nashra_log(NASHRA_LOG_ERROR, "%s: sentence %zu can't be spoken: %s", nashra_article_name(article), i + 1,
                       nashra_status_name(status));
            status = NASHRA_OK; /* the next one may be */
            continue;
        }
        if (!marks && i + 1 == count)
            cut_tail(&worker->sound);
        status = send_sound(worker, head->serial, marks);
        if (status >= 0)
            status = listen_now(worker);
    }
    if (status < 0)
        return status;
    return nashra_wire_send(worker->fd, (struct nashra_wire){.kind = NASHRAD_WIRE_DONE, .serial = head->serial}, NULL);
}

static int say(struct worker *worker, const struct nashra_wire *head, const char *text) {
    struct nashra_article *article;
    struct nashra_wire all = *head;
    all.from = 0;
    all.to = SIZE_MAX;
    if (nashra_article_from_bytes(text, strlen(text), "prompt", &article) < 0)
        return nashra_wire_send(worker->fd, (struct nashra_wire){.kind = NASHRAD_WIRE_DONE, .serial = head->serial},
                                NULL);
    const int status = speak(worker, article, &all, false);
    nashra_article_destroy(article);
    return status;
}

static int announce_sentence(struct worker *worker, const struct nashra_wire *head, size_t index) {
    int status = make_sentence(worker, index, 0, SIZE_MAX);
    if (status < 0) {
        nashra_log(NASHRA_LOG_ERROR, "sentence %zu of an announcement can't be spoken: %s", index + 1,
                   nashra_status_name(status));
        return NASHRA_OK; /* the next one may be */
    }
    status = nashra_wire_send(
        worker->fd, (struct nashra_wire){.kind = NASHRAD_WIRE_MARK, .serial = head->serial, .from = index}, NULL);
    if (status >= 0)
        status = send_sound(worker, head->serial, false);
    return status < 0 ? status : listen_now(worker);
}

static int announce(struct worker *worker, const struct nashra_wire *head, const char *text) {
    struct nashra_article *article = NULL;
    size_t count = 0;
    int status = NASHRA_OK;
    if (nashra_article_from_bytes(text, strlen(text), "announcement", &article) >= 0) {
        nashra_article_segments(article, &count);
        status = nashra_pipeline_begin(worker->pipeline, article);
    }
    nashra_pipeline_set_agreement(worker->pipeline, true);
    for (size_t i = head->from; i < count && status >= 0 && !is_cancelled(worker, head->serial); i++)
        status = announce_sentence(worker, head, i);
    nashra_pipeline_set_agreement(worker->pipeline, false);
    nashra_article_destroy(article);
    if (status < 0)
        return status;
    return nashra_wire_send(worker->fd, (struct nashra_wire){.kind = NASHRAD_WIRE_DONE, .serial = head->serial}, NULL);
}

static int spell(struct worker *worker, const struct nashra_wire *head, const char *letter) {
    struct nashra_buffer name = {0};
    int status = nashrad_spelling_name(worker->spelling, letter, head->length, &name);
    if (status >= 0)
        status = say(worker, head, nashra_buffer_string(&name));
    nashra_buffer_finish(&name);
    return status;
}

/* Articles -------------------------------------------------------------------------------------------------------- */

static int send_document(struct worker *worker) {
    struct nashra_buffer out = {0};
    size_t length, count;
    const char *text = nashra_article_text(worker->article, &length);
    const struct nashra_segment *segments = nashra_article_segments(worker->article, &count);
    nashra_buffer_add(&out, (const char *)segments, count * sizeof *segments);
    nashra_buffer_add(&out, text, length);
    int status = out.failed ? NASHRA_ENOMEM : NASHRA_OK;
    if (status >= 0)
        status = nashra_wire_send(
            worker->fd,
            (struct nashra_wire){
                .kind = NASHRAD_WIRE_DOCUMENT, .number = worker->article_number, .from = count, .length = out.length},
            out.data);
    nashra_buffer_finish(&out);
    return status;
}

static int open_article(struct worker *worker, const struct nashra_wire *head, const char *path) {
    nashra_article_destroy(worker->article);
    worker->article = NULL;
    worker->article_number = head->number;
    if (nashra_article_open(path, &worker->article) < 0)
        return nashra_wire_send(worker->fd,
                                (struct nashra_wire){.kind = NASHRAD_WIRE_UNREADABLE, .number = head->number}, NULL);
    return send_document(worker);
}

/* ----------------------------------------------------------------------------------------------------------------- */

static int serve_one(struct worker *worker, const struct request *request) {
    const struct nashra_wire *head = &request->head;
    const struct nashra_voice voice = {.rate = (int)head->number};
    if (is_cancelled(worker, head->serial))
        return NASHRA_OK;
    switch (head->kind) {
    case NASHRAD_WIRE_OPEN:
        return open_article(worker, head, request->bytes);
    case NASHRAD_WIRE_READ:
        if (worker->article && worker->article_number == head->number)
            return speak(worker, worker->article, head, true);
        return nashra_wire_send(worker->fd, (struct nashra_wire){.kind = NASHRAD_WIRE_DONE, .serial = head->serial},
                                NULL);
    case NASHRAD_WIRE_SAY:
        return say(worker, head, request->bytes);
    case NASHRAD_WIRE_SPELL:
        return spell(worker, head, request->bytes);
    case NASHRAD_WIRE_ANNOUNCE:
        return announce(worker, head, request->bytes);
    case NASHRAD_WIRE_RATE:
        return nashra_pipeline_set_voice(worker->pipeline, &voice);
    default:
        return nashra_fail(NASHRA_EINTERNAL, "nashrad's worker: unknown request %u", head->kind);
    }
}

static int serve(struct worker *worker) {
    int status = nashra_wire_send(
        worker->fd, (struct nashra_wire){.kind = NASHRAD_WIRE_READY, .number = nashra_pipeline_rate(worker->pipeline)},
        NULL);
    while (status >= 0) {
        if (!worker->first) {
            struct pollfd readable = {.fd = worker->fd, .events = POLLIN};
            poll(&readable, 1, -1);
        }
        status = listen_now(worker);
        if (status >= 0 && worker->first) {
            status = serve_one(worker, worker->first);
            drop_first(worker);
        }
    }
    return status;
}

/* A lexicon that can't be read must not silence the box. */
static int create_pipeline(struct worker *worker, const char *lexicon) {
    struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH, .lexicon = *lexicon ? lexicon : NULL};
    int status = nashra_pipeline_create(&options, &worker->pipeline);
    if (status >= 0 || !options.lexicon)
        return status;
    nashra_log(NASHRA_LOG_ERROR, "%s can't be used; reading without it", lexicon);
    options.lexicon = NULL;
    return nashra_pipeline_create(&options, &worker->pipeline);
}

int nashrad_worker(int fd, const char *lexicon) {
    struct worker worker = {.fd = fd};
    worker.last = &worker.first;
    worker.arena = nashra_arena_create();
    int status = worker.arena ? create_pipeline(&worker, lexicon) : NASHRA_ENOMEM;
    if (status >= 0)
        status = nashrad_spelling_create(&worker.spelling);
    if (status >= 0)
        status = serve(&worker);
    while (worker.first)
        drop_first(&worker);
    nashrad_spelling_destroy(worker.spelling);
    nashra_article_destroy(worker.article);
    nashra_pipeline_destroy(worker.pipeline);
    nashra_arena_destroy(worker.arena);
    nashra_sound_finish(&worker.sound);
    nashra_buffer_finish(&worker.in);
    /* The socket's end is how nashrad says good-bye. */
    return status == NASHRA_EIO ? 0 : nashra_exit_code(status);
}
