/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NORMALISE_DATE_H
#define NASHRA_NORMALISE_DATE_H

#include "scan.h"

/* Writes a date that stands at token `at`. @param day, month 0: not said. @param year negative: not said. */
int nashra_date_say(struct nashra_scan *scan, size_t at, long day, long month, long year);

#endif
