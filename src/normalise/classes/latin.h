/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NORMALISE_LATIN_H
#define NASHRA_NORMALISE_LATIN_H

#include "scan.h"

/* The settled Arabic reading of a Latin word or acronym, or NULL. */
const char *nashra_latin_reading(const struct nashra_scan *scan, const char *text, size_t length);

#endif
