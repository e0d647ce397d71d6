/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "breaks.h"

struct nashra_lexis nashra_breaks_lexis(void) {
    static const char *const roles[] = {"clause", "root", "number", "domain", "governor", NULL};
    return (struct nashra_lexis){.file = "breaks.tsv", .roles = roles};
}
