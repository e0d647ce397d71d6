/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The one place where readings of an ambiguous token are weighed against each other. */
#ifndef NASHRA_NORMALISE_WEIGH_H
#define NASHRA_NORMALISE_WEIGH_H

#include "scan.h"

/* Cues of what stands right before the token. */
uint64_t nashra_weigh_before(const struct nashra_scan *scan, size_t at);

/* Sets the reading's points by weights.tsv. `before` as above. */
void nashra_weigh(const struct nashra_scan *scan, uint64_t before, struct nashra_reading *reading);

#endif
