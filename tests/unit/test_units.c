/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Units of a text: where words, letters, sentences, paragraphs and sections begin and end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "units.h"

static const char text[] = "عنوان\n\nقال «نعم» - و12,5% ...\n\nلا.";
/*                          title   one paragraph              another */

static struct nashra_span span_of(const char *words) {
    const size_t from = (size_t)(strstr(text, words) - text);
    return (struct nashra_span){from, from + strlen(words)};
}

static void make(struct nashra_reader_document *document, struct nashra_segment *segments) {
    segments[0] = (struct nashra_segment){.span = span_of("عنوان"), .kind = NASHRA_TITLE};
    segments[1] =
        (struct nashra_segment){.span = span_of("قال «نعم» -"), .kind = NASHRA_TEXT, .paragraph = 1, .continues = 1};
    segments[2] =
        (struct nashra_segment){.span = span_of("و12,5% ..."), .kind = NASHRA_TEXT, .paragraph = 1, .paragraph_end = 1};
    segments[3] = (struct nashra_segment){.span = span_of("لا."), .kind = NASHRA_TEXT, .paragraph = 2};
    *document = (struct nashra_reader_document){
        .id = 1, .text = text, .length = sizeof text - 1, .segments = segments, .count = 4};
}

static void check(struct nashra_span got, const char *words) {
    const struct nashra_span want = span_of(words);
    assert_int_equal(got.from, want.from);
    assert_int_equal(got.to, want.to);
}

static void walk(enum nashra_level level, const char *const *expected, size_t count) {
    struct nashra_reader_document document;
    struct nashra_segment segments[4];
    struct nashra_span unit;
    make(&document, segments);
    unit = nashra_reader_unit(&document, level, 0);
    for (size_t i = 0; i < count; i++) {
        check(unit, expected[i]);
        assert_int_equal(nashra_units_step(&document, level, unit.from, 1, &unit), i + 1 < count);
    }
    for (size_t i = count; i-- > 0;) {
        check(unit, expected[i]);
        assert_int_equal(nashra_units_step(&document, level, unit.from, -1, &unit), i > 0);
    }
}

/* Punctuation by itself is no word; quotes and signs stay with theirs. */
static void words(void **state) {
    (void)state;
    static const char *const expected[] = {"عنوان", "قال", "«نعم»", "و12,5%", "لا."};
    walk(NASHRA_LEVEL_WORD, expected, 5);
}

static void sentences_that_go_on_are_one(void **state) {
    (void)state;
    static const char *const expected[] = {"عنوان", "قال «نعم» - و12,5% ...", "لا."};
    walk(NASHRA_LEVEL_SENTENCE, expected, 3);
    walk(NASHRA_LEVEL_PARAGRAPH, expected, 3);
}

static void a_text_without_headings_is_one_section(void **state) {
    (void)state;
    static const char *const expected[] = {text};
    walk(NASHRA_LEVEL_HEADING, expected, 1);
}

static void letters_skip_what_has_no_name(void **state) {
    (void)state;
    static const char *const expected[] = {"ع", "ن", "و", "ا", "ن", "ق", "ا", "ل", "ن",
                                           "ع", "م", "و", "1", "2", "5", "%", "ل", "ا"};
    struct nashra_reader_document document;
    struct nashra_segment segments[4];
    make(&document, segments);
    struct nashra_span unit = nashra_reader_unit(&document, NASHRA_LEVEL_LETTER, 0);
    for (size_t i = 0; i < 18; i++) {
        assert_int_equal(unit.to - unit.from, strlen(expected[i]));
        assert_memory_equal(text + unit.from, expected[i], strlen(expected[i]));
        assert_int_equal(nashra_units_step(&document, NASHRA_LEVEL_LETTER, unit.from, 1, &unit), i + 1 < 18);
    }
}

static void every_offset_has_a_unit(void **state) {
    (void)state;
    struct nashra_reader_document document;
    struct nashra_segment segments[4];
    make(&document, segments);
    for (int level = NASHRA_LEVEL_HEADING; level < NASHRA_LEVEL_COUNT; level++)
        for (size_t offset = 0; offset <= sizeof text + 5; offset++) {
            const struct nashra_span unit = nashra_reader_unit(&document, (enum nashra_level)level, offset);
            assert_true(unit.from < unit.to && unit.to <= document.length);
        }
}

/* A dash before the first word of a stretch belongs to that word. */
static void before_the_first_word_is_the_first_word(void **state) {
    (void)state;
    static const char dashed[] = "- «نعم» لا.";
    const struct nashra_segment segment = {.span = {0, sizeof dashed - 1}, .kind = NASHRA_TEXT};
    const struct nashra_reader_document document = {
        .id = 1, .text = dashed, .length = sizeof dashed - 1, .segments = &segment, .count = 1};
    for (size_t offset = 0; offset < 3; offset++) {
        const struct nashra_span word = nashra_reader_unit(&document, NASHRA_LEVEL_WORD, offset);
        assert_int_equal(word.from, 2);
        assert_int_equal(word.to, 2 + strlen("«نعم»"));
    }
}

static void parts_of_an_article(void **state) {
    (void)state;
    struct nashra_reader_document document;
    struct nashra_segment segments[4];
    size_t count;
    make(&document, segments);
    check(nashra_units_title(&document), "عنوان");
    assert_int_equal(nashra_units_body(&document), span_of("قال").from);
    assert_int_equal(nashra_units_opening_end(&document), span_of("و12,5% ...").to);
    assert_int_equal(nashra_units_paragraph(&document, span_of("و12").from, &count), 2);
    assert_int_equal(count, 3);
    assert_int_equal(nashra_units_words_before(&document, span_of("قال «نعم» -"), span_of("نعم").to), 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),
        cmocka_unit_test(sentences_that_go_on_are_one),
        cmocka_unit_test(a_text_without_headings_is_one_section),
        cmocka_unit_test(letters_skip_what_has_no_name),
        cmocka_unit_test(every_offset_has_a_unit),
        cmocka_unit_test(before_the_first_word_is_the_first_word),
        cmocka_unit_test(parts_of_an_article),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
