/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sentences from a defined state: the same words give the same sound in any order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "bulletin_recital.h"
#include "bulletin_speech.h"

enum { MOST = 12 };

static struct nashra_pipeline *pipeline;
static struct nashra_recital recital;
static struct nashra_sound first[MOST];
static const struct nashra_voice normal;

static int go_on(void *user) {
    (void)user;
    return NASHRA_OK;
}

static void quiet(enum nashra_log_level level, const char *text, void *user) {
    (void)level;
    (void)text;
    (void)user;
}

static int set_up(void **state) {
    (void)state;
    struct nashra_article *article;
    const struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH};
    nashra_log_set_handler(quiet, NULL);
    if (nashra_pipeline_create(&options, &pipeline) < 0 ||
        nashra_article_open("tests/articles/bulletin.txt", &article) < 0 ||
        nashra_recital_make(pipeline, article, go_on, NULL, &recital) < 0)
        return -1;
    for (size_t i = 0; i < MOST; i++)
        if (nashra_speech_render(pipeline, &normal, &recital.sentences[i].sentence, &first[i]) < 0)
            return -1;
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    for (size_t i = 0; i < MOST; i++)
        nashra_sound_finish(&first[i]);
    nashra_recital_finish(&recital);
    nashra_pipeline_destroy(pipeline);
    return 0;
}

static void assert_same(const struct nashra_sound *a, const struct nashra_sound *b) {
    assert_int_equal(a->rate, b->rate);
    assert_int_equal(a->count, b->count);
    assert_memory_equal(a->frames, b->frames, a->count * sizeof *a->frames);
    assert_int_equal(a->mark_count, b->mark_count);
    for (size_t i = 0; i < a->mark_count; i++)
        assert_true(a->marks[i].frame == b->marks[i].frame && a->marks[i].word == b->marks[i].word &&
                    a->marks[i].span.from == b->marks[i].span.from);
}

static void any_order_gives_the_same_bytes(void **state) {
    (void)state;
    struct nashra_sound sound = {0};
    srand(3);
    for (int i = 0; i < 3 * MOST; i++) {
        const size_t k = i < MOST ? (size_t)(MOST - 1 - i) : (size_t)rand() % MOST;
        assert_int_equal(nashra_speech_render(pipeline, &normal, &recital.sentences[k].sentence, &sound), NASHRA_OK);
        assert_same(&sound, &first[k]);
    }
    nashra_sound_finish(&sound);
}

/* It is needed: a process that spoke before says some of them otherwise. */
static void it_is_what_a_fresh_process_says(void **state) {
    (void)state;
    struct nashra_sound sound = {0};
    assert_int_equal(nashra_pipeline_speak(pipeline, &recital.sentences[0].sentence, &sound), NASHRA_OK);
    assert_same(&sound, &first[0]);
    size_t different = 0;
    for (size_t i = 1; i < MOST; i++) {
        nashra_sound_clear(&sound);
        assert_int_equal(nashra_pipeline_speak(pipeline, &recital.sentences[i].sentence, &sound), NASHRA_OK);
        different += sound.count != first[i].count ||
                     memcmp(sound.frames, first[i].frames, sound.count * sizeof *sound.frames) != 0;
    }
    assert_true(different > 0);
    nashra_sound_finish(&sound);
}

static char *describe(const struct nashra_voice *voice, const struct nashra_sentence *sentence) {
    struct nashra_buffer text = {0};
    assert_int_equal(nashra_speech_describe(pipeline, voice, sentence, &text), NASHRA_OK);
    return text.data;
}

static void assert_other(const char *one, char *other) {
    assert_string_not_equal(one, other);
    nashra_free(other);
}

static void a_description_holds_what_decides(void **state) {
    (void)state;
    struct nashra_sentence sentence = recital.sentences[3].sentence;
    struct nashra_word *words = nashra_alloc(sentence.count * sizeof *words);
    memcpy(words, sentence.words, sentence.count * sizeof *words);
    sentence.words = words;
    char *all = describe(&normal, &sentence);
    char *spelt_out = describe(&(struct nashra_voice){200, 45, 100}, &sentence);
    assert_string_equal(all, spelt_out);
    nashra_free(spelt_out);
    assert_non_null(strstr(all, "eSpeak NG"));
    assert_other(all, describe(&(struct nashra_voice){.rate = 201}, &sentence));
    words[0].pause = NASHRA_PAUSE_QUESTION;
    assert_other(all, describe(&normal, &sentence));
    words[0] = recital.sentences[3].sentence.words[0];
    words[1].phonemes = "b'a:";
    assert_other(all, describe(&normal, &sentence));
    words[1] = recital.sentences[3].sentence.words[1];
    sentence.paragraph_end = !sentence.paragraph_end;
    assert_other(all, describe(&normal, &sentence));
    sentence.paragraph_end = !sentence.paragraph_end;
    words[2].span.from += 7; /* where it stands makes no sound */
    char *moved = describe(&normal, &sentence);
    assert_string_equal(all, moved);
    nashra_free(moved);
    nashra_free(all);
    nashra_free(words);
}

struct shelf {
    struct nashra_sound sound;
    struct nashra_buffer description;
    int asked, put, cut;
};

static int get(void *user, const char *description, size_t length, struct nashra_sound *sound) {
    struct shelf *shelf = user;
    shelf->asked++;
    if (shelf->description.length != length || memcmp(shelf->description.data, description, length) != 0)
        return 0;
    nashra_sound_add(sound, shelf->sound.frames, shelf->sound.count);
    for (size_t i = 0; i + (shelf->cut ? 1 : 0) < shelf->sound.mark_count; i++)
        nashra_sound_add_mark(sound, (struct nashra_mark){.frame = shelf->sound.marks[i].frame, .word = i});
    sound->rate = shelf->sound.rate;
    return 1;
}

static int put(void *user, const char *description, size_t length, const struct nashra_sound *sound) {
    struct shelf *shelf = user;
    shelf->put++;
    nashra_buffer_clear(&shelf->description);
    nashra_buffer_add(&shelf->description, description, length);
    nashra_sound_clear(&shelf->sound);
    nashra_sound_add(&shelf->sound, sound->frames, sound->count);
    for (size_t i = 0; i < sound->mark_count; i++)
        nashra_sound_add_mark(&shelf->sound, sound->marks[i]);
    shelf->sound.rate = sound->rate;
    return NASHRA_OK;
}

static void a_cache_is_used_and_not_trusted(void **state) {
    (void)state;
    struct shelf shelf = {0};
    const struct nashra_speech_cache cache = {get, put, &shelf};
    struct nashra_sound sound = {0};
    for (int i = 0; i < 2; i++) {
        assert_int_equal(nashra_speech_make(pipeline, &cache, &normal, &recital.sentences[4].sentence, &sound),
                         NASHRA_OK);
        assert_same(&sound, &first[4]);
    }
    assert_true(shelf.asked == 2 && shelf.put == 1);
    shelf.cut = 1; /* a mark is missing: it is made anew */
    assert_int_equal(nashra_speech_make(pipeline, &cache, &normal, &recital.sentences[4].sentence, &sound), NASHRA_OK);
    assert_same(&sound, &first[4]);
    assert_int_equal(shelf.put, 2);
    nashra_sound_finish(&sound);
    nashra_sound_finish(&shelf.sound);
    nashra_buffer_finish(&shelf.description);
}

static void faults_are_passed_on(void **state) {
    (void)state;
    struct nashra_sound sound = {0};
    const struct nashra_sentence *sentence = &recital.sentences[0].sentence;
    assert_int_equal(nashra_speech_render(pipeline, &(struct nashra_voice){.rate = 9999}, sentence, &sound),
                     NASHRA_EUSAGE);
    struct rlimit before, none = {0, 0};
    getrlimit(RLIMIT_NOFILE, &before);
    none.rlim_max = before.rlim_max;
    setrlimit(RLIMIT_NOFILE, &none);
    const int status = nashra_speech_render(pipeline, &normal, sentence, &sound);
    setrlimit(RLIMIT_NOFILE, &before);
    assert_int_equal(status, NASHRA_EINTERNAL);
    int last = NASHRA_ENOMEM;
    for (unsigned long n = 1; last != NASHRA_OK && n < 200; n++) { /* in the child as in here */
        nashra_sound_finish(&sound);
        nashra_alloc_fail_after(n);
        last = nashra_speech_render(pipeline, &normal, sentence, &sound);
        nashra_alloc_fail_after(0);
        assert_true(last == NASHRA_OK || last == NASHRA_ENOMEM);
    }
    assert_int_equal(last, NASHRA_OK);
    assert_same(&sound, &first[0]);
    nashra_sound_finish(&sound);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_gives_the_same_bytes),  cmocka_unit_test(a_description_holds_what_decides),
        cmocka_unit_test(a_cache_is_used_and_not_trusted), cmocka_unit_test(faults_are_passed_on),
        cmocka_unit_test(it_is_what_a_fresh_process_says), /* the last: it spoils the pipeline */
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
