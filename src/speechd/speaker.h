/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The child process: text and speech. It may hang or be killed; the module goes on without it. */
#ifndef NASHRA_SPEECHD_SPEAKER_H
#define NASHRA_SPEECHD_SPEAKER_H

#include <nashra/pipeline.h>

enum spd_wire_kind {
    /* to the speaker */
    SPD_WIRE_SPEAK = 1, /* a struct nashra_voice and an SSML document, as `serial`; `number`: a tone comes before it */
    SPD_WIRE_CANCEL,    /* forget all up to `serial` */
    /* from it */
    SPD_WIRE_READY,  /* it can speak; `number` frames a second */
    SPD_WIRE_FRAMES, /* of `serial`, no more than SPD_FRAMES_MOST */
    SPD_WIRE_MARK,   /* the name that follows is reached */
    SPD_WIRE_DONE    /* `serial` is complete */
};

/* 20 ms: what has been handed on can't be taken back. */
enum { SPD_FRAMES_MOST = 441 };

/* Serves the socket `fd` until it is closed. Returns the exit code. */
int spd_speaker(int fd, const struct nashra_pipeline_options *options);

#endif
