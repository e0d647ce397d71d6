/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The most frequent words, each with its most frequent marking: what is left to go by when there is no network. */
#ifndef NASHRA_DIACRITISE_COMMON_H
#define NASHRA_DIACRITISE_COMMON_H

#include <stdbool.h>

#include <nashra/nn.h>

#include "feat.h"

enum { COMMON_LONGEST = 24 };

struct common {
    size_t from[COMMON_LONGEST + 2]; /* the first word of each length */
    size_t at[COMMON_LONGEST + 2];   /* where its labels begin: two letters a byte */
    const int32_t *hash;             /* ascending within a length */
    const uint8_t *labels;
};

/* From the records common.count, common.hash and common.labels. 0 or NASHRA_ECONFIG. */
int nashra_common_load(const struct nashra_model *file, struct common *common);

/* The labels of a word's letters; false if it isn't known. */
bool nashra_common_find(const struct common *common, const uint8_t *symbols, size_t count, uint8_t *labels);

/* The hash by which words are filed. */
int32_t nashra_common_hash(const uint8_t *symbols, size_t count);

#endif
