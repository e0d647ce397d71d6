/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "services.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/status.h>

enum kind { TEXT, SWITCH, NUMBER };

/* EN 301 549 wants: a delay of at least 2 s before a key repeats, 2 s between its repeats (5.7), and up to 0.5 s in
 * which a second press is none (5.8). What the ranges allow is more, never less. */
static const struct setting {
    const char *section, *key;
    enum kind kind;
    size_t offset;
    int least, most;
} SETTINGS[] = {
#define AT(member) offsetof(struct nashrad_services, member)
    {"announce", "socket", TEXT, AT(announce.socket), 0, 0},
    {"announce", "group", TEXT, AT(announce.group), 0, 0},
    {"announce", "templates", TEXT, AT(announce.templates), 0, 0},
    {"announce", "chime", TEXT, AT(announce.chime), 0, 0},
    {"announce", "queue", NUMBER, AT(announce.queue), 1, 10000},
    {"announce", "burst", NUMBER, AT(announce.burst), 0, 10000},
    {"announce", "per_minute", NUMBER, AT(announce.per_minute), 1, 100000},
    {"kiosk", "enabled", SWITCH, AT(kiosk.enabled), 0, 0},
    {"kiosk", "headphone", TEXT, AT(kiosk.headphone), 0, 0},
    {"kiosk", "private", TEXT, AT(kiosk.privacy), 0, 0},
    {"kiosk", "start_on_plug", SWITCH, AT(kiosk.start_on_plug), 0, 0},
    {"kiosk", "idle_s", NUMBER, AT(kiosk.idle_s), 0, 86400},
    {"kiosk", "warn_s", NUMBER, AT(kiosk.warn_s), 1, 3600},
    {"kiosk", "extend_s", NUMBER, AT(kiosk.extend_s), 1, 86400},
    {"kiosk", "repeat_delay_ms", NUMBER, AT(kiosk.repeat_delay_ms), 0, 10000},
    {"kiosk", "repeat_rate_ms", NUMBER, AT(kiosk.repeat_rate_ms), 0, 10000},
    {"kiosk", "double_ms", NUMBER, AT(kiosk.double_ms), 0, 2000},
    {"kiosk", "speak_volume", SWITCH, AT(kiosk.speak_volume), 0, 0},
    {"kiosk", "fault", TEXT, AT(kiosk.fault), 0, 0},
    {"mqtt", "host", TEXT, AT(mqtt.host), 0, 0},
    {"mqtt", "port", NUMBER, AT(mqtt.port), 1, 65535},
    {"mqtt", "keepalive_s", NUMBER, AT(mqtt.keepalive_s), 5, 3600},
    {"mqtt", "topic", TEXT, AT(mqtt.topic), 0, 0},
    {"mqtt", "device", TEXT, AT(mqtt.device), 0, 0},
    {"mqtt", "user", TEXT, AT(mqtt.user), 0, 0},
    {"mqtt", "password_file", TEXT, AT(mqtt.password_file), 0, 0},
    {"mqtt", "ca_file", TEXT, AT(mqtt.ca_file), 0, 0},
    {"mqtt", "cert_file", TEXT, AT(mqtt.cert_file), 0, 0},
    {"mqtt", "key_file", TEXT, AT(mqtt.key_file), 0, 0},
    {"mqtt", "insecure", SWITCH, AT(mqtt.insecure), 0, 0},
#undef AT
};

void nashrad_services_init(struct nashrad_services *services) {
    *services = (struct nashrad_services){
        .announce = {.queue = 256, .burst = 20, .per_minute = 60},
        .kiosk = {.start_on_plug = true,
                  .idle_s = 120,
                  .warn_s = 20,
                  .extend_s = 120,
                  .repeat_delay_ms = 0,
                  .repeat_rate_ms = 2000,
                  .double_ms = 500,
                  .speak_volume = true},
        .mqtt = {.port = 1883, .keepalive_s = 30},
    };
    strcpy(services->announce.socket, "/run/nashra/announce");
    strcpy(services->kiosk.headphone, "main");
    strcpy(services->mqtt.topic, "nashra");
}

bool nashrad_services_has(const char *section) {
    static const char *const sections[] = {"announce", "outputs", "kiosk", "mqtt"};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        if (strcmp(section, sections[i]) == 0)
            return true;
    return false;
}

static bool is_name(const char *name) {
    const char *at = name;
    while ((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9') || *at == '-' || *at == '_')
        at++;
    return at > name && *at == '\0';
}

/* hall = plughw:CARD=Hall */
static const char *set_output(struct nashrad_services *services, const char *key, const char *value) {
    struct nashrad_output_setting *output = NULL;
    if (strlen(key) >= sizeof output->name || strlen(value) >= sizeof output->device)
        return "too long";
    if (!is_name(key) || strcmp(key, "main") == 0)
        return "a name has small letters, digits, - and _; main is that of [sound]";
    for (size_t i = 0; i < services->output_count; i++)
        if (strcmp(services->outputs[i].name, key) == 0)
            output = &services->outputs[i];
    if (!output && services->output_count == NASHRAD_OUTPUTS_MAX)
        return "too many outputs";
    output = output ? output : &services->outputs[services->output_count++];
    strcpy(output->name, key);
    strcpy(output->device, value);
    return NULL;
}

static const char *take(struct nashrad_services *services, const struct setting *setting, const char *value) {
    void *place = (char *)services + setting->offset;
    char *end;
    long number;
    switch (setting->kind) {
    case TEXT:
        if (strlen(value) >= NASHRAD_SETTING_MAX)
            return "too long";
        strcpy(place, value);
        return NULL;
    case SWITCH:
        *(bool *)place = strcmp(value, "yes") == 0;
        return *(bool *)place || strcmp(value, "no") == 0 ? NULL : "yes or no is wanted";
    default:
        number = strtol(value, &end, 10);
        if (end == value || *end || number < setting->least || number > setting->most)
            break;
        *(int *)place = (int)number;
        return NULL;
    }
    snprintf(services->complaint, sizeof services->complaint, "a whole number from %d to %d is wanted", setting->least,
             setting->most);
    return services->complaint;
}

const char *nashrad_services_set(struct nashrad_services *services, const char *section, const char *key,
                                 const char *value) {
    if (strcmp(section, "outputs") == 0)
        return set_output(services, key, value);
    for (size_t i = 0; i < sizeof SETTINGS / sizeof *SETTINGS; i++)
        if (strcmp(SETTINGS[i].section, section) == 0 && strcmp(SETTINGS[i].key, key) == 0)
            return take(services, &SETTINGS[i], value);
    return "there is no such setting";
}

static bool is_output(const struct nashrad_services *services, const char *name, size_t length) {
    if (length == 4 && strncmp(name, "main", 4) == 0)
        return true;
    for (size_t i = 0; i < services->output_count; i++)
        if (strlen(services->outputs[i].name) == length && strncmp(services->outputs[i].name, name, length) == 0)
            return true;
    return false;
}

int nashrad_services_check(const struct nashrad_services *services) {
    const char *const lists[][2] = {{"headphone", services->kiosk.headphone}, {"private", services->kiosk.privacy}};
    int status = NASHRA_OK;
    for (size_t i = 0; i < 2; i++)
        for (const char *at = lists[i][1] + strspn(lists[i][1], " "); *at;) {
            const size_t length = strcspn(at, " ");
            if (!is_output(services, at, length))
                status = nashra_fail(NASHRA_ECONFIG,
                                     "%s in [kiosk]: there is no output \"%.*s\"; main, or a name of "
                                     "[outputs], is wanted",
                                     lists[i][0], (int)length, at);
            at += length + strspn(at + length, " ");
        }
    return status;
}
