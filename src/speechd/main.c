/* SPDX-License-Identifier: GPL-3.0-or-later */
/* sd_nashra: Nashra's voice for screen readers, as an output module of speech-dispatcher. */
#define _GNU_SOURCE /* F_SETPIPE_SZ */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "module.h"

/* What lies in the pipe is played out after a stop: a tenth of a second at most. */
enum { PIPE_BYTES = 4096 };

static const char help[] =
    "Usage: sd_nashra [CONFIGURATION]\n\n"
    "An output module of speech-dispatcher, which starts it and talks to it through its standard\n"
    "input and output. To choose it: spd-say -o nashra -l ar 'مرحبا'.\n";

static int take_lines(struct spd_module *module, struct spd_lines *lines) {
    char *line;
    size_t length;
    int status = spd_lines_fill(lines);
    while (status >= 0 && spd_lines_next(lines, &line, &length))
        status = spd_module_line(module, line, length);
    return status;
}

/* One turn: waits for the server, the voice or room in the pipe; the server's word comes first. `more`: the voice's
 * last word may not have been its only one. */
static int turn(struct spd_module *module, struct spd_lines *lines, struct spd_output *output, bool more) {
    struct pollfd ready[] = {{lines->fd, POLLIN, 0},
                             {spd_module_fd(module), POLLIN, 0},
                             {spd_output_waiting(output) > 0 ? output->fd : -1, POLLOUT, 0}};
    const bool waits = spd_module_waits(module);
    const int count = poll(ready, 3, more && waits ? 0 : waits ? SPD_PATIENCE_MS : -1);
    if (count < 0)
        return errno == EINTR ? NASHRA_OK : NASHRA_EIO;
    int status = count == 0 && !more ? spd_module_revive(module) : NASHRA_OK;
    if (status >= 0 && ready[0].revents)
        status = take_lines(module, lines);
    const int some = status < 0 ? status : spd_module_listen(module);
    const int written = spd_output_flush(output);
    return written < 0 ? written : some;
}

static int run(const struct nashra_pipeline_options *options) {
    struct spd_lines lines = {.fd = STDIN_FILENO};
    struct spd_output output = {.fd = STDOUT_FILENO};
    struct spd_module *module;
    int status = spd_module_create(options, &output, &module);
    while (status >= 0)
        status = turn(module, &lines, &output, status == 1);
    spd_module_destroy(module);
    spd_lines_finish(&lines);
    spd_output_finish(&output);
    return status == NASHRA_STOPPED || status == NASHRA_EIO ? NASHRA_OK : status;
}

static void prepare_pipe(void) {
    signal(SIGPIPE, SIG_IGN);
    fcntl(STDOUT_FILENO, F_SETPIPE_SZ, PIPE_BYTES); /* without it a stop is heard later: no harm else */
    fcntl(STDOUT_FILENO, F_SETFL, fcntl(STDOUT_FILENO, F_GETFL) | O_NONBLOCK);
}

int main(int argc, char **argv) {
    struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH};
    if (argc > 1 && argv[1][0] == '-') {
        const int version = strcmp(argv[1], "--version") == 0;
        fputs(version ? "sd_nashra " NASHRA_VERSION "\n" : help, stdout);
        return nashra_exit_code(version || strcmp(argv[1], "--help") == 0 ? NASHRA_OK : NASHRA_EUSAGE);
    }
    struct nashra_arena *arena = nashra_arena_create();
    int status = arena ? NASHRA_OK : NASHRA_ENOMEM;
    if (status >= 0 && argc > 1)
        status = spd_read_configuration(argv[1], arena, &options);
    prepare_pipe();
    if (status >= 0)
        status = run(&options);
    nashra_arena_destroy(arena);
    return nashra_exit_code(status);
}
