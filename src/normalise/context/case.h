/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The case of a number phrase by what stands before it (house style, section 2). */
#ifndef NASHRA_NORMALISE_CASE_H
#define NASHRA_NORMALISE_CASE_H

#include "scan.h"

struct nashra_case_guess {
    enum nashra_case grammatical_case;
    float confidence;
};

/* The case of the phrase that begins with the token at `at`. Where nothing tells, the oblique form, with little
 * confidence. */
struct nashra_case_guess nashra_case_at(const struct nashra_scan *scan, size_t at);

/* May the network have a say on the number at `at`? Not where it leans on another, nor where no word stands before it.
 */
bool nashra_case_asks_network(const struct nashra_scan *scan, size_t at);

/* The same for a number with what it counts: where the rules are not sure the network has a say. */
struct nashra_case_guess nashra_case_of_amount(const struct nashra_scan *scan, size_t at);

/* The case of a noun at `at` that an ordinal agrees with (الدورة الـ75). */
struct nashra_case_guess nashra_case_of_noun(const struct nashra_scan *scan, size_t at);

/* The case of الساعة at `at`, which an hour follows up to `end`: an adverb unless something governs it or it is what
 * the clause speaks of. */
struct nashra_case_guess nashra_case_of_hour(const struct nashra_scan *scan, size_t at, size_t end);

#endif
