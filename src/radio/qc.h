/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was measured and what is doubtful, for machines; and the metadata that WAV can't hold. */
#ifndef NASHRA_RADIO_QC_H
#define NASHRA_RADIO_QC_H

#include "bulletin_plan.h"

/* Each appends JSON. 0 or NASHRA_ENOMEM. */
int nashra_qc(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out);
int nashra_meta(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out);

#endif
