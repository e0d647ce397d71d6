/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which URLs and addresses may be asked. */
#ifndef NASHRA_FETCH_ADDRESS_H
#define NASHRA_FETCH_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* This machine, a private network, a link: what a page from outside must not send us to. */
bool nashra_address_is_inside(const struct sockaddr *address);
/* "localhost" and numeric addresses of this machine. */
bool nashra_host_is_loopback(const char *host);
/* A numeric address of this machine or a private network, or localhost. */
bool nashra_host_is_inside(const char *host);

#endif
