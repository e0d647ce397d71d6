/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* The file takes its name only when it is complete. */
static int write_file(const char *path, const struct nashra_buffer *text) {
    struct nashra_buffer part = {0};
    if (nashra_buffer_add_format(&part, "%s.part", path) < 0)
        return NASHRA_ENOMEM;
    int status = NASHRA_OK;
    FILE *out = fopen(part.data, "wb");
    if (!out) {
        status = nashra_fail(NASHRA_ECANTCREATE, "%s: %s", path, strerror(errno));
    } else {
        bool good = fwrite(text->data, 1, text->length, out) == text->length;
        good = fclose(out) == 0 && good;
        if (!good)
            status = nashra_fail(NASHRA_EIO, "%s: %s", path, strerror(errno));
        else if (rename(part.data, path) != 0)
            status = nashra_fail(NASHRA_ECANTCREATE, "%s: %s", path, strerror(errno));
        if (status < 0)
            unlink(part.data);
    }
    nashra_buffer_finish(&part);
    return status;
}

int nashra_cli_write(const char *path, const struct nashra_buffer *text) {
    if (path && strcmp(path, "-") != 0)
        return write_file(path, text);
    fwrite(nashra_buffer_string(text), 1, text->length, stdout);
    return NASHRA_OK;
}

int nashra_cli_read(const char *path, struct nashra_buffer *bytes) {
    char block[16384];
    const bool is_stdin = strcmp(path, "-") == 0;
    FILE *in = is_stdin ? stdin : fopen(path, "rb");
    if (!in)
        return nashra_fail(NASHRA_ENOINPUT, "%s: %s", path, strerror(errno));
    for (size_t got; bytes->length <= NASHRA_ARTICLE_MAX_BYTES && (got = fread(block, 1, sizeof block, in)) > 0;)
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
