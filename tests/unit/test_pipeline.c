/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The real chain on a real article: order, marks, memory, and the thread ahead of the listener. */
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include <nashra/ahead.h>

static const char article_path[] = "tests/articles/bulletin.txt";

static struct nashra_article *open_article(void) {
    struct nashra_article *article;
    assert_int_equal(nashra_article_open(article_path, &article), NASHRA_OK);
    return article;
}

static void check_marks(const struct nashra_sentence *sentence, const struct nashra_sound *sound) {
    assert_int_equal(sound->mark_count, sentence->count);
    for (size_t i = 0; i < sound->mark_count; i++) {
        const struct nashra_mark *mark = &sound->marks[i];
        assert_int_equal(mark->word, i);
        assert_int_equal(mark->span.from, sentence->words[i].span.from);
        assert_int_equal(mark->span.to, sentence->words[i].span.to);
        assert_true(mark->frame <= sound->count);
        assert_true(i == 0 || mark->frame >= sound->marks[i - 1].frame);
    }
    /* No word of several letters may be over within 40 ms, nor may one take longer than 4 s. */
    for (size_t i = 0; i + 1 < sound->mark_count; i++) {
        uint64_t length = sound->marks[i + 1].frame - sound->marks[i].frame;
        assert_true(length < 4u * sound->rate);
        if (strlen(sentence->words[i].text) > 6)
            assert_true(length > sound->rate / 25);
    }
}

static void reads_an_article_with_exact_marks(void **state) {
    (void)state;
    struct nashra_article *article = open_article();
    struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH};
    struct nashra_pipeline *pipeline;
    struct nashra_sound sound = {0};
    size_t count;
    assert_int_equal(nashra_pipeline_create(&options, &pipeline), NASHRA_OK);
    struct nashra_arena *arena = nashra_arena_create();
    assert_int_equal(nashra_pipeline_begin(pipeline, article), NASHRA_OK);
    nashra_article_segments(article, &count);
    assert_true(count > 5);
    for (size_t i = 0; i < count; i++) {
        struct nashra_sentence sentence;
        nashra_arena_reset(arena);
        nashra_sound_clear(&sound);
        assert_int_equal(nashra_pipeline_sentence(pipeline, i, arena, &sentence), NASHRA_OK);
        assert_true(sentence.count > 0);
        assert_int_equal(nashra_pipeline_speak(pipeline, &sentence, &sound), NASHRA_OK);
        check_marks(&sentence, &sound);
    }
    struct nashra_sentence none;
    assert_int_equal(nashra_pipeline_sentence(pipeline, count, arena, &none), NASHRA_EUSAGE);
    nashra_sound_finish(&sound);
    nashra_arena_destroy(arena);
    nashra_pipeline_destroy(pipeline);
    nashra_article_destroy(article);
}

/* What the stages up to the last one have left in a sentence: no more, and no less. */
static void each_stage_leaves_its_part(void **state) {
    (void)state;
    static const char text[] = "وصل القطار إلى المحطة.";
    struct nashra_article *article;
    struct nashra_arena *arena = nashra_arena_create();
    assert_int_equal(nashra_article_from_bytes(text, sizeof text - 1, "text", &article), NASHRA_OK);
    for (int last = NASHRA_STAGE_NORMALISE; last <= NASHRA_STAGE_SYNTH; last++) {
        const struct nashra_pipeline_options options = {.last = (enum nashra_stage)last};
        struct nashra_pipeline *pipeline;
        struct nashra_sentence sentence;
        nashra_arena_reset(arena);
        assert_int_equal(nashra_pipeline_create(&options, &pipeline), NASHRA_OK);
        assert_int_equal(nashra_pipeline_sentence(pipeline, 0, arena, &sentence), NASHRA_EUSAGE); /* of no article */
        assert_int_equal(nashra_pipeline_begin(pipeline, article), NASHRA_OK);
        assert_int_equal(nashra_pipeline_sentence(pipeline, 0, arena, &sentence), NASHRA_OK);
        assert_int_equal(sentence.count, 4);
        for (size_t i = 0; i < sentence.count; i++) {
            const struct nashra_word *word = &sentence.words[i];
            assert_int_equal(word->marked != NULL, last >= NASHRA_STAGE_DIACRITISE);
            assert_int_equal(word->phonemes != NULL, last >= NASHRA_STAGE_PHONEMISE);
            assert_true(!word->marked || strlen(word->marked) > strlen(word->text));
            assert_true(!word->phonemes || word->phonemes[0]);
        }
        assert_int_equal(nashra_pipeline_phonemiser(pipeline) != NULL, last >= NASHRA_STAGE_PHONEMISE);
        assert_int_equal(nashra_pipeline_rate(pipeline), last == NASHRA_STAGE_SYNTH ? NASHRA_SPEECH_RATE : 0);
        assert_int_equal(nashra_pipeline_voice_name(pipeline) != NULL, last == NASHRA_STAGE_SYNTH);
        nashra_pipeline_destroy(pipeline);
    }
    nashra_arena_destroy(arena);
    nashra_article_destroy(article);
}

/* In a template the noun is written once for all numbers. */
static void nouns_agree_when_asked(void **state) {
    (void)state;
    static const char text[] = "تأخر القطار 5 دقيقة.";
    const struct nashra_pipeline_options options = {.last = NASHRA_STAGE_NORMALISE};
    struct nashra_article *article;
    struct nashra_pipeline *pipeline;
    struct nashra_sentence sentence;
    struct nashra_arena *arena = nashra_arena_create();
    assert_int_equal(nashra_article_from_bytes(text, sizeof text - 1, "text", &article), NASHRA_OK);
    assert_int_equal(nashra_pipeline_create(&options, &pipeline), NASHRA_OK);
    assert_int_equal(nashra_pipeline_begin(pipeline, article), NASHRA_OK);
    for (int agreement = 0; agreement < 2; agreement++) {
        nashra_pipeline_set_agreement(pipeline, agreement);
        assert_int_equal(nashra_pipeline_sentence(pipeline, 0, arena, &sentence), NASHRA_OK);
        assert_string_equal(sentence.words[sentence.count - 1].text, agreement ? "دقائق" : "دقيقة");
    }
    nashra_pipeline_destroy(pipeline);
    nashra_arena_destroy(arena);
    nashra_article_destroy(article);
}

static struct nashra_utterance *wait_for(struct nashra_ahead *ahead, int *status) {
    struct nashra_utterance *utterance;
    while ((*status = nashra_ahead_take(ahead, &utterance)) == 0) {
        struct pollfd fd = {.fd = nashra_ahead_fd(ahead), .events = POLLIN};
        assert_int_equal(poll(&fd, 1, 20000), 1);
    }
    return utterance;
}

static void prepares_ahead_in_order_and_seeks(void **state) {
    (void)state;
    struct nashra_article *article = open_article();
    struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH};
    struct nashra_ahead *ahead;
    size_t count;
    int status;
    nashra_article_segments(article, &count);
    assert_int_equal(nashra_ahead_create(&options, article, 1, &ahead), NASHRA_OK);
    for (size_t i = 1; i < 4; i++) {
        struct nashra_utterance *utterance = wait_for(ahead, &status);
        assert_int_equal(utterance->sentence.index, i);
        assert_true(utterance->sound.count > 1000);
        nashra_ahead_release(ahead, utterance);
    }
    struct nashra_voice fast = {.rate = 400};
    nashra_ahead_seek(ahead, 1, NULL);
    struct nashra_utterance *slow = wait_for(ahead, &status);
    size_t slow_length = slow->sound.count;
    assert_int_equal(slow->sentence.index, 1);
    nashra_ahead_release(ahead, slow);
    nashra_ahead_seek(ahead, 1, &fast);
    struct nashra_utterance *quick = wait_for(ahead, &status);
    assert_int_equal(quick->sentence.index, 1);
    assert_true(quick->sound.count * 3 < slow_length * 2);
    nashra_ahead_release(ahead, quick);

    nashra_ahead_seek(ahead, count - 1, NULL);
    nashra_ahead_release(ahead, wait_for(ahead, &status));
    assert_int_equal(status, 1);
    assert_null(wait_for(ahead, &status));
    assert_int_equal(status, NASHRA_STOPPED);
    nashra_ahead_seek(ahead, count - 1, NULL); /* the end is not final */
    assert_non_null(wait_for(ahead, &status));
    nashra_ahead_destroy(ahead); /* an utterance is still out */
    nashra_article_destroy(article);
}

/* Time for the thread to be as far ahead as it may. Nothing depends on it: what is asserted holds at any time. */
static void let_it_work(void) {
    nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
}

static void keeps_its_order_when_it_is_far_ahead(void **state) {
    (void)state;
    struct nashra_article *article = open_article();
    const struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH};
    struct nashra_ahead *ahead;
    int status;
    assert_int_equal(nashra_ahead_create(&options, article, 0, &ahead), NASHRA_OK);
    for (size_t i = 0; i < 6; i++) {
        if (i % 3 == 0)
            let_it_work();
        struct nashra_utterance *utterance = wait_for(ahead, &status);
        assert_int_equal(utterance->sentence.index, i);
        check_marks(&utterance->sentence, &utterance->sound);
        nashra_ahead_release(ahead, utterance);
    }
    let_it_work();
    nashra_ahead_seek(ahead, 1, NULL); /* what was ready is of no use now */
    for (size_t i = 1; i < 4; i++) {
        struct nashra_utterance *utterance = wait_for(ahead, &status);
        assert_int_equal(utterance->sentence.index, i);
        nashra_ahead_release(ahead, utterance);
    }
    nashra_ahead_destroy(ahead);
    nashra_article_destroy(article);
}

/* Asked before the chain is made: it begins there, with that voice. */
static void seeks_before_it_has_begun(void **state) {
    (void)state;
    struct nashra_article *article = open_article();
    const struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH};
    const struct nashra_voice fast = {.rate = 400};
    size_t lengths[2];
    for (size_t i = 0; i < 2; i++) {
        struct nashra_ahead *ahead;
        int status;
        assert_int_equal(nashra_ahead_create(&options, article, 0, &ahead), NASHRA_OK);
        nashra_ahead_seek(ahead, 2, i == 0 ? NULL : &fast);
        struct nashra_utterance *utterance = wait_for(ahead, &status);
        assert_int_equal(status, 1);
        assert_int_equal(utterance->sentence.index, 2);
        lengths[i] = utterance->sound.count;
        nashra_ahead_destroy(ahead);
    }
    assert_true(lengths[1] * 3 < lengths[0] * 2);
    nashra_article_destroy(article);
}

static void silence_log(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)message;
    (void)user;
}

static void a_missing_model_is_told_to_the_listener(void **state) {
    (void)state;
    struct nashra_article *article = open_article();
    struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH, .model = "/nonexistent"};
    struct nashra_ahead *ahead;
    int status;
    nashra_log_set_handler(silence_log, NULL);
    assert_int_equal(nashra_ahead_create(&options, article, 0, &ahead), NASHRA_OK);
    assert_null(wait_for(ahead, &status));
    assert_int_equal(status, NASHRA_ECONFIG);
    nashra_ahead_destroy(ahead);
    nashra_article_destroy(article);
    nashra_log_set_handler(NULL, NULL);
}

/* Each allocation of a sentence's way fails once; the status says so, nothing leaks, and the next try succeeds. */
static void survives_every_failed_allocation(void **state) {
    (void)state;
    static const char text[] = "سمحت بشحن 3,800 مليار دولار في 18 فبراير 2022، وقال د. سالم إن 12.5% منها وصلت.";
    struct nashra_article *article;
    struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH};
    struct nashra_pipeline *pipeline;
    nashra_log_set_handler(silence_log, NULL);
    assert_int_equal(nashra_article_from_bytes(text, sizeof text - 1, "text", &article), NASHRA_OK);
    assert_int_equal(nashra_pipeline_create(&options, &pipeline), NASHRA_OK);
    int status = NASHRA_ENOMEM;
    unsigned long n = 1;
    for (; status < 0; n++) {
        struct nashra_sentence sentence;
        struct nashra_sound sound = {0};
        struct nashra_arena *arena = nashra_arena_create();
        nashra_alloc_fail_after(n);
        status = nashra_pipeline_begin(pipeline, article);
        if (status >= 0)
            status = nashra_pipeline_sentence(pipeline, 0, arena, &sentence);
        if (status >= 0)
            status = nashra_pipeline_speak(pipeline, &sentence, &sound);
        nashra_alloc_fail_after(0);
        assert_true(status == NASHRA_OK || status == NASHRA_ENOMEM);
        nashra_sound_finish(&sound);
        nashra_arena_destroy(arena);
    }
    assert_true(n > 3);
    nashra_pipeline_destroy(pipeline);
    nashra_article_destroy(article);
    nashra_log_set_handler(NULL, NULL);
}

static void survives_every_failed_allocation_of_loading(void **state) {
    (void)state;
    struct nashra_pipeline_options options = {.last = NASHRA_STAGE_SYNTH};
    struct nashra_pipeline *pipeline = NULL;
    nashra_log_set_handler(silence_log, NULL);
    nashra_alloc_fail_after(0);
    assert_int_equal(nashra_pipeline_create(&options, &pipeline), NASHRA_OK);
    unsigned long all = nashra_alloc_count();
    nashra_pipeline_destroy(pipeline);
    /* Thousands of rows allocate alike: near the start each failure is tried, later a few hundred spread evenly. */
    unsigned long step = all > 400 ? all / 200 : 1;
    for (unsigned long n = 1; n <= all; n += n < 200 ? 1 : step) {
        nashra_alloc_fail_after(n);
        int status = nashra_pipeline_create(&options, &pipeline);
        nashra_alloc_fail_after(0);
        assert_int_equal(status, NASHRA_ENOMEM);
        assert_null(pipeline);
    }
    nashra_log_set_handler(NULL, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_an_article_with_exact_marks),
        cmocka_unit_test(each_stage_leaves_its_part),
        cmocka_unit_test(nouns_agree_when_asked),
        cmocka_unit_test(prepares_ahead_in_order_and_seeks),
        cmocka_unit_test(keeps_its_order_when_it_is_far_ahead),
        cmocka_unit_test(seeks_before_it_has_begun),
        cmocka_unit_test(a_missing_model_is_told_to_the_listener),
        cmocka_unit_test(survives_every_failed_allocation),
        cmocka_unit_test(survives_every_failed_allocation_of_loading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
