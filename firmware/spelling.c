/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "spelling.h"

#include <ctype.h>
#include <string.h>

#include <nashra/table.h>
#include <nashra/utf8.h>

struct nashrad_spelling {
    struct nashra_table *letters, *marks; /* hold the strings */
    struct nashra_map *names;
};

void nashrad_spelling_destroy(struct nashrad_spelling *spelling) {
    if (!spelling)
        return;
    nashra_map_destroy(spelling->names);
    nashra_table_destroy(spelling->letters);
    nashra_table_destroy(spelling->marks);
    nashra_free(spelling);
}

static int read_name(const struct nashra_row *row, void *user) {
    const struct nashrad_spelling *spelling = user;
    return nashra_map_put(spelling->names, row->fields[0], strlen(row->fields[0]), (intptr_t)row->fields[1]);
}

static int load(struct nashrad_spelling *spelling, const char *file, struct nashra_table **table) {
    struct nashra_buffer path = {0};
    int status = nashra_data_path(file, &path);
    if (status >= 0)
        status = nashra_table_load(path.data, 2, read_name, spelling, table);
    nashra_buffer_finish(&path);
    return status;
}

int nashrad_spelling_create(struct nashrad_spelling **out) {
    struct nashrad_spelling *spelling = nashra_alloc_zeroed(1, sizeof *spelling);
    *out = NULL;
    if (!spelling)
        return NASHRA_ENOMEM;
    spelling->names = nashra_map_create();
    int status = spelling->names ? load(spelling, "letters.tsv", &spelling->letters) : NASHRA_ENOMEM;
    if (status >= 0)
        status = load(spelling, "marks.tsv", &spelling->marks);
    if (status < 0) {
        nashrad_spelling_destroy(spelling);
        return status;
    }
    *out = spelling;
    return NASHRA_OK;
}

int nashrad_spelling_name(const struct nashrad_spelling *spelling, const char *letter, size_t length,
                          struct nashra_buffer *name) {
    for (size_t at = 0, taken; at < length; at += taken) {
        unsigned codepoint;
        intptr_t known;
        char small[4];
        taken = nashra_utf8_decode(letter + at, length - at, &codepoint);
        memcpy(small, letter + at, taken);
        if (taken == 1)
            small[0] = (char)toupper((unsigned char)small[0]); /* Latin letters are named by their capitals */
        if (nashra_map_get(spelling->names, small, taken, &known))
            nashra_buffer_add_string(name, (const char *)known);
        else
            nashra_buffer_add(name, letter + at, taken);
        nashra_buffer_add_string(name, " ");
    }
    return name->failed ? NASHRA_ENOMEM : NASHRA_OK;
}
