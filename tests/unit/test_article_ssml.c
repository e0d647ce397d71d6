/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSML: what is read, where it stood, and what is asked for. */
#include "article_helper.h"

static void check_text(const struct nashra_article *article, const char *expected) {
    size_t length;
    const char *text = nashra_article_text(article, &length);
    assert_int_equal(length, strlen(expected));
    assert_memory_equal(text, expected, length);
}

static void tells_ssml_from_text(void **state) {
    static const char *const yes[] = {"<speak>", " \n<speak version='1.1'>",
                                      "\xEF\xBB\xBF<?xml version='1.0'?><!-- x --><speak/>",
                                      "<!DOCTYPE speak [<!ENTITY a '>'>]> <s:speak x='y'>"};
    static const char *const no[] = {"speak", "<speaker>", "<p><speak>", "<", "", "<?xml", "x <speak>"};
    (void)state;
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_true(nashra_article_is_ssml(yes[i], strlen(yes[i])));
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_false(nashra_article_is_ssml(no[i], strlen(no[i])));
}

static void text_leads_back_to_its_bytes(void **state) {
    static const char ssml[] = "<speak>ab &amp; <sub alias=\"cd ef\">gh</sub><s>ij</s></speak>";
    (void)state;
    struct nashra_article *article = make(ssml);
    check_text(article, "ab & cd ef\nij\n");
    static const struct {
        size_t from, to;
        const char *source;
    } rows[] = {{0, 2, "ab"}, {3, 4, "&amp;"}, {5, 7, "gh"}, {8, 10, "gh"}, {11, 13, "ij"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nashra_span span = nashra_article_source_span(article, (struct nashra_span){rows[i].from, rows[i].to});
        assert_int_equal(span.to - span.from, strlen(rows[i].source));
        assert_memory_equal(ssml + span.from, rows[i].source, span.to - span.from);
    }
    nashra_article_destroy(article);
}

static void paragraphs_and_sentences_are_the_author_s(void **state) {
    (void)state;
    struct nashra_article *article = make("<speak><p>أول. ثان</p><p><s>ثالث. رابع</s>خامس</p></speak>");
    size_t count;
    const struct nashra_segment *segments = nashra_article_segments(article, &count);
    assert_int_equal(count, 4); /* the author's sentence isn't parted */
    static const int paragraph[] = {0, 0, 1, 1}, end[] = {0, 1, 0, 1};
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(segments[i].paragraph, paragraph[i]);
        assert_int_equal(segments[i].paragraph_end, end[i]);
        assert_int_equal(segments[i].kind, NASHRA_TEXT);
    }
    nashra_article_destroy(article);
}

static const struct nashra_prosody *only_prosody(const char *attributes, struct nashra_article **article) {
    char ssml[200];
    snprintf(ssml, sizeof ssml, "<speak><prosody %s>نص</prosody></speak>", attributes);
    *article = make(ssml);
    const struct nashra_delivery *delivery = nashra_article_delivery(*article);
    static const struct nashra_prosody plain = {.rate = 100, .volume = 100};
    return delivery->prosody_count ? &delivery->prosody[0].prosody : &plain;
}

static void values_of_prosody(void **state) {
    static const struct {
        const char *attributes;
        struct nashra_prosody prosody;
    } rows[] = {
        {"rate='fast'", {130, 0, 0, 0, 100}},        {"rate='50%'", {50, 0, 0, 0, 100}},
        {"rate='+20%'", {120, 0, 0, 0, 100}},        {"rate='1.5'", {150, 0, 0, 0, 100}},
        {"rate='-100%'", {100, 0, 0, 0, 100}},       {"rate='quick'", {100, 0, 0, 0, 100}},
        {"pitch='+12st'", {100, 70, 0, 0, 100}},     {"pitch='-50%'", {100, -70, 0, 0, 100}},
        {"pitch='150Hz'", {100, 0, 150, 0, 100}},    {"pitch='x-low'", {100, -24, 0, 0, 100}},
        {"range='+40%'", {100, 0, 0, 20, 100}},      {"volume='silent'", {100, 0, 0, 0, 0}},
        {"volume='+6dB'", {100, 0, 0, 0, 200}},      {"volume='30'", {100, 0, 0, 0, 30}},
        {"volume='-20dB'", {100, 0, 0, 0, 10}},      {"volume='nan'", {100, 0, 0, 0, 100}},
        {"rate='' pitch='Hz'", {100, 0, 0, 0, 100}},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nashra_article *article;
        assert_memory_equal(only_prosody(rows[i].attributes, &article), &rows[i].prosody, sizeof rows[i].prosody);
        nashra_article_destroy(article);
    }
}

static void prosody_nests(void **state) {
    (void)state;
    struct nashra_article *article =
        make("<speak>a <prosody rate='50%'>b <prosody rate='+100%' pitch='+6st'>c</prosody> d</prosody> e</speak>");
    const struct nashra_delivery *delivery = nashra_article_delivery(article);
    assert_int_equal(delivery->prosody_count, 3);
    assert_int_equal(delivery->prosody[0].prosody.rate, 50);
    assert_int_equal(delivery->prosody[1].prosody.rate, 100);
    assert_int_equal(delivery->prosody[1].prosody.pitch, 35);
    assert_int_equal(delivery->prosody[2].prosody.rate, 50);
    nashra_article_destroy(article);
}

/* The five entities of XML, in text and in attributes. */
static void entities_of_xml_are_read(void **state) {
    (void)state;
    struct nashra_article *article =
        make("<speak><mark name='a &amp; b&#x21;'/>&lt;<sub alias='c &gt; d'>x</sub></speak>");
    const struct nashra_delivery *delivery = nashra_article_delivery(article);
    assert_string_equal(delivery->points[0].name, "a & b!");
    check_text(article, "<c > d\n");
    nashra_article_destroy(article);
}

static void what_is_unknown_is_named_and_read(void **state) {
    (void)state;
    struct nashra_article *article = make("<speak>\n<blink>نص</blink></speak>");
    assert_string_equal(last_message, "test:2: the element <blink> is not known; its text is read");
    check_text(article, " نص\n");
    nashra_article_destroy(article);
    article = make("<speak>a<say-as interpret-as='smell'>b</say-as></speak>");
    assert_non_null(strstr(last_message, "interpret-as=\"smell\""));
    check_text(article, "ab\n");
    nashra_article_destroy(article);
}

static void what_is_broken_is_refused_with_its_line(void **state) {
    static const struct {
        const char *ssml, *message;
    } rows[] = {
        {"<speak>\n<s>a</speak>", "test:2: not well-formed SSML"},
        {"<speak>&secret;</speak>", "test:1: not well-formed SSML: Entity 'secret' not defined"},
        {"<speak></speak>", "test: holds no words"},
        {"<speak>a", "test:1: not well-formed SSML"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(refuse(rows[i].ssml, strlen(rows[i].ssml)), NASHRA_EDATA);
        assert_non_null(strstr(last_message, rows[i].message));
    }
}

/* They can grow without end, and reach for files. */
static void entities_of_its_own_are_refused(void **state) {
    static const char *const texts[] = {
        "<!DOCTYPE speak [<!ENTITY a 'secret'>]><speak>x &a; y</speak>",
        "<!DOCTYPE speak [<!ENTITY f SYSTEM '/etc/passwd'>]><speak>x &f; y</speak>",
        "<!DOCTYPE speak [<!ENTITY % p SYSTEM '/etc/passwd'> %p;]><speak>x y</speak>",
        "<!DOCTYPE speak [<!ENTITY a 'b'><!ENTITY c '&a;&a;'>]><speak>x <sub alias='&c;'>y</sub></speak>"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        assert_int_equal(refuse(texts[i], strlen(texts[i])), NASHRA_EDATA);
        assert_non_null(strstr(last_message, "test:1: declares the entity"));
    }
    struct nashra_article *article = make("<!DOCTYPE speak PUBLIC '-//W3C//DTD SYNTHESIS 1.0//EN' "
                                          "'http://127.0.0.1:1/synthesis.dtd'><speak>x</speak>");
    check_text(article, "x\n");
    nashra_article_destroy(article);
}

static void memory_may_run_out_anywhere(void **state) {
    static const char ssml[] =
        "<speak><p>a <say-as interpret-as='date' format='dmy'>1/2/2026</say-as><mark name='m'/>"
        "<prosody rate='fast'>b</prosody><phoneme ph='x'>c</phoneme></p><sub alias='d'>e</sub></speak>";
    (void)state;
    for (unsigned long n = 1; n < 2000; n++) {
        struct nashra_article *article = NULL;
        nashra_alloc_fail_after(n);
        int status = nashra_article_from_bytes(ssml, strlen(ssml), "test", &article);
        unsigned long used = nashra_alloc_count();
        nashra_alloc_fail_after(0);
        if (status == 0) {
            nashra_article_destroy(article);
            assert_true(used < n);
            return;
        }
        assert_null(article);
        assert_true(status == NASHRA_ENOMEM || status == NASHRA_ECONFIG);
    }
    fail();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_ssml_from_text),
        cmocka_unit_test(text_leads_back_to_its_bytes),
        cmocka_unit_test(paragraphs_and_sentences_are_the_author_s),
        cmocka_unit_test(values_of_prosody),
        cmocka_unit_test(prosody_nests),
        cmocka_unit_test(entities_of_xml_are_read),
        cmocka_unit_test_setup(what_is_unknown_is_named_and_read, hear_messages),
        cmocka_unit_test_setup(what_is_broken_is_refused_with_its_line, hear_messages),
        cmocka_unit_test_setup(entities_of_its_own_are_refused, hear_messages),
        cmocka_unit_test(memory_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
