/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "notify.h"

#include <systemd/sd-daemon.h>

void nashrad_notify(const char *state) {
    sd_notify(0, state);
}
