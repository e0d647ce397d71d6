/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <unistd.h>

#include "sink.h"

static const int16_t frames[4096];

static void drop_message(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)message;
    (void)user;
}

static void test_swallows_all(void **state) {
    (void)state;
    struct nashra_sink *sink = NULL;
    assert_int_equal(nashra_sink_null(22050, NULL, &sink), 0);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(nashra_sink_write(sink, frames, 4096), 4096);
    assert_int_equal(nashra_sink_wait(sink, NULL, 0, -1), 1);
    assert_int_equal(nashra_sink_heard(sink), 4096000);
    assert_int_equal(nashra_sink_drop(sink), 0);
    assert_int_equal(nashra_sink_heard(sink), 4096000);
    assert_int_equal(nashra_sink_finish(sink), 0);
    assert_int_equal(nashra_sink_xruns(sink), 0);
    nashra_sink_destroy(sink);
    nashra_sink_destroy(NULL);
}

static void test_faults_fall_on_their_frames(void **state) {
    (void)state;
    const struct nashra_sink_faults faults = {
        .underrun_at = 1000, .disconnect_at = 3000, .reconnect_after = 2, .fail_at = 5000};
    struct nashra_sink *sink = NULL;
    assert_int_equal(nashra_sink_null(22050, &faults, &sink), 0);
    assert_int_equal(nashra_sink_write(sink, frames, 4096), 1000);
    assert_int_equal(nashra_sink_xruns(sink), 0);
    assert_int_equal(nashra_sink_write(sink, frames, 4096), 2000);
    assert_int_equal(nashra_sink_xruns(sink), 1);
    assert_int_equal(nashra_sink_write(sink, frames, 4096), NASHRA_ENODEVICE);
    assert_int_equal(nashra_sink_write(sink, frames, 4096), NASHRA_ENODEVICE);
    assert_int_equal(nashra_sink_wait(sink, NULL, 0, 0), NASHRA_ENODEVICE);
    assert_int_equal(nashra_sink_wait(sink, NULL, 0, 0), NASHRA_ENODEVICE);
    assert_int_equal(nashra_sink_wait(sink, NULL, 0, 0), 1);
    assert_int_equal(nashra_sink_write(sink, frames, 4096), 2000);
    assert_int_equal(nashra_sink_write(sink, frames, 4096), NASHRA_EIO);
    assert_int_equal(nashra_sink_wait(sink, NULL, 0, 0), NASHRA_EIO);
    assert_int_equal(nashra_sink_finish(sink), NASHRA_EIO);
    assert_int_equal(nashra_sink_heard(sink), 5000);
    nashra_sink_destroy(sink);
}

/* 0.2 s of sound can't be heard in less, and a pause adds to it. */
static void test_paced(void **state) {
    (void)state;
    const struct nashra_sink_faults faults = {.paced = true};
    struct nashra_sink *sink = NULL;
    assert_int_equal(nashra_sink_null(8000, &faults, &sink), 0);
    uint64_t start = nashra_now_ms();
    size_t written = 0;
    bool rested = false;
    while (written < 1600) {
        ptrdiff_t took = nashra_sink_write(sink, frames, 1600 - written);
        assert_true(took >= 0);
        written += (size_t)took;
        if (!rested && written >= 800) {
            rested = true;
            uint64_t before = nashra_sink_heard(sink);
            assert_int_equal(nashra_sink_pause(sink, true), 0);
            assert_int_equal(nashra_sink_wait(sink, NULL, 0, 60), 0);
            assert_in_range(nashra_sink_heard(sink), before, before + 80);
            assert_int_equal(nashra_sink_pause(sink, false), 0);
        }
        assert_true(nashra_sink_wait(sink, NULL, 0, 1000) >= 0);
    }
    assert_true(nashra_sink_heard(sink) < 1600);
    assert_int_equal(nashra_sink_drain(sink), 0);
    assert_int_equal(nashra_sink_heard(sink), 1600);
    assert_true(nashra_now_ms() - start >= 250);
    nashra_sink_destroy(sink);
}

static void test_drop_forgets_what_was_not_heard(void **state) {
    (void)state;
    const struct nashra_sink_faults faults = {.paced = true};
    struct nashra_sink *sink = NULL;
    assert_int_equal(nashra_sink_null(8000, &faults, &sink), 0);
    ptrdiff_t took = nashra_sink_write(sink, frames, 4096);
    assert_int_equal(took, 640); /* 80 ms */
    assert_int_equal(nashra_sink_write(sink, frames, 4096), 0);
    assert_int_equal(nashra_sink_drop(sink), 0);
    uint64_t heard = nashra_sink_heard(sink);
    assert_true(heard < 640);
    assert_true(nashra_sink_write(sink, frames, 4096) > 0);
    nashra_sink_destroy(sink);
}

static void test_wait_returns_when_another_descriptor_is_ready(void **state) {
    (void)state;
    const struct nashra_sink_faults faults = {.paced = true};
    struct nashra_sink *sink = NULL;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(nashra_sink_null(8000, &faults, &sink), 0);
    nashra_sink_write(sink, frames, 4096);
    nashra_sink_pause(sink, true);
    struct pollfd extra = {.fd = ends[0], .events = POLLIN, .revents = POLLOUT};
    assert_int_equal(nashra_sink_wait(sink, &extra, 1, 5), 0);
    assert_int_equal(extra.revents, 0);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_int_equal(nashra_sink_wait(sink, &extra, 1, 10000), 0);
    assert_int_equal(extra.revents, POLLIN);
    nashra_sink_destroy(sink);
    close(ends[0]);
    close(ends[1]);
}

int main(void) {
    nashra_log_set_handler(drop_message, NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_swallows_all),
        cmocka_unit_test(test_faults_fall_on_their_frames),
        cmocka_unit_test(test_paced),
        cmocka_unit_test(test_drop_forgets_what_was_not_heard),
        cmocka_unit_test(test_wait_returns_when_another_descriptor_is_ready),
    };
    return cmocka_run_group_tests_name("sink_null", tests, NULL, NULL);
}
