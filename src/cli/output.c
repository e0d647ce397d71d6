/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <string.h>

int nashra_cli_write(const char *path, const struct nashra_buffer *text) {
    if (path && strcmp(path, "-") != 0)
        return nashra_save_file(path, nashra_buffer_string(text), text->length);
    fwrite(nashra_buffer_string(text), 1, text->length, stdout);
    return NASHRA_OK;
}

int nashra_cli_read(const char *path, struct nashra_buffer *bytes) {
    char block[16384];
    const bool is_stdin = strcmp(path, "-") == 0;
    FILE *in = is_stdin ? stdin : fopen(path, "rb");
    if (!in)
        return nashra_fail(NASHRA_ENOINPUT, "%s: %s", path, strerror(errno));
    for (size_t got;
         !bytes->failed && bytes->length <= NASHRA_ARTICLE_MAX_BYTES && (got = fread(block, 1, sizeof block, in)) > 0;)
        nashra_buffer_add(bytes, block, got);
    int status = bytes->failed ? NASHRA_ENOMEM : NASHRA_OK;
    if (ferror(in))
        status = nashra_fail(errno == EISDIR ? NASHRA_ENOINPUT : NASHRA_EIO, "%s: %s", path, strerror(errno));
    else if (bytes->length > NASHRA_ARTICLE_MAX_BYTES)
        status = nashra_fail(NASHRA_EDATA, "%s: larger than %u MiB", path, NASHRA_ARTICLE_MAX_BYTES >> 20);
    if (!is_stdin)
        fclose(in);
    return status;
}
