/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders of articles: when something changes in them, and when a stick is plugged in or pulled. */
#ifndef NASHRAD_WATCH_H
#define NASHRAD_WATCH_H

#include "config.h"
#include "loop.h"

struct nashrad_watch;

/* @param folders borrowed. */
int nashrad_watch_create(struct nashrad_loop *loop, const struct nashrad_list *folders, struct nashrad_watch **watch);
/* Takes NULL. */
void nashrad_watch_destroy(struct nashrad_watch *watch);

/* True when the folders are to be looked at: some time after the last change, when all is written. `*next` is set to
 * when it wants to be asked again. */
bool nashrad_watch_due(struct nashrad_watch *watch, int64_t now, int64_t *next);
/* True when not one of the folders is there. */
bool nashrad_watch_missing(const struct nashrad_watch *watch);

#endif
