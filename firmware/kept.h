/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JOURNAL.kept: the articles that are being read or hold a bookmark, a path a line, for who clears the library up
 * (`nashra feed update --kept`): the journal itself is open to nashrad alone. */
#ifndef NASHRAD_KEPT_H
#define NASHRAD_KEPT_H

#include <nashra/store.h>

/* Writes the file anew where it would say something else than `last`, which holds what it says. @param journal its
 * path. A failure is reported by the store; one of the file is logged: it costs no more than an article. */
void nashrad_kept_write(struct nashra_store *store, const char *journal, struct nashra_buffer *last);

#endif
