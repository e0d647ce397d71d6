/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_RADIO_BULLETIN_SPEECH_H
#define NASHRA_RADIO_BULLETIN_SPEECH_H

#include <stdbool.h>

#include <nashra/bulletin.h>

/* A sentence's sound, from the cache where it has it, and into it where it hadn't. As nashra_speech_render(). */
int nashra_speech_make(struct nashra_pipeline *pipeline, const struct nashra_speech_cache *cache,
                       const struct nashra_voice *voice, const struct nashra_sentence *sentence,
                       struct nashra_sound *sound);

#endif
