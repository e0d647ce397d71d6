/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In place of mqtt.c where libmosquitto is not installed. */
#include "mqtt.h"

#include <nashra/status.h>

int nashrad_mqtt_create(struct nashrad_loop *loop, const struct nashrad_mqtt_settings *settings,
                        nashrad_mqtt_fn command, void *user, struct nashrad_mqtt **mqtt) {
    (void)loop, (void)command, (void)user;
    *mqtt = NULL;
    return settings->host[0] ? nashra_fail(NASHRA_ECONFIG, "host in [mqtt]: nashrad was built without libmosquitto")
                             : NASHRA_OK;
}

void nashrad_mqtt_destroy(struct nashrad_mqtt *mqtt) {
    (void)mqtt;
}

void nashrad_mqtt_publish(struct nashrad_mqtt *mqtt, enum nashrad_mqtt_topic topic, const char *message) {
    (void)mqtt, (void)topic, (void)message;
}
