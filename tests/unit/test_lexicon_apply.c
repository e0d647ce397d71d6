/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lexicon at work: which words it finds, and what becomes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/lexicon.h>
#include <nashra/utf8.h>

enum { MAX_WORDS = 40 };

static struct nashra_lexicon *load(const char *text) {
    struct nashra_lexicon *lexicon = NULL;
    assert_int_equal(nashra_lexicon_from_bytes(text, strlen(text), NASHRA_LEXICON_TSV, "l", &lexicon), NASHRA_OK);
    assert_int_equal(nashra_lexicon_errors(lexicon), 0);
    return lexicon;
}

/* What the normaliser would make of plain words; a word in Latin letters is latin, ، and . are pauses. */
static void split(const char *text, struct nashra_sentence *sentence) {
    sentence->words = nashra_arena_alloc(sentence->arena, MAX_WORDS * sizeof *sentence->words);
    sentence->span = (struct nashra_span){0, strlen(text)};
    for (const char *at = text; *(at += strspn(at, " "));) {
        size_t length = strcspn(at, " "), from = (size_t)(at - text);
        struct nashra_word *word = &sentence->words[sentence->count++];
        *word = (struct nashra_word){.confidence = 1, .ending_confidence = 1};
        size_t comma = strlen("،");
        if (length > comma && memcmp(at + length - comma, "،", comma) == 0) {
            length -= comma;
            word->pause = NASHRA_PAUSE_COMMA;
        }
        char *bare = nashra_arena_alloc(sentence->arena, length + 1);
        nashra_strip_marks(at, length, bare);
        word->text = bare;
        word->marked = strlen(bare) < length ? nashra_arena_copy(sentence->arena, at, length) : NULL;
        word->span = (struct nashra_span){from, from + length};
        word->cls = (unsigned char)*at < 0x80 ? NASHRA_CLASS_LATIN : NASHRA_CLASS_WORD;
        at += strcspn(at, " ");
    }
}

/* The sentence's marked words, or phonemes in slashes, or text where there are neither. */
static void render(const struct nashra_sentence *sentence, char *out, size_t size) {
    size_t at = 0;
    out[0] = '\0';
    for (size_t i = 0; i < sentence->count; i++) {
        const struct nashra_word *word = &sentence->words[i];
        const char *slash = word->phonemes ? "/" : "";
        at += (size_t)snprintf(out + at, size - at, "%s%s%s%s%s", i ? " " : "", slash,
                               word->phonemes ? word->phonemes
                               : word->marked ? word->marked
                                              : word->text,
                               slash, nashra_pause_mark(word->pause));
    }
}

static void apply(const struct nashra_lexicon *lexicon, const char *text, char *out, size_t size) {
    struct nashra_sentence sentence = {.arena = nashra_arena_create()};
    split(text, &sentence);
    assert_int_equal(nashra_lexicon_apply(lexicon, text, &sentence), NASHRA_OK);
    render(&sentence, out, size);
    nashra_arena_destroy(sentence.arena);
}

struct row {
    const char *text, *expected;
};

static void check_rows(const char *entries, const struct row *rows, size_t count) {
    struct nashra_lexicon *lexicon = load(entries);
    for (size_t i = 0; i < count; i++) {
        char got[2000];
        apply(lexicon, rows[i].text, got, sizeof got);
        if (strcmp(got, rows[i].expected) != 0)
            fail_msg("%s: %s, expected %s", rows[i].text, got, rows[i].expected);
    }
    nashra_lexicon_destroy(lexicon);
}

#define CHECK(entries, ...)                                                                                            \
    do {                                                                                                               \
        static const struct row rows[] = {__VA_ARGS__};                                                                \
        check_rows(entries, rows, sizeof rows / sizeof *rows);                                                         \
    } while (0)

/* The article: sun letters, moon letters, wasl; ل takes its alif; و and ف have a, ب and ل have i, ك has a. */
static void proclitics(void **state) {
    (void)state;
    CHECK("ناتو\tنَاتُو", {"ناتو", "نَاتُو"}, {"الناتو", "النَّاتُو"}, {"والناتو", "وَالنَّاتُو"}, {"بناتو", "بِنَاتُو"},
          {"فبالناتو", "فَبِالنَّاتُو"}, {"للناتو", "لِلنَّاتُو"}, {"وللناتو", "وَلِلنَّاتُو"}, {"كالناتو", "كَالنَّاتُو"},
          {"ناتوي", "ناتوي"});
    CHECK("قمة\tقِمَّة", {"القمة", "الْقِمَّة"}, {"للقمة", "لِلْقِمَّة"}, {"لقمة", "لِقِمَّة"}, {"وقمة", "وَقِمَّة"});
    CHECK("لغة\tلُغَّة", {"اللغة", "اللُّغَّة"}, {"للغة", "لِلُّغَّة"}, {"باللغة", "بِاللُّغَّة"}, {"ولغة", "وَلُغَّة"});
    CHECK("اتحاد\tاِتِّحاد", {"اتحاد", "اِتِّحاد"}, {"الاتحاد", "الِاتِّحاد"}, {"واتحاد", "وَاتِّحاد"}, {"للاتحاد", "لِلِاتِّحاد"},
          {"وبالاتحاد", "وَبِالِاتِّحاد"});
    CHECK("كتاب\tكِتَابٌ", {"كتاب", "كِتَابٌ"}, {"الكتاب", "الْكِتَاب"}, {"وكتاب", "وَكِتَابٌ"}, {"لكتاب", "لِكِتَاب"});
}

static void entries_with_the_article(void **state) {
    (void)state;
    CHECK("الناتو\tالنَّاتُو", {"الناتو", "النَّاتُو"}, {"للناتو", "لِلنَّاتُو"}, {"وبالناتو", "وَبِالنَّاتُو"}, {"ناتو", "ناتو"});
    CHECK("اللغة\tاللُّغَة", {"للغة", "لِلُّغَة"}, {"واللغة", "وَاللُّغَة"});
    CHECK("الله\tاللَّه", {"لله", "لِلَّه"}, {"والله", "وَاللَّه"}, {"بالله", "بِاللَّه"});
}

/* Pronouns: ة opens to ت, ى to ا, a hamza gets a seat; the ending before them is open. */
static void pronouns(void **state) {
    (void)state;
    CHECK("شركة\tشَرِكَةٌ\nمستوى\tمُسْتَوًى\nأبناء\tأَبْنَاء", {"شركته", "شَرِكَته"}, {"وشركتها", "وَشَرِكَتهَا"}, {"لشركتنا", "لِشَرِكَتنَا"},
          {"شركتهما", "شَرِكَتهمَا"}, {"مستواه", "مُسْتَوَاه"}, {"أبناؤها", "أَبْنَاؤهَا"}, {"أبنائكم", "أَبْنَائكُمْ"},
          {"الشركة", "الشَّرِكَة"}, {"الشركته", "الشركته"}, {"المستوى", "الْمُسْتَوَى"});
    CHECK("مصر\tمِصْر\nمال\tمَال", {"مصري", "مصري"}, {"مالك", "مالك"}, {"ماله", "مَاله"}, {"مصرنا", "مِصْرنَا"});
}

static void short_words_and_exact_entries_take_no_clitics(void **state) {
    (void)state;
    CHECK("رد\tرَدّ\nورق\tوَرَق\t\texact", {"رد", "رَدّ"}, {"ورد", "ورد"}, {"الرد", "الرَّدّ"}, {"ورق", "وَرَق"},
          {"الورق", "الورق"});
}

static void the_authors_marks_count(void **state) {
    (void)state;
    CHECK("ملك\tمَلِك", {"ملك", "مَلِك"}, {"مَلكُ", "مَلِكُ"}, {"مُلك", "مُلك"}, {"والملكِ", "وَالْمَلِكِ"}, {"الـمُلك", "الـمُلك"});
    CHECK("مدرسة\tمُدَرِّسَة", {"مَدرسة", "مَدرسة"}, {"مدرْسة", "مدرْسة"}, {"مدرسةُ", "مُدَرِّسَةُ"});
}

static void phrases(void **state) {
    (void)state;
    CHECK("الأمم المتحدة\tالأُمَم المُتَّحِدة\nالأمم\tالأُمَم الكثيرة", {"في الأمم المتحدة الآن", "في الأُمَم المُتَّحِدة الآن"},
          {"والأمم  المتحدة،", "وَالأُمَم المُتَّحِدة،"}, {"الأمم، المتحدة", "الأُمَم الكثيرة، المتحدة"},
          {"للأمم المتحدة", "لِلأُمَم المُتَّحِدة"});
    CHECK("بنك مصر\tالبنك", {"بنك مصر، اليوم", "البنك، اليوم"}, {"وبنك مصر", "وَالبنك"}, {"بنك", "بنك"});
}

static void latin_words(void **state) {
    (void)state;
    CHECK("BBC\tبي بي سي\nApple\tأَبل\t\tcase\nشركة\tGoogle Inc", {"bbc", "بي بي سي"}, {"apple", "apple"},
          {"Apple", "أَبلْ"}, {"لشركة", "لِ Google Inc"}, {"شركة", "Google Inc"});
}

static void phonemes(void **state) {
    (void)state;
    CHECK("ناتو\tn'a:tu:\tphonemes\nالقمة\t?alq'im:a\tphonemes\nلندن\tˈlandan\tipa\nبنك مصر\tb'ank m'is[R\tphonemes",
          {"ناتو", "/n'a:tu:/"}, {"الناتو", "/n:'a:tu:/"}, {"وللناتو", "/wa|li|n:'a:tu:/"}, {"بناتو", "/bi|n'a:tu:/"},
          {"القمة", "/?alq'im:a/"}, {"والقمة", "/wa|lq'im:a/"}, {"ولندن", "/wa|l'andan/"}, {"ناتوها", "ناتوها"},
          {"لبنك مصر،", "/li|b'ank/ /m'is[R/،"});
}

/* One token that the normaliser read as several words, with a span for all of them. */
static void tokens_are_found_as_they_are_written(void **state) {
    (void)state;
    static const char text[] = "قمة G20 و«د» د. سعيد";
    struct nashra_lexicon *lexicon = load("G20\tجي عشرين\nد.\tدُكتور\n");
    struct nashra_sentence sentence = {.arena = nashra_arena_create(), .span = {0, strlen(text)}};
    struct nashra_word words[] = {
        {.text = "قمة", .span = {0, 6}},
        {.text = "مجموعة", .span = {7, 10}, .cls = NASHRA_CLASS_CODE, .flags = NASHRA_WORD_QUOTE_OPEN},
        {.text = "العشرين",
         .span = {7, 10},
         .cls = NASHRA_CLASS_CODE,
         .flags = NASHRA_WORD_QUOTE_CLOSE,
         .pause = NASHRA_PAUSE_COMMA},
        {.text = "ود", .span = {11, 19}},
        {.text = "دال", .span = {20, 22}, .cls = NASHRA_CLASS_ABBREVIATION},
        {.text = "سعيد", .span = {24, 32}}};
    char got[500];
    sentence.words = words;
    sentence.count = 6;
    assert_int_equal(nashra_lexicon_apply(lexicon, text, &sentence), NASHRA_OK);
    render(&sentence, got, sizeof got);
    assert_string_equal(got, "قمة جي عشرينْ، ود دُكتور سعيد");
    assert_int_equal(sentence.words[1].flags, NASHRA_WORD_QUOTE_OPEN | NASHRA_WORD_DECIDED);
    assert_int_equal(sentence.words[2].flags, NASHRA_WORD_QUOTE_CLOSE | NASHRA_WORD_DECIDED);
    assert_int_equal(sentence.words[1].cls, NASHRA_CLASS_CODE);
    assert_int_equal(sentence.words[2].span.from, 7);
    nashra_arena_destroy(sentence.arena);
    nashra_lexicon_destroy(lexicon);
}

/* The words behind # are found, what the normaliser says for # is not; so is the tag as a whole. */
static void hashtags(void **state) {
    (void)state;
    static const char *const entries[] = {"الناتو\tالنِّيتُو\nوسم\tعلامة", " #الناتو\tقمة الحلف"};
    static const char *const expected[] = {"وَسْم النِّيتُو.", "قمة الحلف."};
    for (int i = 0; i < 2; i++) {
        struct nashra_lexicon *lexicon = load(entries[i]);
        struct nashra_word words[] = {
            {.text = "وسم",
             .marked = "وَسْم",
             .span = {0, 13},
             .cls = NASHRA_CLASS_HASHTAG,
             .flags = NASHRA_WORD_WRITTEN},
            {.text = "الناتو", .span = {0, 13}, .cls = NASHRA_CLASS_HASHTAG, .pause = NASHRA_PAUSE_STOP}};
        struct nashra_sentence sentence = {.arena = nashra_arena_create(), .words = words, .count = 2, .span = {0, 13}};
        char got[200];
        assert_int_equal(nashra_lexicon_apply(lexicon, "#الناتو", &sentence), NASHRA_OK);
        render(&sentence, got, sizeof got);
        assert_string_equal(got, expected[i]);
        nashra_arena_destroy(sentence.arena);
        nashra_lexicon_destroy(lexicon);
    }
}

/* A number that the normaliser wrote has its own grammar. */
static void written_words_stay(void **state) {
    (void)state;
    struct nashra_lexicon *lexicon = load("خمسة\tخَمْسَه");
    struct nashra_word word = {
        .text = "خمسة", .marked = "خَمْسَةٌ", .span = {0, 1}, .cls = NASHRA_CLASS_CARDINAL, .flags = NASHRA_WORD_WRITTEN};
    struct nashra_sentence sentence = {.arena = nashra_arena_create(), .words = &word, .count = 1, .span = {0, 1}};
    assert_int_equal(nashra_lexicon_apply(lexicon, "5", &sentence), NASHRA_OK);
    assert_string_equal(sentence.words[0].marked, "خَمْسَةٌ");
    nashra_arena_destroy(sentence.arena);
    nashra_lexicon_destroy(lexicon);
}

static void lines_of_plain_text(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"قال «ملك» البحرين:\tالمــلك، مُلك", "قال «مَلِك» البحرين:\tالْمَــلِك، مُلك"},
        {"BBC للأمم المتحدة 5%", "BBC لِلأُمَم المُتَّحِدة 5%"},
        {"الأمم، المتحدة", "الأمم، المتحدة"},
        {"بنك", "بنك"}, /* other letters can't be put in */
        {"", ""},
        {"ملك", "مَلِك"},
        {"الأمم \t المتحدة", "الأُمَم \t المُتَّحِدة"},
        {"الأمم. المتحدة", "الأمم. المتحدة"},
        {"الأمم (المتحدة)", "الأمم (المتحدة)"},
    };
    struct nashra_lexicon *lexicon = load("ملك\tمَلِك\nالأمم المتحدة\tالأُمَم المُتَّحِدة\nبنك\tمَصرِف\nBBC\tبي بي سي");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nashra_buffer out = {0};
        assert_int_equal(nashra_lexicon_mark_line(lexicon, rows[i].text, strlen(rows[i].text), &out), NASHRA_OK);
        assert_string_equal(nashra_buffer_string(&out), rows[i].expected);
        nashra_buffer_finish(&out);
    }
    nashra_lexicon_destroy(lexicon);
}

/* More words than are looked at in one go. */
static void long_lines(void **state) {
    (void)state;
    struct nashra_lexicon *lexicon = load("ملك\tمَلِك");
    struct nashra_buffer line = {0}, expected = {0}, out = {0};
    for (int i = 0; i < 1000; i++) {
        nashra_buffer_add_string(&line, "ملك عاد. ");
        nashra_buffer_add_string(&expected, "مَلِك عاد. ");
    }
    assert_int_equal(nashra_lexicon_mark_line(lexicon, line.data, line.length, &out), NASHRA_OK);
    assert_string_equal(out.data, expected.data);
    nashra_buffer_finish(&line);
    nashra_buffer_finish(&expected);
    nashra_buffer_finish(&out);
    nashra_lexicon_destroy(lexicon);
}

static void out_of_memory(void **state) {
    (void)state;
    struct nashra_lexicon *lexicon = load("ناتو\tn'a:tu:\tphonemes\nملك\tمَلِك\nBBC\tبي بي سي");
    static const char text[] = "والناتو للملك BBC قال";
    int status = NASHRA_ENOMEM;
    for (unsigned long n = 1; status != NASHRA_OK && n < 200; n++) {
        struct nashra_sentence sentence = {.arena = nashra_arena_create()};
        struct nashra_buffer out = {0};
        split(text, &sentence);
        nashra_alloc_fail_after(n);
        status = nashra_lexicon_apply(lexicon, text, &sentence);
        if (status == NASHRA_OK)
            status = nashra_lexicon_mark_line(lexicon, text, strlen(text), &out);
        nashra_alloc_fail_after(0);
        assert_true(status == NASHRA_OK || status == NASHRA_ENOMEM);
        nashra_buffer_finish(&out);
        nashra_arena_destroy(sentence.arena);
    }
    assert_int_equal(status, NASHRA_OK);
    nashra_lexicon_destroy(lexicon);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proclitics),
        cmocka_unit_test(entries_with_the_article),
        cmocka_unit_test(pronouns),
        cmocka_unit_test(short_words_and_exact_entries_take_no_clitics),
        cmocka_unit_test(the_authors_marks_count),
        cmocka_unit_test(phrases),
        cmocka_unit_test(latin_words),
        cmocka_unit_test(phonemes),
        cmocka_unit_test(tokens_are_found_as_they_are_written),
        cmocka_unit_test(hashtags),
        cmocka_unit_test(written_words_stay),
        cmocka_unit_test(lines_of_plain_text),
        cmocka_unit_test(long_lines),
        cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
