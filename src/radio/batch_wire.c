/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch_wire.h"

#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>

#include <nashra/io.h>

struct header {
    size_t line;
    size_t body;
    int has_body;
    char token[NASHRA_TOKEN_SIZE];
};

static bool send_all(int fd, const void *bytes, size_t length) {
    const char *from = bytes;
    while (length > 0) {
        ssize_t sent = send(fd, from, length, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return false;
        from += sent;
        length -= (size_t)sent;
    }
    return true;
}

static bool receive_all(int fd, void *bytes, size_t length) {
    size_t got;
    return nashra_io_read(fd, bytes, length, &got) == 0 && got == length;
}

bool nashra_wire_send_job(int fd, const struct nashra_job_bytes *job) {
    struct header header = {job->line_length, job->body ? job->body_length : 0, job->body != NULL, ""};
    snprintf(header.token, sizeof header.token, "%s", job->token ? job->token : "");
    return send_all(fd, &header, sizeof header) && send_all(fd, job->line, header.line) &&
           send_all(fd, job->body, header.body);
}

static bool reserve(struct nashra_buffer *buffer, size_t size) {
    if (buffer->capacity >= size)
        return true;
    char *bigger = nashra_realloc(buffer->data, size);
    if (!bigger)
        return false;
    buffer->data = bigger;
    buffer->capacity = size;
    return true;
}

bool nashra_wire_receive_job(int fd, struct nashra_buffer *buffer, struct nashra_job_bytes *job) {
    struct header header;
    if (!receive_all(fd, &header, sizeof header) ||
        !reserve(buffer, sizeof header.token + header.line + header.body + 1))
        return false;
    char *line = buffer->data + sizeof header.token, *body = line + header.line;
    snprintf(buffer->data, sizeof header.token, "%s", header.token);
    if (!receive_all(fd, line, header.line) || !receive_all(fd, body, header.body))
        return false;
    *job = (struct nashra_job_bytes){line, header.line, header.has_body ? body : NULL, header.body, buffer->data};
    return true;
}

bool nashra_wire_send_result(int fd, const struct nashra_job_result *result) {
    return send_all(fd, result, sizeof *result);
}

bool nashra_wire_receive_result(int fd, struct nashra_job_result *result) {
    return receive_all(fd, result, sizeof *result);
}
