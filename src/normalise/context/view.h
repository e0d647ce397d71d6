/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the network sees of a sentence: the words around a number, as rows of its tables; in training the same
 * (tools/case/bulk.c). */
#ifndef NASHRA_NORMALISE_VIEW_H
#define NASHRA_NORMALISE_VIEW_H

#include "context/case.h"

enum {
    NASHRA_VIEW_REACH = 14, /* words before the number, and behind it */
    NASHRA_VIEW_WORDS = 2 * NASHRA_VIEW_REACH + 1,
    NASHRA_VIEW_TABLES = 6 /* word, stem, beginning, end, what it governs, which noun it is */
};

/* What stands before a word. */
enum nashra_gap {
    NASHRA_GAP_SPACE,
    NASHRA_GAP_COMMA,
    NASHRA_GAP_STOP,
    NASHRA_GAP_BRACKET,
    NASHRA_GAP_OTHER,
    NASHRA_GAP_START,
    NASHRA_GAPS
};

extern const uint32_t nashra_view_rows[NASHRA_VIEW_TABLES];

struct nashra_view {
    size_t count;
    size_t number; /* which of them is asked about */
    uint16_t row[NASHRA_VIEW_WORDS][NASHRA_VIEW_TABLES];
    unsigned char gap[NASHRA_VIEW_WORDS];
};

/* Looks at the number phrase that begins at `at` and ends before `end`; the rules' verdict on it is seen as well. */
void nashra_view_take(const struct nashra_scan *scan, size_t at, size_t end, struct nashra_case_guess by_rules,
                      struct nashra_view *view);

/* Bands of the rules' confidence, and which of them one falls in. */
enum { NASHRA_VIEW_BANDS = 8 };
size_t nashra_view_band(float confidence);

#endif
