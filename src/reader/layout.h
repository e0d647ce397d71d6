/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Layouts, as keys.c sees them: rows are the keys and, after them, the pairs. */
#ifndef NASHRA_READER_LAYOUT_H
#define NASHRA_READER_LAYOUT_H

#include <nashra/keys.h>

enum { NASHRA_LAYOUT_ROWS = 48 };

/* The row of two keys held together, or -1. */
int nashra_layout_pair(const struct nashra_layout *layout, size_t key, size_t other);
/* True when row `pair` is a pair that `key` belongs to. */
bool nashra_layout_holds(const struct nashra_layout *layout, size_t pair, size_t key);

#endif
