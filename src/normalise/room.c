/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

#include <nashra/memory.h>

void *nashra_make_room(void *items, size_t count, size_t *capacity, size_t size) {
    enum { FIRST = 64 };
    if (count < *capacity)
        return items;
    size_t wanted = *capacity != 0 ? 2 * *capacity : FIRST;
    void *grown = nashra_realloc(items, wanted * size);
    if (grown != NULL)
        *capacity = wanted;
    return grown;
}
