/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Giving up privileges, for good, before foreign bytes are touched. A cage is resource limits, no_new_privs, Landlock
 * where the kernel has it, and a seccomp filter that lists what is allowed.
 *
 *   parser   reads and writes what is open already, asks for memory, ends. Anything else kills it: files, sockets,
 *            processes.
 *   fetcher  also sockets of the internet, threads (libcurl resolves names in one), and reading the files that names
 *            and certificates need. Writing a file or starting a program kills it; all else that isn't listed fails.
 */
#ifndef NASHRA_NEWS_CAGE_H
#define NASHRA_NEWS_CAGE_H

/* @return 0, or NASHRA_EINTERNAL: reported; the caller must not go on. $NASHRA_SANDBOX=off goes without the filter, for
 * kernels and emulators that have none. */
int nashra_cage_parser(void);
int nashra_cage_fetcher(void);

#endif
