/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The speaker as the module sees it: a process that is started, asked, watched, and started anew when it is stuck. */
#ifndef NASHRA_SPEECHD_VOICE_H
#define NASHRA_SPEECHD_VOICE_H

#include <stdbool.h>

#include <nashra/wire.h>

#include "speaker.h"

/* A speaker that owes something and is silent for so long is stuck. */
enum { SPD_PATIENCE_MS = 3000 };

struct spd_voice;

/* Starts the process and waits until it can speak. 0; NASHRA_ECONFIG when it can't (its own messages say why);
 * NASHRA_ENOMEM, NASHRA_EINTERNAL. `options` must outlive it. */
int spd_voice_create(const struct nashra_pipeline_options *options, struct spd_voice **voice);
/* Takes NULL. */
void spd_voice_destroy(struct spd_voice *voice);

/* Readable when spd_voice_next() has something. */
int spd_voice_fd(const struct spd_voice *voice);
/* Frames a second. */
unsigned spd_voice_rate(const struct spd_voice *voice);

/* Asks for a document; what is spoken now is forgotten. 0 or NASHRA_EINTERNAL: it can't be started again. */
int spd_voice_speak(struct spd_voice *voice, const struct nashra_voice *settings, bool tone,
                    const struct nashra_buffer *document);
/* Forgets what is spoken. */
void spd_voice_cancel(struct spd_voice *voice);

/* The next message of what is spoken: 1; 0: none yet; NASHRA_EIO: the process is gone (spd_voice_restart()). `bytes`
 * live until the next call. */
int spd_voice_next(struct spd_voice *voice, struct nashra_wire *head, const char **bytes);

/* Ends the process if it is still there and starts another. As spd_voice_create(). */
int spd_voice_restart(struct spd_voice *voice);

#endif
