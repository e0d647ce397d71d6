/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The proof page: one HTML file in which an editor hears the bulletin and sees how each word was read. */
#ifndef NASHRA_RADIO_PROOF_H
#define NASHRA_RADIO_PROOF_H

#include "bulletin_plan.h"

/* Appends the page, its sound inside. 0, NASHRA_ECONFIG (a part of it is missing in data/), NASHRA_ENOMEM. */
int nashra_proof(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out);

#endif
