/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of one table of data/ and their roles, loaded when the first word is looked up. */
#ifndef NASHRA_ARTICLE_LEXIS_H
#define NASHRA_ARTICLE_LEXIS_H

#include <nashra/table.h>
#include <nashra/text.h>

enum { NASHRA_LEXIS_LISTED = 1 };

/* Initialise `file` and `roles`, zero the rest. */
struct nashra_lexis {
    const char *file; /* in data/: the first field is the form */
    const char *const
        *roles;     /* names of the second field, ended by NULL; role i is flag 2 << i; or NULL for no roles */
    bool is_shared; /* the table is another room's as well: roles that aren't listed here are no mistake */
    struct nashra_table *table;
    struct nashra_map *map;
};

/* The flags of a form: 0 when it isn't listed; NASHRA_LEXIS_LISTED and its roles; negative when the table can't be
 * read. Marks, tatweel and the hamza of an alif don't matter, runs of blanks are one space. */
int nashra_lexis_find(struct nashra_lexis *lexis, const char *text, struct nashra_span span);
void nashra_lexis_finish(struct nashra_lexis *lexis);

#endif
