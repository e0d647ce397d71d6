/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stream.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

bool nashra_stream_add(struct nashra_stream *stream, const void *bytes, size_t length) {
    if (!stream->buffer)
        return nashra_write_all(stream->output.fd, bytes, length, &stream->output.error);
    if (nashra_buffer_add(stream->buffer, bytes, length) < 0)
        stream->output.error = ENOMEM;
    return stream->output.error == 0;
}

bool nashra_stream_patch(struct nashra_stream *stream, size_t offset, const void *bytes, size_t length) {
    if (stream->buffer) {
        memcpy(stream->buffer->data + offset, bytes, length);
        return true;
    }
    if (pwrite(stream->output.fd, bytes, length, (off_t)offset) == (ssize_t)length)
        return true;
    stream->output.error = errno ? errno : EIO;
    return false;
}
