/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a script, and what their values may be. */
#ifndef NASHRA_RADIO_BULLETIN_KEYS_H
#define NASHRA_RADIO_BULLETIN_KEYS_H

#include "bulletin_script.h"

/* Where a value comes from. */
struct nashra_key_source {
    const char *folder; /* that file names are relative to, with its slash; "" */
    const char *where;  /* "nine.ini:12"; NULL: a call */
};

/* Sets one key. `item` NULL: of [bulletin]. `by_call`: it holds over all files.
 * 0; NASHRA_EUSAGE with `cause` set to what is wanted (not reported), NASHRA_ENOMEM. */
int nashra_key_set(struct nashra_script *script, struct nashra_script_item *item, const char *key, const char *value,
                   const struct nashra_key_source *source, const char **cause);

/* The next file that the script names, `*at` counting from 0; NULL after the last. */
const char *nashra_key_file(const struct nashra_script *script, size_t *at);

#endif
