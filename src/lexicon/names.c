/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The names that Nashra knows itself. Its table is loaded at every start, so it is taken as it stands, without the
 * checks of a user's lexicon; a test makes them, and holds that both ways read the same. */
#include "entry.h"

#include <nashra/memory.h>

static int add_name(const struct nashra_row *row, void *user) {
    struct nashra_lexicon *lexicon = user;
    struct nashra_lex_entry *entry = nashra_arena_alloc(lexicon->arena, sizeof *entry);
    if (!entry)
        return NASHRA_ENOMEM;
    *entry = (struct nashra_lex_entry){
        .written = row->fields[0], .value = row->fields[1], .key = row->fields[0], .line = row->line};
    int status = nashra_lex_keep_words(lexicon->arena, entry->value, entry);
    return status < 0 ? status : nashra_lex_keep(lexicon, entry);
}

int nashra_lexicon_names(struct nashra_lexicon **lexicon) {
    struct nashra_buffer path = {0};
    struct nashra_lexicon *names = NULL;
    *lexicon = NULL;
    int status = nashra_data_path("names.tsv", &path);
    if (status >= 0)
        status = nashra_lex_create(path.data, &names);
    if (status >= 0)
        status = nashra_table_load(path.data, 2, add_name, names, &names->table);
    nashra_buffer_finish(&path);
    if (status < 0) {
        nashra_lexicon_destroy(names);
        return status;
    }
    *lexicon = names;
    return NASHRA_OK;
}
