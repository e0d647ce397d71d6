/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the files of data/ are. */
#include "kept.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int try_path(const char *folder, const char *name, struct nashra_buffer *path) {
    size_t before = path->length;
    int status = nashra_buffer_add_format(path, "%s/%s", folder, name);
    if (status < 0)
        return status;
    if (access(path->data, R_OK) == 0)
        return 1;
    path->length = before;
    path->data[before] = '\0';
    return 0;
}

/* PREFIX/share/nashra of a program in PREFIX/bin, so that an installation can be moved. "" when there is none. */
static const char *beside_program(char folder[PATH_MAX + 32]) {
    ssize_t length = readlink("/proc/self/exe", folder, PATH_MAX);
    folder[length > 0 ? length : 0] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(folder, '/');
        if (!slash)
            return "";
        *slash = '\0';
    }
    strcat(folder, "/share/nashra");
    return folder;
}

enum { FOLDERS = 4 };

/* The folders in the order in which they are looked at; NULL or "" for one that isn't meant. */
static int list_folders(const char *folders[FOLDERS], char beside[PATH_MAX + 32]) {
    struct stat info;
    const char *chosen = getenv("NASHRA_DATA");
    if (chosen && *chosen && (stat(chosen, &info) != 0 || !S_ISDIR(info.st_mode)))
        return nashra_fail(NASHRA_ECONFIG, "NASHRA_DATA names %s, which is not a folder", chosen);
    folders[0] = chosen;
    folders[1] = beside_program(beside);
    folders[2] = NASHRA_SOURCE_DATA;
    folders[3] = NASHRA_INSTALLED_DATA;
    return NASHRA_OK;
}

int nashra_data_find(const char *name, struct nashra_buffer *path) {
    char beside[PATH_MAX + 32];
    const char *folders[FOLDERS];
    const struct nashra_kept *kept = nashra_kept_named(name);
    if (kept)
        return nashra_buffer_add_string(path, kept->path) < 0 ? NASHRA_ENOMEM : 1;
    int found = list_folders(folders, beside);
    for (size_t i = 0; found == 0 && i < FOLDERS; i++)
        found = folders[i] && *folders[i] ? try_path(folders[i], name, path) : 0;
    return found;
}

int nashra_data_folders(nashra_folder_fn folder, void *user) {
    char beside[PATH_MAX + 32];
    const char *folders[FOLDERS];
    struct stat info;
    int status = list_folders(folders, beside);
    for (size_t i = 0; status == 0 && i < FOLDERS; i++)
        if (folders[i] && *folders[i] && stat(folders[i], &info) == 0 && S_ISDIR(info.st_mode))
            status = folder(folders[i], user);
    return status;
}

int nashra_data_path(const char *name, struct nashra_buffer *path) {
    int found = nashra_data_find(name, path);
    if (found != 0)
        return found < 0 ? found : NASHRA_OK;
    return nashra_fail(NASHRA_ECONFIG, "data file %s not found; set NASHRA_DATA to Nashra's data folder", name);
}
