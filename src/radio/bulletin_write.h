/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A planned bulletin → files. */
#ifndef NASHRA_RADIO_BULLETIN_WRITE_H
#define NASHRA_RADIO_BULLETIN_WRITE_H

#include <nashra/encode.h>

#include "bulletin_plan.h"

/* Writes the sound and what stands beside it. Nothing gets its name before all is written. 0 or negative, reported. */
int nashra_write_all_files(struct nashra_bulletin *bulletin, const char *path);

/* The endings of the names that files beside the sound may have, counted from 0; NULL behind the last. */
const char *nashra_companion_ending(size_t index);

/* Sends all frames of the bulletin to an encoder and completes it. 0 or negative. */
int nashra_write_air(const struct nashra_bulletin *bulletin, struct nashra_encoder *encoder);

#endif
