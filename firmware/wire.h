/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What nashrad and its worker tell each other over a socket pair: a head of fixed size and `length` bytes behind it.
 * Both ends are the same program on the same machine, so that structs travel as they are. */
#ifndef NASHRAD_WIRE_H
#define NASHRAD_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nashra/memory.h>

enum nashrad_wire_kind {
    /* to the worker */
    NASHRAD_WIRE_OPEN = 1, /* article `number`; the path follows */
    NASHRAD_WIRE_READ,     /* speak [from, to) of article `number` as `serial` */
    NASHRAD_WIRE_SAY,      /* speak the text that follows as `serial` */
    NASHRAD_WIRE_SPELL,    /* speak the name of the letter that follows as `serial` */
    NASHRAD_WIRE_CANCEL,   /* forget all up to `serial` */
    NASHRAD_WIRE_ANNOUNCE, /* speak the text that follows as `serial`, from its sentence `from` on; marks are sentences
                            */
    NASHRAD_WIRE_RATE,     /* `number` words a minute from the next sentence on */
    /* from the worker */
    NASHRAD_WIRE_READY,      /* it can speak; `number` frames a second */
    NASHRAD_WIRE_DOCUMENT,   /* article `number`: `from` segments, then the text */
    NASHRAD_WIRE_UNREADABLE, /* article `number` */
    NASHRAD_WIRE_MARK,       /* the word at byte `from` begins at the frame that comes next of `serial` */
    NASHRAD_WIRE_FRAMES,     /* of `serial` */
    NASHRAD_WIRE_DONE        /* `serial` is complete */
};

struct nashrad_wire {
    uint32_t kind;
    uint32_t serial;
    int64_t number;
    size_t from, to;
    size_t length;
};

enum { NASHRAD_WIRE_MOST = 64 * 1024 * 1024 };

/* Writes all of it, waiting as long as it takes. 0, or NASHRA_EIO when the other end is gone (not reported). */
int nashrad_wire_send(int fd, struct nashrad_wire head, const void *bytes);
/* Appends what is there to `in`, without waiting. 1: something came; 0: nothing now; NASHRA_EIO at the end. */
int nashrad_wire_receive(int fd, struct nashra_buffer *in);
/* The message at `*at` of the buffer, if it is complete: the head is copied, `*bytes` points behind it, `*at` moves on.
 * 1: there is one; 0: not yet; NASHRA_EINTERNAL: not a message. */
int nashrad_wire_next(const struct nashra_buffer *in, size_t *at, struct nashrad_wire *head, const char **bytes);
/* Forgets the first `at` bytes. */
void nashrad_wire_trim(struct nashra_buffer *in, size_t *at);

#endif
