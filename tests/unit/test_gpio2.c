/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Buttons through libgpiod 2, on a fake chip whose lines are pipes: a byte is an edge. */
#define _DEFAULT_SOURCE /* usleep */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <gpiod.h>

#include "gpio.h"

/* The chip -------------------------------------------------------------------------------------------------------- */

enum { LINES = 8 };

struct gpiod_line_request {
    unsigned offset;
    int ends[2];
    bool taken;
};

struct gpiod_line_settings {
    enum gpiod_line_direction direction;
    enum gpiod_line_edge edge;
    enum gpiod_line_bias bias;
    bool active_low;
};

struct gpiod_line_config {
    struct gpiod_line_settings settings;
    unsigned offset;
};

static struct {
    struct gpiod_line_request lines[LINES];
    bool high[LINES];
    struct gpiod_line_settings settings;
    char path[64];
    const char *consumer;
    int open, allocated, fail_at, calls;
} chip;

/* The n-th call that may fail does. */
static bool fails(void) {
    if (++chip.calls != chip.fail_at)
        return false;
    errno = ENOMEM;
    return true;
}

static void *give(size_t size) {
    if (fails())
        return NULL;
    chip.allocated++;
    return calloc(1, size);
}

static void take(void *block) {
    chip.allocated -= block != NULL;
    free(block);
}

struct gpiod_chip *gpiod_chip_open(const char *path) {
    snprintf(chip.path, sizeof chip.path, "%s", path);
    if (strcmp(path, "/dev/gpiochip0") != 0) {
        errno = ENOENT;
        return NULL;
    }
    if (fails())
        return NULL;
    chip.open++;
    return (struct gpiod_chip *)&chip;
}

void gpiod_chip_close(struct gpiod_chip *closed) {
    (void)closed;
    chip.open--;
}

struct gpiod_line_request *gpiod_chip_request_lines(struct gpiod_chip *of, struct gpiod_request_config *about,
                                                    struct gpiod_line_config *config) {
    struct gpiod_line_request *line = &chip.lines[config->offset % LINES];
    (void)of;
    (void)about;
    if (config->offset >= LINES || line->taken) {
        errno = config->offset >= LINES ? EINVAL : EBUSY;
        return NULL;
    }
    if (fails() || pipe(line->ends) != 0)
        return NULL;
    fcntl(line->ends[0], F_SETFL, O_NONBLOCK);
    chip.settings = config->settings;
    line->offset = config->offset;
    line->taken = true;
    return line;
}

struct gpiod_line_settings *gpiod_line_settings_new(void) {
    return give(sizeof(struct gpiod_line_settings));
}

void gpiod_line_settings_free(struct gpiod_line_settings *settings) {
    take(settings);
}

int gpiod_line_settings_set_direction(struct gpiod_line_settings *settings, enum gpiod_line_direction direction) {
    settings->direction = direction;
    return fails() ? -1 : 0;
}

int gpiod_line_settings_set_edge_detection(struct gpiod_line_settings *settings, enum gpiod_line_edge edge) {
    settings->edge = edge;
    return fails() ? -1 : 0;
}

int gpiod_line_settings_set_bias(struct gpiod_line_settings *settings, enum gpiod_line_bias bias) {
    settings->bias = bias;
    return fails() ? -1 : 0;
}

void gpiod_line_settings_set_active_low(struct gpiod_line_settings *settings, bool active_low) {
    settings->active_low = active_low;
}

struct gpiod_line_config *gpiod_line_config_new(void) {
    return give(sizeof(struct gpiod_line_config));
}

void gpiod_line_config_free(struct gpiod_line_config *config) {
    take(config);
}

int gpiod_line_config_add_line_settings(struct gpiod_line_config *config, const unsigned int *offsets,
                                        size_t num_offsets, struct gpiod_line_settings *settings) {
    assert_int_equal(num_offsets, 1);
    config->offset = offsets[0];
    config->settings = *settings;
    return fails() ? -1 : 0;
}

struct gpiod_request_config *gpiod_request_config_new(void) {
    return give(1);
}

void gpiod_request_config_free(struct gpiod_request_config *config) {
    take(config);
}

void gpiod_request_config_set_consumer(struct gpiod_request_config *config, const char *consumer) {
    (void)config;
    chip.consumer = consumer;
}

void gpiod_line_request_release(struct gpiod_line_request *request) {
    close(request->ends[0]);
    close(request->ends[1]);
    request->taken = false;
}

enum gpiod_line_value gpiod_line_request_get_value(struct gpiod_line_request *request, unsigned int offset) {
    assert_int_equal(offset, request->offset);
    return chip.high[offset] != chip.settings.active_low ? GPIOD_LINE_VALUE_ACTIVE : GPIOD_LINE_VALUE_INACTIVE;
}

int gpiod_line_request_get_fd(struct gpiod_line_request *request) {
    return request->ends[0];
}

int gpiod_line_request_read_edge_events(struct gpiod_line_request *request, struct gpiod_edge_event_buffer *buffer,
                                        size_t max_events) {
    char edges[64];
    assert_non_null(buffer);
    return (int)read(request->ends[0], edges, max_events < sizeof edges ? max_events : sizeof edges);
}

struct gpiod_edge_event_buffer *gpiod_edge_event_buffer_new(size_t capacity) {
    return give(capacity);
}

void gpiod_edge_event_buffer_free(struct gpiod_edge_event_buffer *buffer) {
    take(buffer);
}

static void move(unsigned offset, bool high) {
    chip.high[offset] = high;
    assert_int_equal(write(chip.lines[offset].ends[1], "e", 1), 1);
}

/* The buttons ----------------------------------------------------------------------------------------------------- */

static struct nashrad_config config;
static struct nashra_layout *layout;
static struct nashrad_loop *loop;
static char heard[64];
static char message[512];

static void keep_message(enum nashra_log_level level, const char *text, void *user) {
    (void)level;
    (void)user;
    snprintf(message, sizeof message, "%s", text);
}

static void key(void *user, size_t number, bool down) {
    (void)user;
    const size_t length = strlen(heard);
    snprintf(heard + length, sizeof heard - length, "%c%zu", down ? '+' : '-', number);
}

static int prepare(void **state) {
    (void)state;
    memset(&chip, 0, sizeof chip);
    memset(chip.high, true, sizeof chip.high); /* pulled up */
    heard[0] = '\0';
    config = (struct nashrad_config){.chip = "gpiochip0", .debounce_ms = 1, .gpio_active_low = true, .line_count = 2};
    config.lines[0] = (struct nashrad_line){.offset = 3, .key = "play", .where = "board.ini:7"};
    config.lines[1] = (struct nashrad_line){.offset = 5, .key = "left", .where = "board.ini:8"};
    nashra_log_set_handler(keep_message, NULL);
    if (nashrad_loop_create(&loop) < 0)
        return -1;
    return nashrad_layout_open("five", &layout);
}

static int clean(void **state) {
    (void)state;
    nashra_layout_destroy(layout);
    nashrad_loop_destroy(loop);
    return 0;
}

static void let_it_settle(struct nashrad_gpio *gpio) {
    nashrad_loop_run(loop, 100);
    for (int64_t next; (next = nashrad_gpio_settle(gpio, nashrad_now())) >= 0;)
        usleep(500);
}

static void a_press_is_heard_down_and_up(void **state) {
    (void)state;
    struct nashrad_gpio *gpio;
    char wanted[32];
    assert_int_equal(nashrad_gpio_create(loop, &config, layout, key, NULL, &gpio), 0);
    assert_int_equal(chip.settings.direction, GPIOD_LINE_DIRECTION_INPUT);
    assert_int_equal(chip.settings.edge, GPIOD_LINE_EDGE_BOTH);
    assert_int_equal(chip.settings.bias, GPIOD_LINE_BIAS_PULL_UP);
    assert_string_equal(chip.consumer, "nashrad");
    for (int i = 0; i < 20; i++)
        move(3, i % 2); /* it bounces, and ends high */
    let_it_settle(gpio);
    assert_string_equal(heard, "");
    move(3, false);
    let_it_settle(gpio);
    move(5, false);
    let_it_settle(gpio);
    move(3, true);
    let_it_settle(gpio);
    const int play = nashra_layout_find(layout, "play");
    snprintf(wanted, sizeof wanted, "+%d+%d-%d", play, nashra_layout_find(layout, "left"), play);
    assert_string_equal(heard, wanted);
    nashrad_gpio_destroy(gpio);
    assert_int_equal(chip.open, 0);
    assert_int_equal(chip.allocated, 0);
    assert_false(chip.lines[3].taken);
}

static void none_is_configured(void **state) {
    (void)state;
    struct nashrad_gpio *gpio;
    config.line_count = 0;
    assert_int_equal(nashrad_gpio_create(loop, &config, layout, key, NULL, &gpio), 0);
    assert_null(gpio);
    nashrad_gpio_destroy(gpio);
    assert_int_equal(nashrad_gpio_settle(gpio, 0), -1);
}

static void what_cannot_be_had_is_named(void **state) {
    (void)state;
    struct nashrad_gpio *gpio;
    config.lines[1].offset = 3;
    assert_int_equal(nashrad_gpio_create(loop, &config, layout, key, NULL, &gpio), NASHRA_ENODEVICE);
    assert_string_equal(message, "board.ini:8: line 3 of gpiochip0 can't be used: Device or resource busy");
    assert_false(chip.lines[3].taken);
    strcpy(config.chip, "/dev/gpiochip9");
    assert_int_equal(nashrad_gpio_create(loop, &config, layout, key, NULL, &gpio), NASHRA_ENODEVICE);
    assert_string_equal(message, "GPIO chip \"/dev/gpiochip9\": No such file or directory");
    assert_int_equal(chip.open, 0);
    assert_int_equal(chip.allocated, 0);
}

static void every_call_may_fail(void **state) {
    (void)state;
    struct nashrad_gpio *gpio;
    int status = -1;
    for (int n = 1; status < 0 && n < 100; n++) {
        chip.calls = 0;
        chip.fail_at = n;
        status = nashrad_gpio_create(loop, &config, layout, key, NULL, &gpio);
        if (status < 0)
            assert_null(gpio);
        else
            nashrad_gpio_destroy(gpio);
        assert_int_equal(chip.open, 0);
        assert_int_equal(chip.allocated, 0);
        assert_false(chip.lines[3].taken || chip.lines[5].taken);
    }
    assert_int_equal(status, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_press_is_heard_down_and_up, prepare, clean),
        cmocka_unit_test_setup_teardown(none_is_configured, prepare, clean),
        cmocka_unit_test_setup_teardown(what_cannot_be_had_is_named, prepare, clean),
        cmocka_unit_test_setup_teardown(every_call_may_fail, prepare, clean),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
