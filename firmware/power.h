/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The power, as the kernel tells it: an undervoltage alarm, and batteries. */
#ifndef NASHRAD_POWER_H
#define NASHRAD_POWER_H

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialise: all is well. */
struct nashrad_power {
    bool weak;   /* when it was looked at last */
    int told_at; /* the charge at which the listener was told last; 0: not since it was charged */
    int64_t look_at;
};

enum nashrad_power_news {
    NASHRAD_POWER_SAME,
    NASHRAD_POWER_WEAK,  /* the voltage has fallen too low; told once a fall */
    NASHRAD_POWER_LOW,   /* the battery is running down: at 15 and at 7 per cent */
    NASHRAD_POWER_EMPTY, /* less than 4 per cent are left: time to switch off */
};

/* Looks every five seconds. @param alarm a path that may hold *: files whose first character is 1 while the voltage is
 * too low. @param batteries a path that may hold *: folders with `capacity` and `status` as of
 * /sys/class/power_supply. @param charge set for LOW and EMPTY. @param next when to call again. */
enum nashrad_power_news nashrad_power_look(struct nashrad_power *power, const char *alarm, const char *batteries,
                                           int64_t now, int *charge, int64_t *next);

#endif
