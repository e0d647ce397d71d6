/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "terminal.h"

#include <poll.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios saved;
static int opened;

/* A job in the background is stopped when it touches its terminal. */
static int is_in_background(void) {
    const pid_t owner = tcgetpgrp(STDIN_FILENO); /* -1: not the terminal that this session is controlled by */
    return owner >= 0 && owner != getpgrp();
}

int nashra_terminal_open(void) {
    if (isatty(STDIN_FILENO) != 1 || is_in_background() || tcgetattr(STDIN_FILENO, &saved) != 0)
        return -1;
    struct termios raw = saved;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO); /* ISIG stays: Ctrl-C is a signal */
    raw.c_cc[VMIN] = 0;
    raw.c_cc[VTIME] = 0;
    if (tcsetattr(STDIN_FILENO, TCSANOW, &raw) != 0)
        return -1;
    opened = 1;
    return STDIN_FILENO;
}

void nashra_terminal_close(void) {
    if (opened)
        tcsetattr(STDIN_FILENO, TCSANOW, &saved);
    opened = 0;
}

struct key_row {
    const char *bytes;
    enum nashra_key key;
};

/* ECMA-48 cursor keys, in normal and in application mode. */
static const struct key_row keys[] = {
    {" ", NASHRA_KEY_PAUSE},         {"q", NASHRA_KEY_QUIT},          {"Q", NASHRA_KEY_QUIT},
    {"\033[A", NASHRA_KEY_FASTER},   {"\033OA", NASHRA_KEY_FASTER},   {"\033[B", NASHRA_KEY_SLOWER},
    {"\033OB", NASHRA_KEY_SLOWER},   {"\033[C", NASHRA_KEY_NEXT},     {"\033OC", NASHRA_KEY_NEXT},
    {"\033[D", NASHRA_KEY_PREVIOUS}, {"\033OD", NASHRA_KEY_PREVIOUS},
};

enum nashra_key nashra_terminal_key(int fd) {
    char bytes[8] = {0};
    if (read(fd, bytes, 1) != 1)
        return NASHRA_KEY_NONE;
    /* The rest of a cursor key comes with its first byte, but for slow serial lines. */
    for (size_t n = 1; bytes[0] == '\033' && n < 3; n++) {
        struct pollfd more = {.fd = fd, .events = POLLIN};
        if (poll(&more, 1, 20) != 1 || read(fd, bytes + n, 1) != 1)
            break;
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcmp(keys[i].bytes, bytes) == 0)
            return keys[i].key;
    return NASHRA_KEY_NONE;
}
