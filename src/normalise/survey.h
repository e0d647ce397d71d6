/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a whole article tells about readings that one sentence can't settle. */
#ifndef NASHRA_NORMALISE_SURVEY_H
#define NASHRA_NORMALISE_SURVEY_H

#include <stdbool.h>
#include <stddef.h>

/* Does the paper group digits with dots (13.914.300)? */
bool nashra_survey_groups_with_dots(const char *text, size_t length);

#endif
