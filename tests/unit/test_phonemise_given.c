/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words whose phonemes the lexicon gives: they are kept, and their neighbours join them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include <nashra/phonemise.h>

enum { MAX_WORDS = 8 };

struct given_word {
    const char *text, *marked, *phonemes;
};

struct row {
    struct given_word words[MAX_WORDS];
    const char *expected;
};

static const struct row rows[] = {
    /* kept, stress and plain vowels beside an emphatic too; no ending falls in pause */
    {{{"ناتو", NULL, "n'a:tu:"}}, "n'a:tu:"},
    {{{"قطر", NULL, "q'at[aR"}}, "q'at[aR"},
    /* without a sign the rule stresses: a heavy last syllable */
    {{{"سمير", NULL, "sami:R"}}, "sam'i:R"},
    /* names that would fuse are kept apart */
    {{{"مدح", NULL, "m'ad|H"}}, "m'ad|H"},
    /* the wasl of the article: silent after a vowel, spoken after a pause; a hamza that is given stays */
    {{{"الناتو", NULL, "n:'a:tu:"}}, "?an:'a:tu:"},
    {{{"في", "فِي", NULL}, {"الناتو", NULL, "n:'a:tu:"}}, "fi n:'a:tu:"},
    {{{"عن", "عَنْ", NULL}, {"القمة", NULL, "lq'im:a"}}, "Aani lq'im:a"},
    {{{"ألبرت", NULL, "?'albeRt"}, {"الناتو", NULL, "?an:'a:tu:"}}, "?'albeRt ?an:'a:tu:"},
    /* before a wasl a long vowel is short and a consonant takes i */
    {{{"ناتو", NULL, "n'a:tu:"}, {"البيت", "الْبَيْت", NULL}}, "n'a:tu lb'ajt"},
    {{{"لندن", NULL, "l'andan"}, {"البيت", "الْبَيْت", NULL}}, "l'andani lb'ajt"},
    /* Latin text and a silent word */
    {{{"NATO", NULL, "n'a:tu:"}, {"كان", "كَانَ", NULL}}, "n'a:tu: k'a:n"},
    {{{"سر", NULL, ""}, {"كان", "كَانَ", NULL}}, " k'a:n"},
};

static void phonemise(struct nashra_phonemiser *phonemiser, const struct row *row, struct nashra_buffer *out) {
    struct nashra_word words[MAX_WORDS] = {0};
    struct nashra_sentence sentence = {.words = words, .arena = nashra_arena_create()};
    for (const struct given_word *word = row->words; word->text; word++)
        words[sentence.count++] =
            (struct nashra_word){.text = word->text,
                                 .marked = word->marked,
                                 .phonemes = word->phonemes,
                                 .cls = *word->text == 'N' ? NASHRA_CLASS_LATIN : NASHRA_CLASS_WORD,
                                 .confidence = 1,
                                 .ending_confidence = 1};
    assert_int_equal(nashra_phonemise(phonemiser, &sentence), NASHRA_OK);
    for (size_t i = 0; i < sentence.count; i++) {
        struct nashra_buffer ipa = {0};
        nashra_buffer_add_format(out, "%s%s", i ? " " : "", words[i].phonemes);
        assert_int_equal(nashra_phonemes_to_ipa(phonemiser, words[i].phonemes, &ipa), NASHRA_OK);
        nashra_buffer_finish(&ipa);
    }
    nashra_arena_destroy(sentence.arena);
}

static void given_phonemes_are_kept(void **state) {
    (void)state;
    struct nashra_phonemiser *phonemiser;
    assert_int_equal(nashra_phonemiser_create(NASHRA_ENDINGS_SURE, &phonemiser), NASHRA_OK);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct nashra_buffer got = {0};
        phonemise(phonemiser, &rows[i], &got);
        if (rows[i].expected && strcmp(nashra_buffer_string(&got), rows[i].expected) != 0)
            fail_msg("row %zu: \"%s\", expected \"%s\"", i, nashra_buffer_string(&got), rows[i].expected);
        nashra_buffer_finish(&got);
    }
    nashra_phonemiser_destroy(phonemiser);
}

/* A name that is none can't reach the synthesiser: the word is read from its letters. */
static void unknown_names_are_not_spoken(void **state) {
    (void)state;
    static const struct row row = {{{"كان", "كَانَ", "kW"}}, NULL};
    struct nashra_phonemiser *phonemiser;
    struct nashra_buffer got = {0};
    assert_int_equal(nashra_phonemiser_create(NASHRA_ENDINGS_SURE, &phonemiser), NASHRA_OK);
    phonemise(phonemiser, &row, &got);
    assert_string_equal(nashra_buffer_string(&got), "k'a:n");
    nashra_buffer_finish(&got);
    nashra_phonemiser_destroy(phonemiser);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(given_phonemes_are_kept),
        cmocka_unit_test(unknown_names_are_not_spoken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
