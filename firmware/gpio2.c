/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libgpiod 2, the only file that includes it; gpio.c keeps the same contract with 1.6. */
#include "gpio.h"

#include <errno.h>
#include <gpiod.h>
#include <stdio.h>
#include <string.h>

#include "debounce.h"

enum { EVENTS = 16 };

struct line {
    struct gpiod_line_request *request;
    unsigned offset;
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
    struct gpiod_edge_event_buffer *events;
    struct line lines[NASHRAD_KEYS_MAX];
    size_t count;
};

static bool is_down(const struct line *line) {
    return gpiod_line_request_get_value(line->request, line->offset) == GPIOD_LINE_VALUE_ACTIVE;
}

static void note_edge(int fd, void *user) {
    struct nashrad_gpio *gpio = user;
    for (size_t i = 0; i < gpio->count; i++)
        if (gpio->lines[i].fd == fd &&
            gpiod_line_request_read_edge_events(gpio->lines[i].request, gpio->events, EVENTS) > 0)
            nashrad_debounce_edge(&gpio->lines[i].contact, nashrad_now(), gpio->config->debounce_ms);
}

static int set_line(const struct nashrad_config *config, struct gpiod_line_settings *settings) {
    if (gpiod_line_settings_set_direction(settings, GPIOD_LINE_DIRECTION_INPUT) != 0 ||
        gpiod_line_settings_set_edge_detection(settings, GPIOD_LINE_EDGE_BOTH) != 0 ||
        gpiod_line_settings_set_bias(settings, config->gpio_active_low ? GPIOD_LINE_BIAS_PULL_UP
                                                                       : GPIOD_LINE_BIAS_PULL_DOWN) != 0)
        return -1;
    gpiod_line_settings_set_active_low(settings, config->gpio_active_low);
    return 0;
}

/* NULL with errno. */
static struct gpiod_line_request *request_line(const struct nashrad_gpio *gpio, unsigned offset) {
    struct gpiod_line_settings *settings = gpiod_line_settings_new();
    struct gpiod_line_config *lines = gpiod_line_config_new();
    struct gpiod_request_config *about = gpiod_request_config_new();
    struct gpiod_line_request *request = NULL;
    if (settings && lines && about && set_line(gpio->config, settings) == 0 &&
        gpiod_line_config_add_line_settings(lines, &offset, 1, settings) == 0) {
        gpiod_request_config_set_consumer(about, "nashrad");
        request = gpiod_chip_request_lines(gpio->chip, about, lines);
    }
    const int error = errno;
    gpiod_request_config_free(about);
    gpiod_line_config_free(lines);
    gpiod_line_settings_free(settings);
    errno = error;
    return request;
}

static int take_line(struct nashrad_gpio *gpio, const struct nashrad_line *wanted, const struct nashra_layout *layout) {
    struct line *line = &gpio->lines[gpio->count];
    line->key = (size_t)nashra_layout_find(layout, wanted->key);
    line->offset = wanted->offset;
    line->request = request_line(gpio, wanted->offset);
    if (!line->request)
        return nashra_fail(NASHRA_ENODEVICE, "%s: line %u of %s can't be used: %s", wanted->where, wanted->offset,
                           gpio->config->chip, strerror(errno));
    line->fd = gpiod_line_request_get_fd(line->request);
    gpio->count++;
    /* A key that is down already counts when it has been let go. */
    line->contact.down = is_down(line);
    return nashrad_loop_add(gpio->loop, line->fd, note_edge, gpio);
}

/* Version 2 knows chips by their path only. */
static struct gpiod_chip *open_chip(const char *name) {
    char path[NASHRAD_TEXT_MAX + 8];
    snprintf(path, sizeof path, "%s%s", name[0] == '/' ? "" : "/dev/", name);
    return gpiod_chip_open(path);
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
    gpio->events = gpiod_edge_event_buffer_new(EVENTS);
    gpio->chip = gpio->events ? open_chip(config->chip) : NULL;
    int status = !gpio->events ? NASHRA_ENOMEM
                 : gpio->chip  ? NASHRA_OK
                               : nashra_fail(NASHRA_ENODEVICE, "GPIO chip \"%s\": %s", config->chip, strerror(errno));
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
    for (size_t i = 0; i < gpio->count; i++) {
        nashrad_loop_remove(gpio->loop, gpio->lines[i].fd);
        gpiod_line_request_release(gpio->lines[i].request);
    }
    gpiod_edge_event_buffer_free(gpio->events);
    if (gpio->chip)
        gpiod_chip_close(gpio->chip);
    nashra_free(gpio);
}

int64_t nashrad_gpio_settle(struct nashrad_gpio *gpio, int64_t now) {
    int64_t next = -1;
    for (size_t i = 0; gpio && i < gpio->count; i++) {
        struct line *line = &gpio->lines[i];
        if (line->contact.pending && now >= line->contact.settle_at &&
            nashrad_debounce_settle(&line->contact, is_down(line), now))
            gpio->key(gpio->user, line->key, line->contact.down);
        if (line->contact.pending && (next < 0 || line->contact.settle_at < next))
            next = line->contact.settle_at;
    }
    return next;
}
