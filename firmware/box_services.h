/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the box does beside reading: announcements and who asks for them. */
#ifndef NASHRAD_BOX_SERVICES_H
#define NASHRAD_BOX_SERVICES_H

#include "announce_socket.h"
#include "announcing.h"
#include "kiosk.h"
#include "mqtt.h"
#include "requests.h"

struct nashrad_box;

struct nashrad_box_services {
    struct nashrad_announcing *announcing;
    struct nashrad_templates *templates;
    struct nashrad_requests requests;
    struct nashrad_announce_socket *socket;
    struct nashrad_mqtt *mqtt;
    char *state; /* as it was published last */
    int64_t state_at;
    struct nashrad_kiosk *kiosk;
    bool say_volume;
    bool announced;  /* what was said last is an announcement */
    int volume;      /* as the outputs were told */
    bool playing;    /* as the machine was told */
    size_t sentence; /* of the article, that was being heard */
};

/* 0 or NASHRA_ENOMEM; what isn't there (a place for the socket, a broker) is done without. */
int nashrad_box_services_create(struct nashrad_box *box, const char *program);
void nashrad_box_services_destroy(struct nashrad_box *box);

/* box_kiosk.c */
int nashrad_box_kiosk_create(struct nashrad_box *box);
/* The headphone went in or out. @param user the box. */
void nashrad_box_plug(void *user, bool plugged);
void nashrad_box_kiosk_volume(struct nashrad_box *box);
int64_t nashrad_box_kiosk_due(struct nashrad_box *box, int64_t now);
/* Whether the self-test has this behaviour broken. */
bool nashrad_box_broken(const struct nashrad_box *box, const char *what);

/* Tells the fleet of a fault of the box. */
void nashrad_box_services_fault(struct nashrad_box *box, const char *name);
/* Does as a key with this command does. */
void nashrad_box_command(struct nashrad_box *box, enum nashra_command command);
/* The reader has stepped. */
void nashrad_box_services_follow(struct nashrad_box *box);
/* The word at `offset` is heard: a sentence may have begun. */
void nashrad_box_services_progress(struct nashrad_box *box, size_t offset);
/* Does what is due; returns when the next is. */
int64_t nashrad_box_services_due(struct nashrad_box *box, int64_t now);

#endif
