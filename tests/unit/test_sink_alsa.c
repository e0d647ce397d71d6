/* SPDX-License-Identifier: GPL-3.0-or-later */
/* alsa.c against the paced test card of tests/alsa: what was heard is compared with what was written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "convert.h"
#include "sink.h"

/* Half a second, and the rate at which the card plays it. */
enum { RATE = 22050, CARD_RATE = 44100, COUNT = RATE / 2, MARGIN_MS = 2000 };

static char out[] = "/tmp/nashra-card-XXXXXX";
static int16_t speech[COUNT];
static char messages[4096];
static size_t runs;

static void keep_message(enum nashra_log_level level, const char *text, void *user) {
    (void)level;
    (void)user;
    size_t length = strlen(messages);
    snprintf(messages + length, sizeof messages - length, "%s\n", text);
}

/* Every frame differs from its neighbours and is never 0, so that a lost or a doubled one shows. */
static int make_speech(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT; i++)
        speech[i] = (int16_t)(i % 15000 * 2 + 1000);
    return 0;
}

/* A card that is new, with these faults. */
static struct nashra_sink *open_card(const char *faults) {
    struct nashra_sink *sink = NULL;
    messages[0] = '\0';
    snprintf(out, sizeof out, "/tmp/nashra-card-%06zu", (size_t)getpid() % 1000 * 1000 + ++runs);
    setenv("NASHRA_CARD_OUT", out, 1);
    setenv("NASHRA_CARD_FAULTS", faults, 1);
    assert_int_equal(nashra_sink_alsa(NULL, RATE, &sink), 0);
    return sink;
}

/* What was heard: the left channel, at the card's rate. The caller frees it. */
static int16_t *heard_frames(size_t *count) {
    FILE *file = fopen(out, "rb");
    assert_non_null(file);
    int16_t *frames = calloc(8 * COUNT + 2, sizeof *frames);
    *count = fread(frames, 2 * sizeof *frames, 4 * COUNT, file);
    fclose(file);
    unlink(out);
    for (size_t i = 0; i < *count; i++) {
        assert_int_equal(frames[2 * i], frames[2 * i + 1]);
        frames[i] = frames[2 * i];
    }
    return frames;
}

/* What should be heard of the last `count` frames of the speech; test_convert vouches for the converter. */
static void expect_last(size_t count, int16_t *frames) {
    struct nashra_converter *converter = NULL;
    assert_int_equal(nashra_converter_create(RATE, CARD_RATE, &converter), 0);
    size_t made = nashra_converter_run(converter, speech + COUNT - count, count, frames);
    assert_int_equal(made + nashra_converter_end(converter, frames + made), 2 * count);
    nashra_converter_destroy(converter);
}

static void assert_silence(const int16_t *frames, size_t from, size_t to) {
    for (; from < to; from++)
        assert_int_equal(frames[from], 0);
}

static void assert_heard_all(void) {
    int16_t expected[2 * COUNT];
    expect_last(COUNT, expected);
    size_t count;
    int16_t *frames = heard_frames(&count);
    assert_true(count >= 2 * COUNT);
    assert_memory_equal(frames, expected, sizeof expected);
    assert_silence(frames, 2 * COUNT, count);
    free(frames);
}

/* How far back in `expected` what is heard now was heard already; eight frames in a row are no accident. */
static size_t jump_back(const int16_t *frames, const int16_t *expected, size_t next) {
    size_t back = 0;
    while (back < next && memcmp(expected + next - back, frames, 8 * sizeof *frames) != 0)
        back++;
    assert_true(back < next);
    return back;
}

/* Nothing is missing; at most `repeated` frames of the card were heard twice. */
static void assert_nothing_lost(size_t repeated) {
    int16_t expected[2 * COUNT + 8] = {0};
    expect_last(COUNT, expected);
    size_t count, next = 0, i;
    int16_t *frames = heard_frames(&count);
    for (i = 0; i < count && next < 2 * COUNT; i++) {
        if (frames[i] != expected[next])
            next -= jump_back(frames + i, expected, next);
        next++;
    }
    assert_int_equal(next, 2 * COUNT);
    assert_true(i <= 2 * COUNT + repeated);
    assert_silence(frames, i, count);
    free(frames);
}

/* Writes frames [from, to) as a player does. Returns calls that found the card away. */
static size_t play(struct nashra_sink *sink, size_t from, size_t to) {
    size_t away = 0;
    uint64_t deadline = nashra_now_ms() + 4 * 1000;
    while (from < to) {
        ptrdiff_t took = nashra_sink_write(sink, speech + from, to - from);
        assert_true(took >= 0 || took == NASHRA_ENODEVICE);
        from += took > 0 ? (size_t)took : 0;
        if (from < to)
            away += nashra_sink_wait(sink, NULL, 0, 1000) == NASHRA_ENODEVICE;
        assert_true(nashra_now_ms() < deadline);
    }
    return away;
}

static void finish(struct nashra_sink *sink) {
    assert_int_equal(nashra_sink_finish(sink), 0);
    assert_int_equal(nashra_sink_heard(sink), COUNT);
    nashra_sink_destroy(sink);
}

static void test_heard_is_what_was_written(void **state) {
    (void)state;
    struct nashra_sink *sink = open_card("refuse-mono");
    uint64_t start = nashra_now_ms(), before = 0;
    for (size_t done = 0, part = COUNT / 9; done < COUNT; done += part) {
        play(sink, done, done + part);
        uint64_t position = nashra_sink_heard(sink);
        assert_true(position >= before && position <= done + part);
        before = position;
    }
    finish(sink);
    assert_true(nashra_now_ms() - start >= 500 - 20);
    assert_heard_all();
}

static void test_a_card_that_knows_only_48000(void **state) {
    (void)state;
    struct nashra_sink *sink = open_card("only48000");
    play(sink, 0, COUNT);
    finish(sink);
    FILE *file = fopen(out, "rb");
    fseek(file, 0, SEEK_END);
    long bytes = ftell(file);
    fclose(file);
    unlink(out);
    assert_in_range(bytes, 24000 * 4 - 16, (24000 + 48000 / 10) * 4);
}

static void test_underrun_is_counted_and_mended(void **state) {
    (void)state;
    struct nashra_sink *sink = open_card("underrun@10000");
    play(sink, 0, COUNT);
    assert_true(nashra_sink_xruns(sink) >= 1); /* more on a busy machine */
    finish(sink);
    assert_heard_all();
}

static void test_a_late_caller_makes_an_underrun(void **state) {
    (void)state;
    struct nashra_sink *sink = open_card("");
    play(sink, 0, COUNT / 2);
    nashra_sink_poll(NULL, 0, 250);
    play(sink, COUNT / 2, COUNT);
    assert_true(nashra_sink_xruns(sink) >= 1);
    finish(sink);
    assert_heard_all();
}

static void test_suspend(void **state) {
    (void)state;
    struct nashra_sink *sink = open_card("suspend@10000");
    play(sink, 0, COUNT);
    finish(sink);
    assert_string_equal(messages, "");
    assert_heard_all();
    sink = open_card("suspend-hard@10000");
    play(sink, 0, COUNT);
    finish(sink);
    assert_string_equal(messages, ""); /* it was not given up */
    assert_nothing_lost(CARD_RATE / 50);
}

static void test_unplugged_and_back(void **state) {
    (void)state;
    struct nashra_sink *sink = open_card("disconnect@10000:150");
    assert_true(play(sink, 0, COUNT) > 0);
    assert_non_null(strstr(messages, "lost"));
    assert_non_null(strstr(messages, "back"));
    finish(sink);
    assert_nothing_lost(CARD_RATE / 10);
}

static void test_unplugged_for_good(void **state) {
    (void)state;
    struct nashra_sink *sink = open_card("disconnect@4000:60000");
    size_t written = 0;
    ptrdiff_t took = 0;
    while (took >= 0) {
        took = nashra_sink_write(sink, speech + written, COUNT - written);
        written += took > 0 ? (size_t)took : 0;
        if (took >= 0)
            nashra_sink_wait(sink, NULL, 0, 1000);
    }
    assert_int_equal(took, NASHRA_ENODEVICE);
    assert_int_equal(nashra_sink_wait(sink, NULL, 0, 10), NASHRA_ENODEVICE);
    assert_in_range(nashra_sink_heard(sink), 1000, 2000);
    uint64_t start = nashra_now_ms();
    assert_int_equal(nashra_sink_finish(sink), NASHRA_ENODEVICE);
    assert_true(nashra_now_ms() - start < 1000 + MARGIN_MS);
    nashra_sink_destroy(sink);
    unlink(out);
}

static void test_a_stalled_card_is_opened_anew(void **state) {
    (void)state;
    struct nashra_sink *sink = open_card("stall@10000");
    play(sink, 0, COUNT);
    assert_non_null(strstr(messages, "stalls"));
    finish(sink);
    assert_nothing_lost(0);
}

static void pause_and_go_on(const char *traits) {
    struct nashra_sink *sink = open_card(traits);
    play(sink, 0, COUNT / 2);
    assert_int_equal(nashra_sink_pause(sink, true), 0);
    assert_int_equal(nashra_sink_pause(sink, true), 0);
    uint64_t at = nashra_sink_heard(sink);
    assert_true(at < COUNT / 2);
    assert_int_equal(nashra_sink_write(sink, speech + COUNT / 2, 100), 0);
    assert_int_equal(nashra_sink_wait(sink, NULL, 0, 100), 0);
    assert_int_equal(nashra_sink_heard(sink), at);
    assert_int_equal(nashra_sink_drain(sink), NASHRA_EAGAIN);
    assert_int_equal(nashra_sink_pause(sink, false), 0);
    play(sink, COUNT / 2, COUNT);
    finish(sink);
}

/* A card that can't pause is stopped and given anew what it had not played; it may have played half of one of our
 * frames. */
static void test_pause_loses_nothing(void **state) {
    (void)state;
    pause_and_go_on("");
    assert_heard_all();
    pause_and_go_on("no-pause");
    assert_nothing_lost(1);
}

static void test_drop_is_silent_at_once(void **state) {
    (void)state;
    struct nashra_sink *sink = open_card("");
    play(sink, 0, COUNT / 2);
    assert_int_equal(nashra_sink_drop(sink), 0);
    uint64_t at = nashra_sink_heard(sink);
    assert_true(at > 0 && at < COUNT / 2);
    nashra_sink_poll(NULL, 0, 50);
    assert_int_equal(nashra_sink_heard(sink), at);
    play(sink, COUNT - 1000, COUNT);
    assert_int_equal(nashra_sink_finish(sink), 0);
    assert_int_equal(nashra_sink_heard(sink), at + 1000);
    nashra_sink_destroy(sink);
    int16_t expected[2 * COUNT], tail[2000];
    expect_last(COUNT, expected);
    expect_last(1000, tail);
    size_t count, kept = 0;
    int16_t *frames = heard_frames(&count);
    while (kept < 2 * COUNT && frames[kept] == expected[kept])
        kept++;
    assert_in_range(kept / 2, at, at + RATE / 20); /* where it said it was, and a busy machine's delay */
    assert_memory_equal(frames + kept, tail, sizeof tail);
    assert_silence(frames, kept + 2000, count);
    free(frames);
}

static void test_drop_while_paused(void **state) {
    (void)state;
    struct nashra_sink *sink = open_card("");
    play(sink, 0, COUNT / 2);
    assert_int_equal(nashra_sink_pause(sink, true), 0);
    uint64_t at = nashra_sink_heard(sink);
    assert_int_equal(nashra_sink_drop(sink), 0);
    assert_int_equal(nashra_sink_pause(sink, false), 0);
    play(sink, COUNT - 500, COUNT);
    assert_int_equal(nashra_sink_finish(sink), 0);
    assert_int_equal(nashra_sink_heard(sink), at + 500);
    nashra_sink_destroy(sink);
    unlink(out);
}

static void test_a_few_frames_are_heard_too(void **state) {
    (void)state;
    struct nashra_sink *sink = open_card("");
    assert_int_equal(nashra_sink_write(sink, speech, 50), 50);
    assert_int_equal(nashra_sink_drain(sink), 0);
    assert_int_equal(nashra_sink_heard(sink), 50);
    assert_int_equal(nashra_sink_write(sink, speech + 50, 50), 50);
    assert_int_equal(nashra_sink_finish(sink), 0);
    assert_int_equal(nashra_sink_heard(sink), 100);
    nashra_sink_destroy(sink);
    unlink(out);
    sink = open_card("");
    assert_int_equal(nashra_sink_finish(sink), 0);
    nashra_sink_destroy(sink);
    unlink(out);
}

/* A card whose period is longer than what is written must be started by hand. */
static void test_a_card_with_long_periods(void **state) {
    (void)state;
    struct nashra_sink *sink = open_card("big-period");
    assert_int_equal(nashra_sink_write(sink, speech, 50), 50);
    assert_int_equal(nashra_sink_drain(sink), 0);
    assert_int_equal(nashra_sink_heard(sink), 50);
    nashra_sink_destroy(sink);
    unlink(out);
}

static void test_a_card_with_one_channel(void **state) {
    (void)state;
    struct nashra_sink *sink = open_card("only-mono");
    assert_int_equal(nashra_sink_write(sink, speech, 1000), 1000);
    assert_int_equal(nashra_sink_finish(sink), 0);
    nashra_sink_destroy(sink);
    int16_t frames[2000];
    FILE *file = fopen(out, "rb");
    assert_int_equal(fread(frames, sizeof *frames, 2000, file), 2000);
    fclose(file);
    unlink(out);
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(frames[2 * i], speech[i]);
}

static void test_wait_sees_other_descriptors(void **state) {
    (void)state;
    struct nashra_sink *sink = open_card("");
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    struct pollfd extra = {.fd = ends[0], .events = POLLIN};
    assert_int_equal(nashra_sink_wait(sink, &extra, 1, 1000), 1);
    assert_int_equal(extra.revents, 0);
    while (nashra_sink_write(sink, speech, COUNT) > 0)
        ;
    assert_true(nashra_sink_wait(sink, &extra, 1, 1000) >= 0);
    assert_int_equal(extra.revents, 0);
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_true(nashra_sink_wait(sink, &extra, 1, 1000) >= 0);
    assert_int_equal(extra.revents, POLLIN);
    nashra_sink_pause(sink, true);
    assert_int_equal(nashra_sink_wait(sink, &extra, 1, -1), 0);
    assert_int_equal(extra.revents, POLLIN);
    nashra_sink_destroy(sink);
    close(ends[0]);
    close(ends[1]);
    unlink(out);
}

static void test_no_card(void **state) {
    (void)state;
    struct nashra_sink *sink = NULL;
    messages[0] = '\0';
    assert_int_equal(nashra_sink_alsa("hw:CARD=nosuchcard", RATE, &sink), NASHRA_ENODEVICE);
    assert_null(sink);
    const char *const helps[] = {"hw:CARD=nosuchcard", "aplay -L", "-D", "render"};
    for (size_t i = 0; i < 4; i++)
        assert_non_null(strstr(messages, helps[i]));
    setenv("NASHRA_CARD_OUT", "/nowhere", 1);
    setenv("NASHRA_CARD_FAULTS", "absent", 1);
    assert_int_equal(nashra_sink_alsa(NULL, RATE, &sink), NASHRA_ENODEVICE);
    assert_non_null(strstr(messages, "'default'"));
    assert_null(sink);
    setenv("NASHRA_CARD_OUT", "/nowhere/else", 1);
    setenv("NASHRA_CARD_FAULTS", "only8000", 1);
    assert_int_equal(nashra_sink_alsa(NULL, RATE, &sink), NASHRA_ENODEVICE);
    assert_null(sink);
}

static void test_every_allocation_fails_once(void **state) {
    (void)state;
    nashra_alloc_fail_after(0);
    struct nashra_sink *sink = open_card("");
    unsigned long needed = nashra_alloc_count();
    nashra_sink_destroy(sink);
    for (unsigned long n = 1; n <= needed; n++) {
        nashra_alloc_fail_after(n);
        assert_int_equal(nashra_sink_alsa(NULL, RATE, &sink), NASHRA_ENOMEM);
        assert_null(sink);
    }
    nashra_alloc_fail_after(0);
    unlink(out);
}

int main(void) {
    nashra_log_set_handler(keep_message, NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_heard_is_what_was_written),
        cmocka_unit_test(test_a_card_that_knows_only_48000),
        cmocka_unit_test(test_underrun_is_counted_and_mended),
        cmocka_unit_test(test_a_late_caller_makes_an_underrun),
        cmocka_unit_test(test_suspend),
        cmocka_unit_test(test_unplugged_and_back),
        cmocka_unit_test(test_unplugged_for_good),
        cmocka_unit_test(test_a_stalled_card_is_opened_anew),
        cmocka_unit_test(test_pause_loses_nothing),
        cmocka_unit_test(test_drop_is_silent_at_once),
        cmocka_unit_test(test_drop_while_paused),
        cmocka_unit_test(test_a_few_frames_are_heard_too),
        cmocka_unit_test(test_a_card_with_long_periods),
        cmocka_unit_test(test_a_card_with_one_channel),
        cmocka_unit_test(test_wait_sees_other_descriptors),
        cmocka_unit_test(test_no_card),
        cmocka_unit_test(test_every_allocation_fails_once),
    };
    return cmocka_run_group_tests_name("sink_alsa", tests, make_speech, NULL);
}
