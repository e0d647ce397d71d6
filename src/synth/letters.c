/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "letters.h"

#include <ctype.h>

#include <nashra/table.h>

struct nashra_letters {
    struct nashra_table *table; /* owns the names */
    const char *names[128];
};

static int read_row(const struct nashra_row *row, void *user) {
    struct nashra_letters *letters = user;
    unsigned char letter = (unsigned char)row->fields[0][0];
    if (letter >= 128 || !isalnum(letter) || row->fields[0][1] != '\0')
        return nashra_fail(NASHRA_ECONFIG, "%s:%zu: '%s' is no Latin letter or digit", row->file, row->line,
                           row->fields[0]);
    letters->names[letter] = row->fields[1];
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

const char *nashra_letters_name(const struct nashra_letters *letters, char letter) {
    unsigned char c = (unsigned char)letter;
    return c < 128 ? letters->names[tolower(c)] : NULL;
}
