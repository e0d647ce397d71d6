/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "power.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK_MS = 5000, LOW = 15, VERY_LOW = 7, EMPTY = 3, CHARGED_BY = 5 };

/* The first line of FOLDER/NAME, or of the file itself; "" when there is none. */
static void read_line(const char *folder, const char *name, char line[32]) {
    char path[512];
    line[0] = '\0';
    if ((size_t)snprintf(path, sizeof path, "%s%s", folder, name) >= sizeof path)
        return;
    FILE *file = fopen(path, "r");
    if (!file)
        return;
    if (!fgets(line, 32, file))
        line[0] = '\0';
    fclose(file);
}

static bool is_weak(const char *pattern) {
    glob_t found;
    bool weak = false;
    char line[32];
    if (glob(pattern, 0, NULL, &found) != 0)
        return false;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        read_line(found.gl_pathv[i], "", line);
        weak = weak || line[0] == '1';
    }
    globfree(&found);
    return weak;
}

/* A mouse has a battery, too: those of devices do not count. The fullest one of the machine's; -1: there is none, or
 * it is being charged. */
static int running_down(const char *pattern) {
    glob_t found;
    int most = -1;
    char line[32];
    bool charging = false;
    if (!*pattern || glob(pattern, 0, NULL, &found) != 0)
        return -1;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        read_line(found.gl_pathv[i], "/scope", line);
        if (strncmp(line, "Device", 6) == 0)
            continue;
        read_line(found.gl_pathv[i], "/status", line);
        charging = charging || strncmp(line, "Charging", 8) == 0 || strncmp(line, "Full", 4) == 0;
        read_line(found.gl_pathv[i], "/capacity", line);
        const int capacity = line[0] >= '0' && line[0] <= '9' ? atoi(line) : -1;
        most = capacity > most ? capacity : most;
    }
    globfree(&found);
    return charging ? -1 : most;
}

static enum nashrad_power_news judge_charge(struct nashrad_power *power, int charge) {
    if (charge < 0 || (power->told_at > 0 && charge >= power->told_at + CHARGED_BY))
        power->told_at = 0;
    if (charge < 0 || charge > LOW)
        return NASHRAD_POWER_SAME;
    if (charge <= EMPTY)
        return NASHRAD_POWER_EMPTY;
    const bool told = power->told_at > 0 && (charge > VERY_LOW || power->told_at <= VERY_LOW);
    if (told)
        return NASHRAD_POWER_SAME;
    power->told_at = charge;
    return NASHRAD_POWER_LOW;
}

enum nashrad_power_news nashrad_power_look(struct nashrad_power *power, const char *alarm, const char *batteries,
                                           int64_t now, int *charge, int64_t *next) {
    enum nashrad_power_news news = NASHRAD_POWER_SAME;
    if (now >= power->look_at) {
        const bool weak = is_weak(alarm);
        *charge = running_down(batteries);
        news = judge_charge(power, *charge);
        if (news == NASHRAD_POWER_SAME && weak && !power->weak)
            news = NASHRAD_POWER_WEAK;
        power->weak = weak && (power->weak || news == NASHRAD_POWER_WEAK);
        power->look_at = now + LOOK_MS;
    }
    *next = power->look_at;
    return news;
}
