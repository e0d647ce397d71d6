/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <nashra/memory.h>

#include "feat.h"

static struct feat f;

static void scan(const char *text) {
    assert_true(nashra_feat_scan(&f, text, strlen(text)));
}

static int finish(void **state) {
    (void)state;
    nashra_alloc_fail_after(0);
    nashra_feat_finish(&f);
    return 0;
}

static unsigned symbol(uint32_t code_point) {
    return nashra_feat_symbol_of(code_point);
}

static void letters_have_symbols_of_their_own(void **state) {
    (void)state;
    unsigned seen = 0;
    for (uint32_t c = 0x0621; c <= 0x064A; c++) {
        if (c > 0x063A && c < 0x0641)
            continue;
        assert_int_equal(nashra_feat_letter(nashra_feat_symbol_of(c)), c);
        seen++;
    }
    assert_int_equal(seen, 36);
    assert_int_equal(nashra_feat_letter(FEAT_NUMBER), 0);
    assert_int_equal(symbol(0x06CC), symbol(0x064A)); /* Persian ya */
    assert_int_equal(symbol(0x0671), symbol(0x0627)); /* alif wasla */
}

static void words_numbers_and_foreign_runs_are_units(void **state) {
    (void)state;
    scan("في 2014 قال BBC، نعم.");
    assert_int_equal(f.units, 5);
    static const unsigned counts[] = {2, 1, 3, 1, 3};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(f.unit[i].count, counts[i]);
    assert_int_equal(f.position[f.unit[1].first].symbol, FEAT_NUMBER);
    assert_int_equal(f.position[f.unit[3].first].symbol, FEAT_FOREIGN);
    assert_int_equal(f.position[f.unit[4].first - 1].symbol, FEAT_COMMA);
    assert_int_equal(f.position[f.positions - 1].symbol, FEAT_STOP);
    assert_int_equal(f.unit[4].token, 4);
}

static void a_gap_is_its_strongest_mark(void **state) {
    (void)state;
    scan("\"نعم\" ، (لا)؟");
    assert_int_equal(f.units, 2);
    assert_int_equal(f.position[0].symbol, FEAT_QUOTE);
    assert_int_equal(f.position[f.unit[1].first - 1].symbol, FEAT_COMMA);
    assert_int_equal(f.position[f.positions - 1].symbol, FEAT_QUESTION);
}

static void kinds_that_touch_are_parted(void **state) {
    (void)state;
    scan("و80ب");
    assert_int_equal(f.units, 3);
    assert_int_equal(f.positions, 7);
    assert_int_equal(f.position[2].symbol, FEAT_SPACE);
    assert_int_equal(f.unit[2].token, 0);
}

static void marks_are_labels_in_any_order(void **state) {
    (void)state;
    scan("كَتَبَ مُدَرِّسٌ شَدًّا شَدّاً");
    static const uint8_t teacher[] = {FEAT_DAMMA, FEAT_FATHA, FEAT_SHADDA_KASRA, FEAT_DAMMATAN};
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(f.position[f.unit[1].first + i].label, teacher[i]);
    assert_int_equal(f.position[f.unit[2].first + 1].label, FEAT_SHADDA_FATHATAN);
    assert_int_equal(f.position[f.unit[3].first + 1].label, FEAT_SHADDA_FATHATAN);
    assert_int_equal(f.position[f.unit[3].first + 2].label, FEAT_NONE);
}

static void fathatan_on_a_last_alif_is_its_neighbours(void **state) {
    (void)state;
    scan("كتاباً هدىً شيءً رَاً");
    assert_int_equal(f.position[f.unit[0].first + 3].label, FEAT_FATHATAN);
    assert_int_equal(f.position[f.unit[0].first + 4].label, FEAT_NONE);
    assert_int_equal(f.position[f.unit[1].first + 1].label, FEAT_FATHATAN);
    assert_int_equal(f.position[f.unit[2].first + 2].label, FEAT_FATHATAN);
    assert_int_equal(f.position[f.unit[3].first + 1].label, FEAT_FATHATAN); /* the author says two things: both stay */
}

static void positions_know_their_bytes(void **state) {
    (void)state;
    scan("مِـن");
    assert_int_equal(f.position[1].from, 0);
    assert_int_equal(f.position[1].body, 2);
    assert_int_equal(f.position[1].to, 6); /* kasra and tatweel */
    assert_int_equal(f.position[2].from, 6);
}

static void hashes_know_words_and_affixes_without_marks(void **state) {
    (void)state;
    scan("كَتَبَ كتب يكتب الكتب كتبت");
    assert_memory_equal(f.unit[0].hash, f.unit[1].hash, sizeof f.unit[0].hash);
    assert_int_not_equal(f.unit[1].hash[FEAT_WORD_A], f.unit[2].hash[FEAT_WORD_A]);
    assert_int_equal(f.unit[1].hash[FEAT_SUFFIX], f.unit[2].hash[FEAT_SUFFIX]);
    assert_int_equal(f.unit[1].hash[FEAT_SUFFIX], f.unit[3].hash[FEAT_SUFFIX]);
    assert_int_equal(f.unit[1].hash[FEAT_PREFIX], f.unit[4].hash[FEAT_PREFIX]);
}

/* What the shipped model was trained with: with other numbers it would be as good as blind, and nothing else would
 * tell. They were computed a second time from the formula, in another language. */
static void the_model_knows_these_numbers(void **state) {
    (void)state;
    static const struct {
        const char *word;
        uint16_t hash[FEAT_HASHES];
        uint8_t symbols[11];
    } rows[] = {{"كتب", {23676, 100, 3199, 744}, {44, 25, 23}},
                {"والمستشفيات", {1512, 30225, 1742, 130}, {49, 22, 45, 46, 34, 25, 35, 42, 51, 22, 25}},
                {"ء", {1735, 21061, 1158, 3170}, {16}}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        scan(rows[i].word);
        assert_int_equal(f.units, 1);
        assert_memory_equal(f.unit[0].hash, rows[i].hash, sizeof rows[i].hash);
        for (uint32_t k = 0; k < f.unit[0].count; k++)
            assert_int_equal(f.position[f.unit[0].first + k].symbol, rows[i].symbols[k]);
    }
}

static void anything_can_be_scanned(void **state) {
    (void)state;
    scan("");
    assert_int_equal(f.units, 0);
    assert_int_equal(f.positions, 1);
    scan("\xFF\xD8 \xD9\x8E\xD9\x91 \xF0\x9F\x99\x82");
    assert_int_equal(f.units, 0);
}

static void lack_of_memory_is_told(void **state) {
    (void)state;
    nashra_feat_finish(&f);
    nashra_alloc_fail_after(1);
    assert_false(nashra_feat_scan(&f, "نعم", 6));
    nashra_alloc_fail_after(2);
    assert_false(nashra_feat_scan(&f, "نعم", 6));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(letters_have_symbols_of_their_own, finish),
        cmocka_unit_test_teardown(words_numbers_and_foreign_runs_are_units, finish),
        cmocka_unit_test_teardown(a_gap_is_its_strongest_mark, finish),
        cmocka_unit_test_teardown(kinds_that_touch_are_parted, finish),
        cmocka_unit_test_teardown(marks_are_labels_in_any_order, finish),
        cmocka_unit_test_teardown(fathatan_on_a_last_alif_is_its_neighbours, finish),
        cmocka_unit_test_teardown(positions_know_their_bytes, finish),
        cmocka_unit_test_teardown(hashes_know_words_and_affixes_without_marks, finish),
        cmocka_unit_test_teardown(the_model_knows_these_numbers, finish),
        cmocka_unit_test_teardown(anything_can_be_scanned, finish),
        cmocka_unit_test_teardown(lack_of_memory_is_told, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
