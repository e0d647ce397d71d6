/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an encoder's bytes go: a file under its hidden name, or a buffer. */
#ifndef NASHRA_AUDIO_STREAM_H
#define NASHRA_AUDIO_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nashra/memory.h>

#include "output.h"

struct nashra_stream {
    struct nashra_output output;
    struct nashra_buffer *buffer; /* NULL: the output */
};

/* Appends. False: output.error says why. */
bool nashra_stream_add(struct nashra_stream *stream, const void *bytes, size_t length);
/* Replaces bytes that were written. */
bool nashra_stream_patch(struct nashra_stream *stream, size_t offset, const void *bytes, size_t length);

#endif
