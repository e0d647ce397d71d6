/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of the module protocol: the server's, and what goes back without ever waiting for it. */
#ifndef NASHRA_SPEECHD_LINES_H
#define NASHRA_SPEECHD_LINES_H

#include <stdbool.h>
#include <stdint.h>

#include <nashra/memory.h>

struct spd_lines {
    int fd;
    struct nashra_buffer in;
    size_t at;
};

/* Reads what is there. 1: something; 0: nothing now; NASHRA_EIO: the end. */
int spd_lines_fill(struct spd_lines *lines);
/* The next complete line without its end, in place until the next call; false: there is none yet. */
bool spd_lines_next(struct spd_lines *lines, char **line, size_t *length);
void spd_lines_finish(struct spd_lines *lines);

/* What goes to the server. */
struct spd_output {
    int fd;
    struct nashra_buffer out;
    size_t done;
};

/* Bytes that wait. */
size_t spd_output_waiting(const struct spd_output *output);
/* Writes what the server takes now. 0, NASHRA_EIO when it is gone, NASHRA_ENOMEM when something could not be kept. */
int spd_output_flush(struct spd_output *output);
/* Appends the event 705: frames of mono 16 bit sound. Line ends in them are escaped as HDLC does (RFC 1662, 4.2): 0x7d,
 * then the byte with its sixth bit turned. */
void spd_output_sound(struct spd_output *output, const void *frames, size_t count, unsigned rate);
void spd_output_finish(struct spd_output *output);

#endif
