/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tags.h"

#include <stddef.h>
#include <string.h>

#include <nashra/ascii.h>

static const struct {
    const char *name;
    enum nashra_tag_flow flow;
} tags[] = {
#define TAG_ROW(upper, lower, flow) {#lower, NASHRA_FLOW_##flow},
    NASHRA_TAGS(TAG_ROW)
#undef TAG_ROW
};

enum nashra_tag nashra_tag_find(const char *name) {
    const char *colon = strchr(name, ':');
    if (colon)
        name = colon + 1;
    size_t low = 0, high = NASHRA_TAG_OTHER;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = nashra_ascii_compare(name, tags[middle].name);
        if (order == 0)
            return (enum nashra_tag)middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NASHRA_TAG_OTHER;
}

enum nashra_tag_flow nashra_tag_flow(enum nashra_tag tag) {
    return tag == NASHRA_TAG_OTHER ? NASHRA_FLOW_INLINE : tags[tag].flow;
}
