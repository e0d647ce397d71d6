/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file wire.h  What a process and its child tell each other over a socket pair: a head of fixed size and bytes behind
 * it.
 *
 * Both ends are the same program on the same machine, so that structs travel as they are.
 */
#ifndef NASHRA_WIRE_H
#define NASHRA_WIRE_H

#include <stddef.h>
#include <stdint.h>

#include <nashra/memory.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Longer messages are refused. */
#define NASHRA_WIRE_MOST (64u * 1024u * 1024u)

/** What the fields mean, but for `length`, is between the two ends. */
struct nashra_wire {
    uint32_t kind;
    uint32_t serial;
    int64_t number;
    size_t from, to;
    size_t length; /**< of the bytes behind the head */
};

/** Writes all of it, waiting as long as it takes. 0, or NASHRA_EIO when the other end is gone (not reported). */
int nashra_wire_send(int fd, struct nashra_wire head, const void *bytes);
/** Writes all of it without waiting, for who has other things to do. 0; NASHRA_EIO when the other end is gone;
 *  NASHRA_EAGAIN when it has read too little for too long: a part may have been written, so that nothing can follow. */
int nashra_wire_offer(int fd, struct nashra_wire head, const void *bytes);
/** Appends what is there to `in`, without waiting. 1: something came; 0: nothing now; NASHRA_EIO at the end;
 *  NASHRA_ENOMEM. */
int nashra_wire_receive(int fd, struct nashra_buffer *in);
/** The message at `*at` of the buffer, if it is complete: the head is copied, `*bytes` points behind it, `*at` moves
 * on. 1: there is one; 0: not yet; NASHRA_EINTERNAL: not a message. */
int nashra_wire_next(const struct nashra_buffer *in, size_t *at, struct nashra_wire *head, const char **bytes);
/** Forgets the first `*at` bytes, sets it to 0. */
void nashra_wire_trim(struct nashra_buffer *in, size_t *at);

#ifdef __cplusplus
}
#endif
#endif
