/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A verb before its subject agrees with it in gender: a noun or a number phrase that differs from it is no subject. */
#ifndef NASHRA_NORMALISE_AGREE_H
#define NASHRA_NORMALISE_AGREE_H

#include "scan.h"

/* هز المدينة, حضرت الحفل: the definite noun behind the verb is of the other gender, and is its object. */
bool nashra_agree_bars_noun(const struct nashra_scan *scan, size_t verb);
/* فقتلت 12 شخصا, وأحرقت 20 منزلا, واحتجزت 4 منهم: a feminine verb, and what is counted is masculine. */
bool nashra_agree_bars_phrase(const struct nashra_scan *scan, size_t verb);
/* وعلقت, ستعلق: the verb has a feminine form. */
bool nashra_agree_is_feminine(const struct nashra_scan *scan, size_t verb);
/* قصف الجيش … واعتقل, داهمت القوات … وصادرت: may the subject behind `first` be that of `second`, too? */
bool nashra_agree_verbs(const struct nashra_scan *scan, size_t first, size_t second);
/* افتتح المهرجان وعرضت خلاله 30 فيلما: the subject of the one is not that of the other. */
bool nashra_agree_parts_verbs(const struct nashra_scan *scan, size_t first, size_t second);
/* أصيب 20 شخصا آخرون, أنقذ 20 آخرين: the ending of the word behind the phrase shows its case. */
bool nashra_agree_shows_nominative(const struct nashra_scan *scan);
bool nashra_agree_shows_oblique(const struct nashra_scan *scan);

#endif
