/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_SYNTH_CHECKSUM_H
#define NASHRA_SYNTH_CHECKSUM_H

#include <stdint.h>

#define NASHRA_CHECKSUM_EMPTY 0xcbf29ce484222325ULL

/* Goes on with a sum (FNV-1a, 64 bits) over a file's bytes and their number. 0, or NASHRA_ECONFIG (reported). */
int nashra_checksum_file(const char *path, uint64_t *sum);

#endif
