/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NEWS_FILE_H
#define NASHRA_NEWS_FILE_H

#include <stdint.h>

#include <nashra/memory.h>

/* Appends a whole file; one that is missing is empty. More than `most` bytes are refused: NASHRA_EDATA. */
int nashra_file_read(const char *path, size_t most, struct nashra_buffer *bytes);
/* Writes a file that is whole or not there: under a hidden name, onto the disk, then renamed. @param mtime seconds
 * since 1970, or 0: now. @return 0, NASHRA_ECANTCREATE or NASHRA_EIO. */
int nashra_file_write(const char *path, const char *bytes, size_t length, int64_t mtime);
/* Makes a folder and those above it. @return 0 or NASHRA_ECANTCREATE. */
int nashra_file_make_folder(const char *path);

#endif
