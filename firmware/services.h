/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of what nashrad does beside reading: announcements, outputs, the manners of a kiosk, MQTT. */
#ifndef NASHRAD_SERVICES_H
#define NASHRAD_SERVICES_H

#include <stdbool.h>
#include <stddef.h>

enum { NASHRAD_OUTPUTS_MAX = 8, NASHRAD_SETTING_MAX = 256, NASHRAD_OUTPUT_NAME_MAX = 32 };

/* A sound card beside that of [sound], which is called main. */
struct nashrad_output_setting {
    char name[NASHRAD_OUTPUT_NAME_MAX];
    char device[NASHRAD_SETTING_MAX];
};

struct nashrad_announce_settings {
    char socket[NASHRAD_SETTING_MAX];    /* "": none */
    char group[NASHRAD_SETTING_MAX];     /* may ask; "": nashrad's own */
    char templates[NASHRAD_SETTING_MAX]; /* a table; "": none */
    char chime[NASHRAD_SETTING_MAX];     /* a sound file; "": nashrad's own */
    int queue, burst, per_minute;
};

struct nashrad_kiosk_settings {
    bool enabled;
    char headphone[NASHRAD_SETTING_MAX]; /* the output whose plug it is: main, or one of [outputs] */
    char privacy[NASHRAD_SETTING_MAX];   /* outputs that one person hears, with blanks between */
    bool start_on_plug;
    int idle_s;                          /* without a key and without speech: the session ends; 0: never */
    int warn_s;                          /* so long before it the listener is warned */
    int extend_s;                        /* what a key then gives */
    int repeat_delay_ms, repeat_rate_ms; /* of a held key; 0: none repeats */
    int double_ms;                       /* a second press of the same key within this is none */
    bool speak_volume;
    char fault[NASHRAD_SETTING_MAX]; /* for the self-test of the self-test: breaks one behaviour by name */
};

struct nashrad_mqtt_settings {
    char host[NASHRAD_SETTING_MAX]; /* "": off */
    int port, keepalive_s;
    char topic[NASHRAD_SETTING_MAX]; /* before all topics */
    char device[NASHRAD_SETTING_MAX];
    char user[NASHRAD_SETTING_MAX], password_file[NASHRAD_SETTING_MAX];
    char ca_file[NASHRAD_SETTING_MAX], cert_file[NASHRAD_SETTING_MAX], key_file[NASHRAD_SETTING_MAX];
    bool insecure; /* the broker's name isn't checked */
};

struct nashrad_services {
    struct nashrad_announce_settings announce;
    struct nashrad_output_setting outputs[NASHRAD_OUTPUTS_MAX];
    size_t output_count;
    struct nashrad_kiosk_settings kiosk;
    struct nashrad_mqtt_settings mqtt;
    char complaint[64]; /* what nashrad_services_set() said last */
};

void nashrad_services_init(struct nashrad_services *services);
/* Whether a section is one of these. */
bool nashrad_services_has(const char *section);
/* Takes one setting. NULL, or what is wrong with it, until the next call. */
const char *nashrad_services_set(struct nashrad_services *services, const char *section, const char *key,
                                 const char *value);
/* When all is read: names of outputs that there are not are reported. 0 or NASHRA_ECONFIG. */
int nashrad_services_check(const struct nashrad_services *services);

#endif
