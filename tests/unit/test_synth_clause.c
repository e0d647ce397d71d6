/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech.h"

#include "clause.h"
#include "pauses.h"

static void assert_clause(const struct nashra_clause *clause, size_t from, size_t to, const char *text) {
    assert_int_equal(clause->from, from);
    assert_int_equal(clause->to, to);
    assert_string_equal(nashra_buffer_string(&clause->text), text);
}

static void test_words_up_to_a_mark(void **state) {
    (void)state;
    struct nashra_word words[] = {spoken("q'a.:la", NASHRA_PAUSE_NONE), spoken("lah'u", NASHRA_PAUSE_COLON),
                                  spoken("t'aAa:l", NASHRA_PAUSE_EXCLAMATION)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct nashra_clause clause = {0};
    assert_int_equal(nashra_clause_write(&clause, &sentence, 0, NULL), 0);
    assert_clause(&clause, 0, 2, "[[q'a.:la]] [[lah'u]]:");
    assert_int_equal(clause.starts[0], 1);
    assert_int_equal(clause.starts[1], 13);
    assert_int_equal(nashra_clause_word_at(&clause, 1), 0);
    assert_int_equal(nashra_clause_word_at(&clause, 12), 0);
    assert_int_equal(nashra_clause_word_at(&clause, 15), 1);
    assert_int_equal(nashra_clause_word_at(&clause, 1000), 1);
    assert_int_equal(nashra_clause_write(&clause, &sentence, 2, NULL), 0);
    assert_clause(&clause, 2, 3, "[[t'aAa:l]]!");
    nashra_clause_finish(&clause);
}

static void test_silent_words_take_no_text(void **state) {
    (void)state;
    struct nashra_word words[] = {spoken("", NASHRA_PAUSE_NONE), spoken(NULL, NASHRA_PAUSE_NONE),
                                  spoken("h'al", NASHRA_PAUSE_NONE), spoken("", NASHRA_PAUSE_QUESTION),
                                  spoken(NULL, NASHRA_PAUSE_COMMA)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct nashra_clause clause = {0};
    assert_int_equal(nashra_clause_write(&clause, &sentence, 0, NULL), 0);
    assert_clause(&clause, 0, 4, "[[h'al]]?");
    assert_int_equal(nashra_clause_word_at(&clause, 3), 2);
    assert_int_equal(nashra_clause_write(&clause, &sentence, 4, NULL), 0);
    assert_clause(&clause, 4, 5, "");
    nashra_clause_finish(&clause);
}

static void test_latin_holds_no_markup(void **state) {
    (void)state;
    struct nashra_word words[] = {latin("AT&T", NASHRA_PAUSE_NONE),    latin("[[a]]<b>", NASHRA_PAUSE_NONE),
                                  latin("O'Brien", NASHRA_PAUSE_NONE), latin("Café.", NASHRA_PAUSE_NONE),
                                  latin("--", NASHRA_PAUSE_NONE),      spoken("h'al", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct nashra_clause clause = {0};
    assert_int_equal(nashra_clause_write(&clause, &sentence, 0, NULL), 0);
    const char *text = nashra_buffer_string(&clause.text);
    assert_non_null(strstr(text, "AT T "));
    assert_non_null(strstr(text, "O'Brien "));
    assert_non_null(strstr(text, "Café  [[h'al]]."));
    assert_null(strpbrk(text, "&<>"));
    assert_ptr_equal(strstr(text, "[["), strstr(text, "[[h'al]]."));
    /* positions count characters: é is one */
    assert_int_equal(clause.starts[5], (size_t)(strstr(text, "[[h'al]]") - text) + 1 - 1);
    nashra_clause_finish(&clause);
}

static void test_latin_is_spelt_without_english(void **state) {
    (void)state;
    struct nashra_letters *letters = NULL;
    assert_int_equal(nashra_letters_load(&letters), 0);
    for (const char *c = "abcdefghijklmnopqrstuvwxyz0123456789"; *c; c++)
        assert_non_null(nashra_letters_name(letters, *c));
    assert_ptr_equal(nashra_letters_name(letters, 'B'), nashra_letters_name(letters, 'b'));
    assert_null(nashra_letters_name(letters, '-'));
    assert_null(nashra_letters_name(letters, '\xC3'));
    struct nashra_word words[] = {latin("B-1", NASHRA_PAUSE_NONE), latin("C", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct nashra_clause clause = {0};
    assert_int_equal(nashra_clause_write(&clause, &sentence, 0, letters), 0);
    assert_clause(&clause, 0, 2, "[[b'i:]] [[w'a:Hid]] [[s'i:]].");
    assert_int_equal(nashra_clause_word_at(&clause, clause.starts[1]), 1);
    nashra_clause_finish(&clause);
    nashra_letters_destroy(letters);
}

static void test_a_long_sentence_is_cut_between_words(void **state) {
    (void)state;
    struct nashra_word words[400];
    for (size_t i = 0; i < COUNT(words); i++)
        words[i] = spoken("mustaSf'aja:t", NASHRA_PAUSE_NONE);
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct nashra_clause clause = {0};
    size_t word = 0, clauses = 0;
    for (; word < COUNT(words); word = clause.to, clauses++) {
        assert_int_equal(nashra_clause_write(&clause, &sentence, word, NULL), 0);
        assert_int_equal(clause.from, word);
        assert_true(clause.to > word);
        assert_true(clause.text.length < 700);
    }
    assert_int_equal(word, COUNT(words));
    assert_true(clauses > 1 && clauses < 20);
    nashra_clause_finish(&clause);
}

/* Laughter and shouts run to hundreds of letters; eSpeak NG 1.51 overruns a buffer with [[…]] over 200 bytes. */
static void test_a_long_word_is_cut_between_phonemes(void **state) {
    (void)state;
    char laughter[2001];
    for (size_t i = 0; i < 2000; i += 4)
        memcpy(laughter + i, "dZa:", 4);
    laughter[2000] = '\0';
    struct nashra_word words[] = {spoken(laughter, NASHRA_PAUSE_NONE), spoken("l'a:", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct nashra_clause clause = {0};
    assert_int_equal(nashra_clause_write(&clause, &sentence, 0, NULL), 0);
    const char *text = nashra_buffer_string(&clause.text);
    size_t phonemes = 0;
    for (const char *open = strstr(text, "[["); open; open = strstr(open + 1, "[[")) {
        const char *close = strstr(open, "]]");
        assert_non_null(close);
        assert_true(close - open <= 102);
        assert_memory_equal(open + 2, "dZa:", 4);
        phonemes += (size_t)(close - open) - 2;
    }
    assert_int_equal(phonemes, 2000);
    nashra_clause_finish(&clause);
}

static void test_out_of_memory(void **state) {
    (void)state;
    struct nashra_word words[] = {spoken("q'a.:la", NASHRA_PAUSE_NONE), latin("London", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    for (unsigned long n = 1; n <= 2; n++) {
        struct nashra_clause clause = {0};
        nashra_alloc_fail_after(n);
        assert_int_equal(nashra_clause_write(&clause, &sentence, 0, NULL), NASHRA_ENOMEM);
        nashra_alloc_fail_after(0);
        assert_int_equal(nashra_clause_write(&clause, &sentence, 0, NULL), 0);
        nashra_clause_finish(&clause);
    }
}

static void test_pauses(void **state) {
    (void)state;
    struct nashra_pauses pauses;
    assert_int_equal(nashra_pauses_load(&pauses), 0);
    struct nashra_word words[] = {spoken("q'a.:la", NASHRA_PAUSE_NONE), spoken("q'a.:la", NASHRA_PAUSE_PHRASE),
                                  spoken("q'a.:la", NASHRA_PAUSE_COMMA), spoken("q'a.:la", NASHRA_PAUSE_NONE)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    unsigned phrase = nashra_pause_frames(&pauses, &sentence, 1, 22050, 200);
    unsigned comma = nashra_pause_frames(&pauses, &sentence, 2, 22050, 200);
    assert_int_equal(nashra_pause_frames(&pauses, &sentence, 0, 22050, 200), 0);
    assert_true(phrase > 0 && phrase < comma);
    assert_int_equal(comma, pauses.after_mark[NASHRA_PAUSE_COMMA] * 22050 / 1000);
    assert_int_equal(nashra_pause_frames(&pauses, &sentence, 2, 22050, 400), comma / 2);
    /* the sentence goes on in the next segment */
    assert_int_equal(nashra_pause_after(&sentence, 3), NASHRA_PAUSE_NONE);
    sentence.paragraph_end = 1;
    assert_int_equal(nashra_pause_after(&sentence, 3), NASHRA_PAUSE_STOP);
    assert_int_equal(nashra_pause_frames(&pauses, &sentence, 3, 1000, 200), pauses.after_kind[NASHRA_TEXT]);
    sentence.kind = NASHRA_TITLE;
    assert_int_equal(nashra_pause_frames(&pauses, &sentence, 3, 1000, 200), pauses.after_kind[NASHRA_TITLE]);
    /* the order that listeners rely on */
    const unsigned *after = pauses.after_mark;
    assert_true(after[NASHRA_PAUSE_COMMA] < after[NASHRA_PAUSE_SEMICOLON]);
    assert_true(after[NASHRA_PAUSE_SEMICOLON] < after[NASHRA_PAUSE_STOP]);
    assert_true(after[NASHRA_PAUSE_STOP] < pauses.after_kind[NASHRA_TEXT]);
    assert_true(pauses.after_kind[NASHRA_TEXT] < pauses.after_kind[NASHRA_TITLE]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_up_to_a_mark),
        cmocka_unit_test(test_silent_words_take_no_text),
        cmocka_unit_test(test_latin_holds_no_markup),
        cmocka_unit_test(test_latin_is_spelt_without_english),
        cmocka_unit_test(test_a_long_sentence_is_cut_between_words),
        cmocka_unit_test(test_a_long_word_is_cut_between_phonemes),
        cmocka_unit_test(test_out_of_memory),
        cmocka_unit_test(test_pauses),
    };
    return cmocka_run_group_tests_name("synth_clause", tests, NULL, NULL);
}
