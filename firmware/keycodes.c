/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keycodes.h"

#include <linux/input-event-codes.h>
#include <stddef.h>
#include <string.h>

static const struct {
    const char *name;
    int code;
} codes[] = {
#include "keycodes.inc"
};

int nashrad_keycode(const char *name) {
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(codes[i].name, name) == 0)
            return codes[i].code;
    return -1;
}
