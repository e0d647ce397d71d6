/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What fills the places of the proof page. Each appends HTML (data: JSON). 0 or NASHRA_ENOMEM. */
#ifndef NASHRA_RADIO_PROOF_PARTS_H
#define NASHRA_RADIO_PROOF_PARTS_H

#include "bulletin_plan.h"

int nashra_proof_title(struct nashra_bulletin *bulletin, struct nashra_buffer *out);
int nashra_proof_over(struct nashra_bulletin *bulletin, struct nashra_buffer *out);
int nashra_proof_badges(struct nashra_bulletin *bulletin, struct nashra_buffer *out);
int nashra_proof_parts(struct nashra_bulletin *bulletin, struct nashra_buffer *out);
int nashra_proof_sections(struct nashra_bulletin *bulletin, struct nashra_buffer *out);
int nashra_proof_doubt_count(struct nashra_bulletin *bulletin, struct nashra_buffer *out);
int nashra_proof_doubts(struct nashra_bulletin *bulletin, struct nashra_buffer *out);
int nashra_proof_quality(struct nashra_bulletin *bulletin, struct nashra_buffer *out);
int nashra_proof_data(struct nashra_bulletin *bulletin, struct nashra_buffer *out);

/* The number of the first word of a doubt, of all that are heard. */
size_t nashra_proof_word(const struct nashra_bulletin *bulletin, const struct nashra_doubt *doubt);

/* Appends text with what HTML takes for markup in entities. */
void nashra_proof_escape(const char *text, size_t length, struct nashra_buffer *out);
/* Appends "1:23". */
void nashra_proof_clock(uint64_t frames, struct nashra_buffer *out);

#endif
