/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of synthesisers share: sentences by hand, and a listener that holds a synthesiser to its contract. */
#ifndef NASHRA_TESTS_SPEECH_H
#define NASHRA_TESTS_SPEECH_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <nashra/synth.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct listener {
    struct nashra_sound heard;
    size_t chunks;
    size_t stop_after; /* chunks; 0 = never */
};

static inline int listen(const struct nashra_sound *chunk, void *user) {
    struct listener *listener = user;
    assert_true(chunk->rate > 0);
    assert_true(chunk->count <= chunk->rate / 20);
    listener->heard.rate = chunk->rate;
    for (size_t i = 0; i < chunk->mark_count; i++) {
        struct nashra_mark mark = chunk->marks[i];
        assert_true(mark.frame <= chunk->count);
        mark.frame += listener->heard.count;
        assert_int_equal(nashra_sound_add_mark(&listener->heard, mark), 0);
    }
    assert_int_equal(nashra_sound_add(&listener->heard, chunk->frames, chunk->count), 0);
    listener->chunks++;
    return listener->stop_after && listener->chunks >= listener->stop_after;
}

static inline struct nashra_word spoken(const char *phonemes, enum nashra_pause pause) {
    return (struct nashra_word){.text = "كلمة", .marked = "كَلِمَة", .phonemes = phonemes, .pause = pause};
}

static inline struct nashra_word latin(const char *text, enum nashra_pause pause) {
    return (struct nashra_word){.text = text, .cls = NASHRA_CLASS_LATIN, .pause = pause};
}

static inline struct nashra_sentence sentence_of(struct nashra_word *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        words[i].span = (struct nashra_span){10 * i, 10 * i + 9};
    return (struct nashra_sentence){.kind = NASHRA_TEXT, .words = words, .count = count};
}

/* Each word has exactly one mark, in order, its span with it, and time does not run backwards. */
static inline void assert_marks(const struct nashra_sound *heard, const struct nashra_sentence *sentence) {
    assert_int_equal(heard->mark_count, sentence->count);
    for (size_t i = 0; i < heard->mark_count; i++) {
        assert_int_equal(heard->marks[i].word, i);
        assert_int_equal(heard->marks[i].span.from, sentence->words[i].span.from);
        assert_int_equal(heard->marks[i].span.to, sentence->words[i].span.to);
        assert_true(heard->marks[i].frame <= heard->count);
        assert_true(i == 0 || heard->marks[i].frame >= heard->marks[i - 1].frame);
    }
}

/* Frames from a word's mark to the next one's. */
static inline size_t stretch(const struct nashra_sound *heard, size_t word) {
    size_t end = word + 1 < heard->mark_count ? heard->marks[word + 1].frame : heard->count;
    return end - heard->marks[word].frame;
}

static inline int loudest(const struct nashra_sound *heard, size_t from, size_t to) {
    int most = 0;
    for (size_t i = from; i < to; i++)
        most = abs(heard->frames[i]) > most ? abs(heard->frames[i]) : most;
    return most;
}

#endif
