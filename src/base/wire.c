/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/wire.h>

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { CHUNK = 65536 };

static int send_all(int fd, const char *bytes, size_t length, int flags) {
    while (length > 0) {
        const ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL | flags);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0)
            return sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? NASHRA_EAGAIN : NASHRA_EIO;
        bytes += sent;
        length -= (size_t)sent;
    }
    return NASHRA_OK;
}

static int send_message(int fd, const struct nashra_wire *head, const void *bytes, int flags) {
    const int status = send_all(fd, (const char *)head, sizeof *head, flags);
    return status < 0 || head->length == 0 ? status : send_all(fd, bytes, head->length, flags);
}

int nashra_wire_send(int fd, struct nashra_wire head, const void *bytes) {
    return send_message(fd, &head, bytes, 0) < 0 ? NASHRA_EIO : NASHRA_OK;
}

int nashra_wire_offer(int fd, struct nashra_wire head, const void *bytes) {
    return send_message(fd, &head, bytes, MSG_DONTWAIT);
}

int nashra_wire_receive(int fd, struct nashra_buffer *in) {
    char chunk[CHUNK];
    const ssize_t got = recv(fd, chunk, sizeof chunk, MSG_DONTWAIT);
    if (got > 0)
        return nashra_buffer_add(in, chunk, (size_t)got) < 0 ? NASHRA_ENOMEM : 1;
    return got < 0 && (errno == EAGAIN || errno == EINTR) ? 0 : NASHRA_EIO;
}

int nashra_wire_next(const struct nashra_buffer *in, size_t *at, struct nashra_wire *head, const char **bytes) {
    if (in->length - *at < sizeof *head)
        return 0;
    memcpy(head, in->data + *at, sizeof *head);
    if (head->length > NASHRA_WIRE_MOST)
        return nashra_fail(NASHRA_EINTERNAL, "a message of %zu bytes from the other process", head->length);
    if (in->length - *at - sizeof *head < head->length)
        return 0;
    *bytes = in->data + *at + sizeof *head;
    *at += sizeof *head + head->length;
    return 1;
}

void nashra_wire_trim(struct nashra_buffer *in, size_t *at) {
    if (*at == 0)
        return;
    memmove(in->data, in->data + *at, in->length - *at);
    in->length -= *at;
    *at = 0;
}
