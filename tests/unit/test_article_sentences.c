/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ends of sentences that tests/golden/stops.md can't hold, and the pieces of very long ones. */
#include <time.h>

#include "article_helper.h"

#include "cut.h"
#include "walk.h"

static const struct nashra_segment *segments_of(const struct nashra_article *article, size_t *count) {
    return nashra_article_segments(article, count);
}

static size_t letters_of(const struct nashra_article *article, const struct nashra_segment *segment) {
    size_t length, letters = 0;
    const char *text = nashra_article_text(article, &length);
    for (size_t at = segment->span.from; at < segment->span.to;) {
        unsigned c = nashra_walk_next(text, length, &at);
        letters += !nashra_walk_is_blank(c) && !nashra_walk_is_silent(c);
    }
    return letters;
}

static void stops(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"وصل الوفد. وغادر.", "وصل الوفد. | وغادر."},
        {"وصل الوفد.وغادر الوزير.", "وصل الوفد. | وغادر الوزير."},
        {"وصل ج. ر. ر. تولكين. وغادر.", "وصل ج. ر. ر. تولكين. | وغادر."},
        {"أحيل (أ. م، 34 عاما) و(س. ع، 29 عاما) إلى المحكمة.", "أحيل (أ. م، 34 عاما) و(س. ع، 29 عاما) إلى المحكمة."},
        {"بلغ 3.5 في 18.2.2022. ثم 1.250.000.", "بلغ 3.5 في 18.2.2022. | ثم 1.250.000."},
        {"وصل… ثم غادر... ثم عاد.. ثم مات.", "وصل… ثم غادر... ثم عاد.. ثم مات."},
        {"كيف ذلك؟! لا أدري؟؟ أبدا!", "كيف ذلك؟! | لا أدري؟؟ | أبدا!"},
        {"قال: \"لا.\" وسكت.", "قال: \"لا.\" | وسكت."},
        {"قال: \"لا. \" وسكت.", "قال: \"لا. \" | وسكت."},
        {"قال.\"وسكت\" بعدها.", "قال. | \"وسكت\" بعدها."},
        {"وصل الهاتف. iPhone جديد.", "وصل الهاتف. | iPhone جديد."},
        {"وصل (هل يصح؟) ثم غادر.", "وصل (هل يصح؟) ثم غادر."},
        {"(وصل الوفد.) ثم غادر.", "(وصل الوفد.) | ثم غادر."},
        {"وصل. (…) وغادر.", "وصل. | (…) وغادر."},
        {"وصل. (؟) وغادر.", "وصل. (؟) | وغادر."},
        {"وصل الوفد؛ ثم: غادر، وعاد.", "وصل الوفد؛ ثم: غادر، وعاد."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_segments(cases[i][0], 0, cases[i][1]);
}

static char *repeat(const char *text, size_t times) {
    size_t length = strlen(text);
    char *out = malloc(length * times + 1);
    assert_non_null(out);
    for (size_t i = 0; i < times; i++)
        memcpy(out + i * length, text, length);
    out[length * times] = '\0';
    return out;
}

/* Pieces are no longer than the longest, of like size, and lose nothing but blanks. */
static void assert_balanced(const char *text, size_t least) {
    struct nashra_article *article = make(text);
    size_t count, smallest = 10000, letters = 0;
    const struct nashra_segment *s = segments_of(article, &count);
    assert_true(count > 1);
    for (size_t i = 0; i < count; i++) {
        size_t length = letters_of(article, &s[i]);
        assert_true(length <= NASHRA_CUT_LONGEST);
        assert_int_equal(s[i].continues, i + 1 < count);
        smallest = length < smallest ? length : smallest;
        letters += length;
    }
    assert_true(smallest >= least);
    struct nashra_segment all = {.span = {0, strlen(text)}};
    assert_int_equal(letters, letters_of(article, &all));
    nashra_article_destroy(article);
}

static void pieces(void **state) {
    (void)state;
    char *commas = repeat("وصل الوفد إلى العاصمة مساء أمس، ", 20);
    char *clauses = repeat("وقال الوزير إن الوفد وصل إلى العاصمة مساء أمس ", 20);
    char *lists = repeat("والمدارس الكبيرة ", 60);
    assert_balanced(commas, 100);
    assert_balanced(clauses, 100);
    assert_balanced(lists, 100);
    free(commas);
    free(clauses);
    free(lists);
}

/* Where a cut may not be. */
static void assert_never_cut(const char *filler, const char *phrase) {
    for (size_t before = 10; before < 40; before++) {
        char *head = repeat(filler, before), *tail = repeat(filler, 40 - before);
        char *text = malloc(strlen(head) + strlen(phrase) + strlen(tail) + 1);
        strcat(strcat(strcpy(text, head), phrase), tail);
        struct nashra_article *article = make(text);
        size_t count;
        const struct nashra_segment *s = segments_of(article, &count);
        size_t from = strlen(head), to = from + strlen(phrase);
        for (size_t i = 0; i < count; i++)
            assert_false(s[i].span.to > from && s[i].span.to < to - 1);
        nashra_article_destroy(article);
        free(text);
        free(head);
        free(tail);
    }
}

static void places_without_cut(void **state) {
    (void)state;
    static const char *const phrases[] = {
        "ألفا وتسعمئة وأربعة وثمانين كتابا ",
        "3,800 مليار دولار ",
        "10، 20 ",
        "2 800 000 نسمة ",
        "وزير ",
        "خمسة وثمانين شخصا ",
        "من أجل ",
        "في 18 فبراير ",
        "رئيس الوزراء ",
    };
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        assert_never_cut("كلمة أخرى ", phrases[i]);
        assert_never_cut("وكلمة ", phrases[i]);
    }
}

/* A sentence that is just long enough stays whole. */
static void whole(void **state) {
    (void)state;
    char *text = repeat("كلمات، ", NASHRA_CUT_LONGEST / 6);
    struct nashra_article *article = make(text);
    size_t count;
    const struct nashra_segment *s = segments_of(article, &count);
    assert_int_equal(count, 1);
    assert_false(s[0].continues);
    nashra_article_destroy(article);
    free(text);
    /* So does one that is a little too long, where there is no good place. */
    text = repeat("كلمة أخرى ", NASHRA_CUT_LONGEST / 6);
    article = make(text);
    segments_of(article, &count);
    assert_int_equal(count, 1);
    nashra_article_destroy(article);
    free(text);
}

/* Without any place to cut, pieces are bounded all the same, and no mark is parted from its letter. */
static void one_endless_word(void **state) {
    (void)state;
    char *text = repeat("سّ", 5000);
    struct nashra_article *article = make(text);
    size_t count;
    const struct nashra_segment *s = segments_of(article, &count);
    assert_true(count >= 5000 / (3 * NASHRA_CUT_LONGEST));
    for (size_t i = 0; i < count; i++) {
        assert_true(letters_of(article, &s[i]) <= 3 * NASHRA_CUT_LONGEST);
        assert_int_equal((s[i].span.to - s[i].span.from) % strlen("سّ"), 0);
        assert_int_equal(s[i].span.from, i ? s[i - 1].span.to : 0);
    }
    nashra_article_destroy(article);
    free(text);
}

/* 256 KiB of every kind of monotony: in part of a second, while its square would take minutes. */
static void linear(void **state) {
    (void)state;
    static const char *const units[] = {
        "س",   "س ",  "ج. ",    "\" . ", "؟ ", "(؟) ", "؟)", "س\n",
        "1.1", "و ",  "كلمة، ", "a.b/",  "😀",  "…",    "١",  "وقال الوزير إن الوفد وصل. ",
        "\"س", "«س. "};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        size_t size = 256u * 1024;
        char *text = repeat(units[i], size / strlen(units[i]));
        struct nashra_article *article = NULL;
        clock_t start = clock();
        int status = nashra_article_from_bytes(text, strlen(text), "test", &article);
        double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
        assert_true(status == 0 || status == NASHRA_EDATA);
        if (getenv("NASHRA_TEST_TIMES"))
            fprintf(stderr, "%-30s %.2f s\n", units[i], seconds);
        assert_true(seconds < 20);
        nashra_article_destroy(article);
        free(text);
    }
}

/* Memory is bounded by a number of sentences that no article has. */
static void far_too_many(void **state) {
    (void)state;
    char *lines = repeat("س\n", NASHRA_ARTICLE_MAX_SEGMENTS + 1);
    assert_int_equal(refuse(lines, strlen(lines)), NASHRA_EDATA);
    assert_string_equal(last_message, "test: more than 1048576 paragraphs: no article has so many");
    free(lines);
    char *sentences = repeat("سر. ", NASHRA_ARTICLE_MAX_SEGMENTS + 1);
    assert_int_equal(refuse(sentences, strlen(sentences)), NASHRA_EDATA);
    assert_string_equal(last_message, "test: more than 1048576 sentences: no article has so many");
    free(sentences);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(stops, hear_messages),
        cmocka_unit_test_setup(pieces, hear_messages),
        cmocka_unit_test_setup(places_without_cut, hear_messages),
        cmocka_unit_test_setup(whole, hear_messages),
        cmocka_unit_test_setup(one_endless_word, hear_messages),
        cmocka_unit_test_setup(linear, hear_messages),
        cmocka_unit_test_setup(far_too_many, hear_messages),
    };
    return cmocka_run_group_tests_name("article sentences", tests, NULL, NULL);
}
