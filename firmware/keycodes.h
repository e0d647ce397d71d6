/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names of keys and wheels as in linux/input-event-codes.h; the table is made from that file by the build. */
#ifndef NASHRAD_KEYCODES_H
#define NASHRAD_KEYCODES_H

/* The code of "KEY_PLAYPAUSE" or "REL_DIAL", or -1. */
int nashrad_keycode(const char *name);

#endif
