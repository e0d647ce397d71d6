/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power.h"

#include <glob.h>
#include <stdio.h>

enum { LOOK_MS = 5000 };

static bool says_one(const char *path) {
    FILE *file = fopen(path, "r");
    if (!file)
        return false;
    const bool one = fgetc(file) == '1';
    fclose(file);
    return one;
}

static bool is_weak(const char *pattern) {
    glob_t found;
    bool weak = false;
    if (glob(pattern, 0, NULL, &found) != 0)
        return false;
    for (size_t i = 0; i < found.gl_pathc; i++)
        weak = weak || says_one(found.gl_pathv[i]);
    globfree(&found);
    return weak;
}

bool nashrad_power_failing(struct nashrad_power *power, const char *pattern, int64_t now, int64_t *next) {
    bool news = false;
    if (now >= power->look_at) {
        const bool weak = is_weak(pattern);
        news = weak && !power->weak;
        power->weak = weak;
        power->look_at = now + LOOK_MS;
    }
    *next = power->look_at;
    return news;
}
