/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The phrases of number.h against tests/unit/data/number-phrase.tsv. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "number_cases.h"

#include "number/number.h"

/* One row on its way. */
struct test {
    const struct nashra_numbers *numbers;
    struct nashra_phrase phrase;
    const char *what;
    struct nashra_decimal decimal;
    struct nashra_stance stance;
    enum nashra_region region;
    bool qualified;
};

static void parse_word(const char *word, struct test *t) {
    if (strcmp(word, "f") == 0)
        t->stance.gender = NASHRA_FEMININE;
    else if (strcmp(word, "acc") == 0)
        t->stance.grammatical_case = NASHRA_ACCUSATIVE;
    else if (strcmp(word, "gen") == 0)
        t->stance.grammatical_case = NASHRA_GENITIVE;
    else if (strcmp(word, "construct") == 0)
        t->stance.construct = true;
    else if (strcmp(word, "definite") == 0)
        t->stance.definite = NASHRA_DEFINITE;
    else if (strcmp(word, "definite_number") == 0)
        t->stance.definite = NASHRA_DEFINITE_NUMBER;
    else if (strcmp(word, "qualified") == 0)
        t->qualified = true;
    else if (strcmp(word, "levant") == 0)
        t->region = NASHRA_REGION_LEVANT;
    else if (strcmp(word, "maghreb") == 0)
        t->region = NASHRA_REGION_MAGHREB;
    else if (strcmp(word, "morocco") == 0)
        t->region = NASHRA_REGION_MOROCCO;
    else if (strcmp(word, "-") != 0)
        fail_msg("unknown form '%s'", word);
}

static int say_scaled(struct test *t) {
    unsigned scales[4];
    size_t count = 0;
    struct nashra_noun_match match;
    bool noun = false;
    char *words = strdup(t->what);
    for (char *word = strtok(words, " "); word; word = strtok(NULL, " ")) {
        unsigned power = nashra_scale_find(t->numbers, word, strlen(word));
        if (power)
            scales[count++] = power;
        else
            noun = nashra_noun_find(t->numbers, t->phrase.arena, word, strlen(word), &match) == NASHRA_OK;
    }
    free(words);
    return nashra_phrase_scaled(t->numbers, &t->phrase, &t->decimal, scales, count, noun ? &match.noun : NULL,
                                t->stance);
}

static int say_measure(struct test *t) {
    const struct nashra_unit *unit = nashra_unit_find(t->numbers, t->what, strlen(t->what));
    assert_non_null(unit);
    return nashra_phrase_measure(t->numbers, &t->phrase, &t->decimal, NULL, 0, unit, t->stance);
}

static int say_money(struct test *t) {
    const struct nashra_currency *currency = nashra_currency_find(t->numbers, t->what, strlen(t->what), t->region);
    assert_non_null(currency);
    return nashra_phrase_money(t->numbers, &t->phrase, &t->decimal, NULL, 0, currency,
                               t->qualified ? nashra_currency_adjective(currency) : NULL, t->stance);
}

static int say_percent(struct test *t) {
    return nashra_phrase_percent(t->numbers, &t->phrase, &t->decimal, t->stance);
}

static int say_year(struct test *t) {
    return nashra_phrase_year(t->numbers, &t->phrase, &t->decimal,
                              *t->what == 'f' ? NASHRA_FEMININE : NASHRA_MASCULINE);
}

static int say_prefix(struct test *t) {
    int status = nashra_phrase_cardinal(t->numbers, &t->phrase, &t->decimal, t->stance);
    return status < 0 ? status : nashra_phrase_prefix(&t->phrase, 0, t->what);
}

static int say_written(struct test *t) {
    struct nashra_noun_match match;
    assert_int_equal(nashra_noun_find(t->numbers, t->phrase.arena, t->what, strlen(t->what), &match), NASHRA_OK);
    return nashra_phrase_noun_as_written(&t->phrase, t->what, strlen(t->what), &match,
                                         nashra_decimal_counted(&t->decimal), t->stance);
}

static int say_fraction(struct test *t, const char *number) {
    unsigned long whole = 0, numerator, denominator;
    char integer[16];
    struct nashra_decimal decimal;
    bool mixed = sscanf(number, "%lu %lu/%lu", &whole, &numerator, &denominator) == 3;
    if (!mixed)
        assert_int_equal(sscanf(number, "%lu/%lu", &numerator, &denominator), 2);
    snprintf(integer, sizeof integer, "%lu", whole);
    assert_int_equal(nashra_decimal_parse(t->phrase.arena, integer, strlen(integer), &decimal), NASHRA_OK);
    return nashra_phrase_fraction(t->numbers, &t->phrase, mixed ? &decimal : NULL, numerator, denominator, t->stance);
}

static int say(struct test *t, const char *kind, const char *number) {
    if (strcmp(kind, "fraction") == 0)
        return say_fraction(t, number);
    if (strcmp(kind, "digits") == 0)
        return nashra_phrase_digits(t->numbers, &t->phrase, number, strlen(number));
    static const struct {
        const char *kind;
        int (*say)(struct test *);
    } kinds[] = {{"scaled", say_scaled}, {"measure", say_measure}, {"money", say_money},    {"percent", say_percent},
                 {"year", say_year},     {"prefix", say_prefix},   {"written", say_written}};
    assert_int_equal(nashra_decimal_parse(t->phrase.arena, number, strlen(number), &t->decimal), NASHRA_OK);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].kind, kind) == 0)
            return kinds[i].say(t);
    fail_msg("unknown kind '%s'", kind);
    return NASHRA_EINTERNAL;
}

static void expect_phrase(struct state *s, const struct nashra_row *row, const struct nashra_phrase *phrase) {
    struct nashra_buffer bare = {0}, marked = {0};
    for (size_t i = 0; i < phrase->count; i++) {
        nashra_buffer_add_format(&bare, "%s%s", i ? " " : "", phrase->words[i].bare);
        nashra_buffer_add_format(&marked, "%s%s", i ? " " : "", phrase->words[i].marked);
    }
    expect(s, row, nashra_buffer_string(&bare), row->fields[4]);
    if (strcmp(row->fields[5], "-") != 0)
        expect(s, row, nashra_buffer_string(&marked), row->fields[5]);
    nashra_buffer_finish(&bare);
    nashra_buffer_finish(&marked);
}

static void check_find(struct state *s, const struct nashra_row *row, struct nashra_arena *arena) {
    struct nashra_noun_match match;
    struct nashra_buffer got = {0};
    const char *word = row->fields[1];
    assert_int_equal(nashra_noun_find(s->numbers, arena, word, strlen(word), &match), NASHRA_OK);
    nashra_buffer_add_format(&got, "%s %s %c %c%s%s%s", match.noun.singular, match.noun.plural,
                             match.noun.gender == NASHRA_FEMININE ? 'f' : 'm', "sdp"[match.number],
                             match.oblique ? "o" : "", match.accusative_alif ? "a" : "", match.construct ? "c" : "");
    expect(s, row, nashra_buffer_string(&got), row->fields[2]);
    nashra_buffer_finish(&got);
}

static int check_row(const struct nashra_row *row, void *user) {
    struct state *s = user;
    struct test t = {.numbers = s->numbers, .phrase.arena = nashra_arena_create(), .what = row->fields[2]};
    char *form = strdup(row->fields[3]);
    for (char *word = strtok(form, " "); word; word = strtok(NULL, " "))
        parse_word(word, &t);
    if (strcmp(row->fields[0], "find") == 0) {
        check_find(s, row, t.phrase.arena);
    } else {
        assert_int_equal(say(&t, row->fields[0], row->fields[1]), NASHRA_OK);
        expect_phrase(s, row, &t.phrase);
    }
    s->cases++;
    free(form);
    nashra_arena_destroy(t.phrase.arena);
    return NASHRA_OK;
}

static void test_table(void **state) {
    struct state *s = *state;
    struct nashra_table *table;
    assert_int_equal(nashra_table_load("tests/unit/data/number-phrase.tsv", 6, check_row, s, &table), NASHRA_OK);
    nashra_table_destroy(table);
    assert_true(s->cases >= 100);
    assert_int_equal(s->failures, 0);
}

/* The binary search over nouns.tsv needs its order. */
static int check_order(const struct nashra_row *row, void *user) {
    char **last = user;
    if (*last && strcmp(*last, row->fields[0]) >= 0)
        fail_msg("%s:%zu: '%s' is out of order", row->file, row->line, row->fields[0]);
    *last = row->fields[0];
    return NASHRA_OK;
}

static void test_noun_table_is_sorted(void **state) {
    (void)state;
    struct nashra_table *table;
    struct nashra_buffer path = {0};
    char *last = NULL;
    assert_int_equal(nashra_data_path("nouns.tsv", &path), NASHRA_OK);
    assert_int_equal(nashra_table_load(nashra_buffer_string(&path), 5, check_order, &last, &table), NASHRA_OK);
    nashra_table_destroy(table);
    nashra_buffer_finish(&path);
}

/* Each word of the table is found as what its row says. */
static int check_found(const struct nashra_row *row, void *user) {
    struct state *s = user;
    struct nashra_arena *arena = nashra_arena_create();
    struct nashra_noun_match match;
    const char *word = row->fields[0];
    assert_int_equal(nashra_noun_find(s->numbers, arena, word, strlen(word), &match), NASHRA_OK);
    if (!match.noun.known || strcmp(match.noun.singular, row->fields[1]) != 0) {
        s->failures++;
        print_error("%s:%zu: %s is found as %s\n", row->file, row->line, word, match.noun.singular);
    }
    nashra_arena_destroy(arena);
    return NASHRA_OK;
}

static void test_every_noun_is_found(void **state) {
    struct state *s = *state;
    struct nashra_table *table;
    struct nashra_buffer path = {0};
    s->failures = 0;
    assert_int_equal(nashra_data_path("nouns.tsv", &path), NASHRA_OK);
    assert_int_equal(nashra_table_load(nashra_buffer_string(&path), 5, check_found, s, &table), NASHRA_OK);
    assert_int_equal(s->failures, 0);
    nashra_table_destroy(table);
    nashra_buffer_finish(&path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_noun_table_is_sorted),
        cmocka_unit_test(test_every_noun_is_found),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
