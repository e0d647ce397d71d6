/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the verb of the clause takes, with words between it and the number phrase: its subject, its object, or an
 * extent. */
#ifndef NASHRA_NORMALISE_VALENCY_H
#define NASHRA_NORMALISE_VALENCY_H

#include "context/case.h"
#include "context/clause.h"

/* The case of the phrase at `at`, for a clause whose verb was found. */
struct nashra_case_guess nashra_case_by_verb(const struct nashra_scan *scan, const struct nashra_clause *clause,
                                             size_t at);

#endif
