/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool is_same(const struct nashra_buffer *a, const struct nashra_buffer *b) {
    return a->data && b->data && a->length == b->length && memcmp(a->data, b->data, a->length) == 0;
}

static int write_lines(const char *draft, const struct nashra_buffer *lines) {
    FILE *out = fopen(draft, "we");
    if (!out)
        return -1;
    const bool good = fwrite(nashra_buffer_string(lines), 1, lines->length, out) == lines->length && fflush(out) == 0 &&
                      fsync(fileno(out)) == 0;
    return fclose(out) == 0 && good ? 0 : -1;
}

static void replace(const char *journal, const struct nashra_buffer *lines) {
    struct nashra_buffer path = {0}, draft = {0};
    nashra_buffer_add_format(&path, "%s.kept", journal);
    nashra_buffer_add_format(&draft, "%s.kept.part", journal);
    if (!path.failed && !draft.failed && (write_lines(draft.data, lines) != 0 || rename(draft.data, path.data) != 0)) {
        nashra_log(NASHRA_LOG_WARNING, "%s: %s", path.data, strerror(errno));
        unlink(draft.data);
    }
    nashra_buffer_finish(&path);
    nashra_buffer_finish(&draft);
}

void nashrad_kept_write(struct nashra_store *store, const char *journal, struct nashra_buffer *last) {
    struct nashra_buffer now = {0};
    if (nashra_store_kept(store, &now) < 0 || is_same(&now, last)) {
        nashra_buffer_finish(&now);
        return;
    }
    nashra_buffer_add_string(&now, ""); /* none is something to say as well */
    replace(journal, &now);
    nashra_buffer_finish(last);
    *last = now;
}
