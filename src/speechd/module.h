/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The module's side of speech-dispatcher's protocol (0.11 and later, sound through the server), as a state machine:
 * lines and the speaker's messages in, lines out. */
#ifndef NASHRA_SPEECHD_MODULE_H
#define NASHRA_SPEECHD_MODULE_H

#include "compose.h"
#include "lines.h"
#include "voice.h"

struct spd_module;

/* `output` and `options` must outlive it. The voice is started by the server's INIT. 0 or NASHRA_ENOMEM. */
int spd_module_create(const struct nashra_pipeline_options *options, struct spd_output *output,
                      struct spd_module **module);
/* Takes NULL. */
void spd_module_destroy(struct spd_module *module);

/* Takes a line of the server's. 0; NASHRA_STOPPED after QUIT or an INIT that failed; NASHRA_ENOMEM. */
int spd_module_line(struct spd_module *module, char *line, size_t length);

/* The voice's descriptor while more of its sound can be taken, else -1. */
int spd_module_fd(const struct spd_module *module);
/* Whether the voice owes something and is waited for. */
bool spd_module_waits(const struct spd_module *module);
/* Takes what the voice has, as far as there is room for it. 1: there may be more; 0: nothing now; NASHRA_ENOMEM. */
int spd_module_listen(struct spd_module *module);
/* The voice has been silent for SPD_PATIENCE_MS: it is started anew. 0 or negative: it can't be. */
int spd_module_revive(struct spd_module *module);

#endif
