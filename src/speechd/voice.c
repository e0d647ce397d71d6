/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { START_MS = 10000 };

struct spd_voice {
    const struct nashra_pipeline_options *options;
    pid_t child;
    int fd;
    unsigned rate;
    uint32_t serial; /* of what is spoken */
    struct nashra_buffer in;
    size_t at;
};

static void end_child(struct spd_voice *voice) {
    if (voice->child <= 0)
        return;
    kill(voice->child, SIGKILL);
    while (waitpid(voice->child, NULL, 0) < 0 && errno == EINTR)
        ;
    voice->child = 0;
    close(voice->fd);
    voice->fd = -1;
    nashra_buffer_clear(&voice->in);
    voice->at = 0;
}

/* poll(2) that goes on after a signal, such as the one that lets a stopped process go on. */
static int wait_for(struct pollfd *ready, int timeout_ms) {
    int count;
    do
        count = poll(ready, 1, timeout_ms);
    while (count < 0 && errno == EINTR);
    return count;
}

static int fork_child(struct spd_voice *voice) {
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) < 0)
        return nashra_fail(NASHRA_EINTERNAL, "socketpair: %s", strerror(errno));
    voice->child = fork();
    if (voice->child == 0) {
        close(pair[0]);
        /* The protocol's pipes are not the speaker's: nothing of it may stray into them, or keep them open. */
        close(STDIN_FILENO);
        dup2(STDERR_FILENO, STDOUT_FILENO);
        _exit(spd_speaker(pair[1], voice->options));
    }
    close(pair[1]);
    if (voice->child > 0) {
        voice->fd = pair[0];
        return NASHRA_OK;
    }
    close(pair[0]);
    return nashra_fail(NASHRA_EINTERNAL, "fork: %s", strerror(errno));
}

static int wait_until_ready(struct spd_voice *voice) {
    struct nashra_wire head;
    const char *bytes;
    struct pollfd ready = {voice->fd, POLLIN, 0};
    int status = 0;
    while (status == 0) {
        if (wait_for(&ready, START_MS) <= 0)
            return nashra_fail(NASHRA_ECONFIG, "the voice has not started within %d s", START_MS / 1000);
        status = nashra_wire_receive(voice->fd, &voice->in);
        if (status == 1)
            status = nashra_wire_next(&voice->in, &voice->at, &head, &bytes);
    }
    if (status < 0)
        return nashra_fail(NASHRA_ECONFIG, "the voice can't be opened; the lines before this one say why");
    voice->rate = (unsigned)head.number;
    return NASHRA_OK;
}

int spd_voice_restart(struct spd_voice *voice) {
    end_child(voice);
    int status = fork_child(voice);
    if (status >= 0)
        status = wait_until_ready(voice);
    return status;
}

int spd_voice_create(const struct nashra_pipeline_options *options, struct spd_voice **out) {
    struct spd_voice *voice = nashra_alloc_zeroed(1, sizeof *voice);
    *out = NULL;
    if (!voice)
        return NASHRA_ENOMEM;
    voice->options = options;
    voice->fd = -1;
    const int status = spd_voice_restart(voice);
    if (status < 0) {
        spd_voice_destroy(voice);
        return status;
    }
    *out = voice;
    return NASHRA_OK;
}

void spd_voice_destroy(struct spd_voice *voice) {
    if (!voice)
        return;
    end_child(voice);
    nashra_buffer_finish(&voice->in);
    nashra_free(voice);
}

int spd_voice_fd(const struct spd_voice *voice) {
    return voice->fd;
}

unsigned spd_voice_rate(const struct spd_voice *voice) {
    return voice->rate;
}

/* Waits until the speaker takes more, and takes what it says meanwhile: it may be waiting for that itself. */
static int wait_for_room(struct spd_voice *voice) {
    struct pollfd ready = {voice->fd, POLLIN | POLLOUT, 0};
    if (wait_for(&ready, SPD_PATIENCE_MS) <= 0)
        return NASHRA_EIO;
    return ready.revents & POLLIN ? nashra_wire_receive(voice->fd, &voice->in) : NASHRA_OK;
}

static int send_all(struct spd_voice *voice, const void *bytes, size_t length) {
    const char *next = bytes;
    int status = NASHRA_OK;
    while (length > 0 && status >= 0) {
        const ssize_t sent = send(voice->fd, next, length, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            return NASHRA_EIO;
        next += sent < 0 ? 0 : sent;
        length -= sent < 0 ? 0 : (size_t)sent;
        status = length > 0 ? wait_for_room(voice) : NASHRA_OK;
    }
    return status;
}

void spd_voice_cancel(struct spd_voice *voice) {
    const struct nashra_wire head = {.kind = SPD_WIRE_CANCEL, .serial = voice->serial++};
    send_all(voice, &head, sizeof head); /* a speaker that is gone is found by spd_voice_next() */
}

static int ask(struct spd_voice *voice, bool tone, const struct nashra_buffer *request) {
    const struct nashra_wire head = {
        .kind = SPD_WIRE_SPEAK, .serial = voice->serial, .number = tone, .length = request->length};
    const int status = send_all(voice, &head, sizeof head);
    return status < 0 ? status : send_all(voice, request->data, request->length);
}

int spd_voice_speak(struct spd_voice *voice, const struct nashra_voice *settings, bool tone,
                    const struct nashra_buffer *document) {
    struct nashra_buffer request = {0};
    spd_voice_cancel(voice);
    nashra_buffer_add(&request, (const char *)settings, sizeof *settings);
    nashra_buffer_add(&request, nashra_buffer_string(document), document->length);
    int status = request.failed ? NASHRA_ENOMEM : ask(voice, tone, &request);
    if (status == NASHRA_EIO && (status = spd_voice_restart(voice)) >= 0)
        status = ask(voice, tone, &request);
    nashra_buffer_finish(&request);
    return status;
}

int spd_voice_next(struct spd_voice *voice, struct nashra_wire *head, const char **bytes) {
    nashra_wire_trim(&voice->in, &voice->at);
    for (;;) {
        int status = nashra_wire_next(&voice->in, &voice->at, head, bytes);
        if (status == 1 && head->serial != voice->serial)
            continue; /* of what was cancelled */
        if (status != 0)
            return status;
        nashra_wire_trim(&voice->in, &voice->at);
        status = nashra_wire_receive(voice->fd, &voice->in);
        if (status != 1)
            return status;
    }
}
