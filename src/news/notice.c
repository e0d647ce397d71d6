/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notice.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <nashra/status.h>

void nashra_notice_new(const char *path, size_t count) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char line[64];
    const int length = snprintf(line, sizeof line, "say new.count %zu", count);
    const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 || strlen(path) >= sizeof address.sun_path) {
        nashra_log(NASHRA_LOG_WARNING, "%s: no socket of nashrad's", path);
    } else {
        strcpy(address.sun_path, path);
        if (sendto(fd, line, (size_t)length, MSG_NOSIGNAL, (const struct sockaddr *)&address, sizeof address) < 0)
            nashra_log(NASHRA_LOG_INFO, "%s: %s", path, strerror(errno));
    }
    if (fd >= 0)
        close(fd);
}
