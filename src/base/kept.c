/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Set once, by a process that is about to be caged. */
static struct nashra_kept *first_kept;

const struct nashra_kept *nashra_kept_find(const char *path) {
    for (const struct nashra_kept *kept = first_kept; kept; kept = kept->next)
        if (strcmp(kept->path, path) == 0)
            return kept;
    return NULL;
}

const struct nashra_kept *nashra_kept_named(const char *name) {
    for (const struct nashra_kept *kept = first_kept; kept; kept = kept->next)
        if (strcmp(kept->name, name) == 0)
            return kept;
    return NULL;
}

static int read_whole(const char *path, struct nashra_buffer *bytes) {
    char block[16384];
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return nashra_fail(NASHRA_ECONFIG, "%s: %s", path, strerror(errno));
    for (size_t got; (got = fread(block, 1, sizeof block, stream)) > 0;)
        nashra_buffer_add(bytes, block, got);
    const int status = ferror(stream) ? nashra_fail(NASHRA_ECONFIG, "%s: %s", path, strerror(errno)) : NASHRA_OK;
    fclose(stream);
    return status;
}

/* Takes path and bytes over when it succeeds. */
static int keep(struct nashra_buffer *path, struct nashra_buffer *bytes) {
    struct nashra_kept *kept = path->failed || bytes->failed ? NULL : nashra_alloc(sizeof *kept);
    if (!kept)
        return NASHRA_ENOMEM;
    *kept = (struct nashra_kept){.path = path->data,
                                 .name = strrchr(path->data, '/') + 1,
                                 .bytes = bytes->data,
                                 .length = bytes->length,
                                 .next = first_kept};
    first_kept = kept;
    return NASHRA_OK;
}

static int keep_file(const char *folder, const char *name) {
    struct nashra_buffer path = {0}, bytes = {0};
    nashra_buffer_add_format(&path, "%s/%s", folder, name);
    nashra_buffer_add_string(&bytes, ""); /* an empty file has a string as well */
    int status = path.failed ? NASHRA_ENOMEM : read_whole(path.data, &bytes);
    if (status >= 0)
        status = keep(&path, &bytes);
    if (status < 0) {
        nashra_buffer_finish(&path);
        nashra_buffer_finish(&bytes);
    }
    return status;
}

/* Of two tables of one name the first counts, as nashra_data_find() has it. */
static int keep_folder(const char *folder, void *user) {
    int status = NASHRA_OK;
    DIR *open_folder = opendir(folder);
    (void)user;
    if (!open_folder)
        return nashra_fail(NASHRA_ECONFIG, "%s: %s", folder, strerror(errno));
    for (struct dirent *entry; status >= 0 && (entry = readdir(open_folder)) != NULL;) {
        const char *name = entry->d_name;
        const size_t length = strlen(name);
        if (length > 4 && name[0] != '.' && strcmp(name + length - 4, ".tsv") == 0 && !nashra_kept_named(name))
            status = keep_file(folder, name);
    }
    closedir(open_folder);
    return status;
}

int nashra_table_keep_all(void) {
    return nashra_data_folders(keep_folder, NULL);
}
