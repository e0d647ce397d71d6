/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/save.h>

#include <string.h>

#include "output.h"

int nashra_save_file(const char *path, const void *bytes, size_t length) {
    struct nashra_output output;
    int status = nashra_output_open(&output, path);
    if (status < 0)
        return status;
    if (nashra_write_all(output.fd, bytes, length, &output.error))
        status = nashra_output_commit(&output);
    else
        status = nashra_fail(NASHRA_EIO, "%s: %s", path, strerror(output.error));
    nashra_output_close(&output);
    return status;
}
