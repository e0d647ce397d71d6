/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sound files as jingles and beds: how many channels are left of them, and
 * which goes where. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sndfile.h>

#include <nashra/clip.h>
#include <nashra/memory.h>

#define PI 3.14159265358979323846

enum { SECONDS = 1, MOST = 8 };

static char path[] = "/tmp/nashra-clip-XXXXXX";
static char message[1024];

static void keep_message(enum nashra_log_level level, const char *text, void *user) {
    (void)level;
    (void)user;
    snprintf(message, sizeof message, "%s", text);
}

/* Channel c is a tone of 300 (c + 1) Hz at level 0.4, or all are the first
 * tone. */
static void make(int format, int rate, int channels, bool same, const int *map) {
    SF_INFO info = {.samplerate = rate, .channels = channels, .format = format};
    SNDFILE *file = sf_open(path, SFM_WRITE, &info);
    assert_non_null(file);
    if (map)
        sf_command(file, SFC_SET_CHANNEL_MAP_INFO, (void *)(uintptr_t)map, channels * (int)sizeof *map);
    for (int i = 0; i < rate * SECONDS; i++) {
        float frame[MOST];
        for (int c = 0; c < channels; c++)
            frame[c] = (float)(0.4 * sin(2 * PI * 300 * (same ? 1 : c + 1) * i / rate));
        sf_writef_float(file, frame, 1);
    }
    sf_close(file);
}

/* The level of a tone in a channel. */
static double level(const struct nashra_clip *clip, unsigned channel, double hertz) {
    double cosine = 0, sine = 0;
    const size_t from = clip->count / 4, to = clip->count * 3 / 4;
    for (size_t i = from; i < to; i++) {
        const double sample = (double)clip->frames[i * clip->channels + channel];
        cosine += sample * cos(2 * PI * hertz * (double)i / 48000);
        sine += sample * sin(2 * PI * hertz * (double)i / 48000);
    }
    return 2 * sqrt(cosine * cosine + sine * sine) / (double)(to - from);
}

static void expect(const struct nashra_clip *clip, unsigned channel, const double *levels, int count) {
    for (int c = 0; c < count; c++)
        assert_true(fabs(level(clip, channel, 300 * (c + 1)) - 0.4 * levels[c]) < 0.004);
}

/* At another rate, too, no channel leaks into the other. */
static void stereo_stays(void **state) {
    (void)state;
    static const int rates[] = {8000, 44100, 48000, 96000};
    static const double left[] = {1, 0}, right[] = {0, 1}, half[] = {0.5, 0.5};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++) {
        struct nashra_clip clip;
        make(SF_FORMAT_WAV | SF_FORMAT_PCM_24, rates[i], 2, false, NULL);
        assert_int_equal(nashra_clip_load(path, 48000, 2, &clip), NASHRA_OK);
        assert_int_equal(clip.channels, 2);
        assert_int_equal(clip.count, 48000 * SECONDS);
        expect(&clip, 0, left, 2);
        expect(&clip, 1, right, 2);
        nashra_clip_finish(&clip);
        assert_int_equal(nashra_clip_load(path, 48000, 1, &clip), NASHRA_OK);
        assert_int_equal(clip.channels, 1);
        expect(&clip, 0, half, 2);
        nashra_clip_finish(&clip);
    }
}

/* A stereo file is read twice: first for whether its sides differ. */
static void other_formats_are_read_from_their_start(void **state) {
    (void)state;
    static const int formats[] = {SF_FORMAT_FLAC | SF_FORMAT_PCM_16, SF_FORMAT_OGG | SF_FORMAT_VORBIS,
                                  SF_FORMAT_OGG | SF_FORMAT_OPUS, SF_FORMAT_AIFF | SF_FORMAT_PCM_24,
                                  SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct nashra_clip stereo, mono;
        make(formats[i], 48000, 2, false, NULL);
        assert_int_equal(nashra_clip_load(path, 48000, 2, &stereo), NASHRA_OK);
        assert_int_equal(nashra_clip_load(path, 48000, 1, &mono), NASHRA_OK);
        assert_int_equal(stereo.channels, 2);
        assert_int_equal(stereo.count, mono.count);
        assert_true(stereo.count >= 48000 * SECONDS && stereo.count < 48000 * SECONDS + 5000);
        for (size_t k = 0; k < mono.count; k++)
            assert_true(fabsf((stereo.frames[2 * k] + stereo.frames[2 * k + 1]) / 2 - mono.frames[k]) < 1e-4f);
        nashra_clip_finish(&stereo);
        nashra_clip_finish(&mono);
    }
}

static void equal_sides_are_mono(void **state) {
    (void)state;
    static const double whole[] = {1};
    struct nashra_clip clip, mono;
    make(SF_FORMAT_WAV | SF_FORMAT_ULAW, 8000, 2, true, NULL);
    assert_int_equal(nashra_clip_load(path, 48000, 2, &clip), NASHRA_OK);
    assert_int_equal(clip.channels, 1);
    expect(&clip, 0, whole, 1);
    assert_int_equal(nashra_clip_load(path, 48000, 1, &mono), NASHRA_OK);
    assert_memory_equal(clip.frames, mono.frames, clip.count * sizeof *clip.frames);
    nashra_clip_finish(&clip);
    nashra_clip_finish(&mono);
    make(SF_FORMAT_WAV | SF_FORMAT_PCM_16, 48000, 1, true, NULL);
    assert_int_equal(nashra_clip_load(path, 48000, 2, &clip), NASHRA_OK);
    assert_int_equal(clip.channels, 1);
    expect(&clip, 0, whole, 1);
    nashra_clip_finish(&clip);
}

/* Left, right, centre, LFE, surround left and right, by the order of WAV and by
 * what a file says. */
static void surround_becomes_stereo(void **state) {
    (void)state;
    static const int film[] = {SF_CHANNEL_MAP_LEFT,      SF_CHANNEL_MAP_CENTER,     SF_CHANNEL_MAP_RIGHT,
                               SF_CHANNEL_MAP_REAR_LEFT, SF_CHANNEL_MAP_REAR_RIGHT, SF_CHANNEL_MAP_LFE};
    static const struct {
        int format;
        const int *map;
        double left[6], right[6];
    } cases[] = {
        {SF_FORMAT_FLAC | SF_FORMAT_PCM_16, NULL, {1, 0, .7071, 0, .7071, 0}, {0, 1, .7071, 0, 0, .7071}},
        {SF_FORMAT_WAV | SF_FORMAT_PCM_16, NULL, {1, 0, .7071, 0, .7071, 0}, {0, 1, .7071, 0, 0, .7071}},
        {SF_FORMAT_CAF | SF_FORMAT_PCM_16, film, {1, .7071, 0, .7071, 0, 0}, {0, .7071, 1, 0, .7071, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct nashra_clip clip;
        make(cases[i].format, 48000, 6, false, cases[i].map);
        assert_int_equal(nashra_clip_load(path, 48000, 2, &clip), NASHRA_OK);
        assert_int_equal(clip.channels, 2);
        expect(&clip, 0, cases[i].left, 6);
        expect(&clip, 1, cases[i].right, 6);
        nashra_clip_finish(&clip);
    }
}

static void what_is_no_sound(void **state) {
    (void)state;
    struct nashra_clip clip;
    FILE *file = fopen(path, "w");
    fputs("text", file);
    fclose(file);
    assert_int_equal(nashra_clip_load(path, 48000, 2, &clip), NASHRA_EDATA);
    assert_non_null(strstr(message, path));
    assert_int_equal(nashra_clip_load("/nonexistent", 48000, 2, &clip), NASHRA_ENOINPUT);
    assert_int_equal(nashra_clip_load("/tmp", 48000, 2, &clip), NASHRA_ENOINPUT);
}

static void every_allocation_fails_once(void **state) {
    (void)state;
    struct nashra_clip clip;
    make(SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 2, false, NULL);
    for (unsigned long n = 1; n <= 2; n++) {
        nashra_alloc_fail_after(n);
        assert_int_equal(nashra_clip_load(path, 48000, 2, &clip), NASHRA_ENOMEM);
        nashra_alloc_fail_after(0);
        assert_null(clip.frames);
    }
}

static int set_up(void **state) {
    (void)state;
    nashra_log_set_handler(keep_message, NULL);
    const int fd = mkstemp(path);
    return fd < 0 ? -1 : close(fd);
}

static int tear_down(void **state) {
    (void)state;
    return unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stereo_stays),         cmocka_unit_test(other_formats_are_read_from_their_start),
        cmocka_unit_test(equal_sides_are_mono), cmocka_unit_test(surround_becomes_stereo),
        cmocka_unit_test(what_is_no_sound),     cmocka_unit_test(every_allocation_fails_once),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
