/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the files of data/ are. */
#include <nashra/table.h>

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

int nashra_data_find(const char *name, struct nashra_buffer *path) {
    char beside[PATH_MAX + 32];
    struct stat info;
    const char *chosen = getenv("NASHRA_DATA");
    if (chosen && *chosen && (stat(chosen, &info) != 0 || !S_ISDIR(info.st_mode)))
        return nashra_fail(NASHRA_ECONFIG, "NASHRA_DATA names %s, which is not a folder", chosen);
    const char *const folders[] = {chosen, beside_program(beside), NASHRA_SOURCE_DATA, NASHRA_INSTALLED_DATA};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        int found = folders[i] && *folders[i] ? try_path(folders[i], name, path) : 0;
        if (found != 0)
            return found;
    }
    return 0;
}

int nashra_data_path(const char *name, struct nashra_buffer *path) {
    int found = nashra_data_find(name, path);
    if (found != 0)
        return found < 0 ? found : NASHRA_OK;
    return nashra_fail(NASHRA_ECONFIG, "data file %s not found; set NASHRA_DATA to Nashra's data folder", name);
}
