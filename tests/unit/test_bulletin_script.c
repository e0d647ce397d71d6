/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scripts: what they say, and what is told of their faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "bulletin_inputs.h"
#include "bulletin_phrase.h"

static char messages[8192];

static void keep_message(enum nashra_log_level level, const char *text, void *user) {
    (void)level;
    (void)user;
    snprintf(messages + strlen(messages), sizeof messages - strlen(messages), "%s\n", text);
}

static int read_text(struct nashra_script *script, const char *text) {
    messages[0] = '\0';
    assert_int_equal(nashra_script_init(script), NASHRA_OK);
    return nashra_script_read(script, text, strlen(text), "folder/nine.ini");
}

static void expect_fault(const char *text, const char *message) {
    struct nashra_script script;
    assert_int_equal(read_text(&script, text), NASHRA_ECONFIG);
    if (!strstr(messages, message))
        fail_msg("\"%s\" is not in: %s", message, messages);
    nashra_script_finish(&script);
}

static void a_whole_script(void **state) {
    (void)state;
    static const char text[] =
        "\xEF\xBB\xBF# The nine o'clock bulletin; this comment is longer than inih's lines are, so that "
        "it would be taken for the value of the key before it if it were handed over in parts, "
        "as all other lines are.\n"
        "[bulletin]\r\n"
        "title = نشرة التاسعة\r\n"
        "at = 2026-11-28T21:00\n"
        "slot = 1:02.5\n"
        "loudness = -16\n"
        "bits = 24\n"
        "beside = vtt, qc\n"
        "opening = sounds/open.wav\n"
        "bed = /srv/bed.flac\n"
        "region = levant\n"
        "\n"
        "[item]\n"
        "file = late.txt\n"
        "order = 2\n"
        "priority = 9\n"
        "[item first]\n"
        "text = السطر الأول\n"
        "  والثاني  ; a comment\n"
        "  والثالث؛ والرابع;\t; a comment that is longer than inih's lines are, so that a part of it would be taken "
        "for the value that goes on, if it were handed over in parts, as all other lines are that are too long for it\n"
        "rate = 180  ; words a minute\n"
        "pause = 0.25\n"
        "[item]\n"
        "file = early.txt\n"
        "order = 1\n";
    struct nashra_script script;
    assert_int_equal(read_text(&script, text), NASHRA_OK);
    assert_string_equal(messages, "");
    nashra_script_sort(&script);
    assert_string_equal(script.title, "نشرة التاسعة");
    assert_true(script.slot == 62.5 && script.loudness == -16 && script.bits == 24);
    assert_int_equal(script.beside, NASHRA_BESIDE_VTT | NASHRA_BESIDE_QC);
    assert_true(script.at_given && script.at.day == 28 && script.at.hour == 21);
    assert_string_equal(script.opening, "folder/sounds/open.wav");
    assert_string_equal(script.bed, "/srv/bed.flac");
    assert_int_equal(script.region, NASHRA_REGION_LEVANT);
    assert_int_equal(script.count, 3);
    assert_string_equal(script.items[0].text, "السطر الأول والثاني والثالث؛ والرابع;");
    assert_int_equal(script.items[0].voice.rate, 180);
    assert_true(script.items[0].pause == 0.25 && script.items[1].pause < 0);
    assert_string_equal(script.items[1].file, "folder/early.txt");
    assert_string_equal(script.items[2].file, "folder/late.txt");
    assert_int_equal(script.items[2].priority, 9);
    assert_string_equal(script.items[2].where, "folder/nine.ini:14");
    const char *const *inputs = nashra_script_inputs(&script);
    assert_string_equal(inputs[0], "folder/sounds/open.wav");
    assert_string_equal(inputs[3], "folder/late.txt");
    assert_null(inputs[4]);
    nashra_script_finish(&script);
}

/* A value of any length arrives as it was written, however inih's lines are cut. */
static void long_values(void **state) {
    (void)state;
    for (size_t words = 1; words < 400; words += 23) {
        struct nashra_script script;
        struct nashra_buffer text = {0}, value = {0};
        for (size_t i = 0; i < words; i++)
            nashra_buffer_add_format(&value, "%sكلمة%zu", i ? " " : "", i);
        nashra_buffer_add_format(&text, "[item]\ntext = %s\ntitle = بعده\n", value.data);
        assert_int_equal(read_text(&script, text.data), NASHRA_OK);
        assert_string_equal(script.items[0].text, value.data);
        assert_string_equal(script.items[0].title, "بعده");
        nashra_script_finish(&script);
        nashra_buffer_finish(&text);
        nashra_buffer_finish(&value);
    }
}

static void faults_name_file_line_and_key(void **state) {
    (void)state;
    expect_fault("[bulletin]\ntitle = x\nslott = 3:00\n",
                 "folder/nine.ini:3: slott in [bulletin]: there is no such setting");
    expect_fault("[bulletin]\nslot = 3:60\n", "folder/nine.ini:2: slot in [bulletin]: '3:60' isn't M:SS");
    expect_fault("[bulletin]\nslot = three\n", "nine.ini:2");
    expect_fault("[bulletin]\nat = 2026-02-30T10:00\n",
                 "nine.ini:2: at in [bulletin]: '2026-02-30T10:00' isn't YYYY-MM-DDTHH:MM");
    expect_fault("[bulletin]\nat = 2026-2-3T10:00\n", "at in [bulletin]");
    expect_fault("[bulletin]\nintro = أهلا {name}\n", "{weekday}");
    expect_fault("[bulletin]\nloudness = -5\n", "-36 to -10 LUFS");
    expect_fault("[bulletin]\nbits = 20\n", "16 or 24");
    expect_fault("[bulletin]\nbeside = vtt pdf\n", "all, none");
    expect_fault("[bulletin]\nstrict = maybe\n", "yes or no");
    expect_fault("[bulletin]\nrate = 1.5\n", "80 to 450");
    expect_fault("[item]\npriority = 0\nfile = a\n", "nine.ini:2: priority in [item]: '0' isn't 1 (stays)");
    expect_fault("[item]\ntitle = x\n", "nine.ini:2: the item needs a file or a text");
    expect_fault("[item]\nfile = a\ntext = b\n", "only one of them");
    expect_fault("[items]\nfile = a\n", "the sections are");
    expect_fault("title = x\n", "the sections are");
    expect_fault("[bulletin]\nwhat is this\n", "nine.ini:2: neither [section] nor key = value");
    expect_fault("[bulletin]\ntitle = \xFF\n", "not text in UTF-8");
    expect_fault("[bulletin]\nbed =\n", "a sound file");
    expect_fault("[bulletin]\nchannels = both\n", "'both' isn't auto, 1 (mono) or 2 (stereo)");
    expect_fault("[bulletin]\nbits = ستة عشر بتا في كل عينة من عينات هذه النشرة\n",
                 "' isn't 16 or 24"); /* cut at a letter */
    expect_fault("[bulletin]\nslot = 1:00\nslot = 2:00\n", "nine.ini:3: slot in [bulletin]: it is given twice");
    expect_fault("[item]\nfile = a\n[item]\nfile = b\nfile = c\n", "nine.ini:5: file in [item]: it is given twice");
    expect_fault("[item]\n[item]\nfile = a\n", "nine.ini:1: nothing stands under [item]");
    expect_fault("[item]\nfile = a\n[item]\n", "nine.ini:3: nothing stands under [item]");
    expect_fault("[item]\ntext =\n", "nine.ini:2: the item needs a file or a text");
    expect_fault("[bulletin]\ntitle = "
                 "a title so long that the library which reads the lines can't take it at once, which is why it is "
                 "handed over in parts, each of which the library counts as a line of its own, which this one isn't, "
                 "so that what is wrong further down must not be told with the number that the library counted\n"
                 "nonsense\n",
                 "nine.ini:3: neither [section] nor key = value");
}

static void all_faults_are_told(void **state) {
    (void)state;
    struct nashra_script script;
    assert_int_equal(read_text(&script, "[bulletin]\nslot = x\nbits = y\n[item]\norder = z\nfile = a\n"),
                     NASHRA_ECONFIG);
    assert_non_null(strstr(messages, ":2: slot"));
    assert_non_null(strstr(messages, ":3: bits"));
    assert_non_null(strstr(messages, ":5: order"));
    nashra_script_finish(&script);
}

static void calls_hold_over_the_script(void **state) {
    (void)state;
    static const char text[] = "[bulletin]\nslot = 1:00\nlexicon = own.tsv\n[item]\nfile = a\n";
    struct nashra_script script;
    assert_int_equal(nashra_script_init(&script), NASHRA_OK);
    assert_int_equal(nashra_script_set(&script, "slot", "2:00"), NASHRA_OK);
    assert_int_equal(nashra_script_set_default(&script, "lexicon", "/user.tsv"), NASHRA_OK);
    assert_int_equal(nashra_script_set_default(&script, "model", "/user.model"), NASHRA_OK);
    assert_int_equal(nashra_script_read(&script, text, strlen(text), "nine.ini"), NASHRA_OK);
    assert_true(script.slot == 120);
    assert_string_equal(script.lexicon, "own.tsv");
    assert_string_equal(script.model, "/user.model");
    messages[0] = '\0';
    assert_int_equal(nashra_script_set(&script, "slot", "x"), NASHRA_EUSAGE);
    assert_non_null(strstr(messages, "slot: 'x' isn't M:SS"));
    assert_int_equal(nashra_script_set(&script, "nonsense", "x"), NASHRA_EUSAGE);
    nashra_script_finish(&script);
}

/* All at once, each with its place; what a call names instead isn't looked for. */
static void missing_files_are_told(void **state) {
    (void)state;
    static const char text[] = "[bulletin]\nopening = gone.wav\nbed = other.wav\n[item]\nfile = /dev/null\n"
                               "jingle = lost.wav\n[item]\nfile = /tmp\n";
    struct nashra_script script;
    assert_int_equal(nashra_script_init(&script), NASHRA_OK);
    assert_int_equal(nashra_script_set(&script, "bed", "call.wav"), NASHRA_OK);
    messages[0] = '\0';
    assert_int_equal(nashra_script_read(&script, text, strlen(text), "folder/nine.ini"), NASHRA_OK);
    assert_int_equal(nashra_script_check_inputs(&script), NASHRA_ENOINPUT);
    assert_string_equal(messages,
                        "folder/nine.ini:2: opening in [bulletin]: folder/gone.wav: No such file or directory\n"
                        "folder/nine.ini:6: jingle in [item]: folder/lost.wav: No such file or directory\n"
                        "folder/nine.ini:8: file in [item]: /tmp: Is a directory\n");
    messages[0] = '\0';
    assert_int_equal(nashra_script_tell_place(&script, script.items[0].jingle, NASHRA_EDATA), NASHRA_EDATA);
    assert_int_equal(nashra_script_tell_place(&script, script.items[0].jingle, NASHRA_ENOMEM), NASHRA_ENOMEM);
    assert_int_equal(nashra_script_tell_place(&script, script.bed, NASHRA_EDATA), NASHRA_EDATA);
    assert_string_equal(messages, "folder/nine.ini:6: jingle in [item] names folder/lost.wav\n");
    nashra_script_finish(&script);
}

static void expect_phrase(struct nashra_script *script, const char *phrase, const char *expected) {
    struct nashra_phrases *phrases;
    struct nashra_buffer text = {0};
    assert_int_equal(nashra_phrases_load(&phrases), NASHRA_OK);
    assert_int_equal(nashra_phrase_expand(phrases, script, "intro", phrase, &text), NASHRA_OK);
    assert_string_equal(text.data, expected);
    nashra_buffer_finish(&text);
    nashra_phrases_destroy(phrases);
}

static void phrases_tell_date_and_time(void **state) {
    (void)state;
    struct nashra_script script = {.station = "إذاعة", .title = "نشرة"};
    static const struct {
        int hour, minute;
        const char *told;
    } times[] = {{0, 0, "الثانية عشرة ليلا"}, {0, 5, "12:05 ليلا"},      {3, 59, "3:59 ليلا"},
                 {4, 0, "4:00 صباحا"},        {11, 30, "11:30 صباحا"},   {12, 0, "الثانية عشرة ظهرا"},
                 {12, 1, "12:01 ظهرا"},       {15, 0, "3:00 بعد الظهر"}, {16, 0, "4:00 مساء"},
                 {21, 0, "9:00 مساء"},        {23, 59, "11:59 مساء"}};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        script.at = (struct nashra_moment){2026, 11, 28, times[i].hour, times[i].minute, 0};
        expect_phrase(&script, "{time}", times[i].told);
    }
    expect_phrase(&script, "{station}: {title} {weekday} {date}.", "إذاعة: نشرة السبت 28/11/2026.");
    script.at = (struct nashra_moment){2024, 2, 29, 8, 0, 0};
    expect_phrase(&script, "{weekday}", "الخميس");
    script.at = (struct nashra_moment){2000, 1, 1, 8, 0, 0};
    expect_phrase(&script, "{weekday}", "السبت");
}

static void every_allocation_fails_once(void **state) {
    (void)state;
    static const char text[] = "[bulletin]\ntitle = x\nopening = o.wav\n[item]\ntext = a\n  b\n[item]\nfile = c\n";
    int status = NASHRA_ENOMEM;
    for (unsigned long n = 1; status != NASHRA_OK; n++) {
        struct nashra_script script;
        nashra_alloc_fail_after(n);
        status = nashra_script_init(&script);
        if (status == NASHRA_OK)
            status = nashra_script_read(&script, text, strlen(text), "nine.ini");
        if (status == NASHRA_OK && !nashra_script_inputs(&script))
            status = NASHRA_ENOMEM;
        nashra_alloc_fail_after(0);
        if (status != NASHRA_OK)
            assert_int_equal(status, NASHRA_ENOMEM);
        nashra_script_finish(&script);
        assert_true(n < 1000);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_script),
        cmocka_unit_test(long_values),
        cmocka_unit_test(faults_name_file_line_and_key),
        cmocka_unit_test(all_faults_are_told),
        cmocka_unit_test(calls_hold_over_the_script),
        cmocka_unit_test(missing_files_are_told),
        cmocka_unit_test(phrases_tell_date_and_time),
        cmocka_unit_test(every_allocation_fails_once),
    };
    nashra_log_set_handler(keep_message, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
