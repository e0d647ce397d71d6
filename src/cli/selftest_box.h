/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file selftest_box.h  A nashrad of the self-test's own: keys through a FIFO, sound into files, requests by its
 * socket. */
#ifndef NASHRA_SELFTEST_BOX_H
#define NASHRA_SELFTEST_BOX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <jansson.h>

#include <nashra/keys.h>

enum nashra_selftest_output { NASHRA_SELFTEST_MAIN, NASHRA_SELFTEST_HALL, NASHRA_SELFTEST_HEADPHONE };

struct nashra_selftest_box {
    char folder[64];
    pid_t pid; /* 0: not running */
    int keys, socket;
    struct nashra_layout *layout;
    char input[65536];
    size_t length;
};

/** Starts a nashrad and waits till it can be asked. @param program its path. @param layout a name or a path. @param
 * kiosk lines for [kiosk] in its settings. 0 or negative (reported). */
int nashra_selftest_start(struct nashra_selftest_box *box, const char *program, const char *layout, const char *kiosk);
/** Ends it and removes its files. */
void nashra_selftest_stop(struct nashra_selftest_box *box);

/** Milliseconds of a steady clock; sleeps. */
int64_t nashra_selftest_now(void);
void nashra_selftest_sleep(int ms);

/** Presses the key that gives the command, shortly or for as long as it takes. False: the layout has none. */
bool nashra_selftest_press(struct nashra_selftest_box *box, enum nashra_command command);
/** A key of the layout, down or up. */
void nashra_selftest_key(struct nashra_selftest_box *box, size_t key, bool down);
/** The key whose short press gives the command; -1: none. */
int nashra_selftest_find(const struct nashra_selftest_box *box, enum nashra_command command);
void nashra_selftest_plug(struct nashra_selftest_box *box, bool in);

/** Sends a request and returns its answer, to be released; NULL when none comes. */
json_t *nashra_selftest_ask(struct nashra_selftest_box *box, const char *request);
/** The same, a string or a number out of the answer's "reader". */
long nashra_selftest_reader(struct nashra_selftest_box *box, const char *what);
bool nashra_selftest_mode(struct nashra_selftest_box *box, const char *mode);
/** The number of an announcement that was taken; 0 when it was refused. */
long nashra_selftest_say(struct nashra_selftest_box *box, const char *fields);

/** Frames that were heard of an output; their loudness (root of the mean square) from a frame on. */
size_t nashra_selftest_heard(const struct nashra_selftest_box *box, enum nashra_selftest_output output);
double nashra_selftest_loudness(const struct nashra_selftest_box *box, enum nashra_selftest_output output, size_t from);
/** Waits till so much was heard; false after `ms`. */
bool nashra_selftest_hear(const struct nashra_selftest_box *box, enum nashra_selftest_output output, size_t frames,
                          int ms);
/** Nothing new is heard for so long; waits for that at most `within`. */
bool nashra_selftest_silent(const struct nashra_selftest_box *box, enum nashra_selftest_output output, int ms,
                            int within);
/** Lines of the box's log that hold a text, from line `since` on; all lines. */
size_t nashra_selftest_log(const struct nashra_selftest_box *box, const char *text, size_t since);
size_t nashra_selftest_log_end(const struct nashra_selftest_box *box);
/** Waits for such a line. */
bool nashra_selftest_told(const struct nashra_selftest_box *box, const char *text, size_t since, int ms);

#endif
