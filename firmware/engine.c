/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire.h"

enum {
    WORKER_FD = 3,
    SILENT_MS = 500,    /* nothing comes, and nothing is left to play; twice as long after each time in vain */
    PATIENCE_MS = 5000, /* the same, while something plays, or an article is being opened */
    START_MS = 15000,   /* loading on a slow card */
    BACKOFF_FIRST_MS = 50,
    BACKOFF_MOST_MS = 5000
};

struct nashrad_engine {
    struct nashrad_loop *loop;
    const char *program, *lexicon;
    struct nashrad_engine_events events;
    void *user;
    pid_t pid; /* 0: none */
    int fd;    /* -1: none */
    struct nashra_buffer in;
    size_t at;
    bool ready, paused;
    bool opening;       /* an article is owed */
    bool clogged;       /* it took no request any more */
    uint32_t asked;     /* the newest serial that was asked for */
    uint32_t answered;  /* the newest that was done, or cancelled */
    int64_t heard_from; /* when it owed nothing, or said something */
    int64_t start_at;   /* when to start it; -1: it runs */
    unsigned failures;
    unsigned in_vain; /* times in a row that it was killed for its silence */
};

static void become_lost(struct nashrad_engine *engine, bool fault);

/* Messages -------------------------------------------------------------------------------------------------------- */

static void hand_on_document(struct nashrad_engine *engine, const struct nashra_wire *head, const char *bytes) {
    const struct nashra_segment *segments;
    engine->opening = false;
    if (head->from == 0 || head->from > head->length / sizeof *segments)
        return;
    /* The bytes stand wherever the buffer has them: a copy is aligned. */
    char *copy = nashra_alloc(head->length);
    if (!copy)
        return;
    memcpy(copy, bytes, head->length);
    segments = (const struct nashra_segment *)copy;
    const size_t table = head->from * sizeof *segments;
    engine->events.document(engine->user, head->number, segments, head->from, copy + table, head->length - table);
    nashra_free(copy);
}

static void become_ready(struct nashrad_engine *engine, const struct nashra_wire *head) {
    engine->ready = true;
    engine->events.ready(engine->user, (unsigned)head->number);
}

static void note_done(struct nashrad_engine *engine, uint32_t serial) {
    /* Not of one that was cancelled meanwhile. */
    if ((int32_t)(serial - engine->answered) > 0)
        engine->answered = serial;
    engine->failures = 0;
    engine->events.done(engine->user, serial);
}

static void hand_on(struct nashrad_engine *engine, const struct nashra_wire *head, const char *bytes) {
    switch (head->kind) {
    case NASHRAD_WIRE_READY:
        become_ready(engine, head);
        break;
    case NASHRAD_WIRE_DOCUMENT:
        hand_on_document(engine, head, bytes);
        break;
    case NASHRAD_WIRE_UNREADABLE:
        engine->opening = false;
        engine->events.unreadable(engine->user, head->number);
        break;
    case NASHRAD_WIRE_MARK:
        engine->events.mark(engine->user, head->serial, head->from);
        break;
    case NASHRAD_WIRE_FRAMES: {
        int16_t frames[4096];
        const size_t count = head->length / sizeof *frames < 4096 ? head->length / sizeof *frames : 4096;
        engine->in_vain = 0;
        memcpy(frames, bytes, count * sizeof *frames);
        engine->events.frames(engine->user, head->serial, frames, count);
        break;
    }
    case NASHRAD_WIRE_DONE:
        note_done(engine, head->serial);
        break;
    default:
        nashra_log(NASHRA_LOG_WARNING, "the worker says %u, which means nothing", head->kind);
    }
}

static void listen_to_worker(int fd, void *user) {
    struct nashrad_engine *engine = user;
    struct nashra_wire head;
    const char *bytes;
    int status = nashra_wire_receive(fd, &engine->in);
    engine->heard_from = nashrad_now();
    while (status >= 0 && engine->fd == fd && (status = nashra_wire_next(&engine->in, &engine->at, &head, &bytes)) == 1)
        hand_on(engine, &head, bytes);
    if (engine->fd != fd)
        return;
    nashra_wire_trim(&engine->in, &engine->at);
    if (status < 0)
        become_lost(engine, engine->clogged);
}

/* Starting and losing --------------------------------------------------------------------------------------------- */

static void run_worker(const struct nashrad_engine *engine, int fd) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    /* A duplicate has no close-on-exec flag; if it is the same number already, the flag must go. */
    const int given = fd == WORKER_FD ? dup(fd) : fd;
    if (dup2(given, WORKER_FD) < 0)
        _exit(70);
    execl(engine->program, engine->program, "--worker", "--lexicon", engine->lexicon, (char *)NULL);
    _exit(70);
}

static int start(struct nashrad_engine *engine) {
    int pair[2];
    engine->start_at = -1;
    engine->heard_from = nashrad_now();
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return nashra_fail(NASHRA_EINTERNAL, "no socket for the worker: %s", strerror(errno));
    engine->pid = fork();
    if (engine->pid == 0)
        run_worker(engine, pair[1]);
    close(pair[1]);
    if (engine->pid < 0) {
        engine->pid = 0;
        close(pair[0]);
        return nashra_fail(NASHRA_EINTERNAL, "no process for the worker: %s", strerror(errno));
    }
    engine->fd = pair[0];
    const int status = nashrad_loop_add(engine->loop, engine->fd, listen_to_worker, engine);
    if (status >= 0 && engine->paused)
        nashrad_loop_pause(engine->loop, engine->fd, true);
    return status;
}

static bool was_fault(int status) {
    if (WIFSIGNALED(status))
        return WTERMSIG(status) != SIGKILL && WTERMSIG(status) != SIGTERM;
    return WEXITSTATUS(status) != 0;
}

static void describe_end(int status) {
    if (WIFSIGNALED(status))
        nashra_log(NASHRA_LOG_WARNING, "the worker was ended by signal %d", WTERMSIG(status));
    else
        nashra_log(NASHRA_LOG_WARNING, "the worker ended with code %d", WEXITSTATUS(status));
}

static void disconnect(struct nashrad_engine *engine) {
    nashrad_loop_remove(engine->loop, engine->fd);
    if (engine->fd >= 0)
        close(engine->fd);
    engine->fd = -1;
    engine->ready = false;
    engine->opening = false;
    engine->clogged = false;
    engine->answered = engine->asked;
    nashra_buffer_clear(&engine->in);
    engine->at = 0;
}

/* Kills what may be left of it, so that there are never two. */
static void become_lost(struct nashrad_engine *engine, bool fault) {
    int status = 0;
    const bool was_ready = engine->ready;
    disconnect(engine);
    if (engine->pid > 0) {
        kill(engine->pid, SIGKILL);
        waitpid(engine->pid, &status, 0);
        describe_end(status);
        fault = fault || was_fault(status);
    }
    engine->pid = 0;
    /* One that got as far as speaking is started again at once; one that somebody kills while it starts nearly so. */
    int64_t backoff = was_ready ? 0 : BACKOFF_FIRST_MS;
    if (fault && (!was_ready || engine->failures > 3))
        backoff = BACKOFF_FIRST_MS << (engine->failures < 7 ? engine->failures : 7);
    engine->failures += fault;
    engine->start_at = nashrad_now() + (backoff < BACKOFF_MOST_MS ? backoff : BACKOFF_MOST_MS);
    /* One that doesn't even start fails at no article. */
    engine->events.lost(engine->user, fault && was_ready);
}

void nashrad_engine_reap(struct nashrad_engine *engine) {
    int status;
    if (engine->pid <= 0 || waitpid(engine->pid, &status, WNOHANG) != engine->pid)
        return;
    describe_end(status);
    engine->pid = 0;
    /* What it said before is in the socket still. */
    struct nashra_wire head;
    const char *bytes;
    const int fd = engine->fd;
    while (nashra_wire_receive(fd, &engine->in) == 1) {
    }
    while (engine->fd == fd && nashra_wire_next(&engine->in, &engine->at, &head, &bytes) == 1)
        hand_on(engine, &head, bytes);
    become_lost(engine, was_fault(status));
}

int nashrad_engine_create(struct nashrad_loop *loop, const char *program, const char *lexicon,
                          const struct nashrad_engine_events *events, void *user, struct nashrad_engine **out) {
    struct nashrad_engine *engine = nashra_alloc_zeroed(1, sizeof *engine);
    *out = NULL;
    if (!engine)
        return NASHRA_ENOMEM;
    *engine = (struct nashrad_engine){
        .loop = loop, .program = program, .lexicon = lexicon, .events = *events, .user = user, .fd = -1};
    const int status = start(engine);
    if (status < 0) {
        nashrad_engine_destroy(engine);
        return status;
    }
    *out = engine;
    return NASHRA_OK;
}

void nashrad_engine_destroy(struct nashrad_engine *engine) {
    if (!engine)
        return;
    disconnect(engine);
    if (engine->pid > 0) {
        kill(engine->pid, SIGKILL);
        waitpid(engine->pid, NULL, 0);
    }
    nashra_buffer_finish(&engine->in);
    nashra_free(engine);
}

/* Requests -------------------------------------------------------------------------------------------------------- */

bool nashrad_engine_ready(const struct nashrad_engine *engine) {
    return engine->ready;
}

static bool owes(const struct nashrad_engine *engine) {
    return !engine->ready || engine->opening || engine->asked != engine->answered;
}

static void ask(struct nashrad_engine *engine, struct nashra_wire head, const void *bytes) {
    if (!engine->ready)
        return;
    if (!owes(engine))
        engine->heard_from = nashrad_now();
    if (head.serial && head.kind != NASHRAD_WIRE_CANCEL)
        engine->asked = head.serial;
    engine->opening = engine->opening || head.kind == NASHRAD_WIRE_OPEN;
    /* One that is gone is noticed by the loop, and so is one that hangs: it must not hold up the rest. */
    if (nashra_wire_offer(engine->fd, head, bytes) == NASHRA_EAGAIN && !engine->clogged) {
        nashra_log(NASHRA_LOG_WARNING, "the worker takes no request any more; it is started again");
        engine->clogged = true;
        shutdown(engine->fd, SHUT_RDWR);
    }
}

void nashrad_engine_open(struct nashrad_engine *engine, nashra_article_id id, const char *path) {
    ask(engine, (struct nashra_wire){.kind = NASHRAD_WIRE_OPEN, .number = id, .length = strlen(path)}, path);
}

void nashrad_engine_read(struct nashrad_engine *engine, uint32_t serial, nashra_article_id id,
                         struct nashra_span span) {
    ask(engine,
        (struct nashra_wire){
            .kind = NASHRAD_WIRE_READ, .serial = serial, .number = id, .from = span.from, .to = span.to},
        NULL);
}

void nashrad_engine_say(struct nashrad_engine *engine, uint32_t serial, const char *text) {
    ask(engine, (struct nashra_wire){.kind = NASHRAD_WIRE_SAY, .serial = serial, .length = strlen(text)}, text);
}

void nashrad_engine_announce(struct nashrad_engine *engine, uint32_t serial, size_t place, const char *text) {
    ask(engine,
        (struct nashra_wire){.kind = NASHRAD_WIRE_ANNOUNCE, .serial = serial, .from = place, .length = strlen(text)},
        text);
}

void nashrad_engine_spell(struct nashrad_engine *engine, uint32_t serial, const char *letter, size_t length) {
    ask(engine, (struct nashra_wire){.kind = NASHRAD_WIRE_SPELL, .serial = serial, .length = length}, letter);
}

void nashrad_engine_cancel(struct nashrad_engine *engine, uint32_t serial) {
    ask(engine, (struct nashra_wire){.kind = NASHRAD_WIRE_CANCEL, .serial = serial}, NULL);
    engine->answered = engine->asked;
}

void nashrad_engine_rate(struct nashrad_engine *engine, int rate) {
    ask(engine, (struct nashra_wire){.kind = NASHRAD_WIRE_RATE, .number = rate}, NULL);
}

/* Watching -------------------------------------------------------------------------------------------------------- */

void nashrad_engine_pause(struct nashrad_engine *engine, bool paused) {
    if (engine->paused == paused)
        return;
    engine->paused = paused;
    engine->heard_from = nashrad_now();
    if (engine->fd >= 0)
        nashrad_loop_pause(engine->loop, engine->fd, paused);
}

static int64_t patience(const struct nashrad_engine *engine, bool silent) {
    if (!engine->ready)
        return START_MS;
    if (!silent || engine->opening || engine->in_vain > 3)
        return PATIENCE_MS;
    return SILENT_MS << engine->in_vain;
}

int64_t nashrad_engine_watch(struct nashrad_engine *engine, bool silent, int64_t now) {
    if (engine->start_at >= 0 && now >= engine->start_at && start(engine) < 0)
        engine->start_at = now + BACKOFF_MOST_MS;
    if (engine->start_at >= 0)
        return engine->start_at;
    if (engine->paused || !owes(engine))
        return -1;
    const int64_t due = engine->heard_from + patience(engine, silent);
    if (now < due)
        return due;
    const int64_t silent_ms = now - engine->heard_from;
    engine->in_vain++;
    become_lost(engine, true);
    nashra_log(NASHRA_LOG_WARNING, "the worker has said nothing for %lld ms; it is started again",
               (long long)silent_ms);
    return engine->start_at;
}

unsigned nashrad_engine_failures(const struct nashrad_engine *engine) {
    return engine->failures;
}
