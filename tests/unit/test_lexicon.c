/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lexicon's files: what is read, what is left out and why, what is warned of, what is written. */
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

#include <nashra/lexicon.h>

#include "entry.h"
#include "fold.h"

static char reported[8000];

static void keep_message(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)user;
    size_t length = strlen(reported);
    snprintf(reported + length, sizeof reported - length, "%s\n", message);
}

static struct nashra_lexicon *load(const char *text, enum nashra_lexicon_format format) {
    struct nashra_lexicon *lexicon = NULL;
    reported[0] = '\0';
    assert_int_equal(nashra_lexicon_from_bytes(text, strlen(text), format, "l", &lexicon), NASHRA_OK);
    return lexicon;
}

/* Only the file's first line can be used or not. */
static void expect_refused(const char *line, enum nashra_lexicon_format format, const char *cause) {
    struct nashra_lexicon *lexicon = load(line, format);
    if (nashra_lexicon_count(lexicon) != 0 || nashra_lexicon_errors(lexicon) != 1 || !strstr(reported, cause) ||
        strncmp(reported, "l:1: ", 5) != 0)
        fail_msg("\"%s\": %zu entries, reported: %s (expected: %s)", line, nashra_lexicon_count(lexicon), reported,
                 cause);
    nashra_lexicon_destroy(lexicon);
}

static void lines_that_cannot_be_used_are_named(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"كلمة", "one column"},
        {"\tكَلِمة", "no word in the first column"},
        {"كلمة\t", "no reading in the second column"},
        {"كلمة\tكَلِمة\tsound", "the kind \"sound\""},
        {"كلمة\tكَلِمة\t\texactly", "the flag \"exactly\""},
        {"كلمة\tكَلِمة\t\texact case loose", "the flag \"loose\""},
        {"كلمة\tكَُلمة", "two vowels on one letter"},
        {"كلمة\tكلْمَْة", "sukun and a vowel on one letter"},
        {"كلمة\tكلّّمة", "two shaddas on one letter"},
        {"كلمة\tكلّْمة", "shadda and sukun on one letter"},
        {"كلمة\tكاّمة", "shadda on a letter that can't be doubled"},
        {"كلمة\tكٌلمة", "tanwin inside the word"},
        {"كلمة\tَكلمة", "a mark without a letter"},
        {"كلمة\tكلةم", "ta marbuta inside the word"},
        {"رقم\tرقم 5", "digits"},
        {"رقم\tرقم٥", "no Arabic letter"},
        {"مال\t€", "no Arabic letter"},
        {"مال\tمالmoney", "no Arabic letter"},
        {"مال\tmoneyمال", "neither an Arabic nor a Latin word"},
        {"مال\t - ", "no word"},
        {"«ــ»\tمال", "has no letter"},
        {"مال\tm'aWl\tphonemes", "unknown at \"Wl\""},
        {"مال\t:ma\tphonemes", "unknown at \":ma\""},
        {"مال\tma'\tphonemes", "unknown at \"'\""},
        {"مال\t||\tphonemes", "no phonemes"},
        {"مال\tmɶl\tipa", "unknown at \"ɶl\""},
        {"بنك مصر\tb'ank\tphonemes", "1 part"},
        {"مال\t\xd9\xd9", "not UTF-8"},
        {"مال\tم\001ال", "a control character"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_refused(rows[i][0], NASHRA_LEXICON_TSV, rows[i][1]);
}

static void the_rest_is_read(void **state) {
    (void)state;
    struct nashra_lexicon *lexicon = load(
        "\xEF\xBB\xBF# comment\r\nأ\tب\r\n\r\nخطأ\r\n  ت \t ث \t\texact,case\tملاحظة\n #وسم\tوسم", NASHRA_LEXICON_TSV);
    assert_int_equal(nashra_lexicon_count(lexicon), 3);
    assert_int_equal(nashra_lexicon_errors(lexicon), 1);
    assert_non_null(strstr(reported, "l:4: "));
    assert_string_equal(lexicon->entries[1]->written, "ت");
    assert_true(lexicon->entries[1]->exact && lexicon->entries[1]->cased);
    assert_int_equal(lexicon->entries[2]->line, 6);
    assert_string_equal(lexicon->entries[2]->key, "#وسم");
    nashra_lexicon_destroy(lexicon);
}

static void marks_are_brought_into_order(void **state) {
    (void)state;
    struct nashra_lexicon *lexicon =
        load("مدرس\tم\u064Fد\u064Eر\u0650\u0651س\nأيضا\tأيضاً\nكتب\tكـتَـب - «ثانٍ»", NASHRA_LEXICON_TSV);
    assert_string_equal(lexicon->entries[0]->words[0], "مُدَرِّس");
    assert_string_equal(lexicon->entries[1]->words[0], "أيضًا");
    assert_int_equal(lexicon->entries[2]->count, 2);
    assert_string_equal(lexicon->entries[2]->words[0], "كتَب");
    assert_string_equal(lexicon->entries[2]->words[1], "ثانٍ");
    nashra_lexicon_destroy(lexicon);
}

static void ipa_becomes_names(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"ˈnaːtuː", "n'a:tu:"}, {"saˈmiːr", "sam'i:R"}, {"ˈd͡ʒaː.ruː", "dZ'a:Ru:"}, {"dʒa", "dZa"},
        {"ˈxaːlid", "X'a:lid"}, {"gaːz", "ga:z"},       {"sˤaˈħiːħ", "s[aH'i:H"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char line[200];
        snprintf(line, sizeof line, "كلمة\t%s\tipa", rows[i][0]);
        struct nashra_lexicon *lexicon = load(line, NASHRA_LEXICON_TSV);
        if (nashra_lexicon_count(lexicon) != 1)
            fail_msg("%s: %s", rows[i][0], reported);
        assert_string_equal(lexicon->entries[0]->words[0], rows[i][1]);
        nashra_lexicon_destroy(lexicon);
    }
}

/* d and H side by side are not dH. */
static void names_are_kept_apart(void **state) {
    (void)state;
    struct nashra_lexicon *lexicon = load("مدح\tmadħ\tipa", NASHRA_LEXICON_TSV);
    assert_string_equal(lexicon->entries[0]->words[0], "mad|H");
    nashra_lexicon_destroy(lexicon);
}

static void folding_keeps_what_matters(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"الـنّـاتُو", "الناتو"},   {"«کی»", "كي"},           {" أ \u00A0\t ب ", "أ ب"}, {"G‑٢٠", "g-20"},
        {"\u200FÉCOLE", "école"}, {"ЖИЗНЬ ΑΩ", "жизнь αω"}, {"أإآا", "أإآا"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nashra_buffer out = {0};
        assert_int_equal(nashra_lex_fold(rows[i][0], strlen(rows[i][0]), &out), NASHRA_OK);
        nashra_lex_lower(out.data, out.length);
        assert_string_equal(out.data, rows[i][1]);
        nashra_buffer_finish(&out);
    }
}

static void the_newest_entry_counts(void **state) {
    (void)state;
    struct nashra_lexicon *lexicon = load("us\tأس\nUS\tيو إس\t\tcase\nus\tنحن", NASHRA_LEXICON_TSV);
    assert_string_equal(nashra_lex_look_up(lexicon, "us", "US", 2)->words[0], "يو");
    assert_string_equal(nashra_lex_look_up(lexicon, "us", "Us", 2)->words[0], "نحن");
    assert_null(nashra_lex_look_up(lexicon, "usa", "usa", 3));
    nashra_lexicon_destroy(lexicon);
}

static void expect_warning(const char *text, const char *cause) {
    struct nashra_lexicon *lexicon = load(text, NASHRA_LEXICON_TSV);
    size_t warnings = 99;
    assert_int_equal(nashra_lexicon_check(lexicon, &warnings), NASHRA_OK);
    if (warnings != (cause ? 1 : 0) || (cause && !strstr(reported, cause)))
        fail_msg("%s: %zu warnings: %s", text, warnings, reported);
    nashra_lexicon_destroy(lexicon);
}

static void check_warns_of_what_is_hardly_meant(void **state) {
    (void)state;
    expect_warning("ملك\tمَلِك\nمَلك\tمَلِك", "l:2: \"مَلك\": a duplicate of line 1");
    expect_warning("ملك\tمَلِك\nملك\tمُلْك", "l:2: \"ملك\": line 1 reads it \"مَلِك\", here it is \"مُلْك\"");
    expect_warning("ملك\tملك", "changes nothing");
    expect_warning("انتهى. بدأ\tبدأ", "never matches: a sentence ends");
    expect_warning("ﻣﻠﻚ\tمَلِك", "never matches: it holds a presentation form");
    expect_warning("ملك:\tمَلِك", "never matches: it ends in a mark");
    expect_warning("حرب\tحَرْبٌ", "its tanwin holds");
    expect_warning("شركة نور\tشَرِكَة نُورٍ", NULL);
    expect_warning("US\tيو إس\t\tcase\nus\tأس", NULL);
    expect_warning("د.\tدكتور\n&\tاند\nأ. د.\tأستاذ دكتور", "never matches");
}

static void nvda_dictionaries(void **state) {
    (void)state;
    struct nashra_lexicon *lexicon =
        load("#NVDA\r\nBBC\tبي بي سي\t1\t2\r\nC\\#\tسي شارب\t0\t0\r\n\\bناتو\\b\tالحلف\t0\t1\r\n", NASHRA_LEXICON_NVDA);
    assert_int_equal(nashra_lexicon_errors(lexicon), 0);
    assert_int_equal(nashra_lexicon_count(lexicon), 3);
    assert_true(lexicon->entries[0]->cased);
    assert_string_equal(lexicon->entries[1]->key, "c#");
    assert_string_equal(lexicon->entries[2]->key, "ناتو");
    nashra_lexicon_destroy(lexicon);
    expect_refused("a+\tب\t0\t1", NASHRA_LEXICON_NVDA, "a regular expression");
    expect_refused("a\tب\t0\t7", NASHRA_LEXICON_NVDA, "the type \"7\"");
    expect_refused("a\tب\t0", NASHRA_LEXICON_NVDA, "fewer than four columns");
    expect_refused("a\t\t0\t0", NASHRA_LEXICON_NVDA, "an empty replacement");
}

#define PLS_HEAD                                                                                                       \
    "<lexicon version='1.0' xmlns='http://www.w3.org/2005/01/pronunciation-lexicon' alphabet='ipa' xml:lang='ar'>"

static void pronunciation_lexicons(void **state) {
    (void)state;
    struct nashra_lexicon *lexicon =
        load(PLS_HEAD "\n<lexeme><grapheme>ناتو</grapheme><grapheme>NATO</grapheme><phoneme>naːtuː</phoneme>"
                      "<phoneme prefer='true'>ˈnaːtuː</phoneme></lexeme>\n"
                      "<lexeme role='nashra:exact'><grapheme>ب&amp;ب</grapheme><alias> بي\n بي </alias></lexeme>\n"
                      "<lexeme><grapheme>x</grapheme><phoneme alphabet='x-sampa'>a</phoneme></lexeme>\n"
                      "<lexeme><grapheme>y</grapheme></lexeme>\n<lexeme><alias>ب</alias></lexeme></lexicon>",
             NASHRA_LEXICON_PLS);
    assert_int_equal(nashra_lexicon_count(lexicon), 3);
    assert_int_equal(nashra_lexicon_errors(lexicon), 3);
    assert_non_null(strstr(reported, "l:5: the alphabet \"x-sampa\""));
    assert_non_null(strstr(reported, "l:6: a lexeme without phoneme and alias"));
    assert_non_null(strstr(reported, "l:7: a lexeme without grapheme"));
    assert_string_equal(lexicon->entries[1]->words[0], "n'a:tu:");
    assert_string_equal(lexicon->entries[2]->key, "ب&ب");
    assert_true(lexicon->entries[2]->exact);
    assert_int_equal(lexicon->entries[2]->count, 2);
    nashra_lexicon_destroy(lexicon);
}

static void expect_no_pls(const char *text, const char *cause) {
    struct nashra_lexicon *lexicon = NULL;
    reported[0] = '\0';
    assert_int_equal(nashra_lexicon_from_bytes(text, strlen(text), NASHRA_LEXICON_PLS, "l", &lexicon), NASHRA_EDATA);
    assert_null(lexicon);
    if (!strstr(reported, cause))
        fail_msg("%s: %s", text, reported);
}

static void bad_xml_is_refused(void **state) {
    (void)state;
    expect_no_pls("", "l");
    expect_no_pls("<lexicon><lexeme></lexicon>", "l:1: ");
    expect_no_pls("<html/>", "its root must be <lexicon>");
    expect_no_pls("<!DOCTYPE lexicon [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><lexicon>&a;</lexicon>",
                  "l:1: a DOCTYPE");
    expect_no_pls("<lexicon>&unknown;</lexicon>", "l:1: ");
}

static void all_formats_hold_the_same(void **state) {
    (void)state;
    struct nashra_lexicon *first =
        load("الناتو\tالنَّاتُو\nBBC\tبي بي سي\t\texact,case\nسامر\tˈsaːmir\tipa\nمال\tm'a:l\tphonemes\texact\n"
             " #و<سم>\tوسم\t\tcase\n",
             NASHRA_LEXICON_TSV);
    struct nashra_buffer tsv = {0}, pls = {0}, again = {0};
    assert_int_equal(nashra_lexicon_count(first), 5);
    assert_int_equal(nashra_lexicon_write_tsv(first, &tsv), NASHRA_OK);
    assert_int_equal(nashra_lexicon_write_pls(first, &pls), NASHRA_OK);
    struct nashra_lexicon *second = load(pls.data, NASHRA_LEXICON_PLS);
    assert_int_equal(nashra_lexicon_write_tsv(second, &again), NASHRA_OK);
    assert_string_equal(tsv.data, again.data);
    struct nashra_lexicon *third = load(again.data, NASHRA_LEXICON_TSV);
    assert_int_equal(nashra_lexicon_count(third), 5);
    nashra_buffer_finish(&tsv);
    nashra_buffer_finish(&pls);
    nashra_buffer_finish(&again);
    nashra_lexicon_destroy(first);
    nashra_lexicon_destroy(second);
    nashra_lexicon_destroy(third);
}

static void files(void **state) {
    (void)state;
    struct nashra_lexicon *lexicon = NULL;
    char folder[] = "/tmp/nashra-lexicon-XXXXXX", path[200];
    assert_non_null(mkdtemp(folder));
    assert_int_equal(nashra_lexicon_open(folder, &lexicon), NASHRA_ENOINPUT);
    snprintf(path, sizeof path, "%s/none.tsv", folder);
    assert_int_equal(nashra_lexicon_open(path, &lexicon), NASHRA_ENOINPUT);
    assert_int_equal(nashra_lexicon_open("/dev/null", &lexicon), NASHRA_OK);
    assert_int_equal(nashra_lexicon_count(lexicon), 0);
    nashra_lexicon_destroy(lexicon);
    snprintf(path, sizeof path, "%s/a.DIC", folder);
    FILE *out = fopen(path, "w");
    fputs("a\tب\t0\t2\n", out);
    fclose(out);
    assert_int_equal(nashra_lexicon_open(path, &lexicon), NASHRA_OK);
    assert_int_equal(nashra_lexicon_count(lexicon), 1);
    nashra_lexicon_destroy(lexicon);
    remove(path);
    rmdir(folder);
}

static void the_users_own(void **state) {
    (void)state;
    char folder[] = "/tmp/nashra-lexicon-XXXXXX", path[200];
    struct nashra_buffer found = {0};
    assert_non_null(mkdtemp(folder));
    setenv("XDG_CONFIG_HOME", folder, 1);
    assert_int_equal(nashra_lexicon_user_path(&found), 0);
    assert_int_equal(found.length, 0);
    snprintf(path, sizeof path, "%s/nashra", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/nashra/lexicon.tsv", folder);
    fclose(fopen(path, "w"));
    assert_int_equal(nashra_lexicon_user_path(&found), 1);
    assert_string_equal(found.data, path);
    nashra_buffer_finish(&found);
    remove(path);
    snprintf(path, sizeof path, "%s/nashra", folder);
    rmdir(path);
    rmdir(folder);
    unsetenv("XDG_CONFIG_HOME");
}

static void out_of_memory(void **state) {
    (void)state;
    static const char *const texts[] = {"أ\tبَ\nمال\tmaːl\tipa\nأ\tت\n",
                                        PLS_HEAD "<lexeme><grapheme>أ</grapheme><alias>ب</alias></lexeme></lexicon>",
                                        "أ\tب\t0\t2\n"};
    for (int format = 0; format < 3; format++) {
        int status = NASHRA_ENOMEM;
        for (unsigned long n = 1; status != NASHRA_OK && n < 500; n++) {
            struct nashra_lexicon *lexicon = NULL;
            size_t warnings;
            struct nashra_buffer out = {0};
            nashra_alloc_fail_after(n);
            status = nashra_lexicon_from_bytes(texts[format], strlen(texts[format]), (enum nashra_lexicon_format)format,
                                               "l", &lexicon);
            if (status == NASHRA_OK)
                status = nashra_lexicon_check(lexicon, &warnings);
            if (status == NASHRA_OK)
                status = nashra_lexicon_write_tsv(lexicon, &out);
            if (status == NASHRA_OK)
                status = nashra_lexicon_write_pls(lexicon, &out);
            nashra_alloc_fail_after(0);
            assert_true(status == NASHRA_OK || status == NASHRA_ENOMEM);
            nashra_buffer_finish(&out);
            nashra_lexicon_destroy(lexicon);
        }
        assert_int_equal(status, NASHRA_OK);
    }
}

static const char *marked(const struct nashra_lexicon *lexicon, const char *word, struct nashra_buffer *out) {
    nashra_buffer_clear(out);
    assert_int_equal(nashra_lexicon_mark_line(lexicon, word, strlen(word), out), NASHRA_OK);
    return nashra_buffer_string(out);
}

/* The table of names is taken as it stands: it must be what a user's lexicon with all its checks would make of it. */
static void the_table_of_names_is_canonical(void **state) {
    struct nashra_buffer path = {0}, one = {0}, other = {0};
    struct nashra_lexicon *names, *checked;
    size_t warnings;
    (void)state;
    reported[0] = '\0';
    assert_int_equal(nashra_data_path("names.tsv", &path), NASHRA_OK);
    assert_int_equal(nashra_lexicon_names(&names), NASHRA_OK);
    assert_int_equal(nashra_lexicon_open(path.data, &checked), NASHRA_OK);
    assert_int_equal(nashra_lexicon_check(checked, &warnings), NASHRA_OK);
    assert_string_equal(reported, "");
    assert_int_equal(warnings, 0);
    assert_int_equal(nashra_lexicon_count(names), nashra_lexicon_count(checked));
    for (size_t i = 0; i < checked->count; i++) {
        const char *word = checked->entries[i]->written;
        assert_string_equal(names->entries[i]->key, checked->entries[i]->key);
        assert_string_equal(marked(names, word, &one), marked(checked, word, &other));
    }
    nashra_buffer_finish(&one);
    nashra_buffer_finish(&other);
    nashra_buffer_finish(&path);
    nashra_lexicon_destroy(names);
    nashra_lexicon_destroy(checked);
}

static void out_of_memory_for_names(void **state) {
    int status = NASHRA_ENOMEM;
    (void)state;
    for (unsigned n = 1; status == NASHRA_ENOMEM; n++) {
        struct nashra_lexicon *names;
        nashra_alloc_fail_after(n);
        status = nashra_lexicon_names(&names);
        nashra_alloc_fail_after(0);
        assert_true(status == NASHRA_OK || (status == NASHRA_ENOMEM && !names));
        nashra_lexicon_destroy(names);
    }
    assert_int_equal(status, NASHRA_OK);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_that_cannot_be_used_are_named),
        cmocka_unit_test(the_rest_is_read),
        cmocka_unit_test(marks_are_brought_into_order),
        cmocka_unit_test(ipa_becomes_names),
        cmocka_unit_test(names_are_kept_apart),
        cmocka_unit_test(folding_keeps_what_matters),
        cmocka_unit_test(the_newest_entry_counts),
        cmocka_unit_test(check_warns_of_what_is_hardly_meant),
        cmocka_unit_test(nvda_dictionaries),
        cmocka_unit_test(pronunciation_lexicons),
        cmocka_unit_test(bad_xml_is_refused),
        cmocka_unit_test(all_formats_hold_the_same),
        cmocka_unit_test(files),
        cmocka_unit_test(the_users_own),
        cmocka_unit_test(out_of_memory),
        cmocka_unit_test(the_table_of_names_is_canonical),
        cmocka_unit_test(out_of_memory_for_names),
    };
    nashra_log_set_handler(keep_message, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
