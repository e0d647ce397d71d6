/* SPDX-License-Identifier: GPL-3.0-or-later */
/** @file selftest_checks.h  What software can answer of EN 301 549, each on a nashrad of its own. */
#ifndef NASHRA_SELFTEST_CHECKS_H
#define NASHRA_SELFTEST_CHECKS_H

#include "selftest_box.h"

struct nashra_selftest_check {
    const char *name;
    const char *kiosk; /* lines for [kiosk] */
    /* NULL: all is as it should be; else what is not. */
    const char *(*run)(struct nashra_selftest_box *box);
    const char *faults; /* that break it on purpose, with blanks between: for the test of the self-test */
};

extern const struct nashra_selftest_check nashra_selftest_checks[];
extern const size_t nashra_selftest_check_count;

#endif
