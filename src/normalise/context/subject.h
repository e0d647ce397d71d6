/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Has a verb its subject already, before it or in it? Then the number phrase behind it is no subject. */
#ifndef NASHRA_NORMALISE_SUBJECT_H
#define NASHRA_NORMALISE_SUBJECT_H

#include "scan.h"

/* قتل, دمر: the letters are those of an active verb as well; أصيب, ألغيت are passive alone. */
bool nashra_verb_may_be_active(const struct nashra_token *token);
/* زار, كتب: people do it to a thing, so that people counted behind it are its subject. */
bool nashra_verb_takes_thing(const struct nashra_token *token);
/* عقد, كشف: the letters are a noun's as well. */
bool nashra_verb_is_also_noun(const struct nashra_token *token);
/* بعد كشف, ظاهرة تعاقب: such a word is the noun here, for it is governed, or in construct to the noun before it. */
bool nashra_verb_is_noun_here(const struct nashra_scan *scan, size_t at);
/* انفجار دمر 3 منازل: a verb behind an indefinite noun begins a relative clause, whose subject the noun is. */
bool nashra_subject_is_described(const struct nashra_scan *scan, size_t verb);
/* انفجار دمر, الجيش قتل, قوات الأمن ضبطت: a noun in front is the subject, no adverbial (في بغداد قتل). */
bool nashra_subject_in_front(const struct nashra_scan *scan, size_t verb);
/* في غرفة ضيقة يراقب 6 شبان: the clause begins with an adverbial, and nothing in front is the subject. */
bool nashra_subject_is_absent(const struct nashra_scan *scan, size_t verb);
/* وقدم, فأرسل, ثم نشر: the subject of the verb before goes on. وضع, فتح begin with a letter of their own. */
bool nashra_subject_goes_on(const struct nashra_scan *scan, size_t verb);
/* داهم الجيش المخيم واعتقل 20, انتشلت الفرق جثة وأنقذت 3: who did the one did the other. */
bool nashra_subject_is_shared(const struct nashra_scan *scan, size_t verb);
/* أقيم حفل وقدم 20 عرضا: passive, as the verb before it; افتتح المهرجان وعرضت خلاله 30 فيلما: of another gender. */
bool nashra_subject_changes(const struct nashra_scan *scan, size_t verb);
/* من المقرر أن تفتتح 3 فروع: what is awaited has its own subject behind the verb. */
bool nashra_subject_is_awaited(const struct nashra_scan *scan, size_t verb);
/* تقدم الجامعة: no perfect of its own, the feminine of يقدم. What governs then, or what governed before. */
enum nashra_governor nashra_verb_governs_argument(const struct nashra_scan *scan, size_t verb,
                                                  enum nashra_governor governor);

#endif
