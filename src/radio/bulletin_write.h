/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A planned bulletin → files. */
#ifndef NASHRA_RADIO_BULLETIN_WRITE_H
#define NASHRA_RADIO_BULLETIN_WRITE_H

#include <nashra/encode.h>

#include "bulletin_plan.h"

/* Writes what stands beside the sound, then the sound. 0 or negative, reported. */
int nashra_write_all_files(struct nashra_bulletin *bulletin, const char *path);

/* Sends all frames of the bulletin to an encoder and finishes it. 0 or negative. */
int nashra_write_air(const struct nashra_bulletin *bulletin, struct nashra_encoder *encoder);

#endif
