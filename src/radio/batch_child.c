/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch_child.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "batch_wire.h"

struct child {
    int fd;
    struct nashra_cache *cache;
    struct nashra_renderer *renderer;
    struct nashra_buffer buffer;
    char reason[NASHRA_REASON_SIZE]; /* the first error of the job in hand */
    char place[NASHRA_JOB_NAME_MOST];
    bool terminal;
};

/* All goes to stderr, under the name of the job; the first error goes back as its reason. One write a message: the
 * processes share the terminal, where a progress line may have to be wiped. */
static void take_message(enum nashra_log_level level, const char *message, void *user) {
    struct child *child = user;
    char line[NASHRA_JOB_NAME_MOST + 1200];
    if (level == NASHRA_LOG_ERROR && !*child->reason)
        snprintf(child->reason, sizeof child->reason, "%s", message);
    size_t place = strlen(child->place);
    bool named = place > 0 && strncmp(message, child->place, place) == 0;
    int length = snprintf(line, sizeof line, "%snashra: %s%s%s%s\n", child->terminal ? "\r\033[K" : "",
                          level == NASHRA_LOG_WARNING ? "warning: " : "", named ? "" : child->place,
                          named || !place ? "" : ": ", message);
    ssize_t written = write(STDERR_FILENO, line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
    (void)written;
}

/* The job's origin, before anything of it is checked. */
static void note_place(struct child *child, const struct nashra_job_bytes *job) {
    json_t *json = json_loadb(job->line, job->line_length, 0, NULL);
    const char *origin = json_string_value(json_object_get(json, "origin"));
    snprintf(child->place, sizeof child->place, "%s", origin ? origin : "");
    json_decref(json);
}

static void serve(struct child *child) {
    struct nashra_job_bytes job;
    struct nashra_job_result result;
    while (nashra_wire_receive_job(child->fd, &child->buffer, &job)) {
        note_place(child, &job);
        child->reason[0] = '\0';
        nashra_renderer_do(child->renderer, &job, &result);
        snprintf(result.reason, sizeof result.reason, "%s",
                 result.status < 0 && !*child->reason ? nashra_status_name(result.status) : child->reason);
        child->place[0] = '\0';
        if (!nashra_wire_send_result(child->fd, &result))
            break;
    }
}

/* Signals are the parent's business: it lets the job be finished, or kills. */
static void leave_signals(void) {
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        signal(numbers[i], SIG_IGN);
}

_Noreturn void nashra_child_main(int fd, const struct nashra_child_setup *setup) {
    struct child child = {.fd = fd, .terminal = isatty(STDERR_FILENO) == 1};
    leave_signals();
    nashra_log_set_handler(take_message, &child);
    int status = setup->cache ? nashra_cache_open(setup->cache, setup->cache_limit, &child.cache) : NASHRA_OK;
    if (status >= 0)
        status = nashra_renderer_create(setup->folder, child.cache, &setup->engine, &child.renderer);
    if (status >= 0)
        serve(&child);
    if (child.cache)
        nashra_cache_trim(child.cache);
    nashra_renderer_destroy(child.renderer);
    nashra_cache_close(child.cache);
    nashra_buffer_finish(&child.buffer);
    _exit(nashra_exit_code(status));
}
