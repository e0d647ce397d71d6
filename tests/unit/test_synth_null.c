/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech.h"

#include "synth.h"

static const size_t PHONEME = 22050 / 20;

static void test_fifty_milliseconds_a_phoneme(void **state) {
    (void)state;
    struct nashra_synth *synth = NULL;
    assert_int_equal(nashra_synth_null(NULL, &synth), 0);
    assert_int_equal(nashra_synth_rate(synth), 22050);
    /* dZ a d i: d; ss[ a f; nothing; B B C */
    struct nashra_word words[] = {spoken("dZad'i:d", NASHRA_PAUSE_NONE), spoken("ss['a.f", NASHRA_PAUSE_COMMA),
                                  spoken("", NASHRA_PAUSE_NONE), latin("BBC", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct listener listener = {0};
    assert_int_equal(nashra_synth_speak(synth, &sentence, listen, &listener), 0);
    assert_marks(&listener.heard, &sentence);
    size_t comma = synth->pauses.after_mark[NASHRA_PAUSE_COMMA] * 22050 / 1000;
    size_t stop = synth->pauses.after_mark[NASHRA_PAUSE_STOP] * 22050 / 1000;
    assert_int_equal(listener.heard.marks[0].frame, 0);
    assert_int_equal(stretch(&listener.heard, 0), 5 * PHONEME);
    assert_int_equal(stretch(&listener.heard, 1), 3 * PHONEME + comma);
    assert_int_equal(stretch(&listener.heard, 2), 0);
    assert_int_equal(stretch(&listener.heard, 3), 3 * PHONEME + stop);
    nashra_sound_finish(&listener.heard);
    nashra_synth_destroy(synth);
}

static void test_stops(void **state) {
    (void)state;
    struct nashra_synth *synth = NULL;
    assert_int_equal(nashra_synth_null(NULL, &synth), 0);
    struct nashra_word words[] = {spoken("dZad'i:d", NASHRA_PAUSE_COMMA), spoken("dZad'i:d", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct listener whole = {0};
    assert_int_equal(nashra_synth_speak(synth, &sentence, listen, &whole), 0);
    for (size_t n = 1; n <= whole.chunks; n++) {
        struct listener listener = {.stop_after = n};
        assert_int_equal(nashra_synth_speak(synth, &sentence, listen, &listener), NASHRA_STOPPED);
        assert_int_equal(listener.chunks, n);
        nashra_sound_finish(&listener.heard);
    }
    nashra_sound_finish(&whole.heard);
    nashra_synth_destroy(synth);
}

static void test_voice_ranges(void **state) {
    (void)state;
    const struct nashra_voice good[] = {{0}, {80, 1, 1}, {450, 99, 200}, {200, 0, 0}};
    const struct nashra_voice bad[] = {{79, 0, 0}, {451, 0, 0}, {0, 100, 0}, {0, -1, 0}, {0, 0, 201}, {-5, 0, 0}};
    struct nashra_synth *synth = NULL;
    assert_int_equal(nashra_synth_null(&good[1], &synth), 0);
    for (size_t i = 0; i < COUNT(good); i++)
        assert_int_equal(nashra_synth_set_voice(synth, &good[i]), 0);
    assert_int_equal(synth->voice.pitch, NASHRA_VOICE_PITCH_DEFAULT);
    for (size_t i = 0; i < COUNT(bad); i++) {
        assert_int_equal(nashra_synth_set_voice(synth, &bad[i]), NASHRA_EUSAGE);
        struct nashra_synth *other = synth;
        assert_int_equal(nashra_synth_null(&bad[i], &other), NASHRA_EUSAGE);
        assert_null(other);
    }
    assert_int_equal(synth->voice.rate, 200); /* a refused voice changes nothing */
    nashra_synth_destroy(synth);
    nashra_synth_destroy(NULL);
}

static void test_every_allocation_fails_once(void **state) {
    (void)state;
    nashra_alloc_fail_after(0);
    struct nashra_synth *synth = NULL;
    assert_int_equal(nashra_synth_null(NULL, &synth), 0);
    unsigned long needed = nashra_alloc_count();
    nashra_synth_destroy(synth);
    for (unsigned long n = 1; n <= needed; n++) {
        nashra_alloc_fail_after(n);
        assert_true(nashra_synth_null(NULL, &synth) < 0);
        assert_null(synth);
    }
    nashra_alloc_fail_after(0);
}

static void drop_message(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)message;
    (void)user;
}

int main(void) {
    nashra_log_set_handler(drop_message, NULL);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fifty_milliseconds_a_phoneme),
        cmocka_unit_test(test_stops),
        cmocka_unit_test(test_voice_ranges),
        cmocka_unit_test(test_every_allocation_fails_once),
    };
    return cmocka_run_group_tests_name("synth_null", tests, NULL, NULL);
}
