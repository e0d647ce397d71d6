/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_AUDIO_FILE_H
#define NASHRA_AUDIO_FILE_H

#include "sink.h"

/* The sink behind "-": WAV on stdout. 0, NASHRA_ENOMEM or NASHRA_EIO. */
int nashra_sink_stdout(unsigned rate, struct nashra_sink **sink);

/* What a file has in common with stdout: it is never full, never paused, and what was written counts as heard. */
int nashra_file_wait(struct nashra_sink *sink, struct pollfd *extra, size_t extra_count, int timeout_ms);
int nashra_file_pause(struct nashra_sink *sink, bool paused);
int nashra_file_nothing(struct nashra_sink *sink);

#endif
