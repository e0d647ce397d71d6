/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is heard, as text with times: WebVTT, SubRip, and plain. */
#ifndef NASHRA_RADIO_TRANSCRIPT_H
#define NASHRA_RADIO_TRANSCRIPT_H

#include "bulletin_plan.h"

/* Each appends a file. 0 or NASHRA_ENOMEM. `sound` is the name of the sound file. */
int nashra_transcript_vtt(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out);
int nashra_transcript_srt(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out);
int nashra_transcript_plain(struct nashra_bulletin *bulletin, const char *sound, struct nashra_buffer *out);

/* Frames → seconds with three digits, "83.250". */
double nashra_air_seconds(uint64_t frames);

#endif
