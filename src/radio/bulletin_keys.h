/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keys of a script, and what their values may be. */
#ifndef NASHRA_RADIO_BULLETIN_KEYS_H
#define NASHRA_RADIO_BULLETIN_KEYS_H

#include "bulletin_script.h"

enum { NASHRA_KEY_CAUSE = 320 };

/* Where a value comes from. */
struct nashra_key_source {
    const char *folder; /* that file names are relative to, with its slash; "" */
    const char *where;  /* "nine.ini"; NULL: a call, which holds over all files */
    size_t line;        /* 0: not known */
    uint64_t *seen;     /* the section's keys so far: each may stand there once; NULL doesn't mind */
};

/* Sets one key. `item` NULL: of [bulletin]. An empty text counts as not given.
 * 0; NASHRA_EUSAGE with `cause` filled (not reported), NASHRA_ENOMEM. */
int nashra_key_set(struct nashra_script *script, struct nashra_script_item *item, const char *key, const char *value,
                   const struct nashra_key_source *source, char cause[NASHRA_KEY_CAUSE]);

/* The next file that the script names, `*at` counting from 0; NULL after the last. */
const char *nashra_key_file(const struct nashra_script *script, size_t *at);

#endif
