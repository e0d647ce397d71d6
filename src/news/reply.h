/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The answer of a caged process: what it logged, a status, a payload. */
#ifndef NASHRA_NEWS_REPLY_H
#define NASHRA_NEWS_REPLY_H

#include <nashra/memory.h>

#define NASHRA_REPLY_MAGIC INT64_C(0x31504552524853) /* "SHRREP1" */

/* From now on messages are kept in `messages` rather than written to stderr, as level and string on the parcel. */
void nashra_reply_keep_messages(struct nashra_buffer *messages);

/* Writes the whole answer to `fd`. @return 0 or -1 with errno. */
int nashra_reply_send(int fd, int status, const struct nashra_buffer *messages, const struct nashra_buffer *payload);

#endif
