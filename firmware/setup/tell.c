/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tell.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <nashra/status.h>

enum { TRIES = 50, PAUSE_MS = 200 };

static bool nobody_yet(int error) {
    return error == ENOENT || error == ECONNREFUSED || error == EAGAIN || error == ENOBUFS;
}

void nashra_tell_line(const char *path, const char *line) {
    static const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    nashra_log(NASHRA_LOG_INFO, "%s", line);
    if (!*path || strlen(path) >= sizeof address.sun_path)
        return;
    strcpy(address.sun_path, path);
    const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    ssize_t sent = -1;
    for (int i = 0; i < TRIES && fd >= 0; i++) {
        sent = sendto(fd, line, strlen(line), 0, (const struct sockaddr *)&address, sizeof address);
        if (sent >= 0 || !nobody_yet(errno))
            break;
        nanosleep(&pause, NULL);
    }
    if (sent < 0)
        nashra_log(NASHRA_LOG_WARNING, "%s: \"%s\" can't be said: %s", path, line, strerror(errno));
    if (fd >= 0)
        close(fd);
}

void nashra_tell(const char *path, enum nashra_prompt prompt, size_t number) {
    char line[128];
    if (nashra_prompt_numbers(prompt) > 0)
        snprintf(line, sizeof line, "say %s %zu", nashra_prompt_name(prompt), number);
    else
        snprintf(line, sizeof line, "say %s", nashra_prompt_name(prompt));
    nashra_tell_line(path, line);
}
