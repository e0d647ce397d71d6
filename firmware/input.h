/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Keys of input devices: gpio-keys, USB and Bluetooth keypads, wheels. They come and go while the box runs. */
#ifndef NASHRAD_INPUT_H
#define NASHRAD_INPUT_H

#include "config.h"
#include "loop.h"

struct nashrad_input;

struct nashrad_input_events {
    void (*key)(void *user, size_t key, bool down); /* of the layout */
    void (*plug)(void *user, bool plugged);         /* of a headphone */
    void (*gone)(void *user);                       /* a device went: what it held down is up */
};

/* @param config, layout borrowed. A device that isn't there is waited for; one that has no key of ours is left alone. A
 *  FIFO that gives struct input_event is a device, too. */
int nashrad_input_create(struct nashrad_loop *loop, const struct nashrad_config *config,
                         const struct nashra_layout *layout, const struct nashrad_input_events *events, void *user,
                         struct nashrad_input **input);
/* Takes NULL. */
void nashrad_input_destroy(struct nashrad_input *input);
/* Devices that are open. */
size_t nashrad_input_count(const struct nashrad_input *input);

#endif
