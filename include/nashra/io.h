/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file io.h  All of it: reading and writing a descriptor to the end.
 *
 * read(2) and write(2) may do a part, be interrupted by a signal, or find a descriptor that somebody made non-blocking;
 * here each of them goes on. Not for sockets whose other end may be gone: write(2) raises SIGPIPE.
 */
#ifndef NASHRA_IO_H
#define NASHRA_IO_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Writes all of it. @return 0, or the errno of what failed; some of it may have been written then. */
int nashra_io_write(int fd, const void *bytes, size_t length);

/** Reads `length` bytes, or all that there are up to the end of the file.
 *  @param got set to how many, also when it fails. @return 0, or the errno of what failed. */
int nashra_io_read(int fd, void *bytes, size_t length, size_t *got);

#ifdef __cplusplus
}
#endif
#endif
