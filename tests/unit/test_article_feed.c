/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Feeds of every kind, sound and damaged. */
#include "article_helper.h"

#include <nashra/feed.h>

static struct nashra_feed *parse(const char *text) {
    struct nashra_feed *feed = NULL;
    assert_int_equal(nashra_feed_parse(text, strlen(text), "test.xml", &feed), 0);
    assert_non_null(feed);
    return feed;
}

static const struct nashra_feed_entry *only(const struct nashra_feed *feed) {
    size_t count;
    const struct nashra_feed_entry *entries = nashra_feed_entries(feed, &count);
    assert_int_equal(count, 1);
    return entries;
}

static void rss2(void **state) {
    (void)state;
    struct nashra_feed *feed =
        parse("<?xml version='1.0' encoding='utf-8'?>\n"
              "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'\n"
              " xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:atom='http://www.w3.org/2005/Atom'\n"
              " xmlns:media='http://search.yahoo.com/mrss/'><channel>\n"
              "<title>صحيفة الميناء</title><link>https://example.org/</link><language>ar-SY</language><ttl>15</ttl>\n"
              "<atom:link href='https://example.org/feed?a=1&amp;b=2' rel='self'/>\n"
              "<image><title>شعار</title><link>https://example.org/logo</link></image>\n"
              "<item><title>عودة &quot;الصيادين&quot; &amp;amp; القوارب</title><link>https://example.org/1</link>\n"
              "<guid isPermaLink='false'>tag:1</guid><pubDate>Sat, 28 Nov 2026 11:05:00 +0300</pubDate>\n"
              "<dc:creator><![CDATA[سامر الحلبي]]></dc:creator><category>محليات</category><category>بحر</category>\n"
              "<description>موجز &lt;b&gt;قصير&lt;/b&gt;</description><media:title>صورة</media:title>\n"
              "<content:encoded><![CDATA[<p>عاد الصيادون أمس.</p>]]></content:encoded></item></channel></rss>");
    const struct nashra_feed_info *info = nashra_feed_info(feed);
    assert_int_equal(info->format, NASHRA_FEED_RSS);
    assert_string_equal(info->title, "صحيفة الميناء");
    assert_string_equal(info->link, "https://example.org/");
    assert_string_equal(info->self, "https://example.org/feed?a=1&b=2");
    assert_string_equal(info->language, "ar-SY");
    assert_int_equal(info->ttl, 15);
    const struct nashra_feed_entry *entry = only(feed);
    assert_string_equal(entry->title, "عودة \"الصيادين\" & القوارب");
    assert_string_equal(entry->link, "https://example.org/1");
    assert_string_equal(entry->guid, "tag:1");
    assert_string_equal(entry->author, "سامر الحلبي");
    assert_string_equal(entry->section, "محليات");
    assert_string_equal(entry->summary_html, "موجز <b>قصير</b>");
    assert_string_equal(entry->content_html, "<p>عاد الصيادون أمس.</p>");
    assert_string_equal(entry->language, "ar-SY");
    assert_int_equal(entry->published, 1795853100);
    assert_true(entry->updated == NASHRA_FEED_NO_DATE);
    assert_int_equal(message_count, 0);
    nashra_feed_destroy(feed);
}

static void rss_old(void **state) {
    (void)state;
    struct nashra_feed *feed =
        parse("<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://example.org/rss-0.91.dtd'>\n"
              "<rss version='0.91'><channel><title>نشرة</title><item><title>خبر أول</title>"
              "<link>/a</link></item></channel></rss>");
    assert_string_equal(only(feed)->title, "خبر أول");
    assert_string_equal(only(feed)->guid, "/a");
    nashra_feed_destroy(feed);
    feed = parse("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
                 "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='x'><title>نشرة</title>"
                 "<items><rdf:Seq><rdf:li resource='a'/></rdf:Seq></items></channel>"
                 "<item rdf:about='a'><title>خبر ثان</title><link>http://e.org/2</link>"
                 "<dc:date>2026-11-28T08:05:00Z</dc:date></item></rdf:RDF>");
    assert_string_equal(nashra_feed_info(feed)->title, "نشرة");
    assert_string_equal(only(feed)->title, "خبر ثان");
    assert_int_equal(only(feed)->published, 1795853100);
    nashra_feed_destroy(feed);
}

static void atom(void **state) {
    (void)state;
    struct nashra_feed *feed = parse(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='ar'><title>رصد</title><id>urn:feed</id>"
        "<link rel='self' href='https://e.org/atom'/><link href='https://e.org/'/>"
        "<entry><title type='html'>خبر &lt;i&gt;عاجل&lt;/i&gt;</title><id>urn:1</id>"
        "<link rel='edit' href='https://e.org/edit'/><link rel='alternate' href='https://e.org/1'/>"
        "<author><name>هدى</name><uri>https://e.org/h</uri></author><category term='رياضة'/>"
        "<updated>2026-11-28T11:05:00+03:00</updated><summary type='text'>أ &lt; ب &amp; ج</summary>"
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>نص &amp; <b>كامل</b></p></div></content>"
        "<source><title>مصدر آخر</title></source></entry></feed>");
    const struct nashra_feed_entry *entry = only(feed);
    assert_int_equal(nashra_feed_info(feed)->format, NASHRA_FEED_ATOM);
    assert_string_equal(nashra_feed_info(feed)->self, "https://e.org/atom");
    assert_string_equal(nashra_feed_info(feed)->link, "https://e.org/");
    assert_string_equal(entry->title, "خبر عاجل");
    assert_string_equal(entry->guid, "urn:1");
    assert_string_equal(entry->link, "https://e.org/1");
    assert_string_equal(entry->author, "هدى");
    assert_string_equal(entry->section, "رياضة");
    assert_string_equal(entry->language, "ar");
    assert_string_equal(entry->summary_html, "أ &lt; ب &amp; ج");
    assert_string_equal(entry->content_html,
                        "<div xmlns='http://www.w3.org/1999/xhtml'><p>نص &amp; <b>كامل</b></p></div>");
    assert_int_equal(entry->published, 1795853100);
    assert_int_equal(entry->updated, 1795853100);
    nashra_feed_destroy(feed);
}

static void json(void **state) {
    (void)state;
    struct nashra_feed *feed =
        parse("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"\\u0631\\u0635\\u062f\","
              "\"items\":[{\"id\":\"7\",\"url\":\"https://e.org/7\",\"title\":\"خبر\",\"authors\":[{\"name\":\"هدى\"}],"
              "\"content_html\":\"<p>قال: \\\"نعم\\\"</p>\",\"date_published\":\"2026-11-28T11:05:00+03:00\"}]}");
    assert_string_equal(nashra_feed_info(feed)->title, "رصد");
    assert_string_equal(only(feed)->guid, "7");
    assert_string_equal(only(feed)->author, "هدى");
    assert_string_equal(only(feed)->content_html, "<p>قال: \"نعم\"</p>");
    assert_int_equal(only(feed)->published, 1795853100);
    nashra_feed_destroy(feed);
}

/* HTML's entities without a DTD, a bare ampersand, a feed that ends in the middle of an entry. */
static void damaged(void **state) {
    (void)state;
    struct nashra_feed *feed =
        parse("<rss><channel><item><title>أ&nbsp;ب &laquo;ج&raquo;</title></item></channel></rss>");
    assert_string_equal(only(feed)->title, "أ ب «ج»");
    assert_int_equal(message_count, 0);
    nashra_feed_destroy(feed);
    feed = parse("<rss><channel><item><title>نفط & غاز</title><link>x</link></item></channel></rss>");
    assert_string_equal(only(feed)->title, "نفط & غاز");
    assert_int_equal(message_count, 1);
    assert_non_null(strstr(last_message, "test.xml:1: "));
    nashra_feed_destroy(feed);
    feed = parse("<rss><channel><item><title>أول</title></item><item><title>ثان</title><description>نص مقطو");
    size_t count;
    const struct nashra_feed_entry *entries = nashra_feed_entries(feed, &count);
    assert_int_equal(count, 2);
    assert_string_equal(entries[1].title, "ثان");
    assert_string_equal(entries[1].summary_html, "نص مقطو");
    nashra_feed_destroy(feed);
}

static int refuse_feed(const char *text) {
    struct nashra_feed *feed = NULL;
    int status = nashra_feed_parse(text, strlen(text), "test.xml", &feed);
    assert_null(feed);
    return status;
}

static void refused(void **state) {
    (void)state;
    assert_int_equal(refuse_feed("<html><body>نص</body></html>"), NASHRA_EDATA);
    assert_non_null(strstr(last_message, "test.xml: no feed"));
    assert_int_equal(refuse_feed(""), NASHRA_EDATA);
    assert_int_equal(refuse_feed("{\"items\": 3}"), NASHRA_EDATA);
    assert_int_equal(refuse_feed("{\"items\": [1,"), NASHRA_EDATA);
    assert_false(nashra_feed_recognise("<html>", 6));
    assert_false(nashra_feed_recognise("<rssx>", 6));
    assert_true(nashra_feed_recognise("\xef\xbb\xbf<?xml?><!-- > --> <rss>", 26));
}

/* Entities of the feed's own are not expanded, whatever they name. */
static void entities(void **state) {
    (void)state;
    struct nashra_feed *feed =
        parse("<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
              "<rss><channel><item><title>عنوان &b;&f; هنا</title></item></channel></rss>");
    assert_string_equal(only(feed)->title, "عنوان هنا");
    nashra_feed_destroy(feed);
}

static void many(void **state) {
    (void)state;
    struct nashra_buffer text = {0};
    nashra_buffer_add_string(&text, "<rss><channel>");
    for (int i = 0; i < NASHRA_FEED_MAX_ENTRIES + 5; i++)
        nashra_buffer_add_format(&text, "<item><title>%d</title></item>", i);
    struct nashra_feed *feed = parse(nashra_buffer_string(&text));
    size_t count;
    nashra_feed_entries(feed, &count);
    assert_int_equal(count, NASHRA_FEED_MAX_ENTRIES);
    assert_non_null(strstr(last_message, "are left out"));
    nashra_feed_destroy(feed);
    nashra_buffer_finish(&text);
}

static void dates(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int64_t moment;
    } rows[] = {
        {"1970-01-01T00:00:00Z", 0},
        {"2026-11-28T11:05:00+03:00", 1795853100},
        {"2026-11-28T08:05:00.123Z", 1795853100},
        {"2026-11-28 08:05", 1795853100},
        {"2026-11-28", 1795824000},
        {"Sat, 28 Nov 2026 11:05:00 +0300", 1795853100},
        {"28 Nov 26 08:05 GMT", 1795853100},
        {"Sat, 28 Nov 2026 03:05:00 EST", 1795853100},
        {"Saturday, 28-Nov-2026 08:05:00 UTC", 1795853100},
        {"Thu, 29 Feb 2024 00:00:00 +0000", 1709164800},
        {"", NASHRA_FEED_NO_DATE},
        {"أمس", NASHRA_FEED_NO_DATE},
        {"2026-13-01", NASHRA_FEED_NO_DATE},
        {"99 Nov 2026", NASHRA_FEED_NO_DATE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (nashra_feed_date(rows[i].text) != rows[i].moment)
            fail_msg("%s: %lld", rows[i].text, (long long)nashra_feed_date(rows[i].text));
}

static void windows(void **state) {
    (void)state;
    size_t length;
    char *bytes = encode("<?xml version='1.0' encoding='windows-1256'?><rss><channel><item><title>عودة الصيادين إلى "
                         "الميناء</title></item></channel></rss>",
                         "windows-1256", &length);
    struct nashra_feed *feed = NULL;
    assert_int_equal(nashra_feed_parse(bytes, length, "test.xml", &feed), 0);
    assert_string_equal(only(feed)->title, "عودة الصيادين إلى الميناء");
    nashra_feed_destroy(feed);
    free(bytes);
}

static void out_of_memory(void **state) {
    (void)state;
    static const char text[] = "<rss><channel><title>أ</title><item><title>ب &amp;quot;</title><link>c</link>"
                               "<description>&lt;p&gt;نص</description></item></channel></rss>";
    for (unsigned long n = 1;; n++) {
        struct nashra_feed *feed = NULL;
        nashra_alloc_fail_after(n);
        int status = nashra_feed_parse(text, strlen(text), "test.xml", &feed);
        nashra_alloc_fail_after(0);
        nashra_feed_destroy(feed);
        if (status == 0) {
            assert_true(n > 10);
            break;
        }
        assert_int_equal(status, NASHRA_ENOMEM);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(rss2, hear_messages),
        cmocka_unit_test_setup(rss_old, hear_messages),
        cmocka_unit_test_setup(atom, hear_messages),
        cmocka_unit_test_setup(json, hear_messages),
        cmocka_unit_test_setup(damaged, hear_messages),
        cmocka_unit_test_setup(refused, hear_messages),
        cmocka_unit_test_setup(entities, hear_messages),
        cmocka_unit_test_setup(many, hear_messages),
        cmocka_unit_test(dates),
        cmocka_unit_test_setup(windows, hear_messages),
        cmocka_unit_test_setup(out_of_memory, hear_messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
