/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kernel's alarm of a voltage that is too low. */
#ifndef NASHRAD_POWER_H
#define NASHRAD_POWER_H

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise. */
struct nashrad_power {
    bool weak;
    int64_t look_at;
};

/* True once whenever the alarm goes on. @param pattern of the file's name. Returns the next look in `*next`. */
bool nashrad_power_failing(struct nashrad_power *power, const char *pattern, int64_t now, int64_t *next);

#endif
