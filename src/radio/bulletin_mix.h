/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_RADIO_BULLETIN_MIX_H
#define NASHRA_RADIO_BULLETIN_MIX_H

#include "bulletin_plan.h"

/* Adds up speech, jingles and beds, each at its level against the voice. The voice stands in the middle.
 * `mix` holds timeline.frames frames of all channels.
 * 0 or NASHRA_ENOMEM. */
int nashra_mix(struct nashra_bulletin *bulletin, float *mix);

#endif
