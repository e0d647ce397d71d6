/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NORMALISE_ROOM_H
#define NASHRA_NORMALISE_ROOM_H

#include <stddef.h>

/* The array `items` of `count` things of `size` bytes, with room for one more: grown and moved where it was full, and
 * then `capacity` is set. NULL: no memory, the array is as it was. */
void *nashra_make_room(void *items, size_t count, size_t *capacity, size_t size);

#endif
