/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The manners of a kiosk in virtual time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <nashra/status.h>

#include "kiosk.h"

/* What the kiosk said: "3+" key 3 down, "3-" up, begin, warn, extend, end, pulled. */
struct scene {
    struct nashrad_kiosk *kiosk;
    struct nashrad_kiosk_settings settings;
    int64_t now;
    char log[512];
};

static void note(struct scene *scene, const char *what) {
    const size_t length = strlen(scene->log);
    snprintf(scene->log + length, sizeof scene->log - length, "%s%s", length ? " " : "", what);
}

static void key(void *user, size_t number, bool down) {
    char text[16];
    snprintf(text, sizeof text, "%zu%c", number, down ? '+' : '-');
    note(user, text);
}

static void begin(void *user) {
    note(user, "begin");
}

static void warn(void *user, int seconds) {
    char text[16];
    snprintf(text, sizeof text, "warn%d", seconds);
    note(user, text);
}

static void extend(void *user) {
    note(user, "extend");
}

static void end(void *user, bool by_plug) {
    note(user, by_plug ? "pulled" : "end");
}

static const struct nashrad_kiosk_events EVENTS = {
    .key = key, .begin = begin, .warn = warn, .extend = extend, .end = end};

static void make(struct scene *scene, struct nashrad_kiosk_settings settings) {
    *scene = (struct scene){.settings = settings, .now = 1000};
    assert_int_equal(nashrad_kiosk_create(&scene->settings, &EVENTS, scene, &scene->kiosk), 0);
}

/* Time passes, in the steps that are asked for. */
static void pass(struct scene *scene, int64_t ms) {
    const int64_t till = scene->now + ms;
    for (;;) {
        const int64_t next = nashrad_kiosk_due(scene->kiosk, scene->now);
        if (next < 0 || next > till)
            break;
        scene->now = next > scene->now ? next : scene->now + 1;
    }
    scene->now = till;
    nashrad_kiosk_due(scene->kiosk, till);
}

static void press(struct scene *scene, size_t number, int64_t for_ms) {
    nashrad_kiosk_key(scene->kiosk, number, true, scene->now);
    pass(scene, for_ms);
    nashrad_kiosk_key(scene->kiosk, number, false, scene->now);
}

static void check(struct scene *scene, const char *expected) {
    assert_string_equal(scene->log, expected);
    nashrad_kiosk_destroy(scene->kiosk);
}

#define KIOSK .enabled = true, .start_on_plug = true, .extend_s = 30, .warn_s = 10

static void keys_pass_where_there_is_no_kiosk(void **state) {
    struct scene s;
    (void)state;
    make(&s, (struct nashrad_kiosk_settings){.double_ms = 500, .idle_s = 1});
    press(&s, 1, 10);
    press(&s, 1, 10);
    pass(&s, 60000);
    check(&s, "1+ 1- 1+ 1-");
}

static void a_second_press_too_soon_is_none(void **state) {
    struct scene s;
    (void)state;
    make(&s, (struct nashrad_kiosk_settings){KIOSK, .double_ms = 500});
    press(&s, 1, 50);
    pass(&s, 499);
    press(&s, 1, 50); /* swallowed, and counts from its end again */
    pass(&s, 100);
    press(&s, 2, 50); /* another one */
    pass(&s, 10);
    press(&s, 1, 50); /* that isn't the one before it */
    pass(&s, 500);
    press(&s, 1, 50);
    check(&s, "1+ 1- 2+ 2- 1+ 1- 1+ 1-");
}

static void a_held_key_repeats_as_slowly_as_it_is_set(void **state) {
    struct scene s;
    (void)state;
    make(&s, (struct nashrad_kiosk_settings){KIOSK});
    press(&s, 1, 60000); /* never, unless asked for */
    check(&s, "1+ 1-");
    make(&s, (struct nashrad_kiosk_settings){KIOSK, .repeat_delay_ms = 2000, .repeat_rate_ms = 2000});
    press(&s, 1, 1999);
    check(&s, "1+ 1-");
    make(&s, (struct nashrad_kiosk_settings){KIOSK, .repeat_delay_ms = 2000, .repeat_rate_ms = 2000});
    press(&s, 1, 5000);
    check(&s, "1+ 1- 1+ 1- 1+ 1-");
}

static void an_idle_session_ends_after_a_warning(void **state) {
    struct scene s;
    (void)state;
    make(&s, (struct nashrad_kiosk_settings){KIOSK, .idle_s = 60});
    pass(&s, 600000); /* nobody was there */
    press(&s, 1, 10);
    pass(&s, 49989);
    assert_string_equal(s.log, "1+ 1-");
    pass(&s, 2);
    assert_string_equal(s.log, "1+ 1- warn10");
    pass(&s, 9900);
    press(&s, 1, 10); /* more time, and nothing else */
    pass(&s, 29900);
    assert_string_equal(s.log, "1+ 1- warn10 extend");
    pass(&s, 10200);
    assert_true(!nashrad_kiosk_in_session(s.kiosk));
    check(&s, "1+ 1- warn10 extend warn10 end");
}

static void who_listens_is_not_idle(void **state) {
    struct scene s;
    (void)state;
    make(&s, (struct nashrad_kiosk_settings){KIOSK, .idle_s = 60});
    press(&s, 1, 10);
    nashrad_kiosk_speaking(s.kiosk, true, s.now);
    pass(&s, 600000);
    nashrad_kiosk_speaking(s.kiosk, false, s.now);
    pass(&s, 49999);
    assert_string_equal(s.log, "1+ 1-");
    pass(&s, 10);
    /* The warning itself is spoken. */
    nashrad_kiosk_speaking(s.kiosk, true, s.now);
    pass(&s, 5000);
    nashrad_kiosk_speaking(s.kiosk, false, s.now);
    pass(&s, 5000);
    check(&s, "1+ 1- warn10 end");
}

static void a_plug_begins_and_ends(void **state) {
    struct scene s;
    (void)state;
    make(&s, (struct nashrad_kiosk_settings){KIOSK, .idle_s = 60});
    nashrad_kiosk_plug(s.kiosk, true, s.now);
    assert_true(nashrad_kiosk_in_session(s.kiosk));
    pass(&s, 1000);
    nashrad_kiosk_plug(s.kiosk, false, s.now);
    pass(&s, 600000);
    check(&s, "begin pulled");
}

static void a_device_that_goes_leaves_no_key_behind(void **state) {
    struct scene s;
    (void)state;
    make(&s, (struct nashrad_kiosk_settings){KIOSK, .repeat_delay_ms = 2000, .repeat_rate_ms = 2000});
    nashrad_kiosk_key(s.kiosk, 1, true, s.now);
    nashrad_kiosk_release(s.kiosk);
    pass(&s, 10000);
    check(&s, "1+");
}

static void settings_have_their_ranges(void **state) {
    static struct nashrad_services s;
    (void)state;
    nashrad_services_init(&s);
    /* 5.7: at least 2 s before and between repeats; 5.8: at least 0.5 s. */
    assert_null(nashrad_services_set(&s, "kiosk", "repeat_delay_ms", "2000"));
    assert_null(nashrad_services_set(&s, "kiosk", "repeat_rate_ms", "2000"));
    assert_null(nashrad_services_set(&s, "kiosk", "double_ms", "500"));
    assert_int_equal(s.kiosk.double_ms, 500);
    assert_non_null(nashrad_services_set(&s, "kiosk", "double_ms", "2001"));
    assert_non_null(nashrad_services_set(&s, "kiosk", "enabled", "maybe"));
    assert_non_null(nashrad_services_set(&s, "kiosk", "speed", "1"));
    assert_non_null(nashrad_services_set(&s, "mqtt", "port", "0"));
    assert_null(nashrad_services_set(&s, "outputs", "hall", "plughw:1"));
    assert_null(nashrad_services_set(&s, "outputs", "hall", "plughw:2"));
    assert_int_equal(s.output_count, 1);
    assert_string_equal(s.outputs[0].device, "plughw:2");
    assert_non_null(nashrad_services_set(&s, "outputs", "main", "plughw:1"));
    assert_non_null(nashrad_services_set(&s, "outputs", "The Hall", "plughw:1"));
    assert_int_equal(nashrad_services_check(&s), 0);
    assert_null(nashrad_services_set(&s, "kiosk", "private", " main  hall "));
    assert_int_equal(nashrad_services_check(&s), 0);
    assert_null(nashrad_services_set(&s, "kiosk", "private", "main moon"));
    assert_int_equal(nashrad_services_check(&s), NASHRA_ECONFIG);
    assert_null(nashrad_services_set(&s, "kiosk", "private", ""));
    assert_null(nashrad_services_set(&s, "kiosk", "headphone", "hal"));
    assert_int_equal(nashrad_services_check(&s), NASHRA_ECONFIG);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_pass_where_there_is_no_kiosk),
        cmocka_unit_test(a_second_press_too_soon_is_none),
        cmocka_unit_test(a_held_key_repeats_as_slowly_as_it_is_set),
        cmocka_unit_test(an_idle_session_ends_after_a_warning),
        cmocka_unit_test(who_listens_is_not_idle),
        cmocka_unit_test(a_plug_begins_and_ends),
        cmocka_unit_test(a_device_that_goes_leaves_no_key_behind),
        cmocka_unit_test(settings_have_their_ranges),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
