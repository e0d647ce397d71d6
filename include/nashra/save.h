/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file save.h  A whole file at once. */
#ifndef NASHRA_SAVE_H
#define NASHRA_SAVE_H

#include <stddef.h>

#include <nashra/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Writes a file under a hidden name beside `path`, brings it to the disk and gives it its name: nobody sees half of
 *  it.
 *  @return 0; NASHRA_ECANTCREATE (a directory, a device, no folder, no right), NASHRA_EIO (a full disk), NASHRA_ENOMEM.
 */
int nashra_save_file(const char *path, const void *bytes, size_t length);

/** A file that is complete and still hidden: of several that belong together all are written before one is seen. */
struct nashra_draft;

/** As nashra_save_file(), up to the name. */
int nashra_draft_write(const char *path, const void *bytes, size_t length, struct nashra_draft **draft);
/** Gives it its name. 0 or NASHRA_ECANTCREATE. */
int nashra_draft_publish(struct nashra_draft *draft);
/** Removes it if it has no name yet. Takes NULL. */
void nashra_draft_destroy(struct nashra_draft *draft);

#ifdef __cplusplus
}
#endif
#endif
