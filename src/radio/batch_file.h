/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names and folders, as batch and cache need them. */
#ifndef NASHRA_RADIO_BATCH_FILE_H
#define NASHRA_RADIO_BATCH_FILE_H

#include <stddef.h>

#include <nashra/memory.h>

/* One string of two; NULL when out of memory. Freed by nashra_free(). */
char *nashra_join(const char *one, const char *other);
/* FOLDER/NAME; an absolute name stays as it is. NULL when out of memory. */
char *nashra_path_in(const char *folder, const char *name);
/* The folder of a path, "." where it names none. NULL when out of memory. */
char *nashra_folder_of(const char *path);
/* The path's last part. */
const char *nashra_base_name(const char *path);

/* This machine's name, without its domain, fit for a file's name. */
void nashra_host_name(char *name, size_t size);

/* Makes a folder and those above it. 0, NASHRA_ECANTCREATE (reported) or NASHRA_ENOMEM. */
int nashra_make_folders(const char *path);
/* Makes the folders above a file. As nashra_make_folders(). */
int nashra_make_folders_above(const char *path);
/* Removes a folder and the files in it, and their folders one level down. What isn't there is no failure. */
void nashra_remove_folder(const char *path);

/* Names of the files in a folder, hidden ones left out. */
enum { NASHRA_FILES_MOST = 16 };
struct nashra_file_list {
    size_t count;
    char names[NASHRA_FILES_MOST][256];
};
/* In the order of their names, `last` at the end. 0, NASHRA_EIO (unreadable, `last` is not there, too many). */
int nashra_list_files(const char *folder, const char *last, struct nashra_file_list *list);

/* Writes all of it, through signals and short writes. 0 or NASHRA_EIO, reported with `path`. */
int nashra_write_bytes(int fd, const char *bytes, size_t length, const char *path);
/* Reads a regular file of at most `most` bytes. 0, NASHRA_ENOINPUT, NASHRA_EDATA (larger), NASHRA_EIO: reported;
 * NASHRA_ENOMEM. */
int nashra_read_file(const char *path, size_t most, struct nashra_buffer *out);

#endif
