/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file mapped.h  A file of ours that is looked at where it lies: models, tables that are searched, recorded prompts.
 *
 * Its pages are shared by all processes and come when they are touched. A file that is replaced must be replaced by renaming
 * (save.h does): what is mapped stays what it was. One that is cut short while it is mapped ends the process with SIGBUS.
 */
#ifndef NASHRA_MAPPED_H
#define NASHRA_MAPPED_H

#include <stddef.h>

#include <nashra/status.h>

#ifdef __cplusplus
extern "C" {
#endif

struct nashra_mapped {
    const void *bytes; /**< not ended by a NUL; NULL when there are none */
    size_t size;
};

/** Maps all of a regular file for reading. @param[out] mapped {NULL, 0} when the file is empty, and on failure.
 *  @return 0, or NASHRA_ECONFIG with the file's name and the cause. */
int nashra_mapped_open(const char *path, struct nashra_mapped *mapped);

/** What was pointed to inside is gone. `mapped` becomes {NULL, 0}; closing that again does nothing. */
void nashra_mapped_close(struct nashra_mapped *mapped);

#ifdef __cplusplus
}
#endif
#endif
