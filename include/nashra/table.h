/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file table.h  Tables of data/, the way to them, and a map from strings. */
#ifndef NASHRA_TABLE_H
#define NASHRA_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <nashra/memory.h>

#ifdef __cplusplus
extern "C" {
#endif

/** A row of a TSV file: UTF-8, fields separated by one tab, `#` starts a comment line, blank lines are skipped. */
struct nashra_row {
    const char *file; /**< as opened, for messages */
    size_t line;      /**< from 1 */
    size_t count;     /**< number of fields */
    char **fields;    /**< NUL-terminated, trimmed of spaces; they stay as long as the table, this array for the call */
};

/** Called for each row; a negative status ends the reading and is returned. Fields may be kept: they live in `table`.
 */
typedef int (*nashra_row_fn)(const struct nashra_row *row, void *user);

/** The memory behind the fields of one loaded file. */
struct nashra_table;

/** Reads a TSV file. Rows with fewer than `min_fields` are reported (file:line) and skipped, the rest is read.
 *  @return 0; NASHRA_ECONFIG when the file can't be read; what `row` returned. The table belongs to the caller. */
int nashra_table_load(const char *path, size_t min_fields, nashra_row_fn row, void *user, struct nashra_table **table);
/** Takes NULL. */
void nashra_table_destroy(struct nashra_table *table);

/** Reads every table of the data folder into memory. From then on this process finds and loads tables without opening a
 *  file: for one that is about to give up the right to. Call it once; the memory is kept to the end.
 *  @return 0; NASHRA_ECONFIG (no data folder, a table can't be read) or NASHRA_ENOMEM. */
int nashra_table_keep_all(void);

/** Appends the path of data file `name` ("units.tsv") to `path`: looked for in $NASHRA_DATA, in ../share/nashra beside
 * the program, in the source tree of a development build, then in the installed place.
 *  @return 1; 0 when it is nowhere; NASHRA_ECONFIG (reported) when $NASHRA_DATA is no folder, NASHRA_ENOMEM. */
int nashra_data_find(const char *name, struct nashra_buffer *path);
/** As nashra_data_find() for a file that must be there. @return 0, or NASHRA_ECONFIG (reported). */
int nashra_data_path(const char *name, struct nashra_buffer *path);

/** Is called with a folder that tables are looked for in. Not 0 ends it. */
typedef int (*nashra_folder_fn)(const char *folder, void *user);
/** Calls `folder` for each folder that is there of those that nashra_data_find() looks into, in its order.
 *  @return 0, what `folder` returned, or NASHRA_ECONFIG (reported) when $NASHRA_DATA is no folder. */
int nashra_data_folders(nashra_folder_fn folder, void *user);

/** A hash of bytes, the same within one run of a program; not for files. */
uint32_t nashra_map_hash(const char *bytes, size_t length);

/** A hash map from byte strings to one integer each. Keys are not copied: they must outlive the map. */
struct nashra_map;

/** An empty map, the caller's; NULL when out of memory. */
struct nashra_map *nashra_map_create(void);
/** Takes NULL. */
void nashra_map_destroy(struct nashra_map *map);
/** Sets a key's value, replacing an older one. 0 or NASHRA_ENOMEM. */
int nashra_map_put(struct nashra_map *map, const char *key, size_t length, intptr_t value);
/** Where a key's value is kept; 0 where the key is new, which it is no longer then. Good until another key comes. NULL:
 *  no memory. */
intptr_t *nashra_map_place(struct nashra_map *map, const char *key, size_t length);
/** True and the value when the key is there. */
bool nashra_map_get(const struct nashra_map *map, const char *key, size_t length, intptr_t *value);
/** Number of keys. */
size_t nashra_map_count(const struct nashra_map *map);

#ifdef __cplusplus
}
#endif
#endif
