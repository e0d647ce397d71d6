/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Links: which are one and the same, and where they lead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "link.h"

static struct nashra_news_words words;

static int load(void **state) {
    (void)state;
    return nashra_news_words_init(&words);
}

static int unload(void **state) {
    (void)state;
    nashra_news_words_finish(&words);
    return 0;
}

static void check(bool (*make)(const char *, struct nashra_buffer *), const char *link, const char *expected) {
    struct nashra_buffer out = {0};
    const bool good = make(link, &out);
    assert_int_equal(good, expected != NULL);
    if (expected)
        assert_string_equal(nashra_buffer_string(&out), expected);
    nashra_buffer_finish(&out);
}

static bool canonical(const char *link, struct nashra_buffer *out) {
    return nashra_link_canonical(&words, link, out);
}

static bool resolved(const char *link, struct nashra_buffer *out) {
    return nashra_link_resolve("https://news.example/feeds/all.xml?x=1", link, out);
}

static void what_is_one_link(void **state) {
    static const char *const same[] = {
        "https://news.example/a/b",
        "http://news.example/a/b",
        "https://www.news.example/a/b/",
        "https://m.news.example:443/a/b/amp/",
        "HTTPS://NEWS.Example/a/b?utm_source=rss&utm_medium=x&fbclid=1#top",
        "  https://news.example/a/b\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++)
        check(canonical, same[i], "news.example/a/b");
    check(canonical, "https://news.example/?p=7&utm_source=x&q=2", "news.example?p=7&q=2");
    check(canonical, "https://news.example:8443/a", "news.example:8443/a");
    check(canonical, "https://www.com/a", "www.com/a");
    check(canonical, "https://news.example/أخبار", "news.example/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1");
    check(canonical, "https://news.example/%d8%a3%D8%AE", "news.example/%D8%A3%D8%AE");
    check(canonical, "https://news.example/a?id=1", "news.example/a?id=1");
    check(canonical, "https://news.example/A", "news.example/A");
    check(canonical, "mailto:a@b.example", NULL);
    check(canonical, "", NULL);
    check(canonical, "https://", NULL);
    check(canonical, "not a link", NULL);
}

static void where_links_lead(void **state) {
    (void)state;
    check(resolved, "https://other.example/a b", "https://other.example/a%20b");
    check(resolved, "/story/1", "https://news.example/story/1");
    check(resolved, "story", "https://news.example/feeds/story");
    check(resolved, "../s?id=2", "https://news.example/s?id=2");
    check(resolved, "//cdn.example/x", "https://cdn.example/x");
    check(resolved, "خبر", "https://news.example/feeds/%D8%AE%D8%A8%D8%B1");
    check(resolved, "", NULL);
    check(resolved, "javascript:alert(1)", NULL);
    check(resolved, "data:text/html,x", NULL);
}

static void ages_have_their_forms(void **state) {
    static const struct {
        int64_t seconds;
        const char *words;
    } cases[] = {{-5, "قبل قليل"},          {0, "قبل قليل"},
                 {59, "قبل قليل"},          {60, "قبل دقيقة"},
                 {179, "قبل دقيقتين"},      {600, "قبل 10 دقائق"},
                 {660, "قبل 11 دقيقة"},     {3599, "قبل 59 دقيقة"},
                 {3600, "قبل ساعة"},        {86399, "قبل 23 ساعة"},
                 {6 * 86400, "قبل 6 أيام"}, {27 * 86400, "قبل 3 أسابيع"},
                 {70 * 86400, "قبل شهرين"}, {INT64_C(86400) * 365 * 12, "قبل 12 سنة"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct nashra_buffer out = {0};
        nashra_news_words_age(&words, cases[i].seconds, &out);
        assert_string_equal(nashra_buffer_string(&out), cases[i].words);
        nashra_buffer_finish(&out);
    }
}

static void a_text_is_filled_and_taken_apart(void **state) {
    static const char text[] = "المصدر: {1}، {2}";
    const char *const parts[] = {"قناة أ، وقناة ب", "28/11/2026 10:15"};
    struct nashra_buffer out = {0};
    size_t length;
    (void)state;
    nashra_news_words_fill(text, parts, 2, &out);
    assert_string_equal(out.data, "المصدر: قناة أ، وقناة ب، 28/11/2026 10:15");
    const char *first = nashra_news_words_first_part(text, out.data, out.length, &length);
    assert_non_null(first);
    assert_int_equal(length, strlen(parts[0]));
    assert_memory_equal(first, parts[0], length);
    assert_null(nashra_news_words_first_part(text, "المصدر: وحده", strlen("المصدر: وحده"), &length));
    assert_null(nashra_news_words_first_part(text, "شيء", strlen("شيء"), &length));
    nashra_buffer_clear(&out);
    nashra_news_words_fill("{1}{3}{", parts, 2, &out);
    assert_string_equal(out.data, "قناة أ، وقناة ب{3}{");
    nashra_buffer_finish(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_one_link),
        cmocka_unit_test(where_links_lead),
        cmocka_unit_test(ages_have_their_forms),
        cmocka_unit_test(a_text_is_filled_and_taken_apart),
    };
    return cmocka_run_group_tests_name("news_link", tests, load, unload);
}
