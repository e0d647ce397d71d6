/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands behind a number phrase tells whether it is the subject of the verb before it. */
#ifndef NASHRA_NORMALISE_OBJECT_H
#define NASHRA_NORMALISE_OBJECT_H

#include "scan.h"

/* أبلغ 42 مواطنا الشرطة, دعم 62% من المقترعين الخروج, فجر 3 انتحاريين أحزمتهم: the noun behind the phrase is the
 * object. */
bool nashra_object_follows(const struct nashra_scan *scan);
/* كشفت 20 دراسة أن: a clause is the object. */
bool nashra_object_clause_follows(const struct nashra_scan *scan);
/* أيد 47% من المشاركين: people are the subject rather than the object. */
bool nashra_object_is_no_share_of_people(const struct nashra_scan *scan);

#endif
