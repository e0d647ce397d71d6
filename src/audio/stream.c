/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stream.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <nashra/io.h>

bool nashra_stream_add(struct nashra_stream *stream, const void *bytes, size_t length) {
    int error = 0;
    if (!stream->buffer)
        error = nashra_io_write(stream->output.fd, bytes, length);
    else if (nashra_buffer_add(stream->buffer, bytes, length) < 0)
        error = ENOMEM;
    stream->output.error = error ? error : stream->output.error;
    return error == 0;
}

bool nashra_stream_patch(struct nashra_stream *stream, size_t offset, const void *bytes, size_t length) {
    if (stream->buffer) {
        memcpy(stream->buffer->data + offset, bytes, length);
        return true;
    }
    const ssize_t done = pwrite(stream->output.fd, bytes, length, (off_t)offset);
    if (done == (ssize_t)length)
        return true;
    stream->output.error = done < 0 ? errno : EIO;
    return false;
}
