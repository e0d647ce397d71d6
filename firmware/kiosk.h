/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manners of a kiosk, where people come and go: sessions, their end, and keys that unsteady hands press. A pure
 * state machine; time is an argument. Clauses of EN 301 549: 5.1.3.13 (reset), 5.7 (repeat), 5.8 (double strike). */
#ifndef NASHRAD_KIOSK_H
#define NASHRAD_KIOSK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "services.h"

struct nashrad_kiosk;

struct nashrad_kiosk_events {
    void (*key)(void *user, size_t key, bool down); /* what counts as a key */
    void (*begin)(void *user);                      /* a session: somebody has come by plugging in */
    void (*warn)(void *user, int seconds);          /* it will end */
    void (*extend)(void *user);                     /* a key has stopped that */
    void (*end)(void *user, bool by_plug);          /* forget what the listener was at */
};

/* @param settings borrowed. 0 or NASHRA_ENOMEM. */
int nashrad_kiosk_create(const struct nashrad_kiosk_settings *settings, const struct nashrad_kiosk_events *events,
                         void *user, struct nashrad_kiosk **kiosk);
/* Takes NULL. */
void nashrad_kiosk_destroy(struct nashrad_kiosk *kiosk);

/* A key went down or came up. */
void nashrad_kiosk_key(struct nashrad_kiosk *kiosk, size_t key, bool down, int64_t now);
/* The device that had the keys is gone. */
void nashrad_kiosk_release(struct nashrad_kiosk *kiosk);
/* The headphone went in or out. */
void nashrad_kiosk_plug(struct nashrad_kiosk *kiosk, bool plugged, int64_t now);
/* Whether something is spoken: then nobody is idle. */
void nashrad_kiosk_speaking(struct nashrad_kiosk *kiosk, bool speaking, int64_t now);
/* Does what is due; returns when the next is; -1: nothing. */
int64_t nashrad_kiosk_due(struct nashrad_kiosk *kiosk, int64_t now);
bool nashrad_kiosk_in_session(const struct nashrad_kiosk *kiosk);

/* Whether the self-test has this behaviour broken. */
bool nashrad_kiosk_broken(const struct nashrad_kiosk_settings *settings, const char *what);

#endif
