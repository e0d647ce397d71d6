/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the voice moves, and what sets titles, bylines and quotations off: data/contours.tsv. */
#ifndef NASHRA_SYNTH_CONTOURS_H
#define NASHRA_SYNTH_CONTOURS_H

#include <nashra/synth.h>

struct nashra_contour {
    char tune; /* the mark that calls for it: . , ? ! */
    int pitch; /* added to the voice's */
    int range; /* added to NASHRA_CONTOUR_RANGE */
    int rate;  /* per cent, added to the voice's */
};

enum { NASHRA_CONTOUR_RANGE = 50 };

struct nashra_contours {
    struct nashra_contour of_mark[NASHRA_PAUSE_EXCLAMATION + 1];
    struct nashra_contour of_tune[NASHRA_TUNE_BARE_QUESTION + 1];
    struct nashra_contour of_kind[NASHRA_TEXT + 1];
    struct nashra_contour quotation;
};

/* Reads the table. 0, NASHRA_ECONFIG (names file and line) or NASHRA_ENOMEM. */
int nashra_contours_load(struct nashra_contours *contours);

/* Of the stretch that ends with word `last`; without the lift of quotations, which may begin and end inside it. */
struct nashra_contour nashra_contour_of(const struct nashra_contours *contours, const struct nashra_sentence *sentence,
                                        size_t last);

#endif
