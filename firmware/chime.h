/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sound before an announcement. */
#ifndef NASHRAD_CHIME_H
#define NASHRAD_CHIME_H

#include <nashra/memory.h>

/* Fills `frames` with S16 mono frames. @param path any sound file; "": two tones of our own. A file that can't be read
 * is reported, and our own tones take its place. 0, or NASHRA_ENOMEM. */
int nashrad_chime_load(const char *path, unsigned rate, struct nashra_buffer *frames);

#endif
