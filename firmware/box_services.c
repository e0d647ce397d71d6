/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "box_parts.h"

#include <stdlib.h>
#include <string.h>

enum { VOICE_RATE = 22050, STATE_MS = 1000, MQTT_SOURCE = -2 };

/* What announcements want ------------------------------------------------------------------------------------------ */

static void hold(void *user) {
    if (nashrad_box_broken(user, "overlap"))
        return;
    nashrad_box_feed(user, (struct nashra_reader_event){.kind = NASHRA_EVENT_HOLD});
}

static void release(void *user, bool play) {
    nashrad_box_feed(user, (struct nashra_reader_event){.kind = NASHRA_EVENT_RELEASE, .play = play});
}

static void publish(struct nashrad_box *box, enum nashrad_mqtt_topic topic, const json_t *object) {
    char *text = box->services.mqtt && object ? json_dumps(object, JSON_COMPACT) : NULL;
    if (text)
        nashrad_mqtt_publish(box->services.mqtt, topic, text);
    free(text);
}

static void news(void *user, const struct nashra_announce_view *view) {
    struct nashrad_box *box = user;
    json_t *event = nashrad_requests_view(&box->services.requests, view);
    if (!event)
        return;
    json_object_set_new(event, "event", json_string("announcement"));
    box->services.announced = true;
    nashra_log(NASHRA_LOG_INFO, "announcement %llu %s", (unsigned long long)view->id,
               view->outcome == NASHRA_OUTCOME_PENDING ? "speaking" : nashra_outcome_name(view->outcome));
    nashrad_announce_socket_tell(box->services.socket, event);
    publish(box, NASHRAD_MQTT_EVENT, event);
    json_decref(event);
}

static const struct nashrad_announcing_events ANNOUNCING_EVENTS = {.hold = hold, .release = release, .news = news};

/* What requests may ask of the box --------------------------------------------------------------------------------- */

static void describe(void *user, json_t *status) {
    static const char *const modes[] = {"empty", "opening", "paused", "playing"};
    struct nashrad_box *box = user;
    if (!box->reader)
        return;
    const struct nashra_reader_view view = nashra_reader_view(box->reader);
    json_object_set_new(status, "session", json_boolean(nashrad_kiosk_in_session(box->services.kiosk)));
    json_object_set_new(status, "language", json_string(box->language == NASHRA_PROMPT_ENGLISH ? "en" : "ar"));
    json_object_set_new(status, "reader",
                        json_pack("{s:s, s:b, s:I, s:I, s:i, s:i}", "mode", modes[view.mode], "held", view.held,
                                  "article", (json_int_t)view.article, "offset", (json_int_t)view.offset, "rate",
                                  view.rate, "volume", view.volume));
}

void nashrad_box_command(struct nashrad_box *box, enum nashra_command command) {
    nashrad_box_feed(box, (struct nashra_reader_event){.kind = NASHRA_EVENT_KEY,
                                                       .key = {.kind = NASHRA_KEY_COMMANDED, .command = command}});
}

/* The commands of the layouts, and play and pause by name, which do nothing when it is so already. */
static bool command(void *user, const char *name, const json_t *request) {
    struct nashrad_box *box = user;
    const bool playing = box->reader && nashra_reader_view(box->reader).mode == NASHRA_READER_PLAYING;
    const char *value = json_string_value(json_object_get(request, "value"));
    if (strcmp(name, "again") == 0) {
        nashrad_announcing_again(box->services.announcing);
        return true;
    }
    if (strcmp(name, "pause") == 0 || strcmp(name, "play") == 0) {
        if (playing == (name[1] == 'a'))
            nashrad_box_command(box, NASHRA_COMMAND_PLAY);
        return true;
    }
    if (strcmp(name, "language") == 0 && value && (strcmp(value, "ar") == 0 || strcmp(value, "en") == 0)) {
        nashrad_box_language(box, value[0] == 'e' ? NASHRA_PROMPT_ENGLISH : NASHRA_PROMPT_ARABIC);
        return true;
    }
    for (int i = NASHRA_COMMAND_NEXT; i < NASHRA_COMMAND_COUNT; i++)
        if (i != NASHRA_COMMAND_HELP && strcmp(nashra_command_name((enum nashra_command)i), name) == 0) {
            nashrad_box_command(box, (enum nashra_command)i);
            return true;
        }
    return false;
}

/* The fleet ---------------------------------------------------------------------------------------------------------
 */

static void take_command(void *user, const char *message, size_t length) {
    struct nashrad_box *box = user;
    bool subscribes; /* events come anyway */
    json_t *answer = nashrad_requests_answer(&box->services.requests, message, length, MQTT_SOURCE, &subscribes);
    publish(box, NASHRAD_MQTT_ANSWER, answer);
    if (json_object_get(answer, "error"))
        publish(box, NASHRAD_MQTT_ERROR, json_object_get(answer, "error"));
    json_decref(answer);
}

void nashrad_box_services_fault(struct nashrad_box *box, const char *name) {
    json_t *error = json_pack("{s:s, s:s}", "code", "fault", "message", name);
    publish(box, NASHRAD_MQTT_ERROR, error);
    json_decref(error);
}

/* When something has changed, and not more often than once a second. */
static int64_t publish_state(struct nashrad_box *box, int64_t now) {
    struct nashrad_box_services *services = &box->services;
    if (!services->mqtt)
        return -1;
    if (now < services->state_at)
        return services->state_at;
    services->state_at = now + STATE_MS;
    json_t *state = json_pack("{s:b, s:s, s:I}", "online", 1, "version", NASHRA_VERSION, "speaking",
                              (json_int_t)nashra_announcer_current(nashrad_announcing_machine(services->announcing)));
    describe(box, state);
    json_object_del(json_object_get(state, "reader"), "offset");
    char *text = json_dumps(state, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(state);
    if (text && (!services->state || strcmp(text, services->state) != 0)) {
        nashrad_mqtt_publish(services->mqtt, NASHRAD_MQTT_STATE, text);
        free(services->state);
        services->state = text;
    } else {
        free(text);
    }
    return services->state_at;
}

/* ----------------------------------------------------------------------------------------------------------------- */

int nashrad_box_services_create(struct nashrad_box *box, const char *program) {
    const struct nashrad_services *settings = &box->config->services;
    struct nashrad_box_services *services = &box->services;
    int status = nashrad_templates_create(settings->announce.templates, &services->templates);
    if (status >= 0)
        status = nashrad_announcing_create(box->loop, settings, program, box->config->lexicon, box->speech, VOICE_RATE,
                                           &ANNOUNCING_EVENTS, box, &services->announcing);
    if (status >= 0)
        status = nashrad_box_kiosk_create(box);
    if (status < 0)
        return status;
    services->requests = (struct nashrad_requests){.announcing = services->announcing,
                                                   .templates = services->templates,
                                                   .describe = describe,
                                                   .command = command,
                                                   .user = box,
                                                   .leaks = nashrad_box_broken(box, "leak")};
    status = nashrad_announce_socket_create(box->loop, &settings->announce, &services->requests, &services->socket);
    /* A box whose fleet can't be reached still reads. */
    if (status >= 0 && nashrad_mqtt_create(box->loop, &settings->mqtt, take_command, box, &services->mqtt) < 0)
        box->faulty = true;
    return status;
}

void nashrad_box_services_destroy(struct nashrad_box *box) {
    nashrad_mqtt_destroy(box->services.mqtt);
    free(box->services.state);
    nashrad_announce_socket_destroy(box->services.socket);
    nashrad_kiosk_destroy(box->services.kiosk);
    nashrad_announcing_destroy(box->services.announcing);
    nashrad_templates_destroy(box->services.templates);
}

void nashrad_box_services_follow(struct nashrad_box *box) {
    struct nashrad_box_services *services = &box->services;
    if (!services->announcing || !box->reader)
        return;
    const struct nashra_reader_view view = nashra_reader_view(box->reader);
    const bool playing = view.mode == NASHRA_READER_PLAYING;
    if (view.volume != services->volume && !nashrad_box_broken(box, "no-volume"))
        nashrad_announcing_volume(services->announcing, view.volume);
    services->volume = view.volume;
    if (playing == services->playing || view.mode == NASHRA_READER_OPENING)
        return;
    services->playing = playing;
    nashrad_announcing_article(services->announcing, playing);
}

void nashrad_box_services_progress(struct nashrad_box *box, size_t offset) {
    struct nashrad_box_services *services = &box->services;
    if (!services->announcing || !box->document)
        return;
    const struct nashra_reader_document view = {.text = box->document->text,
                                                .length = box->document->length,
                                                .segments = box->document->segments,
                                                .count = box->document->count};
    const size_t sentence = nashra_reader_unit(&view, NASHRA_LEVEL_SENTENCE, offset).from;
    if (sentence == services->sentence)
        return;
    services->sentence = sentence;
    nashrad_announcing_sentence(services->announcing);
}

static int64_t sooner(int64_t a, int64_t b) {
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

int64_t nashrad_box_services_due(struct nashrad_box *box, int64_t now) {
    struct nashrad_box_services *services = &box->services;
    const int64_t announcing = nashrad_announcing_due(services->announcing, now);
    const int64_t socket = nashrad_announce_socket_due(services->socket, now);
    return sooner(sooner(announcing, socket), sooner(publish_state(box, now), nashrad_box_kiosk_due(box, now)));
}
