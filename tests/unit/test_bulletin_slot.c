/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline, and pauses that fill a slot to the frame. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "slot.h"

/* A reading of one sentence a pattern: a digit is that many tenths of a second of sound, a dot a tenth of silence. */
static void make_recital(struct nashra_recital *recital, const char *const *patterns, size_t count) {
    *recital = (struct nashra_recital){.count = count};
    recital->sentences = nashra_alloc_zeroed(count, sizeof *recital->sentences);
    for (size_t i = 0; i < count; i++)
        for (const char *at = patterns[i]; *at; at++) {
            struct nashra_sound *sound = &recital->sentences[i].sound;
            const int16_t loud = 1000;
            if (*at == '.')
                nashra_sound_add_silence(sound, 2205);
            for (int k = 0; *at != '.' && k < (*at - '0') * 2205; k++)
                nashra_sound_add(sound, &loud, 1);
        }
}

/* Pieces as a pattern again: s for speech, - for a pause, and their lengths in hundredths. */
static void describe(const struct nashra_timeline *timeline, char *out) {
    *out = '\0';
    for (size_t i = 0; i < timeline->count; i++)
        sprintf(out + strlen(out), "%c%d ", timeline->pieces[i].kind == NASHRA_PIECE_SPEECH ? 's' : '-',
                (int)((timeline->pieces[i].frames * 100 + NASHRA_AIR_RATE / 2) / NASHRA_AIR_RATE));
}

static void silences_become_pauses(void **state) {
    (void)state;
    static const char *const patterns[] = {"..5..3....", ".2..", "...", "1.."};
    struct nashra_recital recital;
    struct nashra_timeline timeline = {0};
    char got[256];
    make_recital(&recital, patterns, 4);
    assert_int_equal(nashra_timeline_add_recital(&timeline, 0, &recital), NASHRA_OK);
    nashra_timeline_place(&timeline);
    describe(&timeline, got);
    /* Speech takes 4 ms of the silence on either side with it, where there is some. */
    assert_string_equal(got, "s51 -19 s31 -49 s21 -50 s10 ");
    assert_int_equal(timeline.pieces[3].at, timeline.pieces[2].at + timeline.pieces[2].frames);
    /* A frame of sound is found where it is heard, one of silence where the next sound begins. */
    const uint64_t start = timeline.pieces[0].at;
    assert_int_equal(nashra_timeline_find(&timeline, 0, 0, 0), start);
    assert_int_equal(nashra_timeline_find(&timeline, 0, 0, 2 * 2205 + 2205), start + (2205 + 88) * 48000 / 22050);
    assert_int_equal(nashra_timeline_find(&timeline, 0, 0, 8 * 2205), timeline.pieces[2].at);
    assert_int_equal(nashra_timeline_find(&timeline, 0, 1, 0), timeline.pieces[4].at);
    assert_int_equal(nashra_timeline_find(&timeline, 0, 3, 10 * 2205), timeline.frames);
    nashra_timeline_finish(&timeline);
    nashra_recital_finish(&recital);
}

/* Any slot between the shortest and the longest is met to the frame, and no pause strays from its share. */
static void slots_are_exact(void **state) {
    (void)state;
    srand(7);
    for (int round = 0; round < 200; round++) {
        struct nashra_timeline timeline = {0};
        const size_t count = 1 + (size_t)rand() % 40;
        for (size_t i = 0; i < count; i++)
            nashra_timeline_add_pause(&timeline, 0, (1 + rand() % 1000) / 700.0, rand() % 4 != 0 || i == 0);
        const struct nashra_slot slot = nashra_slot_measure(&timeline, 50, 150);
        const uint64_t room = slot.most - slot.least + 1;
        const uint64_t wanted = slot.fixed + slot.least + (uint64_t)rand() % room;
        assert_int_equal(nashra_slot_compare(&slot, wanted), 0);
        assert_true(nashra_slot_compare(&slot, slot.fixed + slot.least - 1) < 0);
        assert_true(nashra_slot_compare(&slot, slot.fixed + slot.most + 1) > 0);
        nashra_slot_fit(&timeline, &slot, wanted);
        assert_int_equal(timeline.frames, wanted);
        const double share = (double)(wanted - slot.fixed) / (double)slot.elastic;
        for (size_t i = 0; i < timeline.count; i++) {
            const struct nashra_piece *piece = &timeline.pieces[i];
            if (piece->natural > 0)
                assert_true(labs((long)((double)piece->natural * share) - (long)piece->frames) <= 1);
        }
        nashra_timeline_finish(&timeline);
    }
}

static void no_pauses_at_all(void **state) {
    (void)state;
    struct nashra_timeline timeline = {0};
    nashra_timeline_add_pause(&timeline, 0, 1, false);
    const struct nashra_slot slot = nashra_slot_measure(&timeline, 50, 150);
    assert_int_equal(nashra_slot_compare(&slot, 48000), 0);
    assert_true(nashra_slot_compare(&slot, 48001) > 0);
    nashra_slot_fit(&timeline, &slot, 48000);
    assert_int_equal(timeline.frames, 48000);
    nashra_timeline_finish(&timeline);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(silences_become_pauses),
        cmocka_unit_test(slots_are_exact),
        cmocka_unit_test(no_pauses_at_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
