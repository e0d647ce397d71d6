/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model of case sees of the surroundings of a number phrase, as rows of its table. */
#ifndef NASHRA_CASE_EVIDENCE_H
#define NASHRA_CASE_EVIDENCE_H

#include "context/case.h"

enum { NASHRA_EVIDENCE_ROWS = 1 << 13, NASHRA_EVIDENCE_MOST = 88 };

struct nashra_evidence {
    size_t count;
    uint16_t row[NASHRA_EVIDENCE_MOST];
};

/* `by_rules` is what the rules say of the phrase at `at`. */
void nashra_evidence_gather(const struct nashra_scan *scan, size_t at, struct nashra_case_guess by_rules,
                            struct nashra_evidence *evidence);

#endif
