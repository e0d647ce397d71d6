/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech.h"

#include "clause.h"
#include "pauses.h"

static struct nashra_contours contours;

static int load_contours(void **state) {
    (void)state;
    return nashra_contours_load(&contours);
}

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
    assert_int_equal(nashra_clause_write(&clause, &sentence, 0, &contours, NULL), 0);
    assert_clause(&clause, 0, 2, "[[q'a.:la]] [[lah'u]],");
    assert_int_equal(clause.starts[0], 1);
    assert_int_equal(clause.starts[1], 13);
    assert_int_equal(nashra_clause_word_at(&clause, 1), 0);
    assert_int_equal(nashra_clause_word_at(&clause, 12), 0);
    assert_int_equal(nashra_clause_word_at(&clause, 15), 1);
    assert_int_equal(nashra_clause_word_at(&clause, 1000), 1);
    assert_int_equal(nashra_clause_write(&clause, &sentence, 2, &contours, NULL), 0);
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
    assert_int_equal(nashra_clause_write(&clause, &sentence, 0, &contours, NULL), 0);
    assert_clause(&clause, 0, 4, "[[h'al]]?");
    assert_int_equal(nashra_clause_word_at(&clause, 3), 2);
    assert_int_equal(nashra_clause_write(&clause, &sentence, 4, &contours, NULL), 0);
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
    assert_int_equal(nashra_clause_write(&clause, &sentence, 0, &contours, NULL), 0);
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
        assert_non_null(nashra_letters_name(letters, (unsigned char)*c));
    assert_ptr_equal(nashra_letters_name(letters, 'B'), nashra_letters_name(letters, 'b'));
    assert_null(nashra_letters_name(letters, '-'));
    assert_ptr_equal(nashra_letters_name(letters, 0xE9), nashra_letters_name(letters, 'e')); /* é */
    assert_null(nashra_letters_name(letters, 0x3B1));                                        /* α */
    struct nashra_word words[] = {latin("B-1", NASHRA_PAUSE_NONE), latin("\xC3\x87", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct nashra_clause clause = {0};
    assert_int_equal(nashra_clause_write(&clause, &sentence, 0, &contours, letters), 0);
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
        assert_int_equal(nashra_clause_write(&clause, &sentence, word, &contours, NULL), 0);
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
    assert_int_equal(nashra_clause_write(&clause, &sentence, 0, &contours, NULL), 0);
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
        assert_int_equal(nashra_clause_write(&clause, &sentence, 0, &contours, NULL), NASHRA_ENOMEM);
        nashra_alloc_fail_after(0);
        assert_int_equal(nashra_clause_write(&clause, &sentence, 0, &contours, NULL), 0);
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

static void test_quotations_are_lifted(void **state) {
    (void)state;
    struct nashra_word words[] = {spoken("q'a.:la", NASHRA_PAUSE_NONE), spoken("n'aAam", NASHRA_PAUSE_NONE),
                                  spoken("", NASHRA_PAUSE_NONE),        spoken("T'um:a", NASHRA_PAUSE_COMMA),
                                  spoken("l'a:", NASHRA_PAUSE_NONE),    spoken("?'ams", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct nashra_clause clause = {0};
    contours.quotation.pitch = 6;
    words[1].flags = NASHRA_WORD_QUOTE_OPEN | NASHRA_WORD_QUOTE_CLOSE;
    words[2].flags = NASHRA_WORD_QUOTE_OPEN; /* a silent word lifts nothing by itself */
    words[4].flags = NASHRA_WORD_QUOTE_CLOSE;
    assert_int_equal(nashra_clause_write(&clause, &sentence, 0, &contours, NULL), 0);
    assert_clause(&clause, 0, 4, "[[q'a.:la]] \x01+6P [[n'aAam]] [[T'um:a]],");
    assert_int_equal(nashra_clause_word_at(&clause, clause.starts[1] + 5), 1);
    assert_int_equal(nashra_clause_write(&clause, &sentence, 4, &contours, NULL), 0);
    assert_clause(&clause, 4, 6, "\x01+6P [[l'a:]] \x01-6P [[?'ams]].");
    words[1].flags = words[2].flags = 0; /* a quotation that an earlier sentence began */
    assert_int_equal(nashra_clause_write(&clause, &sentence, 0, &contours, NULL), 0);
    assert_clause(&clause, 0, 4, "\x01+6P [[q'a.:la]] [[n'aAam]] [[T'um:a]],");
    nashra_clause_finish(&clause);
    assert_int_equal(load_contours(NULL), 0);
}

static void test_text_decides_not_class(void **state) {
    (void)state;
    struct nashra_word words[] = {spoken("wamajkR'u:suft", NASHRA_PAUSE_NONE), latin("Zyxel", NASHRA_PAUSE_NONE),
                                  spoken("", NASHRA_PAUSE_STOP)};
    words[0].cls = NASHRA_CLASS_LATIN;
    words[2].text = "B2";
    words[2].cls = NASHRA_CLASS_CODE;
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct nashra_clause clause = {0};
    assert_int_equal(nashra_clause_write(&clause, &sentence, 0, &contours, NULL), 0);
    assert_clause(&clause, 0, 3, "[[wamajkR'u:suft]] Zyxel B2.");
    nashra_clause_finish(&clause);
}

static void assert_tune(struct nashra_word *word, enum nashra_pause pause, enum nashra_tune tune, char wanted) {
    struct nashra_sentence sentence = sentence_of(word, 1);
    word->pause = pause;
    word->tune = tune;
    assert_int_equal(nashra_contour_of(&contours, &sentence, 0).tune, wanted);
}

static void test_contours(void **state) {
    (void)state;
    struct nashra_word word = spoken("q'a.:la", NASHRA_PAUSE_STOP);
    assert_tune(&word, NASHRA_PAUSE_STOP, NASHRA_TUNE_OF_MARK, '.');
    assert_tune(&word, NASHRA_PAUSE_COMMA, NASHRA_TUNE_OF_MARK, ',');
    assert_tune(&word, NASHRA_PAUSE_QUESTION, NASHRA_TUNE_OF_MARK, '?');
    assert_tune(&word, NASHRA_PAUSE_QUESTION, NASHRA_TUNE_OPEN_QUESTION, '.');
    assert_tune(&word, NASHRA_PAUSE_QUESTION, NASHRA_TUNE_BARE_QUESTION, '?');
    assert_tune(&word, NASHRA_PAUSE_EXCLAMATION, NASHRA_TUNE_OF_MARK, '!');
    struct nashra_sentence sentence = sentence_of(&word, 1);
    struct nashra_contour text = nashra_contour_of(&contours, &sentence, 0);
    sentence.kind = NASHRA_TITLE;
    struct nashra_contour title = nashra_contour_of(&contours, &sentence, 0);
    sentence.kind = NASHRA_BYLINE;
    struct nashra_contour byline = nashra_contour_of(&contours, &sentence, 0);
    assert_true(title.rate < text.rate && title.pitch > text.pitch && byline.pitch < text.pitch);
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
        cmocka_unit_test(test_quotations_are_lifted),
        cmocka_unit_test(test_text_decides_not_class),
        cmocka_unit_test(test_contours),
    };
    return cmocka_run_group_tests_name("synth_clause", tests, load_contours, NULL);
}
