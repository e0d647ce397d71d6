/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The Wi-Fi that the owner asked for: the request that nashra-setup leaves, and what its privileged service makes of it
 * through NetworkManager. */
#ifndef NASHRA_NETWORK_H
#define NASHRA_NETWORK_H

#include "owner.h"

struct nashra_network {
    char ssid[NASHRA_OWNER_SSID_MAX + 1];
    char password[65]; /* "": an open network */
    char country[3];   /* "": as it is */
    bool hidden;
};

/* Appends the request: names and hexadecimal bytes, so that no reader of it can be led astray. 0 or NASHRA_ENOMEM. */
int nashra_network_write(const struct nashra_network *network, struct nashra_buffer *out);
/* Reads a request, strictly. 0, or NASHRA_EDATA with the cause. */
int nashra_network_read(const char *text, struct nashra_network *network);

/* The connection's UUID, always the same for a name. */
void nashra_network_uuid(const struct nashra_network *network, char uuid[37]);
/* Appends NetworkManager's keyfile. 0 or NASHRA_ENOMEM. */
int nashra_network_keyfile(const struct nashra_network *network, struct nashra_buffer *out);

/* Joins it: country, radio, keyfile (where /etc can't be written in /run, until the next start), connection.
 * @param root "" or a folder for tests. @return what the listener is to hear. */
enum nashra_prompt nashra_network_join(const struct nashra_network *network, const char *root);

#endif
