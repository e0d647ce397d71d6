/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the manners of a kiosk mean for the box. */
#include "box_parts.h"

#include <string.h>

bool nashrad_box_broken(const struct nashrad_box *box, const char *what) {
    return nashrad_kiosk_broken(&box->config->services.kiosk, what);
}

static void accept_key(void *user, size_t key, bool down) {
    struct nashrad_box *box = user;
    struct nashra_key_events events;
    if (down && !nashrad_box_broken(box, "no-interrupt"))
        nashrad_announcing_cut(box->services.announcing);
    nashra_keys_change(box->keys, key, down, nashrad_now(), &events);
    nashrad_box_keys(box, &events);
}

static void begin(void *user) {
    struct nashrad_box *box = user;
    if (box->started && nashra_reader_view(box->reader).mode == NASHRA_READER_PAUSED)
        nashrad_box_command(box, NASHRA_COMMAND_PLAY);
    nashrad_box_tell(box, NASHRA_PROMPT_KIOSK_WELCOME, (const size_t[NASHRA_PROMPT_NUMBERS]){0});
}

static void warn(void *user, int seconds) {
    nashrad_box_tell(user, NASHRA_PROMPT_KIOSK_WARNING, (const size_t[NASHRA_PROMPT_NUMBERS]){(size_t)seconds});
}

static void extend(void *user) {
    nashrad_box_tell(user, NASHRA_PROMPT_KIOSK_EXTENDED, (const size_t[NASHRA_PROMPT_NUMBERS]){0});
}

/* Who pulls the plug is gone, and the loudspeaker must not go on. */
static void end(void *user, bool by_plug) {
    struct nashrad_box *box = user;
    nashra_log(NASHRA_LOG_INFO, "session over");
    if (!nashrad_box_broken(box, "no-reset"))
        nashrad_box_feed(box, (struct nashra_reader_event){.kind = NASHRA_EVENT_RESET});
    box->services.say_volume = false;
    if (!nashrad_box_broken(box, "no-language"))
        nashrad_box_language(box, box->config->language);
    if (!by_plug)
        nashrad_box_tell(box, NASHRA_PROMPT_KIOSK_OVER, (const size_t[NASHRA_PROMPT_NUMBERS]){0});
}

static const struct nashrad_kiosk_events EVENTS = {
    .key = accept_key, .begin = begin, .warn = warn, .extend = extend, .end = end};

int nashrad_box_kiosk_create(struct nashrad_box *box) {
    return nashrad_kiosk_create(&box->config->services.kiosk, &EVENTS, box, &box->services.kiosk);
}

void nashrad_box_plug(void *user, bool plugged) {
    struct nashrad_box *box = user;
    nashra_log(NASHRA_LOG_INFO, "headphone %s", plugged ? "in" : "out");
    nashrad_announcing_plug(box->services.announcing, box->config->services.kiosk.headphone, plugged);
    nashrad_kiosk_plug(box->services.kiosk, plugged, nashrad_now());
}

/* Steps of the volume are spoken, also over what is read. */
void nashrad_box_kiosk_volume(struct nashrad_box *box) {
    const struct nashrad_kiosk_settings *settings = &box->config->services.kiosk;
    box->services.say_volume = settings->enabled && settings->speak_volume && box->services.playing &&
                               !nashrad_box_broken(box, "no-volume-prompt");
}

int64_t nashrad_box_kiosk_due(struct nashrad_box *box, int64_t now) {
    struct nashrad_box_services *services = &box->services;
    if (services->say_volume)
        nashrad_box_tell(box, NASHRA_PROMPT_VOLUME, (const size_t[NASHRA_PROMPT_NUMBERS]){(size_t)box->volume});
    services->say_volume = false;
    nashrad_kiosk_speaking(services->kiosk, !nashrad_speech_idle(box->speech), now);
    return nashrad_kiosk_due(services->kiosk, now);
}
