/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "compose.h"
#include "lines.h"

static struct spd_composer *composer;

static int setup(void **state) {
    (void)state;
    return spd_composer_create(&composer);
}

static int teardown(void **state) {
    (void)state;
    nashra_alloc_fail_after(0);
    spd_composer_destroy(composer);
    return 0;
}

#define NAMED(sign) "<say-as interpret-as=\"characters\">" sign "</say-as><break strength=\"x-weak\"/>"

static void assert_composed(enum spd_message kind, struct spd_settings settings, const char *text,
                            const char *expected) {
    struct nashra_buffer out = {0};
    assert_int_equal(spd_compose(composer, kind, &settings, text, strlen(text), &out), NASHRA_OK);
    assert_string_equal(nashra_buffer_string(&out), expected);
    nashra_buffer_finish(&out);
}

static void punctuation_is_named_as_far_as_asked(void **state) {
    (void)state;
    const char *text = "<speak>a: b@c. <mark name=\"x:@\"/></speak>";
    assert_composed(SPD_TEXT, (struct spd_settings){0}, text, text);
    assert_composed(SPD_TEXT, (struct spd_settings){.punctuation = SPD_SOME}, text,
                    "<speak>a: b " NAMED("@") "c. <mark name=\"x:@\"/></speak>");
    assert_composed(SPD_TEXT, (struct spd_settings){.punctuation = SPD_ALL}, text,
                    "<speak>a " NAMED(":") " b " NAMED("@") "c " NAMED(".") " <mark name=\"x:@\"/></speak>");
}

static void entities_are_signs(void **state) {
    (void)state;
    assert_composed(SPD_TEXT, (struct spd_settings){.punctuation = SPD_SOME}, "<speak>1 &lt; 2</speak>",
                    "<speak>1  " NAMED("&lt;") " 2</speak>");
    assert_composed(SPD_TEXT, (struct spd_settings){0}, "a < b", "<speak>a &lt; b</speak>");
    assert_composed(SPD_CHARACTER, (struct spd_settings){0}, "<", "<speak>" NAMED("&lt;") "</speak>");
}

static void texts_are_spelt(void **state) {
    (void)state;
    assert_composed(SPD_TEXT, (struct spd_settings){.spelling = true}, "<speak>ab c</speak>",
                    "<speak>" NAMED("a") NAMED("b") " " NAMED("c") "</speak>");
}

static void characters_have_names(void **state) {
    (void)state;
    assert_composed(SPD_CHARACTER, (struct spd_settings){0}, "ب", "<speak>" NAMED("ب") "</speak>");
    assert_composed(SPD_CHARACTER, (struct spd_settings){0}, "space", "<speak>مَسَافَة</speak>");
    assert_composed(SPD_CHARACTER, (struct spd_settings){.capitals = SPD_CAPITALS_SPELL}, "A",
                    "<speak>حَرْفٌ كَبِير " NAMED("A") "</speak>");
    assert_true(spd_wants_tone(SPD_CHARACTER, &(struct spd_settings){.capitals = SPD_CAPITALS_ICON}, "A", 1));
    assert_false(spd_wants_tone(SPD_CHARACTER, &(struct spd_settings){.capitals = SPD_CAPITALS_ICON}, "a", 1));
    assert_true(spd_wants_tone(SPD_ICON, &(struct spd_settings){0}, "message", 7));
}

static void keys_have_names(void **state) {
    (void)state;
#define BREAK "<break strength=\"x-weak\"/> "
    assert_composed(SPD_KEY, (struct spd_settings){0}, "control_shift_a",
                    "<speak>كُنْتُرُول" BREAK "الْعَالِي" BREAK NAMED("a") "</speak>");
    assert_composed(SPD_KEY, (struct spd_settings){0}, "alt_KP_Enter",
                    "<speak>أَلْت" BREAK "إِدْخَالُ اللَّوْحَةِ الرَّقْمِيَّة" BREAK "</speak>");
    assert_composed(SPD_KEY, (struct spd_settings){0}, "XF86Mail", "<speak>XF86Mail</speak>");
    assert_composed(SPD_KEY, (struct spd_settings){0}, "_", "<speak>" NAMED("_") "</speak>");
}

static void settings_are_checked(void **state) {
    (void)state;
    struct spd_settings s = {0};
    assert_true(spd_set(&s, "rate", "-100"));
    assert_true(spd_set(&s, "punctuation_mode", "most"));
    assert_true(spd_set(&s, "spelling_mode", "on"));
    assert_true(spd_set(&s, "cap_let_recogn", "icon"));
    assert_true(spd_set(&s, "synthesis_voice", "NULL"));
    assert_int_equal(s.rate, -100);
    assert_int_equal(s.punctuation, SPD_MOST);
    assert_int_equal(s.capitals, SPD_CAPITALS_ICON);
    assert_true(s.spelling);
    assert_false(spd_set(&s, "rate", "101"));
    assert_false(spd_set(&s, "rate", "x"));
    assert_false(spd_set(&s, "rate", ""));
    assert_false(spd_set(&s, "punctuation_mode", "much"));
    assert_false(spd_set(&s, "colour", "red"));
    assert_int_equal(s.rate, -100);
}

static void zero_is_the_voices_own(void **state) {
    (void)state;
    struct nashra_voice voice = spd_voice(&(struct spd_settings){0});
    assert_int_equal(voice.rate, NASHRA_VOICE_RATE_DEFAULT);
    assert_int_equal(voice.pitch, NASHRA_VOICE_PITCH_DEFAULT);
    assert_int_equal(voice.volume, NASHRA_VOICE_VOLUME_DEFAULT);
    voice = spd_voice(&(struct spd_settings){.rate = 100, .pitch = -100, .volume = -100});
    assert_int_equal(voice.rate, NASHRA_VOICE_RATE_MOST);
    assert_int_equal(voice.pitch, NASHRA_VOICE_PITCH_LEAST);
    assert_int_equal(voice.volume, NASHRA_VOICE_VOLUME_LEAST);
}

static void a_broken_configuration_leaves_the_rest(void **state) {
    (void)state;
    char path[] = "/tmp/nashra-speechd-XXXXXX";
    const int fd = mkstemp(path);
    static const char text[] = "# x\n\nColour red\nNashraRegion \"mars\"\nNashraEndings full\nNashraLexicon \"/a b\"\n";
    assert_int_equal(write(fd, text, sizeof text - 1), sizeof text - 1);
    close(fd);
    struct nashra_arena *arena = nashra_arena_create();
    struct nashra_pipeline_options options = {0};
    assert_int_equal(spd_read_configuration(path, arena, &options), NASHRA_OK);
    assert_string_equal(options.lexicon, "/a b");
    assert_int_equal(options.endings, NASHRA_ENDINGS_FULL);
    assert_int_equal(options.region, NASHRA_REGION_GULF);
    unlink(path);
    assert_int_equal(spd_read_configuration(path, arena, &options), NASHRA_OK);
    nashra_arena_destroy(arena);
}

static void sound_is_escaped(void **state) {
    (void)state;
    struct spd_output output = {.fd = -1};
    static const char frames[] = {'\n', 0x7d, 'a', 0};
    spd_output_sound(&output, frames, 2, 22050);
    static const char head[] = "705-bits=16\n705-num_channels=1\n705-sample_rate=22050\n705-num_samples=2\n"
                               "705-big_endian=0\n705-AUDIO\0";
    static const char tail[] = {0x7d, '\n' ^ 0x20, 0x7d, 0x5d, 'a', 0,   '\n', '7', '0',
                                '5',  ' ',         'A',  'U',  'D', 'I', 'O',  '\n'};
    assert_int_equal(output.out.length, sizeof head - 1 + sizeof tail);
    assert_memory_equal(output.out.data, head, sizeof head - 1);
    assert_memory_equal(output.out.data + sizeof head - 1, tail, sizeof tail);
    spd_output_finish(&output);
}

static void lines_come_in_pieces(void **state) {
    (void)state;
    int ends[2];
    char *line;
    size_t length;
    assert_int_equal(pipe(ends), 0);
    struct spd_lines lines = {.fd = ends[0]};
    assert_int_equal(write(ends[1], "SPE", 3), 3);
    assert_int_equal(spd_lines_fill(&lines), 1);
    assert_false(spd_lines_next(&lines, &line, &length));
    assert_int_equal(write(ends[1], "AK\r\n\nx\n", 7), 7);
    assert_int_equal(spd_lines_fill(&lines), 1);
    assert_true(spd_lines_next(&lines, &line, &length));
    assert_string_equal(line, "SPEAK");
    assert_true(spd_lines_next(&lines, &line, &length));
    assert_string_equal(line, "");
    assert_true(spd_lines_next(&lines, &line, &length));
    assert_string_equal(line, "x");
    assert_false(spd_lines_next(&lines, &line, &length));
    close(ends[1]);
    assert_int_equal(spd_lines_fill(&lines), NASHRA_EIO);
    close(ends[0]);
    spd_lines_finish(&lines);
}

static void lack_of_memory_is_told(void **state) {
    (void)state;
    const struct spd_settings all = {.punctuation = SPD_ALL};
    const char *text = "<speak>a: b@c. d, e? f! g; h&amp; i* j+ k= l_ m~ n^ o| p\\ q/ r$ s% t\" u( v) w[ x]</speak>";
    bool done = false;
    for (unsigned long n = 1; n < 1000 && !done; n++) {
        struct nashra_buffer out = {0};
        nashra_alloc_fail_after(n);
        done = spd_compose(composer, SPD_TEXT, &all, text, strlen(text), &out) == NASHRA_OK;
        nashra_alloc_fail_after(0);
        nashra_buffer_finish(&out);
    }
    assert_true(done);
    for (unsigned long n = 1; n < 20; n++) {
        struct spd_composer *other;
        nashra_alloc_fail_after(n);
        const int status = spd_composer_create(&other);
        nashra_alloc_fail_after(0);
        if (status == NASHRA_OK)
            spd_composer_destroy(other);
        else
            assert_null(other);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(punctuation_is_named_as_far_as_asked),
        cmocka_unit_test(entities_are_signs),
        cmocka_unit_test(texts_are_spelt),
        cmocka_unit_test(characters_have_names),
        cmocka_unit_test(keys_have_names),
        cmocka_unit_test(settings_are_checked),
        cmocka_unit_test(zero_is_the_voices_own),
        cmocka_unit_test(a_broken_configuration_leaves_the_rest),
        cmocka_unit_test(sound_is_escaped),
        cmocka_unit_test(lines_come_in_pieces),
        cmocka_unit_test(lack_of_memory_is_told),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
