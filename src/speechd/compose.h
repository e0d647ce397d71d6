/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message of speech-dispatcher → the SSML document that says it: punctuation by its names as far as the listener
 * wants it, spelling, single characters, keys. */
#ifndef NASHRA_SPEECHD_COMPOSE_H
#define NASHRA_SPEECHD_COMPOSE_H

#include "settings.h"

enum spd_message { SPD_TEXT, SPD_CHARACTER, SPD_KEY, SPD_ICON };

struct spd_composer;

/* Loads punctuation.tsv and keys.tsv of the data folder. 0, NASHRA_ECONFIG or NASHRA_ENOMEM. */
int spd_composer_create(struct spd_composer **composer);
/* Takes NULL. */
void spd_composer_destroy(struct spd_composer *composer);

/* Appends the document of a message to `out`. `text` is SSML for SPD_TEXT (or plain text), else the character, the key
 * or the icon's name. 0 or NASHRA_ENOMEM. */
int spd_compose(const struct spd_composer *composer, enum spd_message kind, const struct spd_settings *settings,
                const char *text, size_t length, struct nashra_buffer *out);

/* Whether the message is announced by a tone: an icon, a capital if the listener wants an icon for it. */
bool spd_wants_tone(enum spd_message kind, const struct spd_settings *settings, const char *text, size_t length);

#endif
