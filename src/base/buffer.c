/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/memory.h>
#include <nashra/utf8.h>

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static int reserve(struct nashra_buffer *buffer, size_t more) {
    if (buffer->failed)
        return NASHRA_ENOMEM;
    if (more < buffer->capacity - buffer->length)
        return NASHRA_OK;
    size_t capacity = buffer->capacity ? buffer->capacity : 64;
    while (capacity - buffer->length <= more && capacity <= SIZE_MAX / 2)
        capacity *= 2;
    char *data = capacity - buffer->length > more ? nashra_realloc(buffer->data, capacity) : NULL;
    if (!data) {
        buffer->failed = 1;
        return NASHRA_ENOMEM;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return NASHRA_OK;
}

int nashra_buffer_add(struct nashra_buffer *buffer, const char *bytes, size_t length) {
    int status = reserve(buffer, length);
    if (status < 0)
        return status;
    if (length)
        memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
    return NASHRA_OK;
}

int nashra_buffer_add_string(struct nashra_buffer *buffer, const char *string) {
    return nashra_buffer_add(buffer, string, strlen(string));
}

int nashra_buffer_add_codepoint(struct nashra_buffer *buffer, unsigned codepoint) {
    char bytes[4];
    return nashra_buffer_add(buffer, bytes, nashra_utf8_encode(codepoint, bytes));
}

int nashra_buffer_add_format(struct nashra_buffer *buffer, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    int status = length < 0 ? NASHRA_EINTERNAL : reserve(buffer, (size_t)length);
    if (status < 0)
        return status;
    va_start(arguments, format);
    vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    buffer->length += (size_t)length;
    return NASHRA_OK;
}

void nashra_buffer_clear(struct nashra_buffer *buffer) {
    buffer->length = 0;
    buffer->failed = 0;
    if (buffer->data)
        buffer->data[0] = '\0';
}

void nashra_buffer_finish(struct nashra_buffer *buffer) {
    nashra_free(buffer->data);
    memset(buffer, 0, sizeof *buffer);
}

const char *nashra_buffer_string(const struct nashra_buffer *buffer) {
    return buffer->data ? buffer->data : "";
}
