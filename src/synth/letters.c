/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letters.h"

#include <string.h>

#include <nashra/table.h>
#include <nashra/utf8.h>

enum { LETTERS = 0x250 }; /* Latin without its rare extensions */

struct nashra_letters {
    struct nashra_table *table; /* owns the names */
    const char *names[LETTERS];
};

static int read_row(const struct nashra_row *row, void *user) {
    struct nashra_letters *letters = user;
    const char *at = row->fields[0];
    size_t length = strlen(at);
    while (length > 0) {
        unsigned codepoint;
        size_t bytes = nashra_utf8_decode(at, length, &codepoint);
        if (codepoint >= LETTERS)
            return nashra_fail(NASHRA_ECONFIG, "%s:%zu: '%s' holds what is no Latin letter or digit", row->file,
                               row->line, row->fields[0]);
        letters->names[codepoint] = row->fields[1];
        at += bytes;
        length -= bytes;
    }
    return NASHRA_OK;
}

int nashra_letters_load(struct nashra_letters **result) {
    struct nashra_letters *letters = nashra_alloc_zeroed(1, sizeof *letters);
    if (!letters)
        return NASHRA_ENOMEM;
    struct nashra_buffer path = {0};
    int status = nashra_data_path("latin-letters.tsv", &path);
    if (status == NASHRA_OK)
        status = nashra_table_load(nashra_buffer_string(&path), 2, read_row, letters, &letters->table);
    nashra_buffer_finish(&path);
    if (status < 0) {
        nashra_letters_destroy(letters);
        return status;
    }
    *result = letters;
    return NASHRA_OK;
}

void nashra_letters_destroy(struct nashra_letters *letters) {
    if (!letters)
        return;
    nashra_table_destroy(letters->table);
    nashra_free(letters);
}

const char *nashra_letters_name(const struct nashra_letters *letters, unsigned letter) {
    return letter < LETTERS ? letters->names[letter] : NULL;
}
