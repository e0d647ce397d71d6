/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where in its input does the text stand that a parser of libxml2 just gave out? */
#ifndef NASHRA_ARTICLE_LOCATE_H
#define NASHRA_ARTICLE_LOCATE_H

#include "tracked.h"

struct nashra_locator {
    const struct nashra_tracked *source; /* what is being parsed */
    size_t done;                         /* everything before it has been given out */
};

/* Appends `bytes`, which the parser gave out when it stood at byte `at` of the source: as they are, from one entity, or
 * with characters left out or changed (line ends). */
void nashra_locate_text(struct nashra_locator *locator, size_t at, const char *bytes, size_t length,
                        struct nashra_tracked *out);

/* Appends the decoded value of an attribute in the tag that ends at `at`; its source is that of its characters. */
void nashra_locate_attribute(const struct nashra_locator *locator, size_t at, const char *name, const char *value,
                             struct nashra_tracked *out);

#endif
