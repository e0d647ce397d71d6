/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Mono S16 at one rate → mono S16 at another, a stream at a time. */
#ifndef NASHRA_AUDIO_CONVERT_H
#define NASHRA_AUDIO_CONVERT_H

#include <stddef.h>
#include <stdint.h>

struct nashra_converter;

/* Equal rates are copied, twice the rate goes through a half-band filter that keeps every frame exactly, all others
 * through libsoxr. 0, NASHRA_ENOMEM or NASHRA_EINTERNAL. */
int nashra_converter_create(unsigned from, unsigned to, struct nashra_converter **converter);
/* Takes NULL. */
void nashra_converter_destroy(struct nashra_converter *converter);

/* The most frames that `count` frames, or the end, can become. */
size_t nashra_converter_room(const struct nashra_converter *converter, size_t count);
/* Converts; `out` has that much room. Returns the frames written: they lag a little behind, nashra_converter_end()
 * brings the rest, so that nothing is shifted in time. */
size_t nashra_converter_run(struct nashra_converter *converter, const int16_t *frames, size_t count, int16_t *out);
/* Brings what is still inside, and makes it ready for a new stream. */
size_t nashra_converter_end(struct nashra_converter *converter, int16_t *out);
/* Forgets what is inside. */
void nashra_converter_reset(struct nashra_converter *converter);

#endif
