/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a broadcast WAV file carries beside the sound: bext (EBU Tech 3285 v2), cart (AES46), cue points and their
 * labels. All text is ASCII. */
#ifndef NASHRA_RADIO_BWF_H
#define NASHRA_RADIO_BWF_H

#include <nashra/encode.h>

#include "bulletin_plan.h"

enum { NASHRA_BWF_CHUNKS = 4 };

/* Zero-initialise; nashra_bwf_finish() frees it. */
struct nashra_bwf {
    struct nashra_chunk chunks[NASHRA_BWF_CHUNKS];
    size_t count;
    struct nashra_buffer bytes[NASHRA_BWF_CHUNKS];
};

/* 0 or NASHRA_ENOMEM. */
int nashra_bwf_make(const struct nashra_bulletin *bulletin, struct nashra_bwf *bwf);
void nashra_bwf_finish(struct nashra_bwf *bwf);

#endif
