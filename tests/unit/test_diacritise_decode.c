/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "decode.h"

static struct feat f;

static struct decode_word word(const char *text) {
    assert_true(nashra_feat_scan(&f, text, strlen(text)));
    return (struct decode_word){f.position + f.unit[0].first, f.unit[0].count};
}

static int finish(void **state) {
    (void)state;
    nashra_feat_finish(&f);
    return 0;
}

static int may(const struct decode_word *w, size_t at, unsigned label) {
    return nashra_decode_legal(w, at) >> label & 1;
}

static void long_vowels_are_bare(void **state) {
    (void)state;
    struct decode_word w = word("كتاب");
    assert_int_equal(nashra_decode_legal(&w, 2), 1u << FEAT_NONE);
    w = word("هدى");
    assert_int_equal(nashra_decode_legal(&w, 2), 1u << FEAT_NONE);
}

/* Sukun is: فْرَنْسُوا. */
static void words_dont_begin_doubled(void **state) {
    (void)state;
    struct decode_word w = word("كتب");
    assert_true(may(&w, 0, FEAT_SUKUN));
    assert_false(may(&w, 0, FEAT_SHADDA_FATHA));
    assert_true(may(&w, 0, FEAT_FATHA));
    assert_true(may(&w, 1, FEAT_SUKUN));
}

static void tanwin_is_at_the_end(void **state) {
    (void)state;
    struct decode_word w = word("بيت");
    assert_false(may(&w, 1, FEAT_DAMMATAN));
    assert_true(may(&w, 2, FEAT_DAMMATAN));
    assert_false(may(&w, 2, FEAT_FATHATAN)); /* that would be بيتا */
    w = word("بيتا");
    assert_true(may(&w, 2, FEAT_FATHATAN));
    assert_false(may(&w, 2, FEAT_DAMMATAN));
    w = word("مدينة");
    assert_true(may(&w, 4, FEAT_FATHATAN));
    w = word("ماء");
    assert_true(may(&w, 2, FEAT_FATHATAN));
}

static void given_marks_bind(void **state) {
    (void)state;
    struct decode_word w = word("كُتب");
    assert_int_equal(nashra_decode_legal(&w, 0), 1u << FEAT_DAMMA);
    w = word("مدرّس");
    assert_true(may(&w, 2, FEAT_SHADDA_KASRA));
    assert_true(may(&w, 2, FEAT_SHADDA_FATHA));
    assert_false(may(&w, 2, FEAT_KASRA));
    assert_true(nashra_decode_agrees(FEAT_NONE, FEAT_SUKUN));
    assert_false(nashra_decode_agrees(FEAT_KASRA, FEAT_SHADDA_KASRA));
}

static void long_vowels_of_marked_words_stay_long(void **state) {
    (void)state;
    struct decode_word w = word("بِلِينْكِن");
    assert_int_equal(nashra_decode_legal(&w, 2), 1u << FEAT_NONE);
    w = word("وَلِيد");
    assert_int_equal(nashra_decode_legal(&w, 2), 1u << FEAT_NONE);
    w = word("رُوبِن");
    assert_int_equal(nashra_decode_legal(&w, 1), 1u << FEAT_NONE);
    w = word("مِياه"); /* the next letter says that it is none */
    assert_true(may(&w, 1, FEAT_FATHA));
    w = word("طُول"); /* his mark tells the word: طُول, not طَوِيل */
    assert_int_equal(nashra_decode_legal(&w, 1), 1u << FEAT_NONE);
    w = word("عِيسوي"); /* the next letter is open */
    assert_true(may(&w, 1, FEAT_FATHA));
    w = word("وليد");
    assert_true(may(&w, 2, FEAT_FATHA));
}

static void the_best_legal_label_is_chosen(void **state) {
    (void)state;
    const struct attested anything = {0};
    struct decode_word w = word("كتب");
    float logits[3][2 * FEAT_LABELS] = {{0}};
    struct decode_choice choices[3];
    for (size_t i = 0; i < 3; i++) {
        logits[i][FEAT_SHADDA_FATHA] = 9.0f;
        logits[i][FEAT_DAMMA] = 5.0f;
        logits[i][FEAT_LABELS + FEAT_KASRA] = 9.0f;
    }
    nashra_decode_word(&anything, &w, logits[0], 2 * FEAT_LABELS, FEAT_LABELS, choices);
    assert_int_equal(choices[0].label, FEAT_DAMMA);
    assert_true(choices[0].probability > 0.9f);
    assert_int_equal(choices[1].label, FEAT_SHADDA_FATHA);
    assert_int_equal(choices[2].label, FEAT_KASRA);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(long_vowels_are_bare, finish),
        cmocka_unit_test_teardown(words_dont_begin_doubled, finish),
        cmocka_unit_test_teardown(tanwin_is_at_the_end, finish),
        cmocka_unit_test_teardown(given_marks_bind, finish),
        cmocka_unit_test_teardown(long_vowels_of_marked_words_stay_long, finish),
        cmocka_unit_test_teardown(the_best_legal_label_is_chosen, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
