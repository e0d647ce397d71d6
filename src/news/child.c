/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "parcel.h"
#include "reply.h"

enum { OVERHEAD = 256 * 1024, BLOCK = 64 * 1024, DESCRIPTORS = 1024 };

void nashra_answer_finish(struct nashra_answer *answer) {
    nashra_buffer_finish(&answer->bytes);
    *answer = (struct nashra_answer){0};
}

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* In the child ---------------------------------------------------------------------------------------------------- */

/* Databases, sockets and terminals of the parent are not the child's business. */
static void close_others(int first) {
#ifdef SYS_close_range
    if (syscall(SYS_close_range, (unsigned)first, ~0U, 0) == 0)
        return;
#endif
    for (int fd = first; fd < DESCRIPTORS; fd++)
        close(fd);
}

/* A child that is left alone by its parent's end finds its pipe closed. Signals are as in a new program. */
static void settle(int in, int out) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGCHLD, SIGXFSZ};
    const int null = in < 0 ? open("/dev/null", O_RDONLY) : in;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        signal(signals[i], SIG_DFL);
    dup2(null, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    close_others(STDERR_FILENO + 1);
}

static void work_and_reply(nashra_child_fn work, void *user) {
    struct nashra_buffer messages = {0}, payload = {0};
    nashra_reply_keep_messages(&messages);
    int status = work(user, &payload);
    if (status >= 0 && payload.failed)
        status = NASHRA_ENOMEM;
    nashra_reply_send(STDOUT_FILENO, status, &messages, &payload);
}

/* In the parent --------------------------------------------------------------------------------------------------- */

enum { PATIENCE_MS = 100 };

/* 1: readable; NASHRA_STOPPED; NASHRA_EAGAIN: the deadline has passed; NASHRA_EIO. */
static int wait_for(const struct nashra_child *child, int fd, int64_t until) {
    for (;;) {
        const int64_t left = until - now_ms();
        if (child->stopped && child->stopped())
            return NASHRA_STOPPED;
        if (left <= 0)
            return NASHRA_EAGAIN;
        const int ready =
            poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, left < PATIENCE_MS ? (int)left : PATIENCE_MS);
        if (ready > 0 || (ready < 0 && errno != EINTR))
            return ready > 0 ? 1 : NASHRA_EIO;
    }
}

static int read_block(int fd, struct nashra_buffer *bytes, bool *ended) {
    char block[BLOCK];
    const ssize_t got = read(fd, block, sizeof block);
    if (got < 0)
        return errno == EINTR ? NASHRA_OK : NASHRA_EIO;
    *ended = got == 0;
    return nashra_buffer_add(bytes, block, (size_t)got);
}

static int read_answer(const struct nashra_child *child, int fd, struct nashra_buffer *bytes) {
    const int64_t until = now_ms() + child->deadline_ms;
    int status = NASHRA_OK;
    for (bool ended = false; !ended && status >= 0;) {
        status = wait_for(child, fd, until);
        if (status == NASHRA_STOPPED)
            return status;
        if (status == NASHRA_EAGAIN)
            return nashra_fail(NASHRA_EDATA, "%s took longer than %u seconds and was stopped", child->task,
                               (child->deadline_ms + 999) / 1000);
        if (status >= 0)
            status = read_block(fd, bytes, &ended);
        if (status >= 0 && bytes->length > child->most_bytes + OVERHEAD)
            return nashra_fail(NASHRA_EDATA, "%s answered with more than %zu bytes and was stopped", child->task,
                               child->most_bytes);
    }
    if (status == NASHRA_EIO)
        return nashra_fail(NASHRA_EINTERNAL, "%s: its answer can't be read: %s", child->task, strerror(errno));
    return status < 0 ? nashra_fail(NASHRA_ENOMEM, "%s: out of memory for its answer", child->task) : NASHRA_OK;
}

static int wait_for_end(pid_t pid) {
    int ended = 0;
    while (waitpid(pid, &ended, 0) < 0 && errno == EINTR) {
    }
    return ended;
}

/* What it said as far as it came goes before how it ended. */
static int judge_end(const struct nashra_child *child, int ended) {
    if (WIFSIGNALED(ended) && WTERMSIG(ended) == SIGSYS)
        return nashra_fail(NASHRA_EDATA, "%s tried what it must not do and was stopped", child->task);
    if (WIFSIGNALED(ended) && (WTERMSIG(ended) == SIGXCPU || WTERMSIG(ended) == SIGKILL))
        return nashra_fail(NASHRA_EDATA, "%s was stopped (signal %d)", child->task, WTERMSIG(ended));
    if (WIFSIGNALED(ended))
        return nashra_fail(NASHRA_EDATA, "%s crashed (signal %d)", child->task, WTERMSIG(ended));
    if (WEXITSTATUS(ended) != 0)
        return nashra_fail(NASHRA_EINTERNAL, "%s ended with exit code %d", child->task, WEXITSTATUS(ended));
    return NASHRA_OK;
}

static void log_messages(const char *bytes, size_t length) {
    struct nashra_parcel parcel = {bytes, length, false};
    while (parcel.left > 0 && !parcel.broken) {
        const int64_t level = nashra_parcel_number(&parcel);
        const char *message = nashra_parcel_string(&parcel, NULL);
        if (!parcel.broken && level >= NASHRA_LOG_ERROR && level <= NASHRA_LOG_DEBUG)
            nashra_log((enum nashra_log_level)level, "%s", message);
    }
}

static int open_answer(const struct nashra_child *child, struct nashra_answer *answer) {
    struct nashra_parcel parcel = {answer->bytes.data, answer->bytes.length, false};
    size_t length = 0;
    const bool known = nashra_parcel_number(&parcel) == NASHRA_REPLY_MAGIC;
    const int64_t status = nashra_parcel_number(&parcel);
    const char *messages = nashra_parcel_string(&parcel, &length);
    if (!known || parcel.broken)
        return nashra_fail(NASHRA_EINTERNAL, "%s gave no proper answer", child->task);
    log_messages(messages, length);
    answer->payload = nashra_parcel_string(&parcel, &answer->length);
    if (parcel.broken || parcel.left > 0 || status < NASHRA_STOPPED || status > INT16_MAX)
        return nashra_fail(NASHRA_EINTERNAL, "%s gave no proper answer", child->task);
    return (int)status;
}

static int collect(const struct nashra_child *child, pid_t pid, int fd, struct nashra_answer *answer) {
    int status = read_answer(child, fd, &answer->bytes);
    close(fd);
    if (status < 0)
        kill(pid, SIGKILL);
    const int ended = wait_for_end(pid);
    if (status >= 0)
        status = judge_end(child, ended);
    if (status >= 0)
        status = open_answer(child, answer);
    if (status < 0 && !answer->payload)
        nashra_answer_finish(answer);
    return status;
}

static int cannot_start(const struct nashra_child *child) {
    return nashra_fail(NASHRA_EINTERNAL, "%s can't be started: %s", child->task, strerror(errno));
}

int nashra_child_call(const struct nashra_child *child, nashra_child_fn work, void *user,
                      struct nashra_answer *answer) {
    int ends[2];
    *answer = (struct nashra_answer){0};
    if (pipe2(ends, O_CLOEXEC) != 0)
        return cannot_start(child);
    const pid_t pid = fork();
    if (pid == 0) {
        settle(-1, ends[1]);
        work_and_reply(work, user);
        _exit(0);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return cannot_start(child);
    }
    return collect(child, pid, ends[0], answer);
}

/* A request is far smaller than what a socket takes at once; a child that is gone already is no signal. */
static int send_request(int fd, const struct nashra_buffer *request) {
    const ssize_t sent = send(fd, request->data, request->length, MSG_NOSIGNAL);
    const int status = sent == (ssize_t)request->length || errno == EPIPE ? 0 : -1;
    shutdown(fd, SHUT_WR);
    return status;
}

int nashra_child_program(const struct nashra_child *child, const char *program, const struct nashra_buffer *request,
                         struct nashra_answer *answer) {
    int ends[2];
    *answer = (struct nashra_answer){0};
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return cannot_start(child);
    const pid_t pid = fork();
    if (pid == 0) {
        settle(ends[1], ends[1]);
        execl(program, program, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    if (pid < 0 || send_request(ends[0], request) != 0) {
        const int status = cannot_start(child);
        close(ends[0]);
        if (pid > 0) {
            kill(pid, SIGKILL);
            wait_for_end(pid);
        }
        return status;
    }
    return collect(child, pid, ends[0], answer);
}
