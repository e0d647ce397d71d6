/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A fleet's broker: state, commands, errors, by MQTT. The library's own thread does the network, so that a broker that
 * is away, slow or hostile never stops the voice; what it brings waits in a short queue.
 *
 *   TOPIC/DEVICE/state     retained: {"online": true, …}; the last will says {"online": false}
 *   TOPIC/DEVICE/command   a request as on the local socket
 *   TOPIC/DEVICE/answer    the answers to them
 *   TOPIC/DEVICE/event     announcements that begin and end
 *   TOPIC/DEVICE/error     requests that were refused, faults of the box
 */
#ifndef NASHRAD_MQTT_H
#define NASHRAD_MQTT_H

#include <stddef.h>

#include "loop.h"
#include "services.h"

struct nashrad_mqtt;

enum nashrad_mqtt_topic { NASHRAD_MQTT_STATE, NASHRAD_MQTT_ANSWER, NASHRAD_MQTT_EVENT, NASHRAD_MQTT_ERROR };

typedef void (*nashrad_mqtt_fn)(void *user, const char *message, size_t length);

/* @param settings borrowed; without a host there is none, and `*mqtt` is NULL. @param command called from the loop.
 * 0; NASHRA_ECONFIG (credentials or certificates that can't be used: reported); NASHRA_ENOMEM. */
int nashrad_mqtt_create(struct nashrad_loop *loop, const struct nashrad_mqtt_settings *settings,
                        nashrad_mqtt_fn command, void *user, struct nashrad_mqtt **mqtt);
/* Says good-bye to the broker if it is there. Takes NULL. */
void nashrad_mqtt_destroy(struct nashrad_mqtt *mqtt);

/* Publishes; the state is retained. Nothing happens while the broker is away, but the last state is sent when it is
 * back. Takes NULL. */
void nashrad_mqtt_publish(struct nashrad_mqtt *mqtt, enum nashrad_mqtt_topic topic, const char *message);

#endif
