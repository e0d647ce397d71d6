/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bulletins in one channel and in two, as libsndfile reads them and libebur128 measures them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ebur128.h>
#include <sndfile.h>

#include "bulletin_plan.h"

#define PI 3.14159265358979323846

enum { RATE = NASHRA_AIR_RATE, MOST_FRAMES = 12 * RATE };

/* The tones of a stereo sound: one on the left, the other on the right. */
static const double LEFT = 440, RIGHT = 700;

static char folder[] = "/tmp/nashra-stereo-XXXXXX";
static struct nashra_studio *studio;
static float frames[2 * MOST_FRAMES];

static const char items[] = "at = 2026-11-28T21:00\nbeside = none\n"
                            "[item]\ntext = وصل الوزير أمس.\n[item]\ntext = فاز المنتخب في المباراة.\n";

static void quiet(enum nashra_log_level level, const char *text, void *user) {
    (void)level;
    (void)text;
    (void)user;
}

static const char *in_folder(const char *name) {
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void make_sound(const char *name, double seconds, double left, double right) {
    SF_INFO info = {.samplerate = 44100, .channels = 2, .format = SF_FORMAT_WAV | SF_FORMAT_PCM_16};
    SNDFILE *file = sf_open(in_folder(name), SFM_WRITE, &info);
    for (int i = 0; i < (int)(seconds * 44100); i++) {
        const float frame[2] = {(float)(0.3 * sin(2 * PI * left * i / 44100)),
                                (float)(0.3 * sin(2 * PI * right * i / 44100))};
        sf_writef_float(file, frame, 1);
    }
    sf_close(file);
}

static int set_up(void **state) {
    (void)state;
    nashra_log_set_handler(quiet, NULL);
    if (!mkdtemp(folder))
        return -1;
    make_sound("wide.wav", 1.5, LEFT, RIGHT);
    make_sound("narrow.wav", 1.5, LEFT, LEFT);
    make_sound("long.wav", 15, LEFT, RIGHT);
    return nashra_studio_create(NULL, &studio) == NASHRA_OK ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    char command[128];
    nashra_studio_destroy(studio);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

/* A planned bulletin of the items, with settings before them. */
static struct nashra_bulletin *plan(const char *settings) {
    struct nashra_bulletin *bulletin;
    char script[1024];
    snprintf(script, sizeof script, "[bulletin]\n%s%s", settings, items);
    assert_int_equal(nashra_bulletin_create(&bulletin), NASHRA_OK);
    assert_int_equal(nashra_bulletin_load_bytes(bulletin, script, strlen(script), in_folder("nine.ini")), NASHRA_OK);
    assert_int_equal(nashra_bulletin_plan(bulletin, studio), NASHRA_OK);
    return bulletin;
}

/* Fills `frames`. */
static SF_INFO read_back(struct nashra_bulletin *bulletin, const char *name) {
    SF_INFO info = {0};
    assert_int_equal(nashra_bulletin_render(bulletin, in_folder(name)), NASHRA_OK);
    SNDFILE *file = sf_open(in_folder(name), SFM_READ, &info);
    assert_non_null(file);
    assert_true(info.frames <= MOST_FRAMES && info.channels <= 2);
    assert_int_equal(sf_readf_float(file, frames, info.frames), info.frames);
    sf_close(file);
    return info;
}

/* LUFS of a stretch. */
static double loudness(const SF_INFO *info, uint64_t from, uint64_t to) {
    double value;
    ebur128_state *state = ebur128_init((unsigned)info->channels, RATE, EBUR128_MODE_I);
    ebur128_add_frames_float(state, frames + from * (size_t)info->channels, (size_t)(to - from));
    ebur128_loudness_global(state, &value);
    ebur128_destroy(&state);
    return value;
}

/* Of a tone in a channel, in dB; channel 2: the difference of both. */
static double level(uint64_t from, uint64_t to, int channel, double hertz) {
    double cosine = 0, sine = 0;
    for (uint64_t i = from; i < to; i++) {
        const double left = (double)frames[2 * i], right = (double)frames[2 * i + 1];
        const double sample = channel == 0 ? left : channel == 1 ? right : left - right;
        cosine += sample * cos(2 * PI * hertz * (double)i / RATE);
        sine += sample * sin(2 * PI * hertz * (double)i / RATE);
    }
    return 20 * log10(2 * sqrt(cosine * cosine + sine * sine) / (double)(to - from) + 1e-9);
}

/* The jingle's sides stay apart in every format, the voice is in the middle, and a slot is met to the sample. */
static void a_wide_jingle_stays_wide(void **state) {
    (void)state;
    static const struct {
        const char *name;
        double apart; /* dB */
        double loudness_off;
    } cases[] = {{"a.wav", 70, 0.06}, {"a.flac", 70, 0.06}, {"a.opus", 25, 0.2}, {"a.mp3", 25, 0.2}};
    struct nashra_bulletin *bulletin = plan("opening = wide.wav\nslot = 0:06.25\n");
    const uint64_t from = bulletin->sections[0].from + RATE / 4, to = from + RATE;
    const uint64_t voice_from = bulletin->sections[0].voice_from, voice_to = bulletin->sections[1].to;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const SF_INFO info = read_back(bulletin, cases[i].name);
        assert_int_equal(info.channels, 2);
        assert_int_equal(info.frames, RATE * 25 / 4);
        assert_true(fabs(loudness(&info, 0, (uint64_t)info.frames) + 23) < cases[i].loudness_off);
        assert_true(fabs(loudness(&info, from, to) - loudness(&info, voice_from, voice_to)) < 0.3);
        assert_true(level(from, to, 0, LEFT) - level(from, to, 1, LEFT) > cases[i].apart);
        assert_true(level(from, to, 1, RIGHT) - level(from, to, 0, RIGHT) > cases[i].apart);
        for (uint64_t k = voice_from; i < 2 && k < voice_to; k++)
            assert_true(frames[2 * k] == frames[2 * k + 1]);
    }
    nashra_bulletin_destroy(bulletin);
}

static void channels_can_be_given(void **state) {
    (void)state;
    static const struct {
        const char *settings;
        int channels;
    } cases[] = {{"", 1},
                 {"channels = 2\n", 2},
                 {"opening = narrow.wav\n", 1},
                 {"opening = narrow.wav\nchannels = 2\n", 2},
                 {"opening = wide.wav\n", 2},
                 {"opening = narrow.wav\nbed = wide.wav\nchannels = auto\n", 2},
                 {"opening = wide.wav\nchannels = 1\n", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct nashra_bulletin_figures figures;
        struct nashra_bulletin *bulletin = plan(cases[i].settings);
        nashra_bulletin_figures(bulletin, &figures);
        assert_int_equal(figures.channels, cases[i].channels);
        const SF_INFO info = read_back(bulletin, "b.wav");
        assert_int_equal(info.channels, cases[i].channels);
        assert_true(fabs(loudness(&info, 0, (uint64_t)info.frames) + 23) < 0.06);
        nashra_bulletin_destroy(bulletin);
    }
}

/* WAV files of 24 bits and one channel would need a byte of padding otherwise. */
static void an_even_number_of_bytes(void **state) {
    (void)state;
    for (int rate = 176; rate < 184; rate++) {
        struct nashra_bulletin_figures figures;
        char settings[64];
        snprintf(settings, sizeof settings, "bits = 24\nrate = %d\n", rate);
        struct nashra_bulletin *bulletin = plan(settings);
        nashra_bulletin_figures(bulletin, &figures);
        assert_int_equal(figures.frames % 2, 0);
        nashra_bulletin_destroy(bulletin);
    }
}

/* Music alone differs between the sides: it goes down before the voice and comes up after it, on both. */
static void a_wide_bed_is_brought_down(void **state) {
    (void)state;
    struct nashra_bulletin *bulletin = plan("bed = long.wav\npause = 4\nbed-level = -26\nbed-open = -8\n");
    const uint64_t under = bulletin->sections[0].voice_from + RATE / 10, open = bulletin->sections[0].to + 3 * RATE / 2;
    read_back(bulletin, "c.wav");
    for (int channel = 0; channel < 2; channel++) {
        const double hertz = channel ? RIGHT : LEFT;
        const double down = level(under, under + RATE / 2, 2, hertz), up = level(open, open + RATE / 2, 2, hertz);
        assert_true(fabs(up - down - 18) < 0.5);
        assert_true(level(open, open + RATE / 2, channel, hertz) - level(open, open + RATE / 2, 1 - channel, hertz) >
                    60);
    }
    nashra_bulletin_destroy(bulletin);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_wide_jingle_stays_wide),
        cmocka_unit_test(channels_can_be_given),
        cmocka_unit_test(an_even_number_of_bytes),
        cmocka_unit_test(a_wide_bed_is_brought_down),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
