/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRA_NEWS_NOTICE_H
#define NASHRA_NEWS_NOTICE_H

#include <stddef.h>

/* Lets a nashrad say how many new stories there are (firmware/notices.h). A box that isn't there hears of them when it
 * starts: no error. */
void nashra_notice_new(const char *socket, size_t count);

#endif
