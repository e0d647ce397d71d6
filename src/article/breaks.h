/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of breaks.tsv: where sentences break, and where a very long one may be cut. */
#ifndef NASHRA_ARTICLE_BREAKS_H
#define NASHRA_ARTICLE_BREAKS_H

#include "lexis.h"

enum {
    NASHRA_BREAK_CLAUSE = 2,
    NASHRA_BREAK_ROOT = 4,
    NASHRA_BREAK_NUMBER = 8,
    NASHRA_BREAK_DOMAIN = 16,
    NASHRA_BREAK_GOVERNOR = 32
};

/* nashra_lexis_finish() frees it. */
struct nashra_lexis nashra_breaks_lexis(void);

#endif
