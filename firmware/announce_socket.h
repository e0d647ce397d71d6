/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The local interface: a stream socket, a JSON object a line each way. Slow, broken and hostile clients cost the loop
 * nothing: what they send is bounded, what they don't read is bounded, and then they are left. */
#ifndef NASHRAD_ANNOUNCE_SOCKET_H
#define NASHRAD_ANNOUNCE_SOCKET_H

#include "loop.h"
#include "requests.h"

struct nashrad_announce_socket;

/* Takes the socket that systemd hands over, or makes the one of the settings; none ("" or a place that isn't there),
 * and nobody can ask. @param settings, requests borrowed. 0 or NASHRA_ENOMEM. */
int nashrad_announce_socket_create(struct nashrad_loop *loop, const struct nashrad_announce_settings *settings,
                                   const struct nashrad_requests *requests, struct nashrad_announce_socket **sockets);
/* Takes NULL. */
void nashrad_announce_socket_destroy(struct nashrad_announce_socket *sockets);

/* Tells all who subscribed. */
void nashrad_announce_socket_tell(struct nashrad_announce_socket *sockets, const json_t *event);
/* Goes on with what clients didn't read at once. Returns when it wants to be called next; -1: not before something
 * comes. */
int64_t nashrad_announce_socket_due(struct nashrad_announce_socket *sockets, int64_t now);

#endif
