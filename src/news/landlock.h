/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NEWS_LANDLOCK_H
#define NASHRA_NEWS_LANDLOCK_H

/* From now on the process reaches no file but those in and beneath `readable` (NULL-terminated; missing ones are passed
 * over), and reads these only. no_new_privs must be set. @return 1; 0: this kernel has no Landlock; negative: reported.
 */
int nashra_landlock_restrict(const char *const *readable);

#endif
