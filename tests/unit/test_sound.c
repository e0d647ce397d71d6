/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <nashra/sound.h>

static void test_appends(void **state) {
    (void)state;
    struct nashra_sound sound = {.rate = 22050};
    int16_t frames[100];
    for (int i = 0; i < 100; i++)
        frames[i] = (int16_t)(i - 50);
    for (int i = 0; i < 50; i++) {
        assert_int_equal(nashra_sound_add(&sound, frames, 100), 0);
        assert_int_equal(nashra_sound_add_silence(&sound, 7), 0);
    }
    assert_int_equal(sound.count, 50 * 107);
    for (size_t i = 0; i < sound.count; i++)
        assert_int_equal(sound.frames[i], i % 107 < 100 ? (int)(i % 107) - 50 : 0);
    nashra_sound_finish(&sound);
    assert_null(sound.frames);
    assert_int_equal(sound.count, 0);
}

static void test_marks(void **state) {
    (void)state;
    struct nashra_sound sound = {.rate = 22050};
    for (size_t i = 0; i < 1000; i++)
        assert_int_equal(nashra_sound_add_mark(&sound, (struct nashra_mark){i * 10, i, {i, i + 1}}), 0);
    assert_int_equal(sound.mark_count, 1000);
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(sound.marks[i].frame, i * 10);
        assert_int_equal(sound.marks[i].span.to, i + 1);
    }
    nashra_sound_finish(&sound);
}

static void test_clear_keeps_memory_and_rate(void **state) {
    (void)state;
    struct nashra_sound sound = {.rate = 22050};
    nashra_sound_add_silence(&sound, 5000);
    size_t capacity = sound.capacity;
    nashra_sound_clear(&sound);
    assert_int_equal(sound.count, 0);
    assert_int_equal(sound.rate, 22050);
    assert_int_equal(sound.capacity, capacity);
    nashra_alloc_fail_after(1);
    assert_int_equal(nashra_sound_add_silence(&sound, 5000), 0);
    nashra_alloc_fail_after(0);
    nashra_sound_finish(&sound);
}

static void test_nothing(void **state) {
    (void)state;
    struct nashra_sound sound = {0};
    assert_int_equal(nashra_sound_add(&sound, NULL, 0), 0);
    assert_int_equal(nashra_sound_add_silence(&sound, 0), 0);
    nashra_sound_clear(&sound);
    nashra_sound_finish(&sound);
    nashra_sound_finish(&sound);
}

static void test_out_of_memory_leaves_it_as_it_was(void **state) {
    (void)state;
    struct nashra_sound sound = {.rate = 22050};
    const int16_t frame = 7;
    assert_int_equal(nashra_sound_add(&sound, &frame, 1), 0);
    nashra_alloc_fail_after(1);
    assert_int_equal(nashra_sound_add_silence(&sound, 100000), NASHRA_ENOMEM);
    assert_int_equal(nashra_sound_add_mark(&sound, (struct nashra_mark){0}), NASHRA_ENOMEM);
    nashra_alloc_fail_after(0);
    assert_int_equal(nashra_sound_add_silence(&sound, SIZE_MAX / 2), NASHRA_ENOMEM);
    assert_int_equal(nashra_sound_add_silence(&sound, SIZE_MAX), NASHRA_ENOMEM);
    assert_int_equal(sound.count, 1);
    assert_int_equal(sound.mark_count, 0);
    assert_int_equal(sound.frames[0], 7);
    nashra_sound_finish(&sound);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_appends),
        cmocka_unit_test(test_marks),
        cmocka_unit_test(test_clear_keeps_memory_and_rate),
        cmocka_unit_test(test_nothing),
        cmocka_unit_test(test_out_of_memory_leaves_it_as_it_was),
    };
    return cmocka_run_group_tests_name("sound", tests, NULL, NULL);
}
