/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stage with the model that is shipped. What is expected here is grammar, not what the model happens to say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <nashra/diacritise.h>
#include <nashra/utf8.h>

static struct nashra_diacritiser *diacritiser;

static int open_it(void **state) {
    (void)state;
    return nashra_diacritiser_create(NULL, &diacritiser);
}

static int close_it(void **state) {
    (void)state;
    nashra_diacritiser_destroy(diacritiser);
    return 0;
}

static void assert_marked(const char *line, const char *expected) {
    struct nashra_buffer out = {0};
    assert_int_equal(nashra_diacritise_line(diacritiser, line, strlen(line), &out), NASHRA_OK);
    assert_string_equal(nashra_buffer_string(&out), expected);
    nashra_buffer_finish(&out);
}

static void plain_sentences(void **state) {
    (void)state;
    assert_marked("في البيت", "فِي الْبَيْتِ");
    assert_marked("ذهب الولد إلى المدرسة.", "ذَهَبَ الْوَلَدُ إِلَى الْمَدْرَسَةِ.");
    assert_marked("قال الرئيس إن الحكومة سوف تعمل على حل المشكلة.", "قَالَ الرَّئِيسُ إِنَّ الْحُكُومَةَ سَوْفَ تَعْمَلُ عَلَى حَلِّ الْمُشْكِلَةِ.");
}

static void everything_else_is_left_alone(void **state) {
    (void)state;
    assert_marked("", "");
    assert_marked("  12.5% — NATO (x) 🙂\t", "  12.5% — NATO (x) 🙂\t");
    assert_marked("\xFF\xFE\xD8", "\xFF\xFE\xD8");
}

static void the_writers_marks_stay(void **state) {
    (void)state;
    assert_marked("كُتِبَ الدرس", "كُتِبَ الدَّرْسُ");
    assert_marked("كتب المدرّس رسالة", "كَتَبَ الْمُدَرِّسُ رِسَالَةً");
    assert_marked("رأيت جمهوراً كبيرا", "رَأَيْتُ جُمْهُوراً كَبِيرًا"); /* one tanwin a word, wherever it stands */
    const char *line = "قَلَمًا أَمْسِ";
    assert_marked(line, line);
}

/* Every letter that was there is there, in its place, whatever is added. */
static void letters_never_change(void **state) {
    (void)state;
    static const char *const lines[] = {"ٱلرحمن پاريس گوگل ـ كـتاب", "والله فالله لله", "أأأأ ءءء ىىى ةةة", "ل ا ل ا"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct nashra_buffer out = {0};
        char bare[256];
        assert_int_equal(nashra_diacritise_line(diacritiser, lines[i], strlen(lines[i]), &out), NASHRA_OK);
        nashra_strip_marks(out.data, out.length, bare);
        assert_string_equal(bare, lines[i]);
        nashra_buffer_finish(&out);
    }
}

static void long_lines_are_marked_in_windows(void **state) {
    (void)state;
    struct nashra_buffer line = {0}, out = {0};
    for (int i = 0; i < 400; i++)
        nashra_buffer_add_string(&line, "ذهب الولد إلى المدرسة. ");
    for (int i = 0; i < 700; i++)
        nashra_buffer_add_string(&line, "ب");
    assert_int_equal(nashra_diacritise_line(diacritiser, line.data, line.length, &out), NASHRA_OK);
    size_t found = 0;
    for (const char *at = out.data; (at = strstr(at, "إِلَى الْمَدْرَسَةِ.")); at++)
        found++;
    assert_int_equal(found, 400);
    nashra_buffer_finish(&line);
    nashra_buffer_finish(&out);
}

static struct nashra_word spoken(const char *text, const char *marked) {
    return (struct nashra_word){.text = text, .marked = marked, .confidence = 1.0f, .ending_confidence = 1.0f};
}

static void sentences_are_marked_word_by_word(void **state) {
    (void)state;
    struct nashra_word words[] = {spoken("في", NULL), spoken("ثلاثة", "ثَلَاثَةِ"), spoken("بيوت", NULL),
                                  spoken("BBC", NULL)};
    words[0].flags = NASHRA_WORD_QUOTE_OPEN;
    words[2].flags = NASHRA_WORD_QUOTE_CLOSE;
    words[2].pause = NASHRA_PAUSE_STOP;
    struct nashra_sentence s = {.words = words, .count = 4, .arena = nashra_arena_create()};
    assert_int_equal(nashra_diacritise(diacritiser, &s), NASHRA_OK);
    static const char *const expected[] = {"فِي", "ثَلَاثَةِ", "بُيُوتٍ", "BBC"};
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(words[i].marked, expected[i]);
        assert_true(words[i].confidence > 0.2f && words[i].confidence <= 1.0f);
        assert_true(words[i].ending_confidence >= words[i].confidence);
    }
    nashra_arena_destroy(s.arena);
}

static void lack_of_memory_is_told(void **state) {
    (void)state;
    const char *line = "ذهب الولد إلى المدرسة.";
    for (unsigned long n = 1;; n++) {
        struct nashra_diacritiser *d = NULL;
        struct nashra_buffer out = {0};
        nashra_alloc_fail_after(n);
        int status = nashra_diacritiser_create(NULL, &d);
        if (status == NASHRA_OK)
            status = nashra_diacritise_line(d, line, strlen(line), &out);
        nashra_alloc_fail_after(0);
        nashra_diacritiser_destroy(d);
        nashra_buffer_finish(&out);
        if (status == NASHRA_OK)
            break;
        assert_true(status == NASHRA_ENOMEM || status == NASHRA_ECONFIG);
        assert_true(n < 200);
    }
}

static void a_missing_model_is_refused(void **state) {
    (void)state;
    struct nashra_diacritiser *d = NULL;
    nashra_log_set_level(NASHRA_LOG_ERROR - 1);
    assert_int_equal(nashra_diacritiser_create("/nowhere/a.model", &d), NASHRA_ECONFIG);
    nashra_log_set_level(NASHRA_LOG_WARNING);
    nashra_diacritiser_destroy(NULL);
}

static int copy_lexicon(const char *folder) {
    char command[1024];
    const char *data = getenv("NASHRA_DATA");
    snprintf(command, sizeof command,
             "mkdir -p %s/diacritiser && cp %s/diacritiser/words.lexicon %s/diacritiser/ && printf x "
             ">%s/diacritiser/news.model",
             folder, data ? data : "data", folder, folder);
    return system(command);
}

/* A damaged model is refused, and the frequent words are marked all the same. */
static void the_lexicon_stands_in_for_a_damaged_model(void **state) {
    (void)state;
    char folder[] = "/tmp/nashra-data-XXXXXX", before[512], command[64];
    const char *data = getenv("NASHRA_DATA");
    snprintf(before, sizeof before, "%s", data ? data : "data");
    assert_non_null(mkdtemp(folder));
    assert_int_equal(copy_lexicon(folder), 0);
    setenv("NASHRA_DATA", folder, 1);
    struct nashra_diacritiser *d = NULL;
    struct nashra_buffer out = {0};
    nashra_log_set_level(NASHRA_LOG_ERROR - 1);
    assert_int_equal(nashra_diacritiser_create(NULL, &d), NASHRA_OK);
    const char *line = "في 2014 ظغثذضظغ كُتِب";
    assert_int_equal(nashra_diacritise_line(d, line, strlen(line), &out), NASHRA_OK);
    assert_string_equal(out.data, "فِي 2014 ظغثذضظغ كُتِبَ");
    nashra_log_set_level(NASHRA_LOG_WARNING);
    setenv("NASHRA_DATA", before, 1);
    nashra_diacritiser_destroy(d);
    nashra_buffer_finish(&out);
    snprintf(command, sizeof command, "rm -r %s", folder);
    assert_int_equal(system(command), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_sentences),
        cmocka_unit_test(everything_else_is_left_alone),
        cmocka_unit_test(the_writers_marks_stay),
        cmocka_unit_test(letters_never_change),
        cmocka_unit_test(long_lines_are_marked_in_windows),
        cmocka_unit_test(sentences_are_marked_word_by_word),
        cmocka_unit_test(lack_of_memory_is_told),
        cmocka_unit_test(a_missing_model_is_refused),
        cmocka_unit_test(the_lexicon_stands_in_for_a_damaged_model),
    };
    return cmocka_run_group_tests(tests, open_it, close_it);
}
