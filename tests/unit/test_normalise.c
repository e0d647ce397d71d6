/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the golden documents of tests/golden can't show: spans, flags, marks, weights, faults, and that time is linear.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <cmocka.h>

#include <nashra/table.h>

#include "clean/clean.h"
#include "context/weigh.h"
#include "lexis/lexis.h"
#include "lexis/verbs.h"
#include "normalise_invariants.h"
#include "survey.h"
#include "token/token.h"

struct fixture {
    struct nashra_normaliser *normaliser;
    struct nashra_arena *arena;
    struct nashra_sentence sentence;
};

static int set_up(void **state) {
    static struct fixture fixture;
    fixture.arena = nashra_arena_create();
    *state = &fixture;
    return fixture.arena != NULL ? nashra_normaliser_create(NASHRA_REGION_GULF, &fixture.normaliser) : -1;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    nashra_normaliser_destroy(fixture->normaliser);
    nashra_arena_destroy(fixture->arena);
    return 0;
}

static void normalise(struct fixture *fixture, const char *text) {
    nashra_arena_reset(fixture->arena);
    fixture->sentence =
        (struct nashra_sentence){.kind = NASHRA_TEXT, .span = {0, strlen(text)}, .arena = fixture->arena};
    assert_int_equal(nashra_normalise(fixture->normaliser, text, &fixture->sentence), 0);
    char *room = malloc(16 * strlen(text) + 256);
    const char *fault = fault_of_sentence(text, &fixture->sentence, room);
    free(room);
    if (fault != NULL)
        fail_msg("%s in: %s", fault, text);
}

static const struct nashra_word *word(const struct fixture *fixture, size_t index) {
    assert_true(index < fixture->sentence.count);
    return &fixture->sentence.words[index];
}

static void assert_span(const struct fixture *fixture, const char *text, size_t index, const char *source) {
    const struct nashra_word *w = word(fixture, index);
    assert_int_equal(w->span.to - w->span.from, strlen(source));
    assert_memory_equal(text + w->span.from, source, strlen(source));
}

/* ---- the stages ---- */

static void cleans_and_keeps_the_way_back(void **state) {
    (void)state;
    struct nashra_fold *fold;
    struct nashra_chars chars = {0};
    static const char text[] = "\u200fلـا\u0654ﻻ\u0665";
    assert_int_equal(nashra_fold_create(&fold), 0);
    assert_int_equal(nashra_clean(fold, text, (struct nashra_span){0, sizeof text - 1}, &chars), 0);
    static const struct nashra_char expected[] = {
        {0x0644, 1, 3, 7}, {0x0623, 0, 7, 11}, {0x0644, 0, 11, 14}, {0x0627, 0, 11, 14}, {'5', 0, 14, 16}};
    assert_int_equal(chars.count, 5);
    for (size_t i = 0; i < chars.count; i++) {
        assert_int_equal(chars.items[i].cp, expected[i].cp);
        assert_int_equal(chars.items[i].stretched, expected[i].stretched);
        assert_int_equal(chars.items[i].from, expected[i].from);
        assert_int_equal(chars.items[i].to, expected[i].to);
    }
    nashra_chars_finish(&chars);
    nashra_fold_destroy(fold);
}

static void proclitics_are_known(void **state) {
    (void)state;
    static const struct {
        const char *word;
        unsigned bits;
    } rows[] = {{"و", NASHRA_PROCLITIC_AND},
                {"ب", NASHRA_PROCLITIC_GENITIVE},
                {"ال", NASHRA_PROCLITIC_ARTICLE},
                {"وبال", NASHRA_PROCLITIC_AND | NASHRA_PROCLITIC_GENITIVE | NASHRA_PROCLITIC_ARTICLE},
                {"لل", NASHRA_PROCLITIC_GENITIVE | NASHRA_PROCLITIC_ARTICLE},
                {"فل", NASHRA_PROCLITIC_SO | NASHRA_PROCLITIC_GENITIVE},
                {"قد", 0},
                {"بو", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(nashra_proclitics_of(rows[i].word, strlen(rows[i].word)), rows[i].bits);
}

/* The search needs the table's order, and each kind its name. */
static int check_verb(const struct nashra_row *row, void *user) {
    bool joined;
    const struct nashra_verb *verb = nashra_verbs_find(user, row->fields[0], strlen(row->fields[0]), &joined);
    if (verb == NULL || joined || verb->also_noun != (strstr(row->fields[1], " noun") != NULL))
        fail_msg("%s:%zu: '%s' is out of order, or of no kind", row->file, row->line, row->fields[0]);
    return 0;
}

static void assert_governs(const struct nashra_lexis *lexis, const char *word, enum nashra_governor governor,
                           bool and) {
    bool joined;
    const struct nashra_verb *verb = nashra_verbs_find(lexis, word, strlen(word), &joined);
    if (governor == NASHRA_GOVERNS_NOTHING) {
        assert_null(verb);
        return;
    }
    assert_non_null(verb);
    assert_int_equal(verb->governor, governor);
    assert_int_equal(joined, and);
}

static void verbs_are_found(void **state) {
    (void)state;
    struct nashra_lexis *lexis;
    struct nashra_table *table;
    struct nashra_buffer path = {0};
    assert_int_equal(nashra_lexis_create(&lexis), 0);
    assert_int_equal(nashra_data_path("verbs.tsv", &path), 0);
    assert_int_equal(nashra_table_load(nashra_buffer_string(&path), 2, check_verb, lexis, &table), 0);
    nashra_table_destroy(table);
    nashra_buffer_finish(&path);
    assert_governs(lexis, "عقدت", NASHRA_GOVERNS_EITHER, false);
    assert_governs(lexis, "أجرت", NASHRA_GOVERNS_EITHER, false);  /* of أجرى */
    assert_governs(lexis, "ستعقد", NASHRA_GOVERNS_EITHER, false); /* of يعقد */
    assert_governs(lexis, "وسيعقد", NASHRA_GOVERNS_EITHER, true);
    assert_governs(lexis, "فتح", NASHRA_GOVERNS_EITHER, false); /* its ف is its own */
    assert_governs(lexis, "واندلعت", NASHRA_GOVERNS_INTRANSITIVE, true);
    assert_governs(lexis, "كتاب", NASHRA_GOVERNS_NOTHING, false);
    assert_governs(lexis, "ت", NASHRA_GOVERNS_NOTHING, false);
    assert_governs(lexis, "وت", NASHRA_GOVERNS_NOTHING, false);
    nashra_lexis_destroy(lexis);
}

static void survey_finds_dotted_groups(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool groups;
    } rows[] = {{"من 13.914.300 شخص", true}, {"٢.٠٠٠.٠٠٠", true},  {"84.540", false}, {"192.168.1.1", false},
                {"1.250.0000", false},       {"12.5.2022", false}, {"", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(nashra_survey_groups_with_dots(rows[i].text, strlen(rows[i].text)), rows[i].groups);
}

/* ---- words ---- */

static void words_know_their_source(void **state) {
    struct fixture *fixture = *state;
    static const char text[] = "دفع لـ \"الناتو\" 3,800 مليار دولار.";
    normalise(fixture, text);
    assert_string_equal(word(fixture, 1)->text, "للناتو");
    assert_span(fixture, text, 1, "لـ \"الناتو");
    assert_span(fixture, text, 2, "3,800 مليار");
    assert_span(fixture, text, 6, "دولار");
    assert_int_equal(word(fixture, 6)->cls, NASHRA_CLASS_WORD);
    assert_int_equal(word(fixture, 6)->pause, NASHRA_PAUSE_STOP);
    assert_int_equal(fixture->sentence.count, 7);
}

static void only_the_span_is_read(void **state) {
    struct fixture *fixture = *state;
    static const char text[] = "قبل. قال نعم. بعد";
    static const char part[] = "قال نعم.";
    size_t from = (size_t)(strstr(text, part) - text);
    nashra_arena_reset(fixture->arena);
    fixture->sentence = (struct nashra_sentence){.span = {from, from + sizeof part - 1}, .arena = fixture->arena};
    assert_int_equal(nashra_normalise(fixture->normaliser, text, &fixture->sentence), 0);
    assert_int_equal(fixture->sentence.count, 2);
    assert_span(fixture, text, 0, "قال");
}

static void quotations_are_flags(void **state) {
    struct fixture *fixture = *state;
    normalise(fixture, "قال إنه \"نقطة انطلاق\" و «مهم» ثم \"لا");
    static const unsigned flags[] = {0,
                                     0,
                                     NASHRA_WORD_QUOTE_OPEN,
                                     NASHRA_WORD_QUOTE_CLOSE,
                                     NASHRA_WORD_QUOTE_OPEN | NASHRA_WORD_QUOTE_CLOSE,
                                     0,
                                     NASHRA_WORD_QUOTE_OPEN};
    assert_int_equal(fixture->sentence.count, 7);
    for (size_t i = 0; i < fixture->sentence.count; i++)
        assert_int_equal(word(fixture, i)->flags, flags[i]);
}

static void marks_of_the_author_stay(void **state) {
    struct fixture *fixture = *state;
    static const struct {
        const char *text;
        const char *marked;
    } rows[] = {{"مُحَمَّد", "مُحَمَّد"},           {"كتاباً", "كتابًا"},
                {"كتابًا", "كتابًا"},         {"هدىً", "هدًى"},
                {"الأمَّة", "الأمَّة"},         {"الأم\u064e\u0651ة", "الأمَّة"}, /* shadda after its vowel */
                {"الامَم", "الأمَم"},                                         /* a restored hamza keeps them */
                {"لـ \"الكِتاب\"", "للكِتاب"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        normalise(fixture, rows[i].text);
        assert_int_equal(fixture->sentence.count, 1);
        assert_string_equal(word(fixture, 0)->marked, rows[i].marked);
        assert_int_equal(word(fixture, 0)->flags & NASHRA_WORD_WRITTEN, 0);
    }
}

static void written_words_are_marked(void **state) {
    struct fixture *fixture = *state;
    normalise(fixture, "قتل 20 شخصا");
    assert_null(word(fixture, 0)->marked);
    assert_string_equal(word(fixture, 1)->marked, "عِشْرُونَ");
    assert_true(word(fixture, 1)->flags & NASHRA_WORD_WRITTEN);
    assert_int_equal(word(fixture, 1)->cls, NASHRA_CLASS_CARDINAL);
    assert_true(word(fixture, 1)->confidence > 0.8f);
}

static void spelt_letters_are_flagged(void **state) {
    struct fixture *fixture = *state;
    normalise(fixture, "شبكة BBC");
    for (size_t i = 1; i < 4; i++) {
        assert_true(word(fixture, i)->flags & NASHRA_WORD_SPELT);
        assert_int_equal(word(fixture, i)->cls, NASHRA_CLASS_ACRONYM);
    }
}

/* No mark parts the years of a season, but a breath does. */
static void years_of_a_season_are_parted(void **state) {
    struct fixture *fixture = *state;
    static const char *const texts[] = {"موسم 2014/2015", "العام المالي 2026/2027", "2025-26 موسم", "عام 2014"};
    static const size_t breaths[] = {1, 1, 0, 0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t count = 0;
        normalise(fixture, texts[i]);
        for (size_t w = 0; w < fixture->sentence.count; w++)
            count += word(fixture, w)->pause == NASHRA_PAUSE_PHRASE;
        assert_int_equal(count, breaths[i]);
    }
}

/* Initials of an agency are left out at the end of the article alone, and said to be. */
static void sign_off_is_unread(void **state) {
    struct fixture *fixture = *state;
    static const char text[] = "عاد الوفد. (أ.ش/م.ن)\n";
    static const char longer[] = "عاد الوفد. (أ.ش/م.ن)\nثم سافر.\n";
    static const char initials[] = "(أ.ش/م.ن)";
    assert_int_equal(nashra_normaliser_survey(fixture->normaliser, text, strlen(text)), 0);
    normalise(fixture, text);
    assert_int_equal(fixture->sentence.count, 2);
    assert_int_equal(fixture->sentence.unread.from, (size_t)(strstr(text, initials) - text));
    assert_int_equal(fixture->sentence.unread.to - fixture->sentence.unread.from, sizeof initials - 1);
    assert_int_equal(nashra_normaliser_survey(fixture->normaliser, longer, strlen(longer)), 0);
    normalise(fixture, text);
    assert_true(fixture->sentence.count > 2);
    assert_int_equal(fixture->sentence.unread.to, 0);
}

static void classes_are_named(void **state) {
    struct fixture *fixture = *state;
    static const struct {
        const char *text;
        size_t index;
        enum nashra_class cls;
    } rows[] = {{"في 18 فبراير", 1, NASHRA_CLASS_DATE},
                {"18/2/2022", 0, NASHRA_CLASS_DATE},
                {"عام 2014", 1, NASHRA_CLASS_YEAR},
                {"2010-2015", 0, NASHRA_CLASS_YEARS},
                {"10:30", 0, NASHRA_CLASS_TIME},
                {"12.5", 0, NASHRA_CLASS_DECIMAL},
                {"20%", 0, NASHRA_CLASS_PERCENT},
                {"$5", 0, NASHRA_CLASS_CURRENCY},
                {"5 كم", 0, NASHRA_CLASS_MEASURE},
                {"10-15 شخصا", 0, NASHRA_CLASS_RANGE},
                {"فاز الفريق 2-1", 2, NASHRA_CLASS_SCORE},
                {"بنسبة 1:4", 1, NASHRA_CLASS_RATIO},
                {"2/3", 0, NASHRA_CLASS_FRACTION},
                {"0501234567", 0, NASHRA_CLASS_PHONE},
                {"F-16", 0, NASHRA_CLASS_CODE},
                {"المادة 5", 1, NASHRA_CLASS_LABEL},
                {"القرن الـ21", 1, NASHRA_CLASS_ORDINAL},
                {"لويس XIV", 1, NASHRA_CLASS_ROMAN},
                {"Handelsblatt", 0, NASHRA_CLASS_LATIN},
                {"www.bbc.com", 0, NASHRA_CLASS_URL},
                {"x@bbc.com", 0, NASHRA_CLASS_EMAIL},
                {"#القدس", 0, NASHRA_CLASS_HASHTAG},
                {"د. سالم", 0, NASHRA_CLASS_ABBREVIATION},
                {"3 + 4", 1, NASHRA_CLASS_SYMBOL},
                {"👍", 0, NASHRA_CLASS_EMOJI}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        normalise(fixture, rows[i].text);
        if (word(fixture, rows[i].index)->cls != rows[i].cls)
            fail_msg("%s: %s", rows[i].text, nashra_class_name(word(fixture, rows[i].index)->cls));
    }
}

static void nothing_is_silent(void **state) {
    struct fixture *fixture = *state;
    static const char *const texts[] = {"Путин", "北京",   "שלום", "Ω",  "⚗", "🦄", "ↈ",
                                        "م",     "\ue000", "①",    "x²", "@", "ڛ"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        normalise(fixture, texts[i]);
        if (fixture->sentence.count == 0)
            fail_msg("%s is silent", texts[i]);
    }
}

static void regions_name_months(void **state) {
    (void)state;
    static const struct {
        const char *region;
        const char *month;
    } rows[] = {{"gulf", "أغسطس"}, {"egypt", "أغسطس"}, {"levant", "آب"}, {"maghreb", "أوت"}, {"morocco", "غشت"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct fixture fixture = {.arena = nashra_arena_create()};
        enum nashra_region region;
        assert_int_equal(nashra_region_parse(rows[i].region, &region), 0);
        assert_int_equal(nashra_normaliser_create(region, &fixture.normaliser), 0);
        normalise(&fixture, "5/8/2021");
        assert_string_equal(word(&fixture, 2)->text, rows[i].month);
        nashra_normaliser_destroy(fixture.normaliser);
        nashra_arena_destroy(fixture.arena);
    }
    enum nashra_region unknown;
    assert_int_equal(nashra_region_parse("mars", &unknown), NASHRA_EUSAGE);
}

/* ---- weights ---- */

static void weights_decide(void **state) {
    (void)state;
    struct nashra_lexis *lexis;
    assert_int_equal(nashra_lexis_create(&lexis), 0);
    struct nashra_scan scan = {.lexis = lexis, .near = NASHRA_CUE_BIT(NASHRA_CUE_SCORE)};
    struct nashra_reading score = {.cls = NASHRA_CLASS_SCORE, .shapes = 1u << NASHRA_SHAPE_SMALL};
    struct nashra_reading range = {.cls = NASHRA_CLASS_RANGE, .shapes = 1u << NASHRA_SHAPE_ASCENDING};
    nashra_weigh(&scan, 0, &score);
    nashra_weigh(&scan, 0, &range);
    assert_true(score.points > range.points);
    range.after = NASHRA_CUE_BIT(NASHRA_CUE_NOUN);
    score.after = NASHRA_CUE_BIT(NASHRA_CUE_NOUN);
    scan.near = 0;
    nashra_weigh(&scan, 0, &score);
    nashra_weigh(&scan, 0, &range);
    assert_true(range.points > score.points);
    nashra_lexis_destroy(lexis);
}

/* ---- faults ---- */

static void ignore(enum nashra_log_level level, const char *message, void *user) {
    (void)level, (void)message, (void)user;
}

/* Every allocation fails once: of the tables, then of a sentence that has all classes in it. */
static void memory_may_run_out(void **state) {
    (void)state;
    static const char text[] = "لـ \"الناتو\" $5-10 و3.8 مليار دولار في 18 فبراير 2022، 10:30 ص و+966501234567 BBC "
                               "Путин www.bbc.com #وسم أ ف ب 2/3 و½ 5 كم/س القرن الـ21 المادتين 5 و6 اوضاعها 😀";
    struct nashra_normaliser *normaliser = NULL;
    nashra_log_set_handler(ignore, NULL);
    int status = NASHRA_ENOMEM;
    for (unsigned long n = 1; status < 0; n += n / 16 + 1) {
        nashra_alloc_fail_after(n);
        status = nashra_normaliser_create(NASHRA_REGION_GULF, &normaliser);
        assert_true(status == 0 || status == NASHRA_ENOMEM);
    }
    nashra_alloc_fail_after(0);
    status = NASHRA_ENOMEM;
    for (unsigned long n = 1; status < 0; n++) {
        struct nashra_arena *arena = nashra_arena_create();
        struct nashra_sentence sentence = {.span = {0, sizeof text - 1}, .arena = arena};
        nashra_alloc_fail_after(n);
        status = nashra_normalise(normaliser, text, &sentence);
        nashra_alloc_fail_after(0);
        assert_true(status == 0 || status == NASHRA_ENOMEM);
        nashra_arena_destroy(arena);
    }
    nashra_normaliser_destroy(normaliser);
    nashra_log_set_handler(NULL, NULL);
}

static double seconds_for(struct nashra_normaliser *normaliser, const char *unit, size_t count) {
    size_t length = strlen(unit);
    char *text = malloc(length * count + 1);
    struct nashra_arena *arena = nashra_arena_create();
    struct nashra_sentence sentence = {.span = {0, length * count}, .arena = arena};
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * length, unit, length);
    clock_t start = clock();
    assert_int_equal(nashra_normalise(normaliser, text, &sentence), 0);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    nashra_arena_destroy(arena);
    free(text);
    return seconds;
}

static void time_is_linear(void **state) {
    struct fixture *fixture = *state;
    static const char *const units[] = {"1",   "\"",  "(",  "كلمة ", "ا", "و ", "1,", "5-", "1.",  "# ", "قال ان ", "«",
                                        "\"'", "5 و", "أ.", "ب ",    "$", "م ", "A1", "2/", "الـ", "ـ",  "َ"};
    enum { SMALL = 20000, FACTOR = 8 };
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        double small = seconds_for(fixture->normaliser, units[i], SMALL);
        double large = seconds_for(fixture->normaliser, units[i], (size_t)SMALL * FACTOR);
        if (large > 3 * FACTOR * small + 0.25)
            fail_msg("\"%s\": %.3f s, then %.3f s for %d times as many", units[i], small, large, FACTOR);
    }
}

/* Whatever character stands in a tag, it is spoken, named, or decoration. */
static void every_character_keeps_the_promises(void **state) {
    struct fixture *fixture = *state;
    char text[32], character[5], room[1024];
    for (unsigned cp = 0xC0; cp <= 0xFFFF; cp++) {
        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        character[nashra_utf8_encode(cp, character)] = '\0';
        const size_t length = (size_t)snprintf(text, sizeof text, "@ا%s", character);
        nashra_arena_reset(fixture->arena);
        struct nashra_sentence sentence = {.kind = NASHRA_TEXT, .span = {0, length}, .arena = fixture->arena};
        assert_int_equal(nashra_normaliser_survey(fixture->normaliser, text, length), 0);
        assert_int_equal(nashra_normalise(fixture->normaliser, text, &sentence), 0);
        const char *fault = fault_of_sentence(text, &sentence, room);
        if (fault != NULL)
            fail_msg("U+%04X: %s", cp, fault);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cleans_and_keeps_the_way_back),
        cmocka_unit_test(proclitics_are_known),
        cmocka_unit_test(verbs_are_found),
        cmocka_unit_test(survey_finds_dotted_groups),
        cmocka_unit_test(words_know_their_source),
        cmocka_unit_test(only_the_span_is_read),
        cmocka_unit_test(quotations_are_flags),
        cmocka_unit_test(marks_of_the_author_stay),
        cmocka_unit_test(written_words_are_marked),
        cmocka_unit_test(spelt_letters_are_flagged),
        cmocka_unit_test(years_of_a_season_are_parted),
        cmocka_unit_test(sign_off_is_unread),
        cmocka_unit_test(classes_are_named),
        cmocka_unit_test(nothing_is_silent),
        cmocka_unit_test(regions_name_months),
        cmocka_unit_test(weights_decide),
        cmocka_unit_test(memory_may_run_out),
        cmocka_unit_test(every_character_keeps_the_promises),
        cmocka_unit_test(time_is_linear),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
