/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The noun between a verb and a number phrase: its subject, its object, or when it happened. */
#ifndef NASHRA_NORMALISE_ARGUMENT_H
#define NASHRA_NORMALISE_ARGUMENT_H

#include "scan.h"

/* صباح الأحد, اليوم, مساء: a noun that begins an adverbial. */
bool nashra_argument_is_time(const struct nashra_scan *scan, size_t at);
/* People, or what acts like them. */
bool nashra_argument_is_doer(const struct nashra_scan *scan, size_t at);
/* The noun behind the verb that no preposition governs, adverbials passed over (قتل صباح الأحد الجيش 20); `at` where
 * none stands before the phrase at `at`. */
size_t nashra_argument_find(const struct nashra_scan *scan, size_t verb, size_t at);
/* زار المتحف 20 سائحا, هز المدينة 20 انفجارا: the noun at `noun` is the verb's object, and the phrase its subject. */
bool nashra_argument_is_object(const struct nashra_scan *scan, size_t verb, size_t noun);

#endif
