/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small network that has read a lot: the case of a number phrase by the words around it (tools/case). */
#ifndef NASHRA_NORMALISE_JUDGE_H
#define NASHRA_NORMALISE_JUDGE_H

#include "context/case.h"

struct nashra_judge;

/* Loads data/case.model. 0, NASHRA_ECONFIG (reported) or NASHRA_ENOMEM. */
int nashra_judge_create(struct nashra_judge **judge);
/* Takes NULL. */
void nashra_judge_destroy(struct nashra_judge *judge);

/* Probabilities of nominative, accusative and genitive by the network, which sees the rules' verdict. */
void nashra_judge_ask(struct nashra_judge *judge, const struct nashra_scan *scan, size_t at,
                      struct nashra_case_guess by_rules, float probability[3]);

/* The case of the phrase that begins at `at`, the rules' verdict and the network's weighed against each other. */
struct nashra_case_guess nashra_judge_settle(struct nashra_judge *judge, const struct nashra_scan *scan, size_t at,
                                             struct nashra_case_guess by_rules);

#endif
