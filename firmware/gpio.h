/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buttons on GPIO lines, without a kernel driver for them. */
#ifndef NASHRAD_GPIO_H
#define NASHRAD_GPIO_H

#include "config.h"
#include "loop.h"

struct nashrad_gpio;

typedef void (*nashrad_gpio_fn)(void *user, size_t key, bool down);

/* Takes the lines of the configuration; none, and `*gpio` is NULL. @param config, layout borrowed.
 * 0; NASHRA_ENODEVICE (no such chip, or a line is taken: says which); NASHRA_ENOMEM. */
int nashrad_gpio_create(struct nashrad_loop *loop, const struct nashrad_config *config,
                        const struct nashra_layout *layout, nashrad_gpio_fn key, void *user,
                        struct nashrad_gpio **gpio);
/* Takes NULL. */
void nashrad_gpio_destroy(struct nashrad_gpio *gpio);

/* Reports the lines that have become quiet. Takes NULL. Returns when it wants to be called next; -1: not before an
 * edge. */
int64_t nashrad_gpio_settle(struct nashrad_gpio *gpio, int64_t now);

#endif
