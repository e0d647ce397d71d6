/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The other process: text and speech. It may crash, hang or be killed; nashrad goes on without it. */
#ifndef NASHRAD_WORKER_H
#define NASHRAD_WORKER_H

/* Serves the socket `fd` until it is closed. @param lexicon a file, or "": one that can't be read is told, and done
 * without. Returns the exit code. */
int nashrad_worker(int fd, const char *lexicon);

#endif
