/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Verbs of verbs.tsv, found through feminine forms, the future and what joins clauses. */
#ifndef NASHRA_NORMALISE_VERBS_H
#define NASHRA_NORMALISE_VERBS_H

#include "lexis/lexis.h"

struct nashra_verb {
    unsigned char governor; /* of enum nashra_governor */
    bool also_noun;         /* عقد, كشف: the same letters are a noun */
    bool takes_thing;       /* زار, ترأس: people do it to a place, an event or a thing */
};

/* What the table says of a bare word; NULL when no form of its verbs is written so. It lives as long as the program.
 * `joined`: و or ف had to be taken off for it. */
const struct nashra_verb *nashra_verbs_find(const struct nashra_lexis *lexis, const char *word, size_t length,
                                            bool *joined);
/* تقدم, تحمل: the same for what is the feminine of يقدم too, whatever else the letters are. */
const struct nashra_verb *nashra_verbs_find_feminine(const struct nashra_lexis *lexis, const char *word, size_t length);
/* تراقب is nothing but the feminine of يراقب, تقدم may be a perfect of its own. */
bool nashra_verbs_is_feminine(const struct nashra_lexis *lexis, const char *word, size_t length);

#endif
