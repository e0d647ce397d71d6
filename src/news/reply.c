/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reply.h"

#include <errno.h>
#include <string.h>

#include <nashra/io.h>

#include "parcel.h"

enum { MESSAGES_MOST = 64 * 1024 };

static void keep_message(enum nashra_log_level level, const char *message, void *user) {
    struct nashra_buffer *messages = user;
    if (messages->length > MESSAGES_MOST)
        return;
    nashra_parcel_put_number(messages, (int64_t)level);
    nashra_parcel_put_string(messages, message);
}

void nashra_reply_keep_messages(struct nashra_buffer *messages) {
    nashra_log_set_handler(keep_message, messages);
}

int nashra_reply_send(int fd, int status, const struct nashra_buffer *messages, const struct nashra_buffer *payload) {
    struct nashra_buffer head = {0}, tail = {0};
    nashra_parcel_put_number(&head, NASHRA_REPLY_MAGIC);
    nashra_parcel_put_number(&head, status);
    nashra_parcel_put_bytes(&head, nashra_buffer_string(messages), messages->failed ? 0 : messages->length);
    nashra_parcel_put_number(&head, (int64_t)payload->length);
    nashra_buffer_add(&tail, "", 1);
    int result = head.failed || tail.failed ? ENOMEM : nashra_io_write(fd, head.data, head.length);
    if (result == 0 && payload->length > 0)
        result = nashra_io_write(fd, payload->data, payload->length);
    if (result == 0)
        result = nashra_io_write(fd, tail.data, tail.length);
    nashra_buffer_finish(&head);
    nashra_buffer_finish(&tail);
    return result == 0 ? 0 : -1;
}
