/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file terminal.h  Keys from a terminal, unbuffered and without echo. */
#ifndef NASHRA_TERMINAL_H
#define NASHRA_TERMINAL_H

enum nashra_key {
    NASHRA_KEY_NONE,
    NASHRA_KEY_PAUSE,
    NASHRA_KEY_NEXT,
    NASHRA_KEY_PREVIOUS,
    NASHRA_KEY_FASTER,
    NASHRA_KEY_SLOWER,
    NASHRA_KEY_QUIT
};

/** Takes over the terminal on stdin. @return its descriptor, or -1 when stdin is no terminal, or another job's. */
int nashra_terminal_open(void);
/** Gives it back as it was. Harmless when it was not opened. */
void nashra_terminal_close(void);
/** The next key, NASHRA_KEY_NONE when there is none (or none of ours). Never blocks. */
enum nashra_key nashra_terminal_key(int fd);

#endif
