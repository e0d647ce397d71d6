/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The word lexicon that is shipped, and its loaders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <nashra/memory.h>
#include <nashra/table.h>

#include "attested.h"
#include "beam.h"
#include "common.h"
#include "test_nn_file.h"

static struct nashra_model *lexicon;
static struct attested attested;
static struct common common;

static int open_it(void **state) {
    (void)state;
    struct nashra_buffer path = {0};
    int status = nashra_data_path("diacritiser/words.lexicon", &path);
    if (status == NASHRA_OK)
        status = nashra_model_open(path.data, &lexicon);
    nashra_buffer_finish(&path);
    if (status == NASHRA_OK)
        status = nashra_attested_load(lexicon, &attested);
    return status < 0 ? status : nashra_common_load(lexicon, &common);
}

static int close_it(void **state) {
    (void)state;
    nashra_model_close(lexicon);
    return 0;
}

struct word {
    size_t count;
    uint8_t symbols[BEAM_LONGEST], labels[BEAM_LONGEST];
};

static struct word word(const char *text) {
    struct feat f = {0};
    struct word w = {0};
    assert_true(nashra_feat_scan(&f, text, strlen(text)));
    assert_int_equal(f.units, 1);
    w.count = f.unit[0].count;
    for (size_t i = 0; i < w.count; i++) {
        w.symbols[i] = f.position[1 + i].symbol;
        w.labels[i] = f.position[1 + i].label;
    }
    nashra_feat_finish(&f);
    return w;
}

static int seen(const char *text) {
    struct word w = word(text);
    return nashra_attested_word(&attested, w.symbols, w.labels, w.count);
}

static void common_markings_are_attested(void **state) {
    (void)state;
    static const char *const words[] = {"كَتَبَ", "كُتِبَ", "كُتُبٌ", "مُدَرِّسٌ", "الرَّئِيسُ", "الْحُكُومَةُ", "فِي", "هَذَا", "عَلَى"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_true(seen(words[i]));
}

static void the_ending_is_free(void **state) {
    (void)state;
    assert_true(seen("الرَّئِيسَ"));
    assert_true(seen("الرَّئِيسِ"));
}

static void clitics_come_off(void **state) {
    (void)state;
    assert_true(seen("فَلِلرَّئِيسِ") || seen("وَالرَّئِيسِ"));
    struct word w = word("بِالرَّئِيسِ");
    assert_int_equal(nashra_attested_clitic(w.symbols[0]), FEAT_KASRA);
    assert_true(nashra_attested_word(&attested, w.symbols, w.labels, w.count));
    w.labels[0] = FEAT_DAMMA;
    assert_false(nashra_attested_word(&attested, w.symbols, w.labels, w.count));
}

static void nonsense_is_not_attested(void **state) {
    (void)state;
    assert_false(seen("الرُّئُوسَ") && seen("الرِّئْيِسُ") && seen("مُدُرُّسٌ"));
    assert_true(nashra_attested_word(&(struct attested){0}, NULL, NULL, 3)); /* nothing known, nothing refused */
}

static void the_beam_finds_the_attested_one(void **state) {
    (void)state;
    struct word w = word("الرَّئِيسُ");
    float p[BEAM_LONGEST][FEAT_LABELS] = {{0}};
    uint8_t labels[BEAM_LONGEST];
    for (size_t i = 0; i < w.count; i++) {
        p[i][w.labels[i]] = 0.3f;
        p[i][w.labels[i] == FEAT_DAMMA ? FEAT_KASRA : FEAT_DAMMA] = 0.7f;
    }
    assert_true(nashra_beam_search(&attested, w.symbols, p, w.count, labels));
    assert_memory_equal(labels, w.labels, w.count - 1);
    w = word("ظغثذضظغ");
    assert_false(nashra_beam_search(&attested, w.symbols, p, w.count, labels));
}

static void frequent_words_are_known(void **state) {
    (void)state;
    static const char *const words[] = {"فِي", "الَّذِي", "هَذَا", "كَانَ"};
    uint8_t labels[BEAM_LONGEST];
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct word w = word(words[i]);
        assert_true(nashra_common_find(&common, w.symbols, w.count, labels));
        assert_memory_equal(labels, w.labels, w.count);
    }
    struct word w = word("ظغثذضظغ");
    assert_false(nashra_common_find(&common, w.symbols, w.count, labels));
    assert_false(nashra_common_find(&common, w.symbols, 0, labels));
}

static void quiet(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)message;
    (void)user;
}

static void lying_records_are_refused(void **state) {
    (void)state;
    static struct file file;
    static const uint8_t bytes[64];
    int32_t shape[4] = {100, 10, 0, 1}, count[COMMON_LONGEST + 1] = {0};
    count[3] = 5;
    file_begin(&file, 5);
    file_add(&file, "attested.shape", NASHRA_RECORD_I32, 1, (uint32_t[]){4}, shape, sizeof shape);
    file_add(&file, "attested.slots", NASHRA_RECORD_U8, 1, (uint32_t[]){64}, bytes, 64);
    file_add(&file, "common.count", NASHRA_RECORD_I32, 1, (uint32_t[]){COMMON_LONGEST + 1}, count, sizeof count);
    file_add(&file, "common.hash", NASHRA_RECORD_I32, 1, (uint32_t[]){4}, bytes, 16);
    file_add(&file, "common.labels", NASHRA_RECORD_U8, 1, (uint32_t[]){64}, bytes, 64);
    file_seal(&file);
    struct nashra_model *model = NULL;
    struct attested a;
    struct common c;
    nashra_log_set_handler(quiet, NULL);
    assert_int_equal(nashra_model_read(file.bytes, file.size, "test", &model), NASHRA_OK);
    assert_int_equal(nashra_attested_load(model, &a), NASHRA_ECONFIG);
    assert_int_equal(nashra_common_load(model, &c), NASHRA_ECONFIG);
    nashra_model_close(model);
    nashra_log_set_handler(NULL, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(common_markings_are_attested),
        cmocka_unit_test(the_ending_is_free),
        cmocka_unit_test(clitics_come_off),
        cmocka_unit_test(nonsense_is_not_attested),
        cmocka_unit_test(the_beam_finds_the_attested_one),
        cmocka_unit_test(frequent_words_are_known),
        cmocka_unit_test(lying_records_are_refused),
    };
    return cmocka_run_group_tests(tests, open_it, close_it);
}
