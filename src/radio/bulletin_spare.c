/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bulletin_spare.h"

#include <sys/stat.h>

int nashra_bulletin_spare(const struct nashra_bulletin *bulletin, const char *path) {
    const char *const *inputs = nashra_bulletin_inputs(bulletin);
    struct stat out, in;
    if (!inputs)
        return NASHRA_ENOMEM;
    if (stat(path, &out) != 0)
        return NASHRA_OK;
    for (; *inputs; inputs++)
        if (stat(*inputs, &in) == 0 && in.st_dev == out.st_dev && in.st_ino == out.st_ino)
            return nashra_fail(NASHRA_EUSAGE,
                               "%s: the bulletin is made of it; choose another name for the output, or leave out of "
                               "--beside what would be written over it",
                               path);
    return NASHRA_OK;
}
