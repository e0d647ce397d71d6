/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names that Nashra knows itself. */
#include <nashra/lexicon.h>

#include <nashra/memory.h>
#include <nashra/table.h>

int nashra_lexicon_names(struct nashra_lexicon **lexicon) {
    struct nashra_buffer path = {0};
    *lexicon = NULL;
    int status = nashra_data_path("names.tsv", &path);
    if (status >= 0)
        status = nashra_lexicon_open(path.data, lexicon);
    nashra_buffer_finish(&path);
    return status;
}
