/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done with a memory stick, step by step, and with the Wi-Fi that it asked for. */
#ifndef NASHRA_STICK_H
#define NASHRA_STICK_H

#include "../config.h"

struct nashra_setup {
    const char *config_path, *state, *root;
    struct nashrad_config config;
};

/* 0, or the status of what failed; the listener has heard of it. */
int nashra_setup_stick(const struct nashra_setup *setup, const char *folder);
/* Joins the network that is asked for in STATE/network, and says so if STATE/network.new is there. */
int nashra_setup_network(const struct nashra_setup *setup);

#endif
