/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Active participles that govern as their verb does: ناقلا 20 راكبا. */
#ifndef NASHRA_NORMALISE_PARTICIPLE_H
#define NASHRA_NORMALISE_PARTICIPLE_H

#include "scan.h"

/* مسقطا 20 قتيلا, ساحبا معه إلى النهر 6 عمال: the indefinite accusative of the participle of a verb that takes an
 * object. */
bool nashra_participle_governs(const struct nashra_scan *scan, size_t at);

#endif
