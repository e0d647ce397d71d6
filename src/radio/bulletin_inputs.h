/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files that a script names, and where it names them. */
#ifndef NASHRA_RADIO_BULLETIN_INPUTS_H
#define NASHRA_RADIO_BULLETIN_INPUTS_H

#include "bulletin_keys.h"

/* Remembers where a file was named; `file` itself is what nashra_key_file() gives. 0 or NASHRA_ENOMEM. */
int nashra_script_note(struct nashra_script *script, const char *file, const char *section, const char *key,
                       const struct nashra_key_source *source);

/* Looks for all files that stand in a script: each that can't be read is reported with file, line and key.
 * 0 or NASHRA_ENOINPUT. */
int nashra_script_check_inputs(const struct nashra_script *script);

/* After a fault of a file was reported: reports where it was named, if that is known. @return `status`. */
int nashra_script_tell_place(const struct nashra_script *script, const char *file, int status);

/* The files that are named, each once, ended by NULL; NULL when out of memory. */
const char *const *nashra_script_inputs(struct nashra_script *script);

#endif
