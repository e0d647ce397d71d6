/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a screen reader sends: the first byte chooses kind and settings, the rest is the message. */
#include <stdlib.h>

#include "compose.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static struct spd_composer *composer;
    struct nashra_buffer out = {0};
    if (!composer && spd_composer_create(&composer) < 0)
        abort();
    if (size == 0)
        return 0;
    struct spd_settings settings = {.punctuation = (enum spd_punctuation)(data[0] >> 2 & 3),
                                    .capitals = (enum spd_capitals)((data[0] >> 4 & 3) % 3),
                                    .spelling = data[0] >> 6 & 1};
    const enum spd_message kind = (enum spd_message)(data[0] & 3);
    if (spd_compose(composer, kind, &settings, (const char *)data + 1, size - 1, &out) < 0)
        abort();
    spd_wants_tone(kind, &settings, (const char *)data + 1, size - 1);
    nashra_buffer_finish(&out);
    return 0;
}
