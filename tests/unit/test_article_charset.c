/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Encodings: what each is recognised as, and the way back to its bytes. */
#include "article_helper.h"

static const char news[] = "اجتماع طارئ في العاصمة\n\nسامر الحلبي\n\n"
                           "عقد مجلس الوزراء أمس الأحد اجتماعا طارئا لبحث أزمة المياه، وقرر تشكيل لجنة من 5 خبراء. "
                           "وقال الوزير إن اللجنة \"ستبدأ عملها غدا\"؛ ثم غادر القاعة؟\n\n"
                           "ومن المتوقع أن تعلن اللجنة نتائجها خلال شهرين، على أن تعرض على البرلمان بعد ذلك.\n";

/* Every segment's source bytes, decoded by ICU, are the segment. */
static void assert_way_back(const struct nashra_article *article, const char *bytes, size_t length,
                            const char *charset) {
    size_t count;
    const struct nashra_segment *segments = nashra_article_segments(article, &count);
    for (size_t i = 0; i < count; i++) {
        struct nashra_span span = nashra_article_source_span(article, segments[i].span);
        UErrorCode error = U_ZERO_ERROR;
        char *expected = segment_text(article, i, 0);
        size_t room = strlen(expected) + 64;
        char *decoded = malloc(room);
        assert_true(span.from < span.to && span.to <= length);
        ucnv_convert("UTF-8", charset, decoded, (int32_t)room, bytes + span.from, (int32_t)(span.to - span.from),
                     &error);
        assert_true(U_SUCCESS(error));
        assert_string_equal(decoded, expected);
        free(decoded);
        free(expected);
    }
}

static void check(const char *text, const char *charset, const char *bom, size_t bom_length) {
    size_t length;
    char *encoded = encode(text, charset, &length);
    char *bytes = malloc(length + bom_length);
    memcpy(bytes, bom, bom_length);
    memcpy(bytes + bom_length, encoded, length);
    struct nashra_article *article = make_bytes(bytes, length + bom_length);
    assert_string_equal(nashra_article_charset(article), charset);
    assert_int_equal(nashra_article_damage(article), 0);
    assert_int_equal(message_count, 0);
    struct nashra_article *plain = make(text);
    char *got = all_segments(article, 1), *expected = all_segments(plain, 1);
    assert_string_equal(got, expected);
    assert_way_back(article, bytes, length + bom_length, charset);
    free(got);
    free(expected);
    nashra_article_destroy(plain);
    nashra_article_destroy(article);
    free(bytes);
    free(encoded);
}

static void utf8(void **state) {
    (void)state;
    check(news, "UTF-8", "", 0);
    check(news, "UTF-8", "\xef\xbb\xbf", 3);
}

static void utf16(void **state) {
    (void)state;
    check(news, "UTF-16LE", "", 0);
    check(news, "UTF-16BE", "", 0);
    check(news, "UTF-16LE", "\xff\xfe", 2);
    check(news, "UTF-16BE", "\xfe\xff", 2);
    check("Plain Latin text, in wide units.\n", "UTF-16LE", "", 0);
    check("Plain Latin text, in wide units.\n", "UTF-16BE", "", 0);
    check("خبر\nقصير 😀 جدا", "UTF-16LE", "\xff\xfe", 2);
}

static void utf32(void **state) {
    (void)state;
    check(news, "UTF-32LE", "", 0);
    check(news, "UTF-32BE", "", 0);
    check(news, "UTF-32LE", "\xff\xfe\0\0", 4);
    check(news, "UTF-32BE", "\0\0\xfe\xff", 4);
}

static void single_bytes(void **state) {
    (void)state;
    check(news, "windows-1256", "", 0);
    check(news, "ISO-8859-6", "", 0);
}

/* Short texts leave little evidence. */
static void short_texts(void **state) {
    (void)state;
    static const char *const texts[] = {"القاهرة", "عاجل: استقالة الحكومة", "قتل شخص", "فاز المنتخب الوطني",
                                        "بدأت الانتخابات صباح اليوم"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        check(texts[i], "windows-1256", "", 0);
        check(texts[i], "ISO-8859-6", "", 0);
        check(texts[i], "UTF-16LE", "", 0);
        check(texts[i], "UTF-16BE", "", 0);
    }
}

/* What 1256 has and 8859-6 has not: Latin accents, quotation marks, Persian letters. */
static void rich_1256(void **state) {
    (void)state;
    check("قال الرئيس: «لن نوقع الاتفاق…» في باريس (café) ثم غادر – كما أعلن – إلى بغداد. دفع 20 € فقط", "windows-1256",
          "", 0);
}

/* Text that isn't Arabic is not taken for it. ICU may call a subset by the name of its superset. */
static void check_other(const char *text, const char *charset, const char *also) {
    size_t length;
    char *bytes = encode(text, charset, &length);
    struct nashra_article *article = make_bytes(bytes, length);
    char *first = segment_text(article, 0, 0);
    assert_string_equal(first, text);
    const char *found = nashra_article_charset(article);
    assert_true(strcmp(found, charset) == 0 || strcmp(found, also) == 0);
    free(first);
    free(bytes);
    nashra_article_destroy(article);
}

static void other_languages(void **state) {
    (void)state;
    check_other(
        "L'été dernier, le président a été réélu à une large majorité, et il a déclaré que la réforme était prête.",
        "ISO-8859-1", "windows-1252");
    check_other("Вчера президент страны подписал новый закон о поддержке сельского хозяйства в южных областях.",
                "windows-1251", "windows-1251");
    check_other("Ο πρόεδρος της χώρας υπέγραψε χθες τον νέο νόμο για τη στήριξη της γεωργίας στον νότο.", "ISO-8859-7",
                "windows-1253");
}

/* A byte map over more than one checkpoint, with characters of 1, 2 and 4 bytes. */
static void long_way_back(void **state) {
    (void)state;
    char *text = calloc(1, 60000);
    for (int i = 0; i < 400; i++)
        sprintf(text + strlen(text), "الجملة رقم %d هنا 😀 وانتهت بعد حين. ", i);
    check(text, "UTF-16LE", "", 0);
    check(text, "UTF-16BE", "\xfe\xff", 2);
    free(text);
}

static void half_character_at_end(void **state) {
    (void)state;
    struct nashra_article *article = make("وصل الوفد إلى بيروت.\nثم غاد\xd8");
    assert_int_equal(nashra_article_damage(article), 1);
    assert_int_equal(message_count, 1);
    assert_string_equal(last_message, "test:2: malformed UTF-8 left out at 1 place, the first at byte 48");
    char *last = segment_text(article, 1, 0);
    assert_string_equal(last, "ثم غاد");
    struct nashra_span all = {0, 48};
    assert_int_equal(nashra_article_source_span(article, all).to, 48);
    free(last);
    nashra_article_destroy(article);
}

static void damage_in_the_middle(void **state) {
    (void)state;
    const char bytes[] = "وصل\xff\xfe الوفد إلى بي\xc0\x80روت مساء.";
    struct nashra_article *article = make(bytes);
    size_t count;
    assert_int_equal(nashra_article_damage(article), 2);
    assert_int_equal(message_count, 1);
    assert_non_null(strstr(last_message, "test:1: malformed UTF-8 left out at 2 places, the first at byte 6"));
    char *first = segment_text(article, 0, 0);
    assert_string_equal(first, "وصل الوفد إلى بيروت مساء.");
    free(first);
    const struct nashra_segment *segments = nashra_article_segments(article, &count);
    struct nashra_span whole = nashra_article_source_span(article, segments[0].span);
    assert_int_equal(whole.from, 0);
    assert_int_equal(whole.to, sizeof bytes - 1);
    /* وصل, its damage left outside; and بيروت, its damage inside. */
    struct nashra_span word = nashra_article_source_span(article, (struct nashra_span){0, 6});
    assert_int_equal(word.to, 6);
    struct nashra_span next = nashra_article_source_span(article, (struct nashra_span){6, 7});
    assert_int_equal(next.from, 8);
    nashra_article_destroy(article);
}

/* Every second character is damaged: still bounded, still exact. */
static void damage_everywhere(void **state) {
    (void)state;
    char bytes[9000];
    size_t length = 0;
    for (int i = 0; i < 2000; i++) {
        memcpy(bytes + length, i % 5 ? "س" : " ", i % 5 ? 2 : 1);
        length += i % 5 ? 2 : 1;
        if (i % 2)
            bytes[length++] = '\xff';
    }
    struct nashra_article *article = make_bytes(bytes, length);
    size_t text_length, at = 0;
    const char *text = nashra_article_text(article, &text_length);
    assert_int_equal(nashra_article_damage(article), 1000);
    for (size_t i = 0; i < text_length; i++) {
        while (bytes[at] == '\xff')
            at++;
        if ((text[i] & 0xC0) != 0x80)
            assert_int_equal(nashra_article_source_span(article, (struct nashra_span){i, text_length}).from, at);
        assert_int_equal(text[i], bytes[at++]);
    }
    nashra_article_destroy(article);
}

static void lone_surrogates(void **state) {
    (void)state;
    const char bytes[] = "\xff\xfe\x27\x06\x44\x06\x00\xd8\x46\x06\x35\x06\x00\xdc\x31\x06\x06";
    struct nashra_article *article = make_bytes(bytes, sizeof bytes - 1);
    char *first = segment_text(article, 0, 0);
    assert_string_equal(first, "النصر");
    assert_int_equal(nashra_article_damage(article), 3);
    free(first);
    nashra_article_destroy(article);
}

static void nul_is_damage(void **state) {
    (void)state;
    const char bytes[] = "انتهى الاجتماع الأول\0 وخرج الوزراء من القاعة";
    struct nashra_article *article = make_bytes(bytes, sizeof bytes - 1);
    size_t length;
    const char *text = nashra_article_text(article, &length);
    assert_null(memchr(text, 0, length));
    assert_int_equal(nashra_article_damage(article), 1);
    nashra_article_destroy(article);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(utf8, hear_messages),
        cmocka_unit_test_setup(utf16, hear_messages),
        cmocka_unit_test_setup(utf32, hear_messages),
        cmocka_unit_test_setup(single_bytes, hear_messages),
        cmocka_unit_test_setup(short_texts, hear_messages),
        cmocka_unit_test_setup(rich_1256, hear_messages),
        cmocka_unit_test_setup(other_languages, hear_messages),
        cmocka_unit_test_setup(long_way_back, hear_messages),
        cmocka_unit_test_setup(half_character_at_end, hear_messages),
        cmocka_unit_test_setup(damage_in_the_middle, hear_messages),
        cmocka_unit_test_setup(damage_everywhere, hear_messages),
        cmocka_unit_test_setup(lone_surrogates, hear_messages),
        cmocka_unit_test_setup(nul_is_damage, hear_messages),
    };
    return cmocka_run_group_tests_name("article charset", tests, NULL, NULL);
}
