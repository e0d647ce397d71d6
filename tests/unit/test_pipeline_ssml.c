/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSML through the whole chain: marks at their frames, silence of its length, prosody that is heard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <nashra/pipeline.h>

static struct nashra_pipeline *pipeline;
static struct nashra_arena *arena;

struct heard {
    struct nashra_article *article;
    struct nashra_sentence sentence; /* the last one */
    struct nashra_sound sound;       /* of all */
};

static void hear(const char *ssml, struct heard *heard) {
    size_t count;
    memset(heard, 0, sizeof *heard);
    assert_int_equal(nashra_article_from_bytes(ssml, strlen(ssml), "test", &heard->article), NASHRA_OK);
    assert_int_equal(nashra_pipeline_begin(pipeline, heard->article), NASHRA_OK);
    nashra_article_segments(heard->article, &count);
    nashra_arena_reset(arena);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(nashra_pipeline_sentence(pipeline, i, arena, &heard->sentence), NASHRA_OK);
        assert_int_equal(nashra_pipeline_speak(pipeline, &heard->sentence, &heard->sound), NASHRA_OK);
    }
}

static void forget(struct heard *heard) {
    nashra_article_destroy(heard->article);
    nashra_sound_finish(&heard->sound);
}

static void marks_come_at_their_words(void **state) {
    struct heard h;
    (void)state;
    hear("<speak><mark name='a'/>القطار <mark name='b'/>يصل<mark name='c'/><break time='500ms'/><mark name='d'/> "
         "الآن<mark "
         "name='e'/></speak>",
         &h);
    const struct nashra_sound *s = &h.sound;
    assert_int_equal(s->name_count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(s->names[i].name[0], 'a' + (int)i);
    assert_int_equal(s->names[0].frame, 0);
    assert_int_equal(s->names[1].frame, s->marks[1].frame);
    assert_int_equal(s->names[3].frame, s->marks[2].frame);
    assert_int_equal(s->names[3].frame - s->names[2].frame, s->rate / 2); /* c before the silence, d behind it */
    assert_true(s->names[4].frame > s->names[3].frame && s->names[4].frame < s->count);
    forget(&h);
}

static void marks_between_sentences_belong_where_they_stand(void **state) {
    struct heard h;
    (void)state;
    hear("<speak><s>أول</s><mark name='a'/><s>ثان</s><mark name='b'/><break time='2s'/><mark "
         "name='c'/><s>ثالث</s></speak>",
         &h);
    const struct nashra_sound *s = &h.sound;
    assert_int_equal(s->name_count, 3);
    assert_int_equal(s->names[0].frame, s->marks[1].frame);
    assert_int_equal(s->names[2].frame, s->marks[2].frame);
    assert_int_equal(s->names[2].frame - s->names[1].frame, 2 * s->rate);
    forget(&h);
}

static void silence_alone_has_its_length(void **state) {
    struct heard h;
    (void)state;
    hear("<speak><break time='750ms'/><mark name='x'/></speak>", &h);
    assert_int_equal(h.sound.count, h.sound.rate * 3 / 4);
    assert_int_equal(h.sound.name_count, 1);
    forget(&h);
}

static size_t frames_of(const char *ssml, int *loudest) {
    struct heard h;
    hear(ssml, &h);
    size_t count = h.sound.count;
    *loudest = 0;
    for (size_t i = 0; i < count; i++)
        if (abs(h.sound.frames[i]) > *loudest)
            *loudest = abs(h.sound.frames[i]);
    forget(&h);
    return count;
}

static void prosody_is_heard(void **state) {
    int plain, slow, loud, silent;
    (void)state;
    size_t usual = frames_of("<speak>وصل القطار إلى المحطة</speak>", &plain);
    size_t longer = frames_of("<speak><prosody rate='60%'>وصل القطار إلى المحطة</prosody></speak>", &slow);
    frames_of("<speak><prosody volume='-12dB'>وصل القطار إلى المحطة</prosody></speak>", &loud);
    frames_of("<speak><prosody volume='silent'>وصل القطار إلى المحطة</prosody></speak>", &silent);
    assert_true(longer * 10 > usual * 13);
    assert_true(loud * 2 < plain);
    assert_int_equal(silent, 0);
}

static void words_are_read_as_asked(void **state) {
    static const struct {
        const char *ssml, *words;
    } rows[] = {
        {"<say-as interpret-as='digits'>2026</say-as>", "اثنان صفر اثنان ستة"},
        {"<say-as interpret-as='cardinal'>2026</say-as>", "ألفان وستة وعشرون"},
        {"بعد <say-as interpret-as='cardinal'>5 دقيقة</say-as>", "بعد خمس دقائق"},
        {"معه <say-as interpret-as='cardinal'>15 راكب</say-as>", "معه خمسة عشر راكبا"},
        {"معه <say-as interpret-as='cardinal'>100 ركاب</say-as>", "معه مئة راكب"},
        {"المنصة <say-as interpret-as='ordinal'>3</say-as>", "المنصة الثالثة"},
        {"الطابق <say-as interpret-as='ordinal'>3</say-as>", "الطابق الثالث"},
        {"<say-as interpret-as='characters'>A1؟</say-as>", "إيه واحد علامة استفهام"},
        {"<say-as interpret-as='characters'>كتاب</say-as>", "كاف تاء ألف باء"},
        {"<say-as interpret-as='telephone'>55 123</say-as>", "خمسة خمسة واحد اثنان ثلاثة"},
        {"<say-as interpret-as='fraction'>3/4</say-as>", "ثلاثة أرباع"},
        {"في <say-as interpret-as='date' format='mdy'>3/25/2026</say-as>",
         "في الخامس والعشرين من مارس عام ألفين وستة وعشرين"},
        {"في <say-as interpret-as='date' format='ymd'>20260325</say-as>",
         "في الخامس والعشرين من مارس عام ألفين وستة وعشرين"},
        {"في <say-as interpret-as='date' format='dm'>25/3</say-as>", "في الخامس والعشرين من مارس"},
        {"<say-as interpret-as='time'>10:30</say-as>", "العاشرة والنصف"},
        {"<say-as interpret-as='unit'>5kg</say-as>", "خمسة كيلوغرامات"},
        {"<sub alias='منظمة الصحة'>م ص</sub>", "منظمة الصحة"},
        {"<lang xml:lang='en'>NASA 15</lang>", "NASA 15"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct heard h;
        struct nashra_buffer ssml = {0}, words = {0};
        nashra_buffer_add_format(&ssml, "<speak>%s</speak>", rows[i].ssml);
        hear(ssml.data, &h);
        for (size_t w = 0; w < h.sentence.count; w++)
            nashra_buffer_add_format(&words, "%s%s", w ? " " : "", h.sentence.words[w].text);
        assert_string_equal(nashra_buffer_string(&words), rows[i].words);
        forget(&h);
        nashra_buffer_finish(&ssml);
        nashra_buffer_finish(&words);
    }
}

static void phonemes_are_the_author_s(void **state) {
    struct heard h;
    (void)state;
    hear("<speak><phoneme alphabet='ipa' ph='muːskuː'>موسكو الكبرى</phoneme> <phoneme ph='♥'>نص</phoneme></speak>", &h);
    assert_int_equal(h.sentence.count, 2);
    assert_non_null(strstr(h.sentence.words[0].phonemes, "sk"));
    assert_string_equal(h.sentence.words[1].text, "نص"); /* no phoneme: its text is read */
    assert_true(*h.sentence.words[1].phonemes);
    forget(&h);
}

/* The words that the stretch touches become one, wherever they stand; those around it stay. */
static void phonemes_stand_where_they_were_given(void **state) {
    struct heard h;
    (void)state;
    hear("<speak>وصل القطار <phoneme alphabet='ipa' ph='muːskuː'>إلى موسكو</phoneme> مساء <phoneme "
         "alphabet='ipa' ph='nuduːm'>نجد</phoneme></speak>",
         &h);
    assert_int_equal(h.sentence.count, 5);
    assert_string_equal(h.sentence.words[1].text, "القطار");
    assert_string_equal(h.sentence.words[2].text, "إلىموسكو");
    assert_non_null(strstr(h.sentence.words[2].phonemes, "sk"));
    assert_null(strstr(h.sentence.words[1].phonemes, "sk"));
    assert_string_equal(h.sentence.words[3].text, "مساء");
    assert_non_null(strstr(h.sentence.words[4].phonemes, "u:m"));
    forget(&h);
}

static void each_word_has_the_prosody_that_is_its_own(void **state) {
    struct heard h;
    (void)state;
    hear("<speak>وصل <prosody rate='60%'>القطار</prosody> إلى <prosody rate='140%' volume='silent'>المحطة "
         "الكبرى</prosody> "
         "مساء</speak>",
         &h);
    static const int rates[] = {0, 60, 0, 140, 140, 0};
    assert_int_equal(h.sentence.count, 6);
    for (size_t i = 0; i < 6; i++) {
        const struct nashra_prosody *prosody = h.sentence.words[i].prosody;
        assert_int_equal(prosody ? prosody->rate : 0, rates[i]);
        assert_true(!prosody || (prosody->volume == 0) == (rates[i] == 140));
    }
    forget(&h);
}

static int set_up(void **state) {
    const struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH};
    (void)state;
    arena = nashra_arena_create();
    return arena ? nashra_pipeline_create(&options, &pipeline) : -1;
}

static int tear_down(void **state) {
    (void)state;
    nashra_pipeline_destroy(pipeline);
    nashra_arena_destroy(arena);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_come_at_their_words),
        cmocka_unit_test(marks_between_sentences_belong_where_they_stand),
        cmocka_unit_test(silence_alone_has_its_length),
        cmocka_unit_test(prosody_is_heard),
        cmocka_unit_test(words_are_read_as_asked),
        cmocka_unit_test(phonemes_are_the_author_s),
        cmocka_unit_test(phonemes_stand_where_they_were_given),
        cmocka_unit_test(each_word_has_the_prosody_that_is_its_own),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
