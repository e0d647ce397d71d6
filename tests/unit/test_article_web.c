/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pages, books and Markdown as articles. The pages of tools/pages, whose stories are known, are tests/pages/score.py's.
 */
#include "article_helper.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#define STORY                                                                                                                                             \
    "<p>عاد الصيادون أمس إلى الميناء بعد أسبوع من العواصف، وقال النقيب إن الموسم بدأ.</p>" \
    "<p>ومن المتوقع أن ترتفع كميات الأسماك خلال الأيام المقبلة، بحسب بيان للنقابة.</p>"

/* All paragraphs as "kind: text", parted by " | ". The caller's. */
static char *outline(const struct nashra_article *article) {
    size_t count, length;
    const struct nashra_passage *passages = nashra_article_passages(article, &count);
    const char *text = nashra_article_text(article, &length);
    char *out = calloc(1, length + count * 32 + 1);
    assert_non_null(out);
    for (size_t i = 0; i < count; i++) {
        struct nashra_span span = passages[i].span;
        const char *name =
            passages[i].kind == NASHRA_TEXT ? nashra_role_name(passages[i].role) : nashra_kind_name(passages[i].kind);
        sprintf(out + strlen(out), "%s%s%.0u: %.*s", i ? " | " : "", name, passages[i].level,
                (int)(span.to - span.from), text + span.from);
    }
    return out;
}

static void assert_outline(const char *bytes, const char *name, const struct nashra_reading *reading,
                           const char *expected) {
    struct nashra_article *article = NULL;
    assert_int_equal(nashra_article_from_bytes_as(bytes, strlen(bytes), name, reading, &article), 0);
    char *all = outline(article);
    assert_string_equal(all, expected);
    free(all);
    nashra_article_destroy(article);
}

static void page(void **state) {
    (void)state;
    assert_outline(
        "<html lang=ar><title>عودة الصيادين إلى الميناء | الساحل</title><nav><a>الرئيسية</a></nav><article>"
        "<h1>عودة الصيادين إلى الميناء</h1><p class=author>هدى السعيد</p>" STORY
        "<h3>أسعار</h3><ul><li>سردين طازج.<li>بوري.</ul><blockquote>البحر راتبنا كل يوم.</blockquote>"
        "</article><footer>جميع الحقوق محفوظة</footer>",
        "a.html", NULL,
        "title: عودة الصيادين إلى الميناء | byline: هدى السعيد | paragraph: عاد الصيادون أمس إلى الميناء بعد أسبوع من "
        "العواصف، وقال النقيب إن الموسم بدأ. | paragraph: ومن المتوقع أن ترتفع كميات الأسماك خلال الأيام المقبلة، بحسب "
        "بيان للنقابة. | heading3: أسعار | item: سردين طازج. | item: بوري. | quote: البحر راتبنا كل يوم.");
}

/* Many pages are called by their newspaper's name; the headline is the one that says more. */
static void headline(void **state) {
    (void)state;
    assert_outline("<title>موقع الساحل</title><h1>عودة الصيادين إلى الميناء</h1><p>عاد الصيادون أمس.</p>"
                   "<p>وقال النقيب إن الموسم بدأ.</p>",
                   "a.html", NULL,
                   "title: عودة الصيادين إلى الميناء | paragraph: عاد الصيادون أمس. | paragraph: وقال النقيب إن الموسم "
                   "بدأ.");
    assert_outline(
        "<title>عودة الصيادين إلى ميناء الساحل بعد أسبوع</title><h1>موقع الساحل الإخباري</h1>" STORY, "a.html", NULL,
        "title: عودة الصيادين إلى ميناء الساحل بعد أسبوع | paragraph: عاد الصيادون أمس إلى الميناء بعد أسبوع "
        "من العواصف، وقال النقيب إن الموسم بدأ. | paragraph: ومن المتوقع أن ترتفع كميات الأسماك خلال الأيام "
        "المقبلة، بحسب بيان للنقابة.");
    assert_outline("<title>الميناء - الموسوعة المفتوحة</title><h1>الميناء</h1><p>عاد الصيادون أمس.</p>"
                   "<p>وقال النقيب إن الموسم بدأ.</p>",
                   "a.html", NULL,
                   "title: الميناء | paragraph: عاد الصيادون أمس. | paragraph: وقال النقيب إن الموسم بدأ.");
}

/* … or stands in a heading of another level, outside the story. */
static void lower_headline(void **state) {
    (void)state;
    assert_outline("<title>الساحل</title><header><a href=0><h1>الساحل</h1></a><h3><a href=1>فوز الفريق في أولى "
                   "مبارياته</a></h3></header>"
                   "<h2>عودة الصيادين إلى الميناء</h2><div>" STORY
                   "<p>تابعوا قناة <a href=1>الساحل</a> على تليغرام</p></div>",
                   "a.html", NULL,
                   "title: عودة الصيادين إلى الميناء | paragraph: عاد الصيادون أمس إلى الميناء بعد أسبوع من العواصف، "
                   "وقال النقيب إن الموسم بدأ. | paragraph: ومن المتوقع أن ترتفع كميات الأسماك خلال الأيام المقبلة، "
                   "بحسب بيان للنقابة.");
}

/* What a browser would make by scripts isn't there; it is told. */
static void empty_page(void **state) {
    (void)state;
    assert_outline("<title>عودة الصيادين</title><div id=root></div><script>render()</script>", "a.html", NULL,
                   "title: عودة الصيادين");
    assert_non_null(strstr(last_message, "a.html: nothing but a title"));
}

/* A short story's longest paragraph isn't all of it. What invites to read on elsewhere is none of it. */
static void short_story(void **state) {
    (void)state;
    assert_outline("<p>تقدم الفريق إلى المركز الأول برصيد عشر نقاط، وهذا رقم جديد.</p><p>وجاء الساحل ثانيا.</p>"
                   "<p>ظهرت المقالة <a href=1>تقدم الفريق إلى المركز الأول</a> أولا على <a href=2>الساحل</a>.</p>",
                   "a.html", NULL,
                   "paragraph: تقدم الفريق إلى المركز الأول برصيد عشر نقاط، وهذا رقم جديد. | paragraph: وجاء الساحل "
                   "ثانيا.");
    assert_outline("<p>فاز الفريق على غريمه&hellip; <a href=1>المزيد</a></p>", "a.html", NULL,
                   "paragraph: فاز الفريق على غريمه…");
    assert_outline("<p>طلب <a href=1>المزيد</a> من الوقت.</p>", "a.html", NULL, "paragraph: طلب المزيد من الوقت.");
    assert_outline(
        "<article><p>وكتب الوزير:</p><blockquote class=twitter-tweet><p>نتابع الوضع عن كثب.</p>— الوزير "
        "</blockquote>" STORY "</article>",
        "a.html", NULL,
        "paragraph: وكتب الوزير: | quote: نتابع الوضع عن كثب. | quote: — الوزير | paragraph: عاد الصيادون أمس "
        "إلى الميناء بعد أسبوع من العواصف، وقال النقيب إن الموسم بدأ. | paragraph: ومن المتوقع أن ترتفع "
        "كميات الأسماك خلال الأيام المقبلة، بحسب بيان للنقابة.");
}

/* What a fragment, such as a feed's entry, holds is its text, be it short. */
static void fragment(void **state) {
    (void)state;
    assert_outline("<p>خبر قصير.</p>", "x", NULL, "paragraph: خبر قصير.");
    assert_outline("<p>ال<b>حكو</b>مة&nbsp;&amp;&#1575;لبرلمان&#x21;", "x", NULL, "paragraph: الحكومة &البرلمان!");
    assert_outline(
        "<p>قبل<!-- لا --><script>لا</script><span hidden>لا</span><span style='display: none'>لا</span> بعد<p>", "x",
        NULL, "paragraph: قبل بعد");
    assert_outline("<p><ruby>كلمة<rp>(</rp><rt>نطق</rt></ruby> و<q>قول</q> و<abbr title='الأمم المتحدة'>أ م</abbr> "
                   "<time datetime=2026-11-28></time><sup><a href=#1>[1]</a></sup>",
                   "x", NULL, "paragraph: كلمة و«قول» والأمم المتحدة 2026-11-28");
}

static void breaks(void **state) {
    (void)state;
    assert_outline("<div>سطر أول.<br>سطر ثان<br/>سطر ثالث<br><br>رابع</div>", "x", NULL,
                   "paragraph: سطر أول. | paragraph: سطر ثان | paragraph: سطر ثالث | paragraph: رابع");
}

static void tables(void **state) {
    (void)state;
    assert_outline("<table><caption>الأسعار</"
                   "caption><tr><th>النوع<th>السعر<th>الكمية<tr><td>سردين<td>15<td><tr><td>بوري<td>20<td>3</table>",
                   "x", NULL, "paragraph: الأسعار | row: سردين، السعر: 15. | row: بوري، السعر: 20، الكمية: 3.");
    assert_outline("<table><tr><td>أول<td>1<tr><td>ثان<td>2</table>", "x", NULL, "row: أول، 1. | row: ثان، 2.");
    /* One that lays out the page is none. */
    assert_outline("<table><tr><td>" STORY "</td></tr></table>", "x", NULL,
                   "paragraph: عاد الصيادون أمس إلى الميناء بعد أسبوع من العواصف، وقال النقيب إن الموسم بدأ. | "
                   "paragraph: ومن المتوقع "
                   "أن ترتفع كميات الأسماك خلال الأيام المقبلة، بحسب بيان للنقابة.");
}

static void pictures(void **state) {
    (void)state;
    static const char text[] =
        "<article>" STORY "<figure><img src=x alt='قوارب في المرفأ'><figcaption>قوارب عند الفجر</figcaption></figure>";
    struct nashra_reading reading = {.captions = 1, .alt = 1};
    struct nashra_article *article = NULL;
    assert_int_equal(nashra_article_from_bytes_as(text, strlen(text), "x", &reading, &article), 0);
    char *all = outline(article);
    assert_non_null(strstr(all, " | alt: قوارب في المرفأ | caption: قوارب عند الفجر"));
    free(all);
    nashra_article_destroy(article);
    article = make(text);
    all = outline(article);
    assert_null(strstr(all, "المرفأ"));
    assert_null(strstr(all, "الفجر"));
    free(all);
    nashra_article_destroy(article);
}

static void metadata(void **state) {
    (void)state;
    struct nashra_article *article =
        make("<html lang='ar-EG'><head><meta property='og:title' content='عنوان &amp; آخر'><meta property=og:site_name "
             "content=الساحل>"
             "<meta property='article:modified_time' content='2026-11-28T12:05:00+03:00'><link rel=canonical "
             "href='https://e.org/1'>"
             "<link rel=alternate type='application/rss+xml' href='/feed'><script "
             "type='application/ld+json'>//x\n{\"@graph\":[{\"@type\":"
             "\"NewsArticle\",\"author\":[{\"name\":\"هدى "
             "السعيد\"},{\"name\":\"سامر\"}],\"datePublished\":\"2026-11-28T11:05:00+03:00\","
             "\"articleSection\":[\"رياضة\"],\"isAccessibleForFree\":\"False\"}]}</script></head><body>" STORY);
    const struct nashra_metadata *metadata = nashra_article_metadata(article);
    assert_int_equal(metadata->format, NASHRA_FORMAT_HTML);
    assert_string_equal(metadata->title, "عنوان & آخر");
    assert_string_equal(metadata->byline, "هدى السعيد، سامر");
    assert_string_equal(metadata->section, "رياضة");
    assert_string_equal(metadata->site, "الساحل");
    assert_string_equal(metadata->link, "https://e.org/1");
    assert_string_equal(metadata->language, "ar-EG");
    assert_string_equal(metadata->feed, "/feed");
    assert_int_equal(metadata->published, 1795853100);
    assert_int_equal(metadata->updated, 1795853100 + 3600);
    assert_true(metadata->is_partial);
    nashra_article_destroy(article);
    article = make("نص عادي.");
    assert_int_equal(nashra_article_metadata(article)->format, NASHRA_FORMAT_TEXT);
    assert_string_equal(nashra_article_metadata(article)->title, "");
    assert_null(nashra_article_part(article, (struct nashra_span){0, 3}));
    nashra_article_destroy(article);
}

static void languages(void **state) {
    (void)state;
    struct nashra_article *article = make("<html lang=ar><body>" STORY "<p lang=en>Light and leaf, they said.</p>");
    size_t count;
    const struct nashra_passage *passages = nashra_article_passages(article, &count);
    assert_int_equal(count, 3);
    assert_string_equal(passages[1].language, "");
    assert_string_equal(passages[2].language, "en");
    nashra_article_destroy(article);
}

/* What the server says of the encoding, what the page says, what the bytes are. */
static void encodings(void **state) {
    (void)state;
    struct nashra_article *article = NULL;
    struct nashra_reading reading = {.charset = "koi8-r"};
    size_t length;
    char *bytes = encode("<p>Новости</p>", "KOI8-R", &length);
    assert_int_equal(nashra_article_from_bytes_as(bytes, length, "x", &reading, &article), 0);
    assert_string_equal(nashra_article_charset(article), "koi8-r");
    nashra_article_destroy(article);
    free(bytes);
    bytes = encode("<meta charset='windows-1253'><p>Νέα της ημέρας</p>", "windows-1253", &length);
    article = make_bytes(bytes, length);
    assert_string_equal(nashra_article_charset(article), "windows-1253");
    nashra_article_destroy(article);
    free(bytes);
    article = make("<meta charset='windows-1252'><p>خبر قصير</p>"); /* it is UTF-8, and can't be otherwise */
    assert_string_equal(nashra_article_charset(article), "UTF-8");
    nashra_article_destroy(article);
}

static void limits(void **state) {
    (void)state;
    struct nashra_buffer text = {0};
    nashra_buffer_add_string(&text, STORY);
    for (int i = 0; i < 10000; i++)
        nashra_buffer_add_string(&text, "<div>");
    nashra_buffer_add_string(&text, "<p>ما بعده</p>");
    struct nashra_article *article = make(nashra_buffer_string(&text));
    assert_non_null(strstr(last_message, "nested deeper"));
    char *all = all_segments(article, 0);
    assert_non_null(strstr(all, "عاد الصيادون"));
    free(all);
    nashra_article_destroy(article);
    nashra_buffer_finish(&text);
    assert_int_equal(refuse("<html><body></body></html>", 26), NASHRA_EDATA);
    assert_non_null(strstr(last_message, "holds no words"));
}

/* ---- Markdown ---- */

static void markdown(void **state) {
    (void)state;
    assert_outline("---\ntitle: \"عنوان التقرير\"\nauthor: هدى السعيد\nlang: ar\ndate: 2026-11-28\n---\n\nنص **مهم** "
                   "فيه [رابط](http://e.org/a_b) "
                   "و`رمز` &amp; شيء\\*.\nسطر ثان ![صورة](x.png).\n\nفصل أول\n--------\n\n* بند _أول_\n* بند ثان\n\n1. "
                   "ثالث\n\n> اقتباس\n\n"
                   "```\nبرنامج\n```\n\n| اسم | عدد |\n|---|---|\n| قلم | 3 |\n\n### خاتمة ###\n",
                   "a.txt", NULL,
                   "title: عنوان التقرير | byline: هدى السعيد | paragraph: نص مهم فيه رابط ورمز & شيء*. سطر ثان . | "
                   "heading2: فصل أول | "
                   "item: بند أول | item: بند ثان | item: ثالث | quote: اقتباس | row: قلم، عدد: 3. | heading3: خاتمة");
    assert_outline("# عنوان\n\nنص عادي.\n", "a.md", NULL, "title: عنوان | paragraph: نص عادي.");
    assert_outline("# عنوان\n\nأغلق السهم مرتفعا.[^1] وهبط [^ ما.\n\n[^1]: بيانات الإغلاق.\n", "a.md", NULL,
                   "title: عنوان | paragraph: أغلق السهم مرتفعا. وهبط [^ ما. | paragraph: بيانات الإغلاق.");
    /* One mark alone is no Markdown. */
    struct nashra_article *article = make("- بند أول\n- بند ثان\n\nنص * نص.\n");
    assert_int_equal(nashra_article_metadata(article)->format, NASHRA_FORMAT_TEXT);
    nashra_article_destroy(article);
}

/* ---- books ---- */

struct packed {
    const char *name, *content;
};

static size_t pack(const struct packed *files, size_t count, char *out, size_t room) {
    struct archive *archive = archive_write_new();
    size_t size = 0;
    archive_write_set_format_zip(archive);
    assert_int_equal(archive_write_open_memory(archive, out, room, &size), ARCHIVE_OK);
    for (size_t i = 0; i < count; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, files[i].name);
        archive_entry_set_size(entry, (la_int64_t)strlen(files[i].content));
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
        archive_write_data(archive, files[i].content, strlen(files[i].content));
        archive_entry_free(entry);
    }
    archive_write_close(archive);
    archive_write_free(archive);
    return size;
}

#define CONTAINER                                                                                                      \
    { "META-INF/container.xml", "<container><rootfiles><rootfile full-path='O/b.opf'/></rootfiles></container>" }

static const struct packed novel[] = {
    CONTAINER,
    {"O/b.opf",
     "<package><metadata xmlns:dc='d'><dc:title>حكايات &amp; "
     "أخبار</dc:title><dc:creator>هدى</dc:creator></metadata><manifest>"
     "<item id='a' href='../t/one%20x.xhtml' media-type='application/xhtml+xml'/><item id='b' href='two.xhtml' "
     "media-type='application/xhtml+xml'/><item id='n' href='two.xhtml' linear='no' media-type='text/css'/></manifest>"
     "<spine><itemref idref='b'/><itemref idref='a'/><itemref idref='n'/></spine></package>"},
    {"t/one x.xhtml", "<html><body><h2>الفصل الثاني</h2><p>كان يا ما كان.</p></body></html>"},
    {"O/two.xhtml",
     "<html><head><title>لا</title></head><body><nav>لا</nav><h1>الفصل الأول</h1><p>في قديم الزمان.</p></body></html>"},
};

static char zip[16384];

static void epub(void **state) {
    (void)state;
    size_t size = pack(novel, sizeof novel / sizeof *novel, zip, sizeof zip), count;
    struct nashra_article *article = make_bytes(zip, size);
    char *all = outline(article);
    assert_string_equal(
        all,
        "title: حكايات & أخبار | byline: هدى | heading1: الفصل الأول | paragraph: في قديم الزمان. | heading2: الفصل "
        "الثاني | paragraph: كان يا ما كان.");
    free(all);
    const struct nashra_passage *passages = nashra_article_passages(article, &count);
    static const size_t files[] = {1, 1, 3, 3, 2, 2};
    static const char *const sources[] = {"حكايات &amp; أخبار", "هدى",          "الفصل الأول",
                                          "في قديم الزمان.",    "الفصل الثاني", "كان يا ما كان."};
    for (size_t i = 0; i < count; i++) {
        const char *content = novel[files[i]].content;
        struct nashra_span span = nashra_article_source_span(article, passages[i].span);
        assert_string_equal(nashra_article_part(article, passages[i].span), novel[files[i]].name);
        assert_int_equal(span.to - span.from, strlen(sources[i]));
        assert_memory_equal(content + span.from, sources[i], span.to - span.from);
    }
    nashra_article_destroy(article);
}

/* In a program that has set no locale, too. */
static void arabic_names(void **state) {
    (void)state;
    static const struct packed book[] = {
        {"META-INF/container.xml", "<container><rootfiles><rootfile full-path='كتاب.opf'/></rootfiles></container>"},
        {"كتاب.opf", "<package><metadata><title>كتاب</title></metadata><manifest>"
                     "<item id='a' href='فصل%20أول.xhtml' media-type='application/xhtml+xml'/></manifest>"
                     "<spine><itemref idref='a'/></spine></package>"},
        {"فصل أول.xhtml", "<p>في قديم الزمان.</p>"}};
    assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
    const size_t size = pack(book, sizeof book / sizeof *book, zip, sizeof zip);
    setlocale(LC_CTYPE, "C");
    struct nashra_article *article = make_bytes(zip, size);
    char *all = outline(article);
    assert_string_equal(all, "title: كتاب | paragraph: في قديم الزمان.");
    free(all);
    nashra_article_destroy(article);
}

static void refused_books(void **state) {
    (void)state;
    static const struct packed empty[] = {CONTAINER};
    static const struct packed sold[] = {CONTAINER, {"META-INF/encryption.xml", "<CipherReference URI='a.xhtml'/>"}};
    static const struct packed office[] = {{"word/document.xml", "<w/>"}};
    assert_int_equal(refuse(zip, pack(empty, 1, zip, sizeof zip)), NASHRA_EDATA);
    assert_non_null(strstr(last_message, "O/b.opf is missing"));
    assert_int_equal(refuse(zip, pack(sold, 2, zip, sizeof zip)), NASHRA_EDATA);
    assert_non_null(strstr(last_message, "encrypted"));
    assert_int_equal(refuse(zip, pack(office, 1, zip, sizeof zip)), NASHRA_EDATA);
    assert_non_null(strstr(last_message, "a ZIP archive"));
    size_t size = pack(novel, sizeof novel / sizeof *novel, zip, sizeof zip);
    assert_int_equal(refuse(zip, size / 2), NASHRA_EDATA);
}

static void bomb(void **state) {
    (void)state;
    static char spaces[8 * 1024 * 1024];
    memset(spaces, ' ', sizeof spaces - 1);
    struct packed files[] = {novel[0], novel[1], {"O/two.xhtml", spaces}, novel[2]};
    char *large = malloc(1 << 20);
    size_t size = pack(files, 4, large, 1 << 20);
    assert_true(size > 0 && size < 64 * 1024);
    assert_int_equal(refuse(large, size), NASHRA_EDATA);
    assert_non_null(strstr(last_message, "it is a bomb"));
    free(large);
}

/* ---- memory ---- */

static void check_memory(const char *bytes, size_t length, const char *name) {
    for (unsigned long n = 1;; n++) {
        struct nashra_article *article = NULL;
        nashra_alloc_fail_after(n);
        int status = nashra_article_from_bytes(bytes, length, name, &article);
        nashra_alloc_fail_after(0);
        nashra_article_destroy(article);
        if (status == 0) {
            assert_true(n > 20);
            return;
        }
        if (status != NASHRA_ENOMEM)
            fail_msg("%.20s: allocation %lu: %s: %s", bytes, n, nashra_status_name(status), last_message);
    }
}

static void out_of_memory(void **state) {
    (void)state;
    static const char html[] =
        "<title>عنوان الخبر</title><script "
        "type='application/ld+json'>{\"@type\":\"Article\",\"author\":\"هدى\"}</script>"
        "<h1>عنوان الخبر</h1><p lang=en>text &amp; more</p><table><tr><th>أ<th>ب<tr><td>1<td>2</table>";
    static const char markdown_text[] = "# عنوان\n\n**نص** [رابط](x)\n\n|أ|ب|\n|-|-|\n|1|2|\n";
    static const char feed[] = "<rss><channel><title>ن</title><item><title>ب</title><description>&lt;p&gt;نص</"
                               "description></item></channel></rss>";
    check_memory(html, strlen(html), "x");
    check_memory(markdown_text, strlen(markdown_text), "a.md");
    check_memory(feed, strlen(feed), "x");
    check_memory(zip, pack(novel, sizeof novel / sizeof *novel, zip, sizeof zip), "x");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(page, hear_messages),          cmocka_unit_test_setup(fragment, hear_messages),
        cmocka_unit_test_setup(headline, hear_messages),      cmocka_unit_test_setup(lower_headline, hear_messages),
        cmocka_unit_test_setup(empty_page, hear_messages),    cmocka_unit_test_setup(short_story, hear_messages),
        cmocka_unit_test_setup(breaks, hear_messages),        cmocka_unit_test_setup(tables, hear_messages),
        cmocka_unit_test_setup(pictures, hear_messages),      cmocka_unit_test_setup(metadata, hear_messages),
        cmocka_unit_test_setup(languages, hear_messages),     cmocka_unit_test_setup(encodings, hear_messages),
        cmocka_unit_test_setup(limits, hear_messages),        cmocka_unit_test_setup(markdown, hear_messages),
        cmocka_unit_test_setup(epub, hear_messages),          cmocka_unit_test_setup(arabic_names, hear_messages),
        cmocka_unit_test_setup(refused_books, hear_messages), cmocka_unit_test_setup(bomb, hear_messages),
        cmocka_unit_test_setup(out_of_memory, hear_messages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
