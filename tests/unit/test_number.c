/* SPDX-License-Identifier: GPL-3.0-or-later */
/* nashra_number_spell() against tests/unit/data/number.tsv, and what it must refuse. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "number_cases.h"

static void quiet(enum nashra_log_level level, const char *message, void *user) {
    (void)level, (void)message, (void)user;
}

static void parse_word(const char *word, struct nashra_number_form *form) {
    if (strcmp(word, "f") == 0)
        form->gender = NASHRA_FEMININE;
    else if (strcmp(word, "acc") == 0)
        form->grammatical_case = NASHRA_ACCUSATIVE;
    else if (strcmp(word, "gen") == 0)
        form->grammatical_case = NASHRA_GENITIVE;
    else if (strcmp(word, "construct") == 0)
        form->construct = true;
    else if (strcmp(word, "ordinal") == 0)
        form->ordinal = true;
    else if (strcmp(word, "definite") == 0)
        form->definite = true;
    else if (strncmp(word, "noun=", 5) == 0)
        form->noun = word + 5;
    else if (strncmp(word, "currency=", 9) == 0)
        form->currency = word + 9;
    else if (strcmp(word, "-") != 0 && strcmp(word, "m") != 0 && strcmp(word, "nom") != 0)
        fail_msg("unknown form '%s'", word);
}

static struct nashra_number_form parse_form(char *words) {
    struct nashra_number_form form = {0};
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
        parse_word(word, &form);
    return form;
}

static int check_row(const struct nashra_row *row, void *user) {
    struct state *s = user;
    struct nashra_buffer bare = {0}, marked = {0};
    char *form_words = strdup(row->fields[1]);
    struct nashra_number_form form = parse_form(form_words);
    assert_int_equal(nashra_number_spell(s->numbers, row->fields[0], &form, &bare, &marked), NASHRA_OK);
    expect(s, row, nashra_buffer_string(&bare), row->fields[2]);
    if (strcmp(row->fields[3], "-") != 0)
        expect(s, row, nashra_buffer_string(&marked), row->fields[3]);
    s->cases++;
    free(form_words);
    nashra_buffer_finish(&bare);
    nashra_buffer_finish(&marked);
    return NASHRA_OK;
}

static void test_table(void **state) {
    struct state *s = *state;
    struct nashra_table *table;
    assert_int_equal(nashra_table_load("tests/unit/data/number.tsv", 4, check_row, s, &table), NASHRA_OK);
    nashra_table_destroy(table);
    assert_true(s->cases >= 150);
    assert_int_equal(s->failures, 0);
}

static void test_refused(void **state) {
    static const char *const wrong[] = {"",        "-",    "+",     ".",      "abc", "1,2,3",
                                        "12,34.5", "1..2", "1.2.3", "1,250,", "3.",  "1.25.000",
                                        "1٫2٫3",   "1٬23", "--5",   "1 2 3",  "5x",  "1,250.5,5"};
    struct state *s = *state;
    struct nashra_number_form form = {0};
    nashra_log_set_handler(quiet, NULL);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct nashra_buffer bare = {0};
        if (nashra_number_spell(s->numbers, wrong[i], &form, &bare, NULL) != NASHRA_EDATA)
            fail_msg("'%s' was taken for a number: %s", wrong[i], nashra_buffer_string(&bare));
        nashra_buffer_finish(&bare);
    }
    form.currency = "XYZ";
    assert_int_equal(nashra_number_spell(s->numbers, "5", &form, NULL, NULL), NASHRA_EUSAGE);
    form.currency = "SAR";
    form.ordinal = true;
    assert_int_equal(nashra_number_spell(s->numbers, "5", &form, NULL, NULL), NASHRA_EUSAGE);
    form = (struct nashra_number_form){.noun = "\xD9"};
    assert_int_equal(nashra_number_spell(s->numbers, "5", &form, NULL, NULL), NASHRA_EUSAGE);
    nashra_log_set_handler(NULL, NULL);
}

/* Fresh tables each time: readings are kept, and a second spelling needs less memory. Returns the status. */
static int spell_failing(const char *digits, const struct nashra_number_form *form, unsigned long n,
                         unsigned long *needed) {
    struct nashra_numbers *numbers;
    struct nashra_buffer bare = {0}, marked = {0};
    assert_int_equal(nashra_numbers_create(&numbers), NASHRA_OK);
    nashra_alloc_fail_after(n);
    int status = nashra_number_spell(numbers, digits, form, &bare, &marked);
    *needed = nashra_alloc_count();
    nashra_alloc_fail_after(0);
    nashra_buffer_finish(&bare);
    nashra_buffer_finish(&marked);
    nashra_numbers_destroy(numbers);
    return status;
}

static void spell_with_each_failure(const char *digits, const struct nashra_number_form *form) {
    unsigned long needed, ignored;
    assert_int_equal(spell_failing(digits, form, 0, &needed), NASHRA_OK);
    assert_true(needed > 0);
    for (unsigned long n = 1; n <= needed; n++)
        assert_int_equal(spell_failing(digits, form, n, &ignored), NASHRA_ENOMEM);
}

/* Every allocation fails once; nothing leaks, nothing is half done. */
static void test_out_of_memory(void **state) {
    (void)state;
    struct nashra_number_form plain = {0}, noun = {.noun = "كتاب"}, money = {.currency = "SAR"};
    spell_with_each_failure("123456", &plain);
    spell_with_each_failure("12345.5", &plain);
    spell_with_each_failure("102", &noun);
    spell_with_each_failure("1250.75", &money);
    for (unsigned long n = 1;; n += 7) {
        struct nashra_numbers *numbers;
        nashra_alloc_fail_after(n);
        int status = nashra_numbers_create(&numbers);
        nashra_alloc_fail_after(0);
        nashra_numbers_destroy(numbers);
        if (status == NASHRA_OK)
            break;
        assert_int_equal(status, NASHRA_ENOMEM);
    }
}

/* Hostile length stays linear: a million digits in well under the test's time limit. */
static void test_long_number(void **state) {
    struct state *s = *state;
    struct nashra_number_form form = {0};
    struct nashra_buffer bare = {0};
    char *digits = malloc(1000001);
    memset(digits, '7', 1000000);
    digits[1000000] = '\0';
    assert_int_equal(nashra_number_spell(s->numbers, digits, &form, &bare, NULL), NASHRA_OK);
    assert_true(bare.length > 1000000);
    nashra_buffer_finish(&bare);
    free(digits);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_long_number),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
