/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The index of stories: what is the same, what is found and by which way, what goes, and what failures leave behind. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "words.h"
#include <nashra/stories.h>

enum { NOW = 1800000000, DAY = 86400 };

static struct nashra_stories *stories;
static struct nashra_arena *arena;
static char folder[64];
static char path[100];
static int written;

static void silence(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)message;
    (void)user;
}

static int begin(void **state) {
    (void)state;
    written = 0;
    nashra_log_set_handler(silence, NULL);
    arena = nashra_arena_create();
    return nashra_stories_open(NULL, &stories);
}

static int begin_on_disk(void **state) {
    (void)state;
    written = 0;
    nashra_log_set_handler(silence, NULL);
    strcpy(folder, "/tmp/nashra-stories-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/news.db", folder);
    arena = nashra_arena_create();
    return nashra_stories_open(path, &stories);
}

static int finish(void **state) {
    char command[100];
    (void)state;
    nashra_stories_close(stories);
    nashra_arena_destroy(arena);
    nashra_log_set_handler(NULL, NULL);
    if (!folder[0])
        return 0;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    folder[0] = '\0';
    return system(command);
}

static int count_write(void *user) {
    written++;
    return user ? *(int *)user : NASHRA_OK;
}

/* A text of its own for each seed. */
static void make_text(unsigned seed, char text[4096]) {
    static const char *const words[] = {"حكومة", "وزير", "مدينة", "جسر", "نهر",    "طريق", "مدرسة", "سوق",
                                        "ميناء", "قطار", "مطار",  "ماء", "كهرباء", "صحة",  "علم",   "كتاب"};
    size_t length = 0;
    text[0] = '\0';
    for (unsigned i = 0; i < 120; i++) {
        seed = seed * 1103515245u + 12345u;
        length += (size_t)snprintf(text + length, 4096 - length, "%s ", words[seed >> 16 & 15]);
    }
}

static int add(unsigned number, const char *title, const char *text, int64_t published, int64_t *id) {
    char file[32], link[64];
    const uint64_t keys[] = {number * 2 + 1, number * 2 + 2};
    snprintf(file, sizeof file, "%u.txt", number);
    snprintf(link, sizeof link, "https://news.example/%u", number);
    const struct nashra_story_draft draft = {file, title,     text, "قناة", number % 2 ? "https://a/" : "https://b/",
                                             link, published, NOW,  keys,   2};
    return nashra_stories_add(stories, &draft, count_write, NULL, id);
}

static void fill(unsigned count) {
    char text[4096], title[64];
    for (unsigned i = 0; i < count; i++) {
        make_text(i + 1, text);
        snprintf(title, sizeof title, "عنوان %u", i);
        assert_int_equal(add(i, title, text, NOW - (int64_t)i * 60, NULL), NASHRA_STORY_ADDED);
    }
}

static size_t list(const struct nashra_story_wish *wish, struct nashra_story **out) {
    size_t count;
    assert_int_equal(nashra_stories_list(stories, wish, arena, out, &count), NASHRA_OK);
    return count;
}

/* Sameness -------------------------------------------------------------------------------------------------------- */

static void a_key_is_known_for_good(void **state) {
    char text[4096];
    const uint64_t first[] = {1}, other[] = {99, 2}, none[] = {99};
    (void)state;
    make_text(1, text);
    assert_int_equal(add(0, "عنوان", text, NOW, NULL), NASHRA_STORY_ADDED);
    assert_int_equal(nashra_stories_known(stories, first, 1, NOW), 1);
    assert_int_equal(nashra_stories_known(stories, other, 2, NOW), 1);
    assert_int_equal(nashra_stories_known(stories, none, 1, NOW), 0);
    assert_int_equal(nashra_stories_note(stories, none, 1, NOW), NASHRA_OK);
    assert_int_equal(nashra_stories_known(stories, none, 1, NOW), 1);
}

static void an_edited_text_is_the_same_and_another_is_not(void **state) {
    char text[4096], edited[4096];
    int64_t first, second;
    (void)state;
    make_text(7, text);
    strcpy(edited, text);
    memcpy(strstr(edited, "جسر"), "بحر", strlen("جسر")); /* one word of 120 */
    assert_int_equal(add(0, "عنوان", text, NOW, &first), NASHRA_STORY_ADDED);
    assert_int_equal(add(1, "عنوان آخر", edited, NOW - 100, &second), NASHRA_STORY_SAME);
    assert_int_equal(first, second);
    assert_int_equal(written, 1);
    assert_int_equal(add(2, "عنوان", edited, NOW - 5 * DAY, NULL), NASHRA_STORY_ADDED); /* not of these days */
    make_text(8, text);
    assert_int_equal(add(3, "عنوان", text, NOW, NULL), NASHRA_STORY_ADDED);
    assert_int_equal(add(4, "عنوان", "خبر قصير", NOW, NULL), NASHRA_STORY_ADDED); /* so short a text says nothing */
    assert_int_equal(add(5, "عنوان", "خبر قصير", NOW, NULL), NASHRA_STORY_ADDED);
}

static void other_numbers_are_other_news(void **state) {
    char text[4096], other[4200];
    (void)state;
    make_text(7, text);
    snprintf(other, sizeof other, "%s 15", text);
    strcat(text, " 12");
    assert_int_equal(add(0, "حصيلة", text, NOW, NULL), NASHRA_STORY_ADDED);
    assert_int_equal(add(1, "حصيلة", other, NOW, NULL), NASHRA_STORY_ADDED);
}

/* Of 2,000 texts of the same few words none is taken for another. */
static void texts_of_the_same_words_differ(void **state) {
    (void)state;
    fill(2000);
    assert_int_equal(written, 2000);
}

/* Words ----------------------------------------------------------------------------------------------------------- */

static void words_are_folded(void **state) {
    static const char *const cases[][2] = {
        {"الحُكُومَةُ، والوزراء!", "حكومه وزرا"},
        {"BBC عربي", "bbc عربي"},
        {"١٢٫٥ كم/س", "12 5 كم س"},
        {"مسؤولون ومسئولون", "مسولون ومسولون"},
        {"للمدينة بالقاهرة", "مدينه قاهره"},
        {"الله", "الله"},
        {"شيءٌ", "شي"},
        {"كـــتاب", "كتاب"},
        {"«العربية»…", "عربيه"},
        {"", ""},
        {"؟!,.", ""},
    };
    struct nashra_words *words;
    (void)state;
    assert_int_equal(nashra_words_create(&words), NASHRA_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct nashra_buffer out = {0};
        nashra_words_fold(words, cases[i][0], strlen(cases[i][0]), &out);
        assert_string_equal(nashra_buffer_string(&out), cases[i][1]);
        nashra_buffer_finish(&out);
    }
    nashra_words_destroy(words);
}

static void whatever_is_looked_for_is_a_query_or_an_error(void **state) {
    static const char *const odd[] = {"\"", "*",  "a*b", "\"a", "OR NOT", "NEAR(a b)", "col:x",
                                      "-x", "^a", "'",   "\\",  "(((",    "{a b}: c",  "\xFF\xFE"};
    struct nashra_story *found;
    size_t count;
    (void)state;
    fill(3);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const struct nashra_story_wish wish = {.words = odd[i]};
        const int status = nashra_stories_list(stories, &wish, arena, &found, &count);
        assert_true(status == NASHRA_OK || status == NASHRA_EUSAGE);
    }
}

/* Ways ------------------------------------------------------------------------------------------------------------ */

/* Every step is a search in an index, a virtual table by its own, or sorts what was found. */
static void nothing_is_scanned(void **state) {
    const struct nashra_story_wish wishes[] = {
        {.now = NOW, .most = 20},
        {.now = NOW, .most = 20, .skip = 100},
        {.source = "https://a/", .now = NOW, .most = 20},
        {.words = "حكومة وزير", .now = NOW, .most = 20},
        {.words = "حكو*", .source = "قناة", .now = NOW, .most = 20},
    };
    (void)state;
    fill(200);
    for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
        struct nashra_buffer plan = {0};
        assert_int_equal(nashra_stories_explain(stories, &wishes[i], &plan), NASHRA_OK);
        for (char *line = strtok(plan.data, "\n"); line; line = strtok(NULL, "\n"))
            if (strncmp(line, "SCAN", 4) == 0 && !strstr(line, "story_words VIRTUAL TABLE INDEX 0:M"))
                fail_msg("%s", line);
        nashra_buffer_finish(&plan);
    }
}

static void the_newest_is_first(void **state) {
    struct nashra_story *found;
    (void)state;
    fill(100);
    assert_int_equal(list(&(struct nashra_story_wish){0}, &found), 100);
    for (int i = 0; i < 100; i++)
        assert_int_equal(found[i].published, NOW - i * 60);
    assert_int_equal(list(&(struct nashra_story_wish){.most = 10, .skip = 95}, &found), 5);
    assert_string_equal(found[4].title, "عنوان 99");
    assert_int_equal(list(&(struct nashra_story_wish){.now = NOW - 60 * 90}, &found), 10);
    assert_int_equal(list(&(struct nashra_story_wish){.source = "https://a/"}, &found), 50);
    assert_int_equal(list(&(struct nashra_story_wish){.words = "\"عنوان 42\""}, &found), 1);
    struct nashra_story one;
    assert_int_equal(nashra_stories_find(stories, found[0].id, arena, &one), 1);
    assert_string_equal(one.file, "42.txt");
    assert_int_equal(nashra_stories_find(stories, 12345, arena, &one), 0);
}

/* Going ----------------------------------------------------------------------------------------------------------- */

static int gone;

static int let_go(const char *file, void *user) {
    if (user && strcmp(file, user) == 0)
        return 1;
    gone++;
    return 0;
}

static void old_stories_go(void **state) {
    struct nashra_story *found;
    size_t expired;
    const uint64_t old[] = {199};
    (void)state;
    gone = 0;
    fill(100);
    const struct nashra_story_limits age = {.oldest = NOW - 60 * 80, .forget = NOW - DAY};
    assert_int_equal(nashra_stories_expire(stories, &age, let_go, "90.txt", &expired), NASHRA_OK);
    assert_int_equal(expired, 18); /* 81 … 99 but for 90 */
    assert_int_equal(gone, 18);
    const struct nashra_story_limits most = {.most = 10, .forget = NOW - DAY};
    assert_int_equal(nashra_stories_expire(stories, &most, let_go, "90.txt", &expired), NASHRA_OK);
    assert_int_equal(expired, 71);
    assert_int_equal(list(&(struct nashra_story_wish){0}, &found), 11);
    assert_int_equal(list(&(struct nashra_story_wish){.words = "عنوان"}, &found), 11);
    /* What went is known until no feed has listed it for long. */
    assert_int_equal(nashra_stories_known(stories, old, 1, NOW), 1);
    const struct nashra_story_limits forget = {.most = 10, .forget = NOW + 1};
    assert_int_equal(nashra_stories_expire(stories, &forget, let_go, "90.txt", &expired), NASHRA_OK);
    assert_int_equal(expired, 0);
    assert_int_equal(nashra_stories_known(stories, old, 1, NOW), 0);
}

/* A feed that dates all it has with one moment: of those, too, only so many stay, the ones that came last. */
static void of_one_moment_the_last_stay(void **state) {
    char text[4096], title[64];
    struct nashra_story *found;
    size_t expired;
    (void)state;
    gone = 0;
    for (unsigned i = 0; i < 8; i++) {
        make_text(i + 1, text);
        snprintf(title, sizeof title, "عنوان %u", i);
        assert_int_equal(add(i, title, text, NOW, NULL), NASHRA_STORY_ADDED);
    }
    const struct nashra_story_limits most = {.most = 3, .forget = NOW - DAY};
    assert_int_equal(nashra_stories_expire(stories, &most, let_go, NULL, &expired), NASHRA_OK);
    assert_int_equal(expired, 5);
    assert_int_equal(list(&(struct nashra_story_wish){0}, &found), 3);
    assert_string_equal(found[0].title, "عنوان 7");
    assert_string_equal(found[2].title, "عنوان 5");
}

static int refuse(const char *file, void *user) {
    (void)user;
    return strcmp(file, "95.txt") == 0 ? NASHRA_EIO : 0;
}

static void a_failure_keeps_the_rows(void **state) {
    struct nashra_story *found;
    int full = NASHRA_EIO;
    char text[4096];
    const uint64_t keys[] = {5001};
    (void)state;
    fill(100);
    assert_int_equal(nashra_stories_expire(stories, &(struct nashra_story_limits){.most = 10}, refuse, NULL, NULL),
                     NASHRA_EIO);
    assert_true(list(&(struct nashra_story_wish){0}, &found) >= 96);
    make_text(5000, text);
    const struct nashra_story_draft draft = {"x.txt", "t", text, "s", "f", "l", NOW, NOW, keys, 1};
    assert_int_equal(nashra_stories_add(stories, &draft, count_write, &full, NULL), NASHRA_EIO);
    assert_int_equal(nashra_stories_known(stories, keys, 1, NOW), 0);
    assert_int_equal(nashra_stories_add(stories, &draft, count_write, NULL, NULL), NASHRA_STORY_ADDED);
}

/* The file follows its content: a year of news through a library of 100 stories. */
static void the_file_does_not_grow(void **state) {
    char text[4096], title[64];
    struct stat about;
    off_t early = 0, late = 0;
    (void)state;
    gone = 0;
    for (unsigned i = 0; i < 3000; i++) {
        make_text(i + 1, text);
        snprintf(title, sizeof title, "عنوان %u", i);
        assert_int_equal(add(i, title, text, NOW + (int64_t)i * 60, NULL), NASHRA_STORY_ADDED);
        if (i % 50 != 49)
            continue;
        const struct nashra_story_limits limits = {.most = 100, .forget = NOW - DAY};
        assert_int_equal(nashra_stories_expire(stories, &limits, let_go, NULL, NULL), NASHRA_OK);
        assert_int_equal(stat(path, &about), 0);
        off_t *most = i < 1000 ? &early : &late;
        *most = about.st_size > *most ? about.st_size : *most;
    }
    /* Keys of what went are remembered for two months: 2,000 more of them. */
    assert_true(late < early + 2000 * 2 * 64);
    assert_int_equal(gone, 2900);
}

/* Several at once, and damage ------------------------------------------------------------------------------------- */

static void two_have_it_open(void **state) {
    struct nashra_stories *other;
    struct nashra_story *found;
    size_t count;
    (void)state;
    fill(5);
    assert_int_equal(nashra_stories_open(path, &other), NASHRA_OK);
    assert_int_equal(nashra_stories_list(other, &(struct nashra_story_wish){0}, arena, &found, &count), NASHRA_OK);
    assert_int_equal(count, 5);
    nashra_stories_close(other);
}

static void a_newer_index_is_set_aside(void **state) {
    sqlite3 *database;
    char aside[128];
    (void)state;
    fill(5);
    nashra_stories_close(stories);
    stories = NULL;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, "PRAGMA user_version=99", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
    assert_int_equal(nashra_stories_open(path, &stories), NASHRA_OK);
    snprintf(aside, sizeof aside, "%s.damaged-1", path);
    assert_int_equal(access(aside, F_OK), 0);
    fill(5);
}

static void feeds_and_hosts_are_remembered(void **state) {
    struct nashra_feed_state feed;
    int64_t due;
    (void)state;
    assert_int_equal(nashra_stories_feed(stories, "https://a/", arena, &feed), NASHRA_OK);
    assert_string_equal(feed.etag, "");
    assert_int_equal(feed.checked, 0);
    const struct nashra_feed_state set = {"قناة", "\"x\"", "Sat", "", NOW, NOW + 5, 2};
    assert_int_equal(nashra_stories_set_feed(stories, "https://a/", &set), NASHRA_OK);
    assert_int_equal(nashra_stories_feed(stories, "https://a/", arena, &feed), NASHRA_OK);
    assert_string_equal(feed.title, "قناة");
    assert_string_equal(feed.etag, "\"x\"");
    assert_int_equal(feed.due, NOW + 5);
    assert_int_equal(feed.failures, 2);
    assert_int_equal(nashra_stories_drop_feed(stories, "https://a/"), NASHRA_OK);
    assert_int_equal(nashra_stories_feed(stories, "https://a/", arena, &feed), NASHRA_OK);
    assert_string_equal(feed.title, "");
    assert_int_equal(nashra_stories_host(stories, "a", &due), NASHRA_OK);
    assert_int_equal(due, 0);
    assert_int_equal(nashra_stories_set_host(stories, "a", 7), NASHRA_OK);
    assert_int_equal(nashra_stories_set_host(stories, "a", 8), NASHRA_OK);
    assert_int_equal(nashra_stories_host(stories, "a", &due), NASHRA_OK);
    assert_int_equal(due, 8);
}

/* Each allocation fails once: the call says so, or does all the same, and nothing is lost. */
static void without_memory(void **state) {
    struct nashra_story *found;
    char text[4096];
    (void)state;
    make_text(1, text);
    int status = NASHRA_ENOMEM;
    for (unsigned long n = 1; status == NASHRA_ENOMEM && n < 500; n++) {
        nashra_alloc_fail_after(n);
        status = add(0, "عنوان", text, NOW, NULL);
        nashra_alloc_fail_after(0);
        assert_true(status == NASHRA_ENOMEM || status == NASHRA_ECONFIG || status >= 0);
    }
    assert_int_equal(status, NASHRA_STORY_ADDED);
    assert_int_equal(list(&(struct nashra_story_wish){.words = "حكومة"}, &found), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_key_is_known_for_good, begin, finish),
        cmocka_unit_test_setup_teardown(an_edited_text_is_the_same_and_another_is_not, begin, finish),
        cmocka_unit_test_setup_teardown(other_numbers_are_other_news, begin, finish),
        cmocka_unit_test_setup_teardown(texts_of_the_same_words_differ, begin, finish),
        cmocka_unit_test_setup_teardown(words_are_folded, begin, finish),
        cmocka_unit_test_setup_teardown(whatever_is_looked_for_is_a_query_or_an_error, begin, finish),
        cmocka_unit_test_setup_teardown(nothing_is_scanned, begin, finish),
        cmocka_unit_test_setup_teardown(the_newest_is_first, begin, finish),
        cmocka_unit_test_setup_teardown(old_stories_go, begin, finish),
        cmocka_unit_test_setup_teardown(of_one_moment_the_last_stay, begin, finish),
        cmocka_unit_test_setup_teardown(a_failure_keeps_the_rows, begin, finish),
        cmocka_unit_test_setup_teardown(the_file_does_not_grow, begin_on_disk, finish),
        cmocka_unit_test_setup_teardown(two_have_it_open, begin_on_disk, finish),
        cmocka_unit_test_setup_teardown(a_newer_index_is_set_aside, begin_on_disk, finish),
        cmocka_unit_test_setup_teardown(feeds_and_hosts_are_remembered, begin, finish),
        cmocka_unit_test_setup_teardown(without_memory, begin, finish),
    };
    return cmocka_run_group_tests_name("stories", tests, NULL, NULL);
}
