/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libgpiod 1.6, the only file that includes it. */
#define _DEFAULT_SOURCE /* struct timespec members that gpiod.h wants */
#include "gpio.h"

#include <errno.h>
#include <gpiod.h>
#include <string.h>

#include "debounce.h"

struct line {
    struct gpiod_line *line;
    int fd;
    size_t key;
    struct nashrad_debounce contact;
};

struct nashrad_gpio {
    struct nashrad_loop *loop;
    const struct nashrad_config *config;
    nashrad_gpio_fn key;
    void *user;
    struct gpiod_chip *chip;
    struct line lines[NASHRAD_KEYS_MAX];
    size_t count;
};

static void note_edge(int fd, void *user) {
    struct nashrad_gpio *gpio = user;
    for (size_t i = 0; i < gpio->count; i++) {
        struct line *line = &gpio->lines[i];
        struct gpiod_line_event event;
        if (line->fd != fd || gpiod_line_event_read(line->line, &event) != 0)
            continue;
        nashrad_debounce_edge(&line->contact, nashrad_now(), gpio->config->debounce_ms);
    }
}

static int take_line(struct nashrad_gpio *gpio, const struct nashrad_line *wanted, const struct nashra_layout *layout) {
    struct line *line = &gpio->lines[gpio->count];
    const int bias = gpio->config->gpio_active_low
                         ? GPIOD_LINE_REQUEST_FLAG_ACTIVE_LOW | GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_UP
                         : GPIOD_LINE_REQUEST_FLAG_BIAS_PULL_DOWN;
    line->key = (size_t)nashra_layout_find(layout, wanted->key);
    line->line = gpiod_chip_get_line(gpio->chip, wanted->offset);
    if (!line->line || gpiod_line_request_both_edges_events_flags(line->line, "nashrad", bias) != 0)
        return nashra_fail(NASHRA_ENODEVICE, "%s: line %u of %s can't be used: %s", wanted->where, wanted->offset,
                           gpio->config->chip, strerror(errno));
    line->fd = gpiod_line_event_get_fd(line->line);
    gpio->count++;
    /* A key that is down already counts when it has been let go. */
    line->contact.down = gpiod_line_get_value(line->line) == 1;
    return nashrad_loop_add(gpio->loop, line->fd, note_edge, gpio);
}

int nashrad_gpio_create(struct nashrad_loop *loop, const struct nashrad_config *config,
                        const struct nashra_layout *layout, nashrad_gpio_fn key, void *user,
                        struct nashrad_gpio **out) {
    *out = NULL;
    if (!config->chip[0] || config->line_count == 0)
        return NASHRA_OK;
    struct nashrad_gpio *gpio = nashra_alloc_zeroed(1, sizeof *gpio);
    if (!gpio)
        return NASHRA_ENOMEM;
    *gpio = (struct nashrad_gpio){.loop = loop, .config = config, .key = key, .user = user};
    gpio->chip = gpiod_chip_open_lookup(config->chip);
    int status =
        gpio->chip ? NASHRA_OK : nashra_fail(NASHRA_ENODEVICE, "GPIO chip \"%s\": %s", config->chip, strerror(errno));
    for (size_t i = 0; i < config->line_count && status >= 0; i++)
        status = take_line(gpio, &config->lines[i], layout);
    if (status < 0) {
        nashrad_gpio_destroy(gpio);
        return status;
    }
    *out = gpio;
    return NASHRA_OK;
}

void nashrad_gpio_destroy(struct nashrad_gpio *gpio) {
    if (!gpio)
        return;
    for (size_t i = 0; i < gpio->count; i++)
        nashrad_loop_remove(gpio->loop, gpio->lines[i].fd);
    if (gpio->chip)
        gpiod_chip_close(gpio->chip); /* its lines with it */
    nashra_free(gpio);
}

int64_t nashrad_gpio_settle(struct nashrad_gpio *gpio, int64_t now) {
    int64_t next = -1;
    for (size_t i = 0; gpio && i < gpio->count; i++) {
        struct line *line = &gpio->lines[i];
        if (line->contact.pending && now >= line->contact.settle_at &&
            nashrad_debounce_settle(&line->contact, gpiod_line_get_value(line->line) == 1, now))
            gpio->key(gpio->user, line->key, line->contact.down);
        if (line->contact.pending && (next < 0 || line->contact.settle_at < next))
            next = line->contact.settle_at;
    }
    return next;
}
