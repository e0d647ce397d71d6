/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <nashra/save.h>

#include <string.h>

#include <nashra/io.h>
#include <nashra/memory.h>

#include "output.h"

struct nashra_draft {
    struct nashra_output output;
};

int nashra_draft_write(const char *path, const void *bytes, size_t length, struct nashra_draft **out) {
    struct nashra_draft *draft = nashra_alloc_zeroed(1, sizeof *draft);
    *out = NULL;
    if (!draft)
        return NASHRA_ENOMEM;
    int status = nashra_output_open(&draft->output, path);
    const int error = status == NASHRA_OK ? nashra_io_write(draft->output.fd, bytes, length) : 0;
    if (error)
        status = nashra_fail(NASHRA_EIO, "%s: %s", path, strerror(error));
    if (status == NASHRA_OK)
        status = nashra_output_complete(&draft->output);
    if (status < 0) {
        nashra_draft_destroy(draft);
        return status;
    }
    *out = draft;
    return NASHRA_OK;
}

int nashra_draft_publish(struct nashra_draft *draft) {
    return nashra_output_publish(&draft->output);
}

void nashra_draft_destroy(struct nashra_draft *draft) {
    if (!draft)
        return;
    nashra_output_close(&draft->output);
    nashra_free(draft);
}

int nashra_save_file(const char *path, const void *bytes, size_t length) {
    struct nashra_draft *draft;
    int status = nashra_draft_write(path, bytes, length, &draft);
    if (status == NASHRA_OK)
        status = nashra_draft_publish(draft);
    nashra_draft_destroy(draft);
    return status;
}
