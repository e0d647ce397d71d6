/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables behind the box: prompts and layouts are complete, and broken ones are refused with file and line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <nashra/prompts.h>
#include <nashra/table.h>
#include <nashra/utf8.h>

static char message[1000];

static void keep_message(enum nashra_log_level level, const char *text, void *user) {
    (void)level;
    (void)user;
    snprintf(message, sizeof message, "%s", text);
}

static struct nashra_prompts *load_prompts(void) {
    struct nashra_buffer path = {0};
    struct nashra_prompts *prompts;
    assert_int_equal(nashra_data_path("prompts.tsv", &path), NASHRA_OK);
    assert_int_equal(nashra_prompts_load(path.data, &prompts), NASHRA_OK);
    nashra_buffer_finish(&path);
    return prompts;
}

static void every_prompt_has_its_texts(void **state) {
    (void)state;
    struct nashra_prompts *prompts = load_prompts();
    const size_t numbers[] = {3, 12};
    for (int i = 0; i < NASHRA_PROMPT_COUNT; i++) {
        struct nashra_buffer text = {0};
        unsigned first;
        const char *arabic = nashra_prompts_text(prompts, (enum nashra_prompt)i, NASHRA_PROMPT_ARABIC);
        nashra_utf8_decode(arabic, strlen(arabic), &first);
        assert_true(nashra_is_arabic_letter(first));
        assert_int_equal(nashra_prompts_fill(prompts, (enum nashra_prompt)i, NASHRA_PROMPT_ENGLISH, numbers, &text),
                         NASHRA_OK);
        assert_null(strchr(text.data, '{'));
        assert_int_equal(text.data[0] & 0x80, 0);
        nashra_buffer_finish(&text);
    }
    nashra_prompts_destroy(prompts);
}

/* A number's clip is in the nominative: "من أصل ثلاثة وعشرون" would be wrong. */
static void arabic_numbers_stand_behind_a_colon(void **state) {
    (void)state;
    struct nashra_prompts *prompts = load_prompts();
    for (int i = 0; i < NASHRA_PROMPT_COUNT; i++) {
        const char *text = nashra_prompts_text(prompts, (enum nashra_prompt)i, NASHRA_PROMPT_ARABIC);
        for (const char *at = text; (at = strchr(at, '{')) != NULL; at++)
            assert_true(at - text > 2 && at[-1] == ' ' && at[-2] == ':');
    }
    nashra_prompts_destroy(prompts);
}

/* Without its marks a prompt would be guessed at: every Arabic one carries some. */
static void arabic_prompts_are_marked(void **state) {
    (void)state;
    struct nashra_prompts *prompts = load_prompts();
    for (int i = 0; i < NASHRA_PROMPT_COUNT; i++) {
        const char *text = nashra_prompts_text(prompts, (enum nashra_prompt)i, NASHRA_PROMPT_ARABIC);
        char bare[1000];
        assert_true(strlen(text) < sizeof bare);
        assert_true(nashra_strip_marks(text, strlen(text), bare) < strlen(text));
    }
    nashra_prompts_destroy(prompts);
}

static void numbers_stand_in_their_places(void **state) {
    (void)state;
    struct nashra_prompts *prompts = load_prompts();
    struct nashra_buffer text = {0};
    const size_t numbers[] = {3, 12};
    nashra_prompts_fill(prompts, NASHRA_PROMPT_WHERE_ARTICLE, NASHRA_PROMPT_ENGLISH, numbers, &text);
    assert_string_equal(text.data, "Article 3 of 12.");
    nashra_buffer_finish(&text);
    nashra_prompts_destroy(prompts);
}

static const char *write_file(const char *text) {
    static char path[] = "/tmp/nashra-table-XXXXXX";
    strcpy(path + strlen(path) - 6, "XXXXXX");
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    close(fd);
    return path;
}

struct broken {
    const char *text, *complaint;
};

static void broken_prompts_are_refused(void **state) {
    (void)state;
    static const struct broken tables[] = {
        {"ready\tجَاهِز\tReady\n", "the prompt \"goodbye\" is missing"},
        {"readdy\tجَاهِز\tReady\n", ":1: there is no prompt \"readdy\""},
        {"# x\nready\tجَاهِز\tReady\nready\tجَاهِز\tReady\n", ":3: \"ready\" is there twice"},
        {"ready\tجَاهِز\n", ":1: name, Arabic and English are needed"},
        {"ready\tجَاهِز\tReady {1}\n", ":1: \"ready\" needs a text with 0 numbers"},
        {"new.count\tجَدِيد\tNew: {1}\n", ":1: \"new.count\" needs a text with 1 numbers"},
        {"ready\t\tReady\n", ":1: \"ready\" needs a text"},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct nashra_prompts *prompts;
        const char *path = write_file(tables[i].text);
        assert_int_equal(nashra_prompts_load(path, &prompts), NASHRA_ECONFIG);
        assert_null(prompts);
        if (!strstr(message, tables[i].complaint))
            fail_msg("\"%s\" does not say \"%s\"", message, tables[i].complaint);
        assert_non_null(strstr(message, path));
        unlink(path);
    }
}

static void broken_layouts_are_refused(void **state) {
    (void)state;
    static const struct broken tables[] = {
        {"# nothing\n", "no keys"},
        {"play\tplay\twhere\n", ":1: key, short, long and held are needed"},
        {"play\tplay\twhere\tdance\n", ":1: there is no command \"dance\""},
        {"play\thelp\twhere\toff\n", ":1: help is for a long press or a held key"},
        {"play\tplay\twhere\toff\nplay\tnext\t-\t-\n", ":2: \"play\" stands in line 1 already"},
        {"play\tplay\twhere\toff\nplay+back\tnext\t-\t-\n", ":2: \"play+back\" is no pair of two keys"},
        {"play\tplay\twhere\toff\nplay+play\tnext\t-\t-\n", ":2: \"play+play\" is no pair of two keys"},
        {"a\tplay\t-\t-\nb\tnext\t-\t-\na+b\tundo\t-\t-\nc\tnext\t-\t-\n", ":4: the key \"c\" stands below a pair"},
    };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        struct nashra_layout *layout;
        const char *path = write_file(tables[i].text);
        assert_int_equal(nashra_layout_load(path, &layout), NASHRA_ECONFIG);
        assert_null(layout);
        if (!strstr(message, tables[i].complaint))
            fail_msg("\"%s\" does not say \"%s\"", message, tables[i].complaint);
        unlink(path);
    }
}

static void every_layout_is_complete(void **state) {
    (void)state;
    static const struct {
        const char *name;
        size_t keys;
        bool turns;     /* its turns have one meaning only */
        bool is_public; /* nobody who comes by switches it off */
    } layouts[] = {{"one", 1, false, false},     {"three", 3, false, false},  {"five", 5, false, false},
                   {"twelve", 12, false, false}, {"encoder", 3, true, false}, {"kiosk", 7, false, true}};
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        struct nashra_layout *layout;
        struct nashra_buffer path = {0};
        char name[40];
        snprintf(name, sizeof name, "layouts/%s.tsv", layouts[i].name);
        assert_int_equal(nashra_data_path(name, &path), NASHRA_OK);
        assert_int_equal(nashra_layout_load(path.data, &layout), NASHRA_OK);
        assert_int_equal(nashra_layout_keys(layout), layouts[i].keys);
        assert_true(nashra_layout_has(layout, NASHRA_COMMAND_PLAY));
        assert_int_equal(nashra_layout_has(layout, NASHRA_COMMAND_OFF), !layouts[i].is_public);
        for (size_t key = 0; key < layouts[i].keys; key++)
            for (int g = 0; g < NASHRA_GESTURE_COUNT && !layouts[i].turns; g++)
                assert_int_not_equal(nashra_layout_meaning(layout, key, (enum nashra_gesture)g), NASHRA_COMMAND_NONE);
        /* Five keys and more reach everything. */
        for (int c = 1; c < NASHRA_COMMAND_COUNT && layouts[i].keys >= 5; c++)
            if (!nashra_layout_has(layout, (enum nashra_command)c) &&
                !(layouts[i].is_public && c == NASHRA_COMMAND_OFF))
                fail_msg("%s has no %s", path.data, nashra_command_name((enum nashra_command)c));
        nashra_layout_destroy(layout);
        nashra_buffer_finish(&path);
    }
}

static void survives_every_failed_allocation(void **state) {
    (void)state;
    struct nashra_buffer path = {0};
    struct nashra_prompts *prompts;
    assert_int_equal(nashra_data_path("prompts.tsv", &path), NASHRA_OK);
    int status = NASHRA_ENOMEM;
    for (unsigned long n = 1; status < 0; n++) {
        nashra_alloc_fail_after(n);
        status = nashra_prompts_load(path.data, &prompts);
        nashra_alloc_fail_after(0);
        assert_true(status == NASHRA_OK || status == NASHRA_ENOMEM);
    }
    nashra_prompts_destroy(prompts);
    nashra_buffer_finish(&path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_prompt_has_its_texts), cmocka_unit_test(arabic_numbers_stand_behind_a_colon),
        cmocka_unit_test(arabic_prompts_are_marked),  cmocka_unit_test(numbers_stand_in_their_places),
        cmocka_unit_test(broken_prompts_are_refused), cmocka_unit_test(broken_layouts_are_refused),
        cmocka_unit_test(every_layout_is_complete),   cmocka_unit_test(survives_every_failed_allocation),
    };
    nashra_log_set_handler(keep_message, NULL);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
