/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Has nashrad say something: datagrams to its socket (notices.h). */
#ifndef NASHRA_TELL_H
#define NASHRA_TELL_H

#include <nashra/prompts.h>

/* Waits some seconds for a nashrad that is just starting. One that isn't there is no error: what is said is logged,
 * too.
 * @param path of its socket; "": nobody listens. @param number for a prompt that takes one. */
void nashra_tell(const char *path, enum nashra_prompt prompt, size_t number);
/* Sends a line of another kind. */
void nashra_tell_line(const char *path, const char *line);

#endif
