/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "parcel.h"

#include <string.h>

enum { NUMBER_BYTES = 8 };

void nashra_parcel_put_number(struct nashra_buffer *out, int64_t number) {
    char bytes[NUMBER_BYTES];
    for (int i = 0; i < NUMBER_BYTES; i++)
        bytes[i] = (char)((uint64_t)number >> 8 * i);
    nashra_buffer_add(out, bytes, sizeof bytes);
}

void nashra_parcel_put_bytes(struct nashra_buffer *out, const char *bytes, size_t length) {
    nashra_parcel_put_number(out, (int64_t)length);
    nashra_buffer_add(out, bytes, length);
    nashra_buffer_add(out, "", 1);
}

void nashra_parcel_put_string(struct nashra_buffer *out, const char *string) {
    nashra_parcel_put_bytes(out, string ? string : "", string ? strlen(string) : 0);
}

static const char *take(struct nashra_parcel *parcel, size_t count) {
    if (parcel->broken || parcel->left < count) {
        parcel->broken = true;
        return NULL;
    }
    const char *bytes = parcel->at;
    parcel->at += count;
    parcel->left -= count;
    return bytes;
}

int64_t nashra_parcel_number(struct nashra_parcel *parcel) {
    const char *bytes = take(parcel, NUMBER_BYTES);
    uint64_t number = 0;
    for (int i = NUMBER_BYTES; bytes && i-- > 0;)
        number = number << 8 | (unsigned char)bytes[i];
    return (int64_t)number;
}

const char *nashra_parcel_string(struct nashra_parcel *parcel, size_t *length) {
    const uint64_t count = (uint64_t)nashra_parcel_number(parcel);
    const char *bytes = count < parcel->left ? take(parcel, (size_t)count + 1) : NULL;
    if (length)
        *length = 0;
    if (!bytes || bytes[count] != '\0' || (!length && strlen(bytes) != count)) {
        parcel->broken = true;
        return "";
    }
    if (length)
        *length = (size_t)count;
    return bytes;
}
