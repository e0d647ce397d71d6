/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notices.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <nashra/memory.h>

enum { WAITING_MAX = 32, LINE_MAX_BYTES = 128 };

struct nashrad_notices {
    struct nashrad_loop *loop;
    const char *path;
    int fd; /* -1: none */
    struct nashrad_notice waiting[WAITING_MAX];
    size_t first, count;
};

/* Lines ----------------------------------------------------------------------------------------------------------- */

static bool find_prompt(const char *name, enum nashra_prompt *prompt) {
    for (int i = 0; i < NASHRA_PROMPT_COUNT; i++) {
        *prompt = (enum nashra_prompt)i;
        if (strcmp(nashra_prompt_name(*prompt), name) == 0)
            return true;
    }
    return false;
}

static bool read_setting(const char *name, struct nashrad_notice *notice) {
    static const char *const settings[] = {"volume", "rate"};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (strcmp(settings[i], name) == 0)
            notice->name = settings[i];
    return notice->name != NULL;
}

bool nashrad_notice_read(const char *line, struct nashrad_notice *notice) {
    char verb[16] = "", name[64] = "", more[2] = "";
    unsigned numbers[NASHRA_PROMPT_NUMBERS] = {0};
    const int fields = sscanf(line, "%15s %63s %9u %9u %1s", verb, name, &numbers[0], &numbers[1], more);
    *notice = (struct nashrad_notice){.kind = NASHRAD_NOTICE_RESTART, .numbers = {numbers[0], numbers[1]}};
    if (strcmp(verb, "restart") == 0)
        return fields == 1;
    if (strcmp(verb, "set") == 0) {
        notice->kind = NASHRAD_NOTICE_SET;
        return fields == 3 && read_setting(name, notice);
    }
    notice->kind = NASHRAD_NOTICE_SAY;
    return strcmp(verb, "say") == 0 && find_prompt(name, &notice->prompt) &&
           fields == 2 + (int)nashra_prompt_numbers(notice->prompt);
}

/* The socket ------------------------------------------------------------------------------------------------------ */

static void receive(int fd, void *user) {
    struct nashrad_notices *notices = user;
    struct nashrad_notice notice;
    char line[LINE_MAX_BYTES + 1];
    ssize_t length;
    while ((length = recv(fd, line, LINE_MAX_BYTES, MSG_DONTWAIT)) >= 0) {
        line[length] = '\0';
        if (!nashrad_notice_read(line, &notice))
            nashra_log(NASHRA_LOG_WARNING, "%s: \"%s\" is not understood", notices->path, line);
        else if (notices->count == WAITING_MAX)
            nashra_log(NASHRA_LOG_WARNING, "%s: too much at once; \"%s\" is left out", notices->path, line);
        else
            notices->waiting[(notices->first + notices->count++) % WAITING_MAX] = notice;
    }
}

static int open_socket(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address.sun_path, path);
    const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    unlink(path); /* of the one before, which had no time to do it */
    if (fd < 0 || (bind(fd, (const struct sockaddr *)&address, sizeof address) == 0 && chmod(path, 0660) == 0))
        return fd;
    close(fd);
    return -1;
}

int nashrad_notices_create(struct nashrad_loop *loop, const char *path, struct nashrad_notices **out) {
    *out = NULL;
    if (!*path)
        return NASHRA_OK;
    struct nashrad_notices *notices = nashra_alloc_zeroed(1, sizeof *notices);
    if (!notices)
        return NASHRA_ENOMEM;
    *notices = (struct nashrad_notices){.loop = loop, .path = path, .fd = open_socket(path)};
    if (notices->fd < 0)
        nashra_log(NASHRA_LOG_INFO, "%s: %s: no helper can have anything said", path, strerror(errno));
    else if (nashrad_loop_add(loop, notices->fd, receive, notices) < 0) {
        close(notices->fd);
        notices->fd = -1;
    }
    *out = notices;
    return NASHRA_OK;
}

void nashrad_notices_destroy(struct nashrad_notices *notices) {
    if (!notices)
        return;
    if (notices->fd >= 0) {
        nashrad_loop_remove(notices->loop, notices->fd);
        close(notices->fd);
        unlink(notices->path);
    }
    nashra_free(notices);
}

bool nashrad_notices_take(struct nashrad_notices *notices, struct nashrad_notice *notice) {
    if (!notices || notices->count == 0)
        return false;
    *notice = notices->waiting[notices->first];
    notices->first = (notices->first + 1) % WAITING_MAX;
    notices->count--;
    return true;
}
