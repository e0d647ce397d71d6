/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables in data/ and what is read from them: every row can be used, and a damaged table is refused with its file
 * and line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <nashra/phonemise.h>
#include <nashra/table.h>

#include "inventory.h"
#include "lexicon.h"
#include "wasl.h"

static char reported[1000];

static void keep_message(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)user;
    snprintf(reported, sizeof reported, "%s", message);
}

static void load_rows(const char *name, nashra_row_fn row, void *user) {
    struct nashra_buffer path = {0};
    struct nashra_table *table = NULL;
    assert_int_equal(nashra_data_path(name, &path), NASHRA_OK);
    assert_int_equal(nashra_table_load(nashra_buffer_string(&path), 1, row, user, &table), NASHRA_OK);
    nashra_table_destroy(table);
    nashra_buffer_finish(&path);
}

struct sayer {
    struct nashra_phonemiser *phonemiser;
    struct nashra_arena *arena;
    size_t count;
};

static const char *say(struct sayer *sayer, const char *text) {
    struct nashra_word word = {.text = text, .confidence = 1, .ending_confidence = 1};
    struct nashra_sentence sentence = {.words = &word, .count = 1, .arena = sayer->arena};
    assert_int_equal(nashra_phonemise(sayer->phonemiser, &sentence), NASHRA_OK);
    return word.phonemes;
}

/* A respelling must be fully marked: a word alone then sounds as its respelling does. */
static int check_foreign(const struct nashra_row *row, void *user) {
    struct sayer *sayer = user;
    char name[200];
    snprintf(name, sizeof name, "%s", say(sayer, row->fields[0]));
    if (strcmp(name, say(sayer, row->fields[1])) != 0)
        fail_msg("%s:%zu: %s is said %s, its respelling %s", row->file, row->line, row->fields[0], name,
                 say(sayer, row->fields[1]));
    sayer->count++;
    return NASHRA_OK;
}

static void every_respelling_is_taken(void **state) {
    (void)state;
    struct sayer sayer = {.arena = nashra_arena_create()};
    assert_int_equal(nashra_phonemiser_create(NASHRA_ENDINGS_FULL, &sayer.phonemiser), NASHRA_OK);
    load_rows("foreign.tsv", check_foreign, &sayer);
    assert_true(sayer.count > 300);
    nashra_phonemiser_destroy(sayer.phonemiser);
    nashra_arena_destroy(sayer.arena);
}

static int check_kind(const struct nashra_row *row, void *user) {
    const struct nashra_inventory *inventory = user;
    struct nashra_buffer ipa = {0};
    int status = nashra_inventory_to_ipa(inventory, row->fields[0], &ipa);
    bool used = strcmp(row->fields[1], "-") != 0;
    if ((status == NASHRA_OK) != used)
        fail_msg("%s:%zu: IPA of %s", row->file, row->line, row->fields[0]);
    nashra_buffer_finish(&ipa);
    return NASHRA_OK;
}

static void every_phoneme_has_its_ipa(void **state) {
    (void)state;
    struct nashra_inventory *inventory = NULL;
    nashra_log_set_level(NASHRA_LOG_ERROR);
    nashra_log_set_handler(keep_message, NULL);
    assert_int_equal(nashra_inventory_create(&inventory), NASHRA_OK);
    load_rows("phonemes.tsv", check_kind, inventory);
    nashra_inventory_destroy(inventory);
    nashra_log_set_handler(NULL, NULL);
}

/* ا is a wasl in: */
static void where_the_wasl_is(void **state) {
    (void)state;
    static const struct {
        const char *word;
        size_t index;
        bool found, article;
        enum nashra_vowel_mark vowel;
    } cases[] = {
        {"الْبَيْت", 0, true, true, NASHRA_MARK_A},    {"الشَّمْس", 0, true, true, NASHRA_MARK_A},
        {"الَّذِي", 0, true, true, NASHRA_MARK_A},     {"وَالْبَيْت", 1, true, true, NASHRA_MARK_A},
        {"الْتِزَام", 0, true, false, NASHRA_MARK_I},  {"انْطَلَقَ", 0, true, false, NASHRA_MARK_I},
        {"اتَّفَقَ", 0, true, false, NASHRA_MARK_I},    {"وَاتَّفَقَ", 1, true, false, NASHRA_MARK_I},
        {"اُنْتُخِبَ", 0, true, false, NASHRA_MARK_U},   {"انْتُخِبَ", 0, true, false, NASHRA_MARK_U},
        {"اكْتُبْ", 0, true, false, NASHRA_MARK_U},    {"اسْمُهُ", 0, true, false, NASHRA_MARK_I},
        {"ابْنُ", 0, true, false, NASHRA_MARK_I},     {"امْرَأَة", 0, true, false, NASHRA_MARK_I},
        {"اثْنَانِ", 0, true, false, NASHRA_MARK_I},   {"بِاسْتِقْبَال", 1, true, false, NASHRA_MARK_I},
        {"وَابْنُ", 1, true, false, NASHRA_MARK_I},    {"كَافَّة", 1, false, false, NASHRA_NO_VOWEL},
        {"بَارْك", 1, false, false, NASHRA_NO_VOWEL}, {"وَالِد", 1, false, false, NASHRA_NO_VOWEL},
        {"فَالِح", 1, false, false, NASHRA_NO_VOWEL}, {"كَاتِب", 1, false, false, NASHRA_NO_VOWEL},
        {"اَحْمَد", 0, false, false, NASHRA_NO_VOWEL}, {"فَانْس", 1, false, false, NASHRA_NO_VOWEL},
        {"دَابَّة", 1, false, false, NASHRA_NO_VOWEL}, {"الِانْتِخَاب", 0, true, true, NASHRA_MARK_A},
    };
    struct nashra_arena *arena = nashra_arena_create();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct nashra_spelling spelling;
        assert_int_equal(nashra_spelling_read(cases[i].word, arena, &spelling), NASHRA_OK);
        struct nashra_wasl wasl = nashra_wasl_at(&spelling, cases[i].index);
        if (wasl.found != cases[i].found || wasl.article != cases[i].article || wasl.vowel != cases[i].vowel)
            fail_msg("%s: found %d, article %d, vowel %d", cases[i].word, wasl.found, wasl.article, (int)wasl.vowel);
    }
    nashra_arena_destroy(arena);
}

static char directory[] = "/tmp/nashra-tables-XXXXXX";

static void copy_table(const char *name) {
    struct nashra_buffer from = {0};
    char to[300];
    assert_int_equal(nashra_data_path(name, &from), NASHRA_OK);
    snprintf(to, sizeof to, "%s/%s", directory, name);
    FILE *in = fopen(nashra_buffer_string(&from), "rb"), *out = fopen(to, "wb");
    assert_non_null(in);
    assert_non_null(out);
    for (int c; (c = getc(in)) != EOF;)
        putc(c, out);
    fclose(in);
    fclose(out);
    nashra_buffer_finish(&from);
}

static const char *const tables[] = {"phonemes.tsv",  "pronounce.tsv", "foreign.tsv",
                                     "particles.tsv", "adverbs.tsv",   "phrasing.tsv"};

/* With one line appended to one table, the phonemiser must refuse to start and name file and line. */
static void refuses(const char *name, const char *line, const char *cause) {
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        copy_table(tables[i]);
    char path[300];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *out = fopen(path, "ab");
    fprintf(out, "%s\n", line);
    fclose(out);
    char *before = strdup(getenv("NASHRA_DATA") ? getenv("NASHRA_DATA") : "data");
    setenv("NASHRA_DATA", directory, 1);
    struct nashra_phonemiser *phonemiser = NULL;
    int status = nashra_phonemiser_create(NASHRA_ENDINGS_FULL, &phonemiser);
    setenv("NASHRA_DATA", before, 1);
    free(before);
    assert_int_equal(status, NASHRA_ECONFIG);
    assert_null(phonemiser);
    assert_non_null(strstr(reported, path));
    if (!strstr(reported, cause))
        fail_msg("\"%s\" doesn't say \"%s\"", reported, cause);
}

static void damaged_tables_are_refused(void **state) {
    (void)state;
    assert_non_null(mkdtemp(directory));
    nashra_log_set_handler(keep_message, NULL);
    refuses("phonemes.tsv", "abcde\ta\tvowel", "1 to 4 characters");
    refuses("phonemes.tsv", "ab\ta\tvovel", "unknown kind");
    refuses("phonemes.tsv", "ab\ta\tvowel\tx", "not an Arabic letter");
    refuses("pronounce.tsv", "كتب\tsometimes", "unknown flag");
    refuses("pronounce.tsv", "ab(ا)", "which is no letter");
    refuses("particles.tsv", "كتب\tlink-o", "unknown flag");
    refuses("phrasing.tsv", "كتب\tmuch\t-", "weight");
    refuses("phrasing.tsv", "كتب\t3\tperhaps", "weight");
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char path[300];
        snprintf(path, sizeof path, "%s/%s", directory, tables[i]);
        unlink(path);
    }
    rmdir(directory);
    nashra_log_set_handler(NULL, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_respelling_is_taken),
        cmocka_unit_test(every_phoneme_has_its_ipa),
        cmocka_unit_test(where_the_wasl_is),
        cmocka_unit_test(damaged_tables_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
