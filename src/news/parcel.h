/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What caged processes and their parent tell each other: numbers and strings one after the other, each checked when it
 * is taken. All numbers are 8 bytes, little endian; a string is its length, its bytes and a NUL. */
#ifndef NASHRA_NEWS_PARCEL_H
#define NASHRA_NEWS_PARCEL_H

#include <stdbool.h>
#include <stdint.h>

#include <nashra/memory.h>

/* Both note a failure in the buffer, as its own functions do. */
void nashra_parcel_put_number(struct nashra_buffer *out, int64_t number);
void nashra_parcel_put_bytes(struct nashra_buffer *out, const char *bytes, size_t length);
/* NULL is put as "". */
void nashra_parcel_put_string(struct nashra_buffer *out, const char *string);

/* A message that is being read. Whatever is malformed makes it `broken` for good; what is taken from then on is 0 and
 * "". */
struct nashra_parcel {
    const char *at;
    size_t left;
    bool broken;
};

int64_t nashra_parcel_number(struct nashra_parcel *parcel);
/* NUL-terminated; lives as long as the message. @param length may be NULL: then a string with a NUL in it is broken. */
const char *nashra_parcel_string(struct nashra_parcel *parcel, size_t *length);

#endif
