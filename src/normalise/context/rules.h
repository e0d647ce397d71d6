/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The case of a number phrase by what stands before it: grammar, and tables of what governs (house style, section 2).
 */
#ifndef NASHRA_NORMALISE_RULES_H
#define NASHRA_NORMALISE_RULES_H

#include "context/case.h"

/* The rules' verdict on the phrase that begins at `at`, and how often they are right where they speak like this. */
struct nashra_case_guess nashra_case_by_rules(const struct nashra_scan *scan, size_t at);
/* The same where a sign stands before `at`. */
struct nashra_case_guess nashra_case_after_symbol(const struct nashra_scan *scan, size_t at);
/* عددهم 20: a predicate, unless كان or بلغ makes it an object. */
struct nashra_case_guess nashra_case_after_topic(const struct nashra_scan *scan, size_t at);
/* The token that `at` follows when quotation marks between them don't count. */
size_t nashra_case_skip_quotes(const struct nashra_scan *scan, size_t at);

#endif
