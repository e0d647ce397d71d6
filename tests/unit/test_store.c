/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The store on real files: the library, places that follow their sentence, damage, and who may open it. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include <nashra/store.h>

static char folder[64];
static char journal[100];
static char messages[4000];

static void keep_message(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)user;
    snprintf(messages + strlen(messages), sizeof messages - strlen(messages), "%s\n", message);
}

static int create_folder(void **state) {
    (void)state;
    strcpy(folder, "/tmp/nashra-store-XXXXXX");
    messages[0] = '\0';
    nashra_log_set_handler(keep_message, NULL);
    if (!mkdtemp(folder))
        return -1;
    snprintf(journal, sizeof journal, "%s/journal", folder);
    return 0;
}

static int remove_folder(void **state) {
    char command[100];
    (void)state;
    nashra_log_set_handler(NULL, NULL);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static const char *in_folder(const char *name) {
    static char path[2][200];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static void write_file(const char *name, const char *content) {
    FILE *file = fopen(in_folder(name), "w");
    assert_non_null(file);
    assert_true(fputs(content, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static struct nashra_store *open_store(enum nashra_store_outcome expected) {
    struct nashra_store *store;
    enum nashra_store_outcome outcome;
    assert_int_equal(nashra_store_open(journal, &store, &outcome), NASHRA_OK);
    assert_int_equal(outcome, expected);
    return store;
}

/* The library ----------------------------------------------------------------------------------------------------- */

static size_t scan(struct nashra_store *store) {
    const char *const folders[] = {folder};
    size_t changed;
    assert_int_equal(nashra_store_scan(store, folders, 1, &changed), NASHRA_OK);
    return changed;
}

/* "name*" for each article in order: * is new, + was heard. */
static void check_articles(struct nashra_store *store, const char *expected) {
    struct nashra_arena *arena = nashra_arena_create();
    struct nashra_store_article *list;
    char got[400] = "";
    size_t count;
    assert_int_equal(nashra_store_articles(store, arena, &list, &count), NASHRA_OK);
    for (size_t i = 0; i < count; i++) {
        const size_t at = strlen(got);
        snprintf(got + at, sizeof got - at, "%s%s%s%s", i ? " " : "", list[i].path + strlen(folder) + 1,
                 list[i].fresh ? "*" : "", list[i].heard ? "+" : "");
    }
    assert_string_equal(got, expected);
    nashra_arena_destroy(arena);
}

static int64_t id_of(struct nashra_store *store, const char *name) {
    struct nashra_arena *arena = nashra_arena_create();
    struct nashra_store_article *list;
    size_t count;
    int64_t id = 0;
    assert_int_equal(nashra_store_articles(store, arena, &list, &count), NASHRA_OK);
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].path + strlen(folder) + 1, name) == 0)
            id = list[i].id;
    nashra_arena_destroy(arena);
    return id;
}

static void finds_articles_in_order(void **state) {
    (void)state;
    struct nashra_store *store = open_store(NASHRA_STORE_OPENED);
    check_articles(store, "");
    assert_int_equal(mkdir(in_folder("b"), 0700), 0);
    assert_int_equal(symlink(".", in_folder("round")), 0);
    write_file("10.txt", "ten");
    write_file("9.txt", "nine");
    write_file("007.HTML", "seven");
    write_file("b/1.epub", "one");
    write_file(".hidden.txt", "x");
    write_file("picture.jpg", "x");
    write_file("empty.txt", "");
    assert_int_equal(scan(store), 4);
    check_articles(store, "007.HTML* 9.txt* 10.txt* b/1.epub*");
    assert_int_equal(scan(store), 0);
    nashra_store_close(store);
}

static void an_article_stays_itself(void **state) {
    (void)state;
    struct nashra_store *store = open_store(NASHRA_STORE_OPENED);
    write_file("a.txt", "first");
    write_file("b.txt", "second");
    scan(store);
    const int64_t a = id_of(store, "a.txt"), b = id_of(store, "b.txt");
    assert_int_equal(nashra_store_heard(store, a), NASHRA_OK);
    assert_int_equal(nashra_store_seen(store, b), NASHRA_OK);
    check_articles(store, "a.txt+ b.txt");

    /* Renamed. */
    assert_int_equal(rename(in_folder("a.txt"), in_folder("c.txt")), 0);
    assert_int_equal(scan(store), 1);
    check_articles(store, "b.txt c.txt+");
    assert_int_equal(id_of(store, "c.txt"), a);

    /* A copy is another one. */
    write_file("d.txt", "first");
    scan(store);
    assert_int_not_equal(id_of(store, "d.txt"), a);
    assert_int_equal(id_of(store, "c.txt"), a);

    /* Edited: what was heard is new again. */
    write_file("c.txt", "first, and more");
    scan(store);
    assert_int_equal(id_of(store, "c.txt"), a);
    check_articles(store, "b.txt c.txt* d.txt*");

    /* Gone, and back. */
    assert_int_equal(unlink(in_folder("b.txt")), 0);
    scan(store);
    check_articles(store, "c.txt* d.txt*");
    write_file("b.txt", "second");
    scan(store);
    assert_int_equal(id_of(store, "b.txt"), b);
    check_articles(store, "b.txt c.txt* d.txt*");
    nashra_store_close(store);
}

static void set_time(const char *name, time_t seconds) {
    const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = seconds}};
    assert_int_equal(utimensat(AT_FDCWD, in_folder(name), times, 0), 0);
}

/* Neither the length nor the time tells by itself whether an article is another one now: its bytes do. */
static void an_edit_is_told_by_the_bytes(void **state) {
    (void)state;
    struct nashra_store *store = open_store(NASHRA_STORE_OPENED);
    write_file("a.txt", "seven");
    set_time("a.txt", 1000000000);
    scan(store);
    assert_int_equal(nashra_store_heard(store, id_of(store, "a.txt")), NASHRA_OK);
    set_time("a.txt", 1000000001); /* copied anew, as it was */
    assert_int_equal(scan(store), 0);
    check_articles(store, "a.txt+");
    write_file("a.txt", "eight");
    set_time("a.txt", 1000000002);
    assert_int_equal(scan(store), 1);
    check_articles(store, "a.txt*");
    nashra_store_close(store);
}

static void a_folder_that_is_missing_has_no_articles(void **state) {
    (void)state;
    struct nashra_store *store = open_store(NASHRA_STORE_OPENED);
    const char *const folders[] = {folder, "/nonexistent/stick"};
    size_t changed;
    write_file("a.txt", "first");
    assert_int_equal(nashra_store_scan(store, folders, 2, &changed), NASHRA_OK);
    check_articles(store, "a.txt*");
    assert_int_equal(nashra_store_scan(store, folders + 1, 1, &changed), NASHRA_OK);
    assert_int_equal(changed, 1);
    check_articles(store, "");
    nashra_store_close(store);
}

/* The journal ----------------------------------------------------------------------------------------------------- */

struct page {
    struct nashra_segment segments[16];
    struct nashra_store_text text;
};

/* Sentences end with a full stop. */
static struct nashra_store_text *make(struct page *page, const char *bytes) {
    *page = (struct page){.text = {bytes, strlen(bytes), page->segments, 0}};
    for (size_t at = 0; at < page->text.length; page->text.count++) {
        const size_t end = (size_t)(strchr(bytes + at, '.') - bytes) + 1;
        page->segments[page->text.count].span = (struct nashra_span){at, end};
        at = end + strspn(bytes + end, " ");
    }
    return &page->text;
}

static size_t at(const char *bytes, const char *word) {
    const char *found = strstr(bytes, word);
    assert_non_null(found);
    return (size_t)(found - bytes);
}

struct edit {
    const char *before, *place, *after, *expected;
};

/* Where a place must be found after an edit, by what a listener expects: in the same sentence at the same word; where
 * the sentence itself was changed, at the beginning of what stands in its stead. */
static void a_place_follows_its_sentence(void **state) {
    (void)state;
    static const struct edit edits[] = {
        {"One two. Three four. Five.", "four", "New. One two. Three four. Five.", "four. F"},
        {"One two. Three four. Five.", "four", "Three four. Five.", "four"},
        {"One two. Three four. Five.", "four", "One two. Three  four. Five.", "four"}, /* only spaces */
        {"One two. Three four. Five.", "four", "One two. Three 4. Five.", "Three 4"},
        {"One two. Three four. Five.", "four", "Zero. One two. And three four. Five. Six.", "And three"},
        {"Yes. No. Yes. No. Yes. Last.", "Yes. Last", "Yes. No. Yes. No. Yes. Last.", "Yes. Last"},
        {"Yes. No. Yes. No. Yes. Last.", "Yes. Last", "Good day. Yes. No. Yes. No. Yes. Last.", "Yes. Last"},
        {"Yes. No. Yes. Maybe. Yes. Last.", "Yes. Maybe", "Yes. Maybe. Yes. Last. Yes. No.", "Yes. Maybe"},
        {"One two. Three four. Five.", "Five", "All is new here.", "All"},
    };
    struct nashra_store *store = open_store(NASHRA_STORE_OPENED);
    write_file("a.txt", "x");
    scan(store);
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        const struct edit *it = &edits[i];
        struct page before, after;
        size_t place;
        make(&before, it->before);
        make(&after, it->after);
        assert_int_equal(nashra_store_save(store, 1, &before.text, at(it->before, it->place), 0), NASHRA_OK);
        assert_int_equal(nashra_store_find(store, 1, &after.text, &place), NASHRA_OK);
        if (place != at(it->after, it->expected))
            fail_msg("\"%s\" at \"%s\" became \"%s\" at \"%s\"", it->before, it->place, it->after, it->after + place);
        /* It stays there, and when the text comes back it goes back to its sentence. */
        assert_int_equal(nashra_store_find(store, 1, &after.text, &place), NASHRA_OK);
        assert_int_equal(place, at(it->after, it->expected));
    }
    nashra_store_close(store);
}

static void the_end_of_the_text_is_a_place(void **state) {
    (void)state;
    struct nashra_store *store = open_store(NASHRA_STORE_OPENED);
    struct page page, longer;
    size_t place;
    write_file("a.txt", "x");
    scan(store);
    make(&page, "One. Two.");
    make(&longer, "Zero. One. Two.");
    assert_int_equal(nashra_store_save(store, 1, &page.text, page.text.length, 0), NASHRA_OK);
    assert_int_equal(nashra_store_find(store, 1, &page.text, &place), NASHRA_OK);
    assert_int_equal(place, page.text.length);
    assert_int_equal(nashra_store_find(store, 1, &longer.text, &place), NASHRA_OK);
    assert_int_equal(place, longer.text.length);
    nashra_store_close(store);
}

static void check_bookmarks(struct nashra_store *store, const size_t *expected, size_t count) {
    struct nashra_arena *arena = nashra_arena_create();
    struct nashra_store_bookmark *list;
    size_t got;
    assert_int_equal(nashra_store_bookmarks(store, arena, &list, &got), NASHRA_OK);
    assert_int_equal(got, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(list[i].article, 1);
        assert_int_equal(list[i].offset, expected[i]);
    }
    nashra_arena_destroy(arena);
}

static void bookmarks_follow_too(void **state) {
    (void)state;
    struct nashra_store *store = open_store(NASHRA_STORE_OPENED);
    struct page before, after, less;
    size_t place;
    write_file("a.txt", "x");
    scan(store);
    make(&before, "One. Two. Three.");
    make(&after, "Zero. One. Two. Three.");
    make(&less, "Zero. One.");
    assert_int_equal(nashra_store_add_bookmark(store, 1, &before.text, 10), NASHRA_OK);
    assert_int_equal(nashra_store_add_bookmark(store, 1, &before.text, 5), NASHRA_OK);
    assert_int_equal(nashra_store_add_bookmark(store, 1, &before.text, 5), NASHRA_OK);
    check_bookmarks(store, (size_t[]){10, 5}, 2);
    /* A place that is saved for the new text takes the bookmarks with it. */
    assert_int_equal(nashra_store_save(store, 1, &after.text, 0, 0), NASHRA_OK);
    check_bookmarks(store, (size_t[]){16, 11}, 2);
    assert_int_equal(nashra_store_remove_bookmark(store, 1, 16), NASHRA_OK);
    assert_int_equal(nashra_store_remove_bookmark(store, 1, 16), NASHRA_OK);
    assert_int_equal(nashra_store_add_bookmark(store, 1, &after.text, 16), NASHRA_OK);
    /* Both lose their sentences, and fall together. */
    assert_int_equal(nashra_store_find(store, 1, &less.text, &place), NASHRA_OK);
    assert_int_equal(place, 0);
    check_bookmarks(store, (size_t[]){6}, 1);
    nashra_store_close(store);
}

static void all_is_there_when_it_opens_again(void **state) {
    (void)state;
    struct nashra_store *store = open_store(NASHRA_STORE_OPENED);
    struct page page;
    int64_t article, when, value;
    size_t place;
    write_file("a.txt", "x");
    scan(store);
    make(&page, "One. Two. Three.");
    assert_int_equal(nashra_store_current(store, &article, &when), NASHRA_OK);
    assert_int_equal(article, 0);
    assert_int_equal(nashra_store_save(store, 1, &page.text, 5, 1234567890), NASHRA_OK);
    assert_int_equal(nashra_store_set(store, "rate", 205), NASHRA_OK);
    nashra_store_close(store);

    store = open_store(NASHRA_STORE_OPENED);
    struct nashra_arena *arena = nashra_arena_create();
    struct nashra_store_article *list;
    size_t count;
    assert_int_equal(nashra_store_current(store, &article, &when), NASHRA_OK);
    assert_int_equal(article, 1);
    assert_int_equal(when, 1234567890);
    assert_int_equal(nashra_store_find(store, 1, &page.text, &place), NASHRA_OK);
    assert_int_equal(place, 5);
    assert_int_equal(nashra_store_setting(store, "rate", 165, &value), NASHRA_OK);
    assert_int_equal(value, 205);
    assert_int_equal(nashra_store_setting(store, "volume", 60, &value), NASHRA_OK);
    assert_int_equal(value, 60);
    assert_int_equal(nashra_store_articles(store, arena, &list, &count), NASHRA_OK);
    nashra_arena_destroy(arena);
    nashra_store_close(store);
}

/* Damage ---------------------------------------------------------------------------------------------------------- */

static void fill(void) {
    struct nashra_store *store = open_store(NASHRA_STORE_OPENED);
    char name[20];
    for (int i = 0; i < 100; i++) {
        snprintf(name, sizeof name, "%d.txt", i);
        write_file(name, name);
    }
    scan(store);
    nashra_store_close(store);
}

static void spoil(long offset, const char *bytes) {
    FILE *file = fopen(journal, "r+");
    assert_non_null(file);
    fseek(file, offset, SEEK_SET);
    for (int i = 0; i < 200; i++)
        fputs(bytes, file);
    fclose(file);
}

static void a_damaged_file_is_set_aside(void **state) {
    (void)state;
    for (int i = 1; i <= 2; i++) {
        char aside[120];
        snprintf(aside, sizeof aside, "journal.damaged-%d", i);
        fill();
        messages[0] = '\0';
        spoil(i == 1 ? 0 : 4096 * 2, "damage!"); /* its head; a page inside */
        struct nashra_store *store = open_store(NASHRA_STORE_SET_ASIDE);
        check_articles(store, "");
        nashra_store_close(store);
        assert_int_equal(access(in_folder(aside), R_OK), 0);
        assert_non_null(strstr(messages, aside));
    }
}

static void a_newer_file_is_set_aside(void **state) {
    (void)state;
    sqlite3 *database;
    fill();
    assert_int_equal(sqlite3_open(journal, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database, "PRAGMA user_version=99", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(database);
    nashra_store_close(open_store(NASHRA_STORE_SET_ASIDE));
    assert_non_null(strstr(messages, "it has version 99"));
}

static void a_file_in_use_is_refused(void **state) {
    (void)state;
    struct nashra_store *store = open_store(NASHRA_STORE_OPENED);
    const pid_t child = fork();
    if (child == 0) {
        struct nashra_store *second;
        _exit(nashra_store_open(journal, &second, NULL) == NASHRA_EAGAIN ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    nashra_store_close(store);
}

static void what_cannot_be_opened_says_why(void **state) {
    (void)state;
    struct nashra_store *store;
    assert_int_equal(nashra_store_open("/nonexistent/folder/journal", &store, NULL), NASHRA_EIO);
    assert_null(store);
    assert_non_null(strstr(messages, "/nonexistent/folder/journal"));
    assert_int_equal(nashra_store_open(folder, &store, NULL), NASHRA_EIO);
    assert_int_equal(nashra_store_open(NULL, &store, NULL), NASHRA_OK);
    assert_int_equal(nashra_store_set(store, "rate", 100), NASHRA_OK);
    nashra_store_close(store);
    nashra_store_close(NULL);
}

static void an_unknown_article_is_refused(void **state) {
    (void)state;
    struct nashra_store *store = open_store(NASHRA_STORE_OPENED);
    struct page page;
    size_t place;
    make(&page, "One.");
    assert_int_equal(nashra_store_save(store, 77, &page.text, 0, 0), NASHRA_EINTERNAL);
    assert_int_equal(nashra_store_find(store, 77, &page.text, &place), NASHRA_OK);
    assert_int_equal(place, 0);
    nashra_store_close(store);
}

static void survives_every_failed_allocation(void **state) {
    (void)state;
    const char *const folders[] = {folder};
    struct nashra_store *store = NULL;
    struct nashra_store_article *list;
    size_t count;
    int status = NASHRA_ENOMEM;
    write_file("a.txt", "x");
    for (unsigned long n = 1; status < 0; n++) {
        struct nashra_arena *arena = nashra_arena_create();
        nashra_alloc_fail_after(n);
        status = nashra_store_open(journal, &store, NULL);
        if (status >= 0)
            status = nashra_store_scan(store, folders, 1, NULL);
        if (status >= 0)
            status = nashra_store_articles(store, arena, &list, &count);
        nashra_alloc_fail_after(0);
        assert_true(status == NASHRA_OK || status == NASHRA_ENOMEM);
        nashra_store_close(store);
        store = NULL;
        nashra_arena_destroy(arena);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, create_folder, remove_folder)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(finds_articles_in_order),       TEST(an_article_stays_itself),
        TEST(an_edit_is_told_by_the_bytes),  TEST(a_folder_that_is_missing_has_no_articles),
        TEST(a_place_follows_its_sentence),  TEST(the_end_of_the_text_is_a_place),
        TEST(bookmarks_follow_too),          TEST(all_is_there_when_it_opens_again),
        TEST(a_damaged_file_is_set_aside),   TEST(a_newer_file_is_set_aside),
        TEST(a_file_in_use_is_refused),      TEST(what_cannot_be_opened_says_why),
        TEST(an_unknown_article_is_refused), TEST(survives_every_failed_allocation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
