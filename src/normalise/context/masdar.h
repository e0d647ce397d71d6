/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbal nouns that are spelt as their verb is: قصف, رفع. A number behind one is in the genitive, behind the verb its
 * object. */
#ifndef NASHRA_NORMALISE_MASDAR_H
#define NASHRA_NORMALISE_MASDAR_H

#include "scan.h"

/* بعد قصف 3 مواقع: the word at `at`, which the tables know as a verb, stands behind what governs a noun. */
bool nashra_masdar_is_governed(const struct nashra_scan *scan, size_t at);
/* عملية قصف 3 مواقع: the word at `at` is one of those, and stands where no verb does. */
bool nashra_masdar_looks_like_verb(const struct nashra_scan *scan, size_t at);
/* أعلن الجيش قتل 20: the sentence has its verb and its subject before the word at `at`, which is a verbal noun. */
bool nashra_masdar_follows_subject(const struct nashra_scan *scan, size_t at);
/* بهدم المنازل وطرد 20 عائلة: the word at `at` is joined to a verbal noun, and is one. */
bool nashra_masdar_is_joined(const struct nashra_scan *scan, size_t at);

#endif
