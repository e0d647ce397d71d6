/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Title, byline, headings, paragraphs; line ends of every system; broken lines. */
#include "article_helper.h"

#define A "أعلنت الحكومة أمس خطة جديدة لدعم المزارعين في الجنوب."
#define B "وتبدأ الخطة مطلع العام المقبل وتستمر ثلاث سنوات."
#define C "وقال الوزير إن الأموال جاهزة منذ الصيف الماضي."

static void kinds(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        /* A paragraph alone has no title, not even without a full stop. */
        {"خطة جديدة للمزارعين", "text: خطة جديدة للمزارعين"},
        {A, "text: " A},
        {"خطة جديدة للمزارعين\n\n" A, "title: خطة جديدة للمزارعين | text: " A},
        /* A first line that ends in a full stop is a sentence. */
        {A "\n\n" B, "text: " A " | text: " B},
        {"هل تنجح الخطة؟\n\n" A, "title: هل تنجح الخطة؟ | text: " A},
        /* Bylines: by a cue, by an agency, by a name that the story doesn't know; over the title as well. */
        {"خطة جديدة\nبقلم سعاد منصور\n" A "\n" B,
         "title: خطة جديدة | byline: بقلم سعاد منصور | text: " A " | text: " B},
        {"خطة جديدة\nكتبت: سعاد منصور\n" A "\n" B,
         "title: خطة جديدة | byline: كتبت: سعاد منصور | text: " A " | text: " B},
        {"خطة جديدة\nالقاهرة - رويترز\n" A "\n" B,
         "title: خطة جديدة | byline: القاهرة - رويترز | text: " A " | text: " B},
        {"خطة جديدة\nدبي (أ ف ب)\n" A "\n" B, "title: خطة جديدة | byline: دبي (أ ف ب) | text: " A " | text: " B},
        {"خطة جديدة\nيوهان فيرستابن\n" A "\n" B, "title: خطة جديدة | byline: يوهان فيرستابن | text: " A " | text: " B},
        {"خطة جديدة\nسعاد منصور\nبيروت - وكالات\n" A "\n" B,
         "title: خطة جديدة | byline: سعاد منصور | byline: بيروت - وكالات | text: " A " | text: " B},
        {"بقلم سعاد منصور\n\nخطة جديدة\n\n" A "\n\n" B,
         "byline: بقلم سعاد منصور | title: خطة جديدة | text: " A " | text: " B},
        {"خطة جديدة\nالاثنين 21 نوفمبر 2022 - 10:30\n" A "\n" B,
         "title: خطة جديدة | byline: الاثنين 21 نوفمبر 2022 - 10:30 | text: " A " | text: " B},
        {"خطة جديدة\nرافائيل كوستا، 12 مارس 2022\n" A "\n" B,
         "title: خطة جديدة | byline: رافائيل كوستا، 12 مارس 2022 | text: " A " | text: " B},
        {"خطة جديدة\n\n" A "\n\n- دعم القمح\n- دعم الري في كل محافظات الجنوب والوسط والشمال والشرق والغرب معا",
         "title: خطة جديدة | text: " A
         " | text: - دعم القمح | text: - دعم الري في كل محافظات الجنوب والوسط والشمال والشرق والغرب معا"},
        /* What the story is about is no author. */
        {"خطة جديدة\n\nدعم المزارعين\n\n" A "\n\n" B,
         "title: خطة جديدة | heading: دعم المزارعين | text: " A " | text: " B},
        /* A dateline inside a paragraph is text. */
        {"خطة جديدة\n\nالقاهرة - أ ف ب - " A "\n\n" B, "title: خطة جديدة | text: القاهرة - أ ف ب - " A " | text: " B},
        {"خطة جديدة\n\n" A "\n\nموعد البدء\n\n" B "\n\n" C,
         "title: خطة جديدة | text: " A " | heading: موعد البدء | text: " B " | text: " C},
        /* What somebody said, what ends in a comma or a colon, what nothing follows: no headings. */
        {"خطة جديدة\n\n" A "\n\n\"لن ننتظر أكثر\"\n\n" B,
         "title: خطة جديدة | text: " A " | text: \"لن ننتظر أكثر\" | text: " B},
        {"خطة جديدة\n\n" A "\n\nوأضاف الوزير:\n\n" B,
         "title: خطة جديدة | text: " A " | text: وأضاف الوزير: | text: " B},
        {"خطة جديدة\n\n" A "\n\n" B "\n\nانتهى الخبر",
         "title: خطة جديدة | text: " A " | text: " B " | text: انتهى الخبر"},
        /* Headings as plain text marks them. */
        {"# خطة جديدة\n\n" A "\n\n## ما بعد ذلك\n\n" B,
         "title: خطة جديدة | text: " A " | heading: ما بعد ذلك | text: " B},
        {"خطة جديدة\n=========\n\n" A "\n\n* * *\n\n" B, "title: خطة جديدة | text: " A " | text: " B},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_segments(cases[i][0], 1, cases[i][1]);
}

/* A list of short lines has no headings. */
static void poem(void **state) {
    (void)state;
    assert_segments("على قدر أهل العزم\nتأتي العزائم\nوتأتي على قدر\nالكرام المكارم", 1,
                    "title: على قدر أهل العزم | text: تأتي العزائم | text: وتأتي على قدر | text: الكرام المكارم");
}

static void line_ends(void **state) {
    (void)state;
    static const char *const ends[] = {"\n",           "\r\n",          "\r", "\xc2\x85", "\xe2\x80\xa8",
                                       "\xe2\x80\xa9", "\n\r\n \t\r\n", "\f", "\v"};
    static const char expected[] = "title: خطة جديدة | text: " A " | text: " B;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char text[1024];
        snprintf(text, sizeof text, "%sخطة جديدة%s%s" A "%s\t" B " %s", ends[i], ends[i], ends[i], ends[i], ends[i]);
        assert_segments(text, 1, expected);
    }
}

/* Lines broken at a width: greedily, with blank lines between paragraphs. */
#define WRAPPED                                                                                                        \
    "أعلنت الحكومة أمس خطة جديدة لدعم المزارعين في\n"                            \
    "الجنوب بعد عامين من الجفاف الذي أصاب البلاد. وتبدأ\n"                    \
    "الخطة مطلع العام المقبل وتستمر ثلاث سنوات كاملة\n"                        \
    "بتمويل من البنك الدولي ومن صناديق التنمية في الخليج\n"                 \
    "العربي.\n"

static void broken_lines(void **state) {
    (void)state;
    struct nashra_article *article = make("خطة جديدة للزراعة\n\n" WRAPPED "\n" WRAPPED);
    size_t count;
    const struct nashra_segment *s = nashra_article_segments(article, &count);
    assert_int_equal(count, 5);
    assert_int_equal(s[0].kind, NASHRA_TITLE);
    assert_int_equal(s[1].paragraph, 1);
    assert_int_equal(s[2].paragraph, 1);
    assert_int_equal(s[3].paragraph, 2);
    char *first = segment_text(article, 1, 0);
    assert_non_null(strstr(first, "في\nالجنوب"));
    assert_string_equal(first + strlen(first) - 1, ".");
    free(first);
    nashra_article_destroy(article);
}

/* No blank lines: the short last line ends the paragraph; so does an indent, and a bullet. */
static void broken_lines_without_blanks(void **state) {
    (void)state;
    struct nashra_article *article = make(WRAPPED WRAPPED "- " WRAPPED);
    size_t count;
    const struct nashra_segment *s = nashra_article_segments(article, &count);
    assert_int_equal(count, 6);
    assert_int_equal(s[2].paragraph, 1);
    assert_int_equal(s[4].paragraph, 2);
    nashra_article_destroy(article);
}

/* A dash between words may come to stand at the head of a line; a title over broken lines stays alone. */
static void broken_at_a_dash(void **state) {
    (void)state;
    struct nashra_article *article = make("خطة للزراعة\nسعاد منصور\n\n"
                                          "أعلنت الحكومة أمس خطة جديدة لدعم المزارعين\n"
                                          "- وهم آلاف - في الجنوب بعد عامين من الجفاف\n"
                                          "الذي أصاب البلاد كلها.\n\n"
                                          "وتبدأ الخطة مطلع العام.");
    char *all = all_segments(article, 1);
    assert_string_equal(all,
                        "title: خطة للزراعة | byline: سعاد منصور | text: أعلنت الحكومة أمس خطة جديدة لدعم المزارعين\n"
                        "- وهم آلاف - في الجنوب بعد عامين من الجفاف\nالذي أصاب البلاد كلها. | "
                        "text: وتبدأ الخطة مطلع العام.");
    free(all);
    nashra_article_destroy(article);
}

/* The width counts letters, not marks, and tools that count bytes are understood too. */
static void broken_by_bytes(void **state) {
    (void)state;
    struct nashra_article *article = make("أعلنت الحكومة خطة 123456789012345 لدعم الزراعة\n"
                                          "في الجنوب بعد عامين من الجفاف الذي أصاب\n"
                                          "البلاد مرتين في رسالة رقمها 1234567890123456789\n"
                                          "وتبدأ بعدها في مطلع العام المقبل وتستمر\n"
                                          "ثلاث سنوات بلا توقف في كل البلاد حتى\n"
                                          "نهاية العقد 2029 2030 2031 2032 ثم تراجع من جديد\n"
                                          "في كل عام.\n");
    size_t count;
    assert_int_equal(nashra_article_segments(article, &count)[count - 1].paragraph, 0);
    nashra_article_destroy(article);
}

/* A paragraph a line, some of nearly one length, are no broken lines. */
static void line_each(void **state) {
    (void)state;
    assert_segments("خطة جديدة\n" A "\n" B "\n" C "\n" A "\n" C, 0, "خطة جديدة | " A " | " B " | " C " | " A " | " C);
}

static void quotations(void **state) {
    (void)state;
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"قال \"نعم\" ثم \"لا\".", "نعم|لا|"},
        {"قال «نعم» ثم “لا” ثم ”كلا“.", "نعم|لا|كلا|"},
        {"قال »نعم« ثم خرج.", "نعم|"},
        {"طالب بـ\"وقف فوري\" وقبلها لـ \"هدنة\".", "وقف فوري|هدنة|"},
        {"قال \"لم يغلق أبدا. وهذه جملة.", "لم يغلق أبدا.|"},
        {"قال \"لم يغلق ثم \"فتح وأغلق\".", "لم يغلق ثم|فتح وأغلق|"},
        {"قال إن الطول 5\" فقط.", ""},
        {"قال \"الأولى. والثانية. والثالثة\" وخرج.", "الأولى. والثانية. والثالثة|"},
        {"قال و\"أضاف\" ثم \" سكت \".", "أضاف|سكت|"},
        {"(\"نعم\")", "نعم|"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct nashra_article *article = make(cases[i].text);
        size_t count, length;
        char got[512] = "";
        const char *text = nashra_article_text(article, &length);
        const struct nashra_span *q = nashra_article_quotations(article, &count);
        for (size_t k = 0; k < count; k++)
            snprintf(got + strlen(got), sizeof got - strlen(got), "%.*s|", (int)(q[k].to - q[k].from),
                     text + q[k].from);
        assert_string_equal(got, cases[i].expected);
        nashra_article_destroy(article);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(kinds, hear_messages),
        cmocka_unit_test_setup(poem, hear_messages),
        cmocka_unit_test_setup(line_ends, hear_messages),
        cmocka_unit_test_setup(broken_lines, hear_messages),
        cmocka_unit_test_setup(broken_lines_without_blanks, hear_messages),
        cmocka_unit_test_setup(broken_at_a_dash, hear_messages),
        cmocka_unit_test_setup(broken_by_bytes, hear_messages),
        cmocka_unit_test_setup(line_each, hear_messages),
        cmocka_unit_test_setup(quotations, hear_messages),
    };
    return cmocka_run_group_tests_name("article structure", tests, NULL, NULL);
}
