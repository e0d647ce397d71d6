/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What caged processes and their parent tell each other: numbers and strings one after the other, each checked when it
 * is taken. All numbers are 8 bytes, little endian; a string is its length, its bytes and a NUL. */
#ifndef NASHRA_NEWS_WIRE_H
#define NASHRA_NEWS_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include <nashra/memory.h>

/* Both note a failure in the buffer, as its own functions do. */
void nashra_wire_put_number(struct nashra_buffer *out, int64_t number);
void nashra_wire_put_bytes(struct nashra_buffer *out, const char *bytes, size_t length);
/* NULL is put as "". */
void nashra_wire_put_string(struct nashra_buffer *out, const char *string);

/* A message that is being read. Whatever is malformed makes it `broken` for good; what is taken from then on is 0 and
 * "". */
struct nashra_wire {
    const char *at;
    size_t left;
    bool broken;
};

int64_t nashra_wire_number(struct nashra_wire *wire);
/* NUL-terminated; lives as long as the message. @param length may be NULL: then a string with a NUL in it is broken. */
const char *nashra_wire_string(struct nashra_wire *wire, size_t *length);

#endif
