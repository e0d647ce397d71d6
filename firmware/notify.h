/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef NASHRAD_NOTIFY_H
#define NASHRAD_NOTIFY_H

/* Tells systemd, if it is there: "READY=1", "WATCHDOG=1", "STOPPING=1". */
void nashrad_notify(const char *state);

#endif
