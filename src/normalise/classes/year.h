/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NORMALISE_YEAR_H
#define NASHRA_NORMALISE_YEAR_H

#include "scan.h"

/* The reading of an era's abbreviation at `at` (هـ, ق.م), or NULL; then `last` is one past it. */
const char *nashra_year_era(const struct nashra_scan *scan, size_t at, size_t *last);

/* للميلاد, قبل الهجرة at `at`: an era in words. */
bool nashra_year_has_era(const struct nashra_scan *scan, size_t at);

/* Which shapes of enum nashra_shape a year's value has. */
unsigned nashra_year_shapes(long value);

/* سنة and its forms ask for the feminine. */
bool nashra_year_is_feminine(const struct nashra_token *token);

/* Could the number count the noun behind it? In في 1816 جيش and كأس العالم 1998 منتخب the noun would have the form that
 * its number asks for, and a noun in construct (في 1872 بناء الجسر) is not counted. */
bool nashra_year_may_count(const struct nashra_scan *scan, const struct nashra_amount *amount);

/* Writes a year, without the word عام. */
int nashra_year_say(struct nashra_scan *scan, long value, enum nashra_gender gender);

#endif
