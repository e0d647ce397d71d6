/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Work on foreign bytes in a process of its own: it may crash, hang or be killed, which is an error of the call. */
#ifndef NASHRA_NEWS_CHILD_H
#define NASHRA_NEWS_CHILD_H

#include <stdbool.h>
#include <stdint.h>

#include <nashra/memory.h>

struct nashra_child {
    const char *task;      /* for messages: "https://…: the parser" */
    unsigned deadline_ms;  /* then it is killed */
    size_t most_bytes;     /* a longer answer is refused */
    bool (*stopped)(void); /* true ends it with NASHRA_STOPPED; may be NULL */
};

/* What a child came back with. */
struct nashra_answer {
    struct nashra_buffer bytes;
    const char *payload; /* in `bytes` */
    size_t length;
};

void nashra_answer_finish(struct nashra_answer *answer);

/* Runs in the child, outside the cage still: it closes it by itself, does the work and appends to `payload`. */
typedef int (*nashra_child_fn)(void *user, struct nashra_buffer *payload);

/* Calls `work` in a copy of this process that has nothing open but the pipe and stderr. Not to be called while other
 * threads run. The child's messages are logged here. @return what `work` returned; NASHRA_EDATA when the child crashed,
 * was killed or took too long; NASHRA_EINTERNAL when there is no child or its answer is malformed; NASHRA_ENOMEM. */
int nashra_child_call(const struct nashra_child *child, nashra_child_fn work, void *user, struct nashra_answer *answer);

/* Runs a program that reads `request` from standard input and replies on standard output (reply.h). */
int nashra_child_program(const struct nashra_child *child, const char *program, const struct nashra_buffer *request,
                         struct nashra_answer *answer);

#endif
