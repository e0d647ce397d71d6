/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The phonemiser as its callers see it. Expectations come from grammar; more of them, a table for each chapter, stand
 * in tests/golden (phonology.md, liaison.md, names.md, …). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/phonemise.h>
#include <nashra/utf8.h>

enum { MAX_WORDS = 400 };

struct bench {
    struct nashra_phonemiser *phonemisers[3]; /* by enum nashra_endings */
    struct nashra_arena *arena;
    struct nashra_word words[MAX_WORDS];
    struct nashra_sentence sentence;
    struct nashra_buffer heard;
};

static int set_up(void **state) {
    struct bench *bench = calloc(1, sizeof *bench);
    for (int i = 0; i < 3; i++)
        assert_int_equal(nashra_phonemiser_create((enum nashra_endings)i, &bench->phonemisers[i]), NASHRA_OK);
    bench->arena = nashra_arena_create();
    *state = bench;
    return 0;
}

static int tear_down(void **state) {
    struct bench *bench = *state;
    for (int i = 0; i < 3; i++)
        nashra_phonemiser_destroy(bench->phonemisers[i]);
    nashra_arena_destroy(bench->arena);
    nashra_buffer_finish(&bench->heard);
    free(bench);
    return 0;
}

static void add_word(struct bench *bench, const char *marked, size_t length, enum nashra_pause pause) {
    struct nashra_word *word = &bench->words[bench->sentence.count++];
    memset(word, 0, sizeof *word);
    char *bare = nashra_arena_alloc(bench->arena, length + 1);
    nashra_strip_marks(marked, length, bare);
    word->marked = nashra_arena_copy(bench->arena, marked, length);
    word->text = bare;
    word->pause = pause;
    word->confidence = word->ending_confidence = 1.0f;
}

/* Words between spaces; ، ؟ and . after a word are its pause; ~ before a word: its ending is unsure. */
static void read_line(struct bench *bench, const char *line) {
    static const char comma[] = "\xD8\x8C", question[] = "\xD8\x9F";
    nashra_arena_reset(bench->arena);
    bench->sentence = (struct nashra_sentence){.words = bench->words, .arena = bench->arena};
    for (const char *at = line; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " "), letters = length;
        enum nashra_pause pause = NASHRA_PAUSE_NONE;
        int unsure = *at == '~';
        if (length >= 2 && memcmp(at + length - 2, comma, 2) == 0) {
            pause = NASHRA_PAUSE_COMMA;
            letters -= 2;
        } else if (length >= 2 && memcmp(at + length - 2, question, 2) == 0) {
            pause = NASHRA_PAUSE_QUESTION;
            letters -= 2;
        } else if (at[length - 1] == '.') {
            pause = NASHRA_PAUSE_STOP;
            letters--;
        }
        add_word(bench, at + unsure, letters - (size_t)unsure, pause);
        if (unsure)
            bench->words[bench->sentence.count - 1].ending_confidence = 0.3f;
        at += length;
    }
}

/* The phonemes of all words; "/" is a breath. */
static const char *speak(struct bench *bench, enum nashra_endings endings) {
    assert_int_equal(nashra_phonemise(bench->phonemisers[endings], &bench->sentence), NASHRA_OK);
    nashra_buffer_clear(&bench->heard);
    for (size_t i = 0; i < bench->sentence.count; i++) {
        const struct nashra_word *word = &bench->sentence.words[i];
        assert_non_null(word->phonemes);
        if (i > 0)
            nashra_buffer_add(&bench->heard, " ", 1);
        nashra_buffer_add_string(&bench->heard, word->phonemes);
        if (word->pause == NASHRA_PAUSE_PHRASE)
            nashra_buffer_add_string(&bench->heard, " /");
    }
    return nashra_buffer_string(&bench->heard);
}

struct pair {
    const char *marked, *heard;
};

static void check(struct bench *bench, const struct pair *pairs, size_t count, enum nashra_endings endings) {
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        read_line(bench, pairs[i].marked);
        const char *heard = speak(bench, endings);
        if (strcmp(heard, pairs[i].heard) != 0) {
            print_error("%s\n  want %s\n  got  %s\n", pairs[i].marked, pairs[i].heard, heard);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}
#define CHECK(state, pairs, endings) check(*(state), pairs, sizeof(pairs) / sizeof *(pairs), endings)

static void the_words_that_espeak_gets_wrong(void **state) {
    static const struct pair pairs[] = {
        {"مُوَاطِن", "muw'a.:t[i.n"}, {"هُوَ", "h'uwa"},          {"أَوَّل", "?'aw:al"},        {"قُوَّة", "q'uw:a"},
        {"سِيَاسَة", "sij'a:sa"},     {"بِالْقَلَمِ", "bilq'a.lam"}, {"فِي الْبَيْتِ", "fi lb'ajt"}, {"وَاسْتَقْبَلَ", "wast'a.qbal"},
        {"اللَّهُ", "?a.L:'a.:h"},    {"كَتَبُوا", "k'atabu:"},    {"مِائَة", "m'i?a"},         {"الشَّمْسُ", "?aS:'ams"},
        {"عَمْرٌو", "A'amR"},         {"فَتًى", "f'ata:"},
    };
    CHECK(state, pairs, NASHRA_ENDINGS_FULL);
}

static void unsure_endings_are_left_out(void **state) {
    static const struct pair pairs[] = {
        {"~كِتَابٌ كَبِيرٌ", "kit'a:b kab'i:R"},
        {"كِتَابٌ كَبِيرٌ", "kit'a:bun kab'i:R"},
        /* an alif is written: no doubt */
        {"~كِتَابًا كَبِيرًا", "kit'a:ban kab'i:Ra:"},
        /* a wasl needs the vowel */
        {"~كِتَابُ الْوَلَدِ", "kit'a:bu lw'alad"},
        /* three consonants may not meet; a diphthong and a doubled consonant can be said */
        {"~حَرْبٌ كَبِيرَةٌ", "H'aRbun kab'i:Ra"},
        {"~يَوْمٌ كَبِيرٌ", "j'awm kab'i:R"},
        {"~كُلَّ يَوْمٍ", "k'ul: j'awm"},
        /* tanwin or the article shows that ة governs nothing; without them it may */
        {"~مَدِينَةٌ كَبِيرَةٌ", "mad'i:na kab'i:Ra"},
        {"~الْمَدِينَةُ كَبِيرَةٌ", "?almad'i:na kab'i:Ra"},
        {"~مَدِينَةُ بَيْرُوتَ", "mad'i:natu bajR'u:t"},
        {"~إِنَّ كِتَابًا", "?'in:a kit'a:ba:"},
        {"~هُوَ كَبِيرٌ", "h'uwa kab'i:R"},
        {"~مُحَمَّدُ بْنُ سَلْمَانَ", "muH'am:ad b'inu salm'a:n"},
        {"مُحَمَّدُ بْنُ سَلْمَانَ", "muH'am:adu bn'u salm'a:n"},
    };
    CHECK(state, pairs, NASHRA_ENDINGS_SURE);
}

static void no_endings_at_all(void **state) {
    static const struct pair pairs[] = {
        {"كِتَابٌ كَبِيرٌ", "kit'a:b kab'i:R"},
        {"كَتَبَ مُحَمَّدٌ", "k'atab muH'am:ad"},
        {"مَدِينَةٌ كَبِيرَةٌ جِدًّا", "mad'i:na kab'i:Ra dZ'id:an"},
        {"كَتَبَ الْوَلَدُ", "k'ataba lw'alad"},
        {"مِنَ الْبَيْتِ", "mina lb'ajt"},
    };
    CHECK(state, pairs, NASHRA_ENDINGS_NONE);
}

static void construct_keeps_its_t(void **state) {
    struct bench *bench = *state;
    read_line(bench, "~مَدِينَةٌ بَيْرُوتَ");
    bench->words[0].flags = NASHRA_WORD_CONSTRUCT;
    assert_string_equal(speak(bench, NASHRA_ENDINGS_SURE), "mad'i:natun bajR'u:t");
}

static void breaths(void **state) {
    static const struct pair pairs[] = {
        /* short enough for one breath */
        {"وَصَلَ الرَّئِيسُ إِلَى الْقَاهِرَةِ", "w'a.s[a.la R:a?'i:su ?'ila lq'a.:hiRa"},
        /* before the relative pronoun; the word before it stands in pause, its own wasl is spoken */
        {"طَالَبَ الرَّئِيسُ الْحُكُومَةَ الْجَدِيدَةَ الَّتِي تَشَكَّلَتْ أَمْسِ بِوَقْفٍ فَوْرِيٍّ لِلْحَرْبِ",
         "t['a.:laba R:a?'i:su lHuk'u:mata ldZad'i:da / ?al:'ati: taS'ak:alat ?'amsi biw'a.qfin fawR'ij:in lilH'aRb"},
        /* before و of a clause */
        {"أَعْلَنَ الْمَجْلِسُ بَرْنَامَجًا جَدِيدًا لِلْمُسَاعَدَاتِ وَأَكَّدَ الْوَزِيرُ أَنَّ الْعَمَلَ بَدَأَ",
         "?'aAlana lm'adZlisu baRn'a:madZan dZad'i:dan lilmusa:Aad'a:t / wa?'ak:ada lwaz'i:Ru ?'an:a lA'amala b'ada?"},
    };
    CHECK(state, pairs, NASHRA_ENDINGS_FULL);
}

/* The tunes of the marks, in order: m as the mark tells, l a list's member, o an open question, b a bare one. */
static void tunes_of_questions_and_lists(void **state) {
    static const struct {
        const char *line, *tunes;
    } rows[] = {
        {"هَلْ وَافَقَتِ الْحُكُومَةُ؟", "m"},
        {"وَهَلْ وَافَقَتِ الْحُكُومَةُ؟", "m"},
        {"أَلَمْ يَصِلْ؟", "m"},
        {"وَافَقَتِ الْحُكُومَةُ؟", "b"},
        {"مَتَى وَافَقَتْ؟", "o"},
        {"فَمَتَى وَافَقَتْ؟", "o"},
        {"إِلَى أَيْنَ وَصَلَ؟", "o"},
        {"مِنْ أَيْنَ وَصَلَ؟", "o"},
        {"مَنْ وَصَلَ؟", "o"},
        {"وَمَنْ وَصَلَ؟", "o"},
        {"مِنْ هُنَا وَصَلَ؟", "b"},
        {"فِي رَأْيِكَ، مَتَى وَصَلَ؟", "mo"},
        {"هَلْ تَعْلَمُ مَتَى وَصَلَ؟", "m"},
        {"هَلْ وَصَلَ أَمْ سَافَرَ؟", "o"},
        {"هَلْ وَصَلَ، أَمْ سَافَرَ؟", "mo"},
        {"وَصَلَ، مَا زَالَ هُنَا؟", "mb"},
        {"زَارَ الْوَزِيرُ بَارِيسَ، لَنْدَنَ، مَدْرِيدَ، وَرُومَا.", "lllm"},
        {"زَارَ الْوَزِيرُ بَارِيسَ، وَلَنْدَنَ، وَرُومَا.", "llm"},
        {"يَزُورُ بَارِيسَ، أَوْ لَنْدَنَ، أَوْ رُومَا.", "llm"},
        {"الْتَقَى الرَّئِيسَ، رَجَبَ طَيِّبَ، وَأَعْلَنَ ذَلِكَ.", "mmm"},
        {"هَذَا، فِي الْوَاقِعِ، صَعْبٌ.", "mmm"},
        {"زَارَ الْوَزِيرُ بَارِيسَ، لَنْدَنَ، مَدْرِيدَ، وَرُومَا وَعَدَدًا مِنَ الْمُدُنِ الْأُخْرَى فِي الْبِلَادِ.", "lllm"},
        {"أَعْلَنَ الرَّئِيسُ، رَجَبُ طَيِّبُ، أَمْسِ فِي كَلِمَتِهِ أَمَامَ الْبَرْلَمَانِ مَوْعِدَ الِانْتِخَابَاتِ.", "mmm"},
        {"وَصَلَ الْوَزِيرُ، ثُمَّ سَافَرَ.", "mm"},
        {"زَارَ بَارِيسَ، لَنْدَنَ،", "mm"},
        {"مَتَى؟ وَافَقَتْ؟", "ob"},
    };
    static const char letters[] = {'m', 'l', 'o', 'b'};
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        read_line(bench, rows[i].line);
        speak(bench, NASHRA_ENDINGS_FULL);
        char tunes[20] = "";
        for (size_t k = 0, n = 0; k < bench->sentence.count; k++)
            if (bench->words[k].pause >= NASHRA_PAUSE_COMMA)
                tunes[n++] = letters[bench->words[k].tune];
        if (strcmp(tunes, rows[i].tunes) != 0)
            fail_msg("%s: %s, not %s", rows[i].line, tunes, rows[i].tunes);
    }
}

/* The class is the token's, the voice is the text's. */
static void arabic_text_is_said_whatever_its_class(void **state) {
    struct bench *bench = *state;
    read_line(bench, "وَمَايْكْرُوسُوفْت Zyxel.");
    bench->words[0].cls = bench->words[1].cls = NASHRA_CLASS_LATIN;
    speak(bench, NASHRA_ENDINGS_FULL);
    assert_string_not_equal(bench->words[0].phonemes, "");
    assert_string_equal(bench->words[1].phonemes, "");
}

/* No word of it is a cue, yet nobody says a hundred letters in one breath. */
static void a_breath_without_a_cue(void **state) {
    struct bench *bench = *state;
    read_line(bench, "سَتَسْتَضِيفُ مَدِينَةُ كْرَاسْنُويَارْسْكَ الْأَلْعَابَ الْأُولِمْبِيَّةَ الْجَامِعِيَّةَ شَتَاءَ الْعَامِ الْمُقْبِلِ رَغْبَةً جَادَّةً.");
    speak(bench, NASHRA_ENDINGS_FULL);
    assert_int_equal(bench->words[5].pause, NASHRA_PAUSE_PHRASE);
}

static size_t breath_count(const struct bench *bench) {
    size_t count = 0;
    for (size_t i = 0; i < bench->sentence.count; i++)
        count += bench->sentence.words[i].pause == NASHRA_PAUSE_PHRASE;
    return count;
}

/* A و of the root is no conjunction (وِزَارَة, وَزِير has fatha but is no listed beginning). */
static void no_breath_before_a_root_waw(void **state) {
    struct bench *bench = *state;
    read_line(bench, "زَارَ نَائِبُ الرَّئِيسِ الْجَدِيدُ مَقَرَّ مُؤَسَّسَةِ وِيكِيمِيدْيَا الْعَالَمِيَّةِ الْكَبِيرَةِ");
    speak(bench, NASHRA_ENDINGS_FULL);
    assert_int_equal(breath_count(bench), 0);
}

static void no_breath_inside_a_number(void **state) {
    struct bench *bench = *state;
    read_line(bench, "بَلَغَ عَدَدُ الْحَاضِرِينَ الْيَوْمَ ثَلَاثَةَ آلَافٍ وَأَرْبَعَمِئَةٍ وَخَمْسَةً وَأَرْبَعِينَ شَخْصًا وَاحِدًا");
    for (size_t i = 4; i <= 8; i++)
        bench->words[i].cls = NASHRA_CLASS_CARDINAL;
    speak(bench, NASHRA_ENDINGS_FULL);
    assert_int_equal(breath_count(bench), 0);
}

static void latin_words_are_the_second_voices(void **state) {
    struct bench *bench = *state;
    read_line(bench, "شَرِكَةُ x الْكَبِيرَةُ");
    bench->words[1].text = bench->words[1].marked = "Tesla";
    bench->words[1].cls = NASHRA_CLASS_LATIN;
    /* the word before it may govern it, the word after it begins anew */
    assert_string_equal(speak(bench, NASHRA_ENDINGS_FULL), "SaR'ikatu  ?alkab'i:Ra");
}

static void bare_words_get_a_default_reading(void **state) {
    static const struct pair pairs[] = {
        {"كتب", "k'atab"},
        {"الشمس", "?aS:'amas"},
        {"القمر", "?alq'a.maR"},
        {"جواب", "dZaw'a:b"},
        {"الولد", "?alw'alad"},
        {"الوزير", "?alwaz'i:R"},
        {"اليمن", "?alj'aman"},
        {"النور", "?an:'u:R"},
        {"مدرسة", "mad'aRasa"},
        {"رئيس", "Ra?'i:s"},
        {"إيران", "?i:R'a:n"},
        {"انتخاب", "?intaX'a:b"},
        {"استقبل", "?ist'a.qa.bal"},
        {"نور", "n'u:R"},
        {"م", "m'a"},
        {"و", "wa"},
        {"بوتين", "pu:t'i:n"},
    };
    struct bench *bench = *state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        read_line(bench, pairs[i].marked);
        bench->words[0].marked = NULL;
        assert_string_equal(speak(bench, NASHRA_ENDINGS_FULL), pairs[i].heard);
    }
}

/* Its vowel is the alif's own, or that of the letter of length behind it. */
static void a_hamza_whose_sign_is_left_out(void **state) {
    static const struct pair pairs[] = {
        {"اُسْتَاذ", "?ust'a:D"},    {"اِيرَان", "?i:R'a:n"}, {"اَحْمَد", "?'aHmad"},
        {"اوروبا", "?u:R'u:ba:"}, {"ايران", "?i:R'a:n"},
    };
    check(*state, pairs, sizeof pairs / sizeof *pairs, NASHRA_ENDINGS_FULL);
}

/* Fathatan is written before or behind the alif, or the ى, that it stands at: one word. */
static void fathatan_stands_on_either_side(void **state) {
    static const struct pair pairs[] = {
        {"هُدىً جَدِيدٌ", "h'udan dZad'i:d"},
        {"هُدًى جَدِيدٌ", "h'udan dZad'i:d"},
        {"كِتَاباً جَدِيداً", "kit'a:ban dZad'i:da:"},
        {"كِتَابًا جَدِيدًا", "kit'a:ban dZad'i:da:"},
    };
    check(*state, pairs, sizeof pairs / sizeof *pairs, NASHRA_ENDINGS_FULL);
}

/* Any code point between two letters, and alone: no crash, and Arabic letters are never silent. */
static void any_code_point(void **state) {
    struct bench *bench = *state;
    for (unsigned codepoint = 1; codepoint < 0x11000; codepoint++) {
        char word[16], *end = word;
        if (nashra_utf8_encode(codepoint, end) == 0 || codepoint == ' ')
            continue;
        end += nashra_utf8_encode(codepoint, end);
        *end = '\0';
        bench->sentence = (struct nashra_sentence){.words = bench->words, .count = 1, .arena = bench->arena};
        bench->words[0] = (struct nashra_word){.text = word, .confidence = 1, .ending_confidence = 1};
        nashra_arena_reset(bench->arena);
        assert_int_equal(nashra_phonemise(bench->phonemisers[0], &bench->sentence), NASHRA_OK);
        assert_non_null(bench->words[0].phonemes);
        if (nashra_is_arabic_letter(codepoint) && !bench->words[0].phonemes[0])
            fail_msg("U+%04X is silent", codepoint);
    }
}

static void nothing_to_say(void **state) {
    struct bench *bench = *state;
    read_line(bench, "");
    assert_string_equal(speak(bench, NASHRA_ENDINGS_FULL), "");
    read_line(bench, "كَتَبَ ، .");
    bench->words[1].text = NULL;
    bench->words[1].marked = NULL;
    assert_string_equal(speak(bench, NASHRA_ENDINGS_FULL), "k'atab  ");
}

static void ipa(void **state) {
    static const struct pair pairs[] = {
        {"k'ataba", "ˈkataba"},       {"muw'a.:t[i.n", "muˈwɑːtˤɨn"},
        {"mud'aR:isa", "muˈdarːisa"}, {"dZad|H'i:d", "d͡ʒadˈħiːd"},
        {"q'i.ss[a.", "ˈqɨsˤːɑ"},     {"lm'uss['a.", "lˈmusˤˈsˤɑ"},
        {"muHam:'ad", "muħamˈmad"},   {"", ""},
        {"fi lb'ajt", "filˈbajt"},
    };
    struct bench *bench = *state;
    struct nashra_buffer out = {0};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        nashra_buffer_clear(&out);
        assert_int_equal(nashra_phonemes_to_ipa(bench->phonemisers[0], pairs[i].marked, &out), NASHRA_OK);
        assert_string_equal(nashra_buffer_string(&out), pairs[i].heard);
    }
    nashra_log_set_level(NASHRA_LOG_ERROR);
    assert_int_equal(nashra_phonemes_to_ipa(bench->phonemisers[0], "ka€", &out), NASHRA_EDATA);
    nashra_buffer_finish(&out);
}

static void endings_by_name(void **state) {
    (void)state;
    enum nashra_endings endings;
    assert_int_equal(nashra_endings_parse("full", &endings), NASHRA_OK);
    assert_int_equal(endings, NASHRA_ENDINGS_FULL);
    assert_int_equal(nashra_endings_parse("none", &endings), NASHRA_OK);
    assert_int_equal(endings, NASHRA_ENDINGS_NONE);
    assert_int_equal(nashra_endings_parse("sure", &endings), NASHRA_OK);
    assert_int_equal(endings, NASHRA_ENDINGS_SURE);
    assert_int_equal(nashra_endings_parse("all", &endings), NASHRA_EUSAGE);
}

/* Every allocation fails once: an error, no crash, no leak, and the next sentence is well. */
static void out_of_memory(void **state) {
    struct bench *bench = *state;
    for (unsigned long n = 1;; n++) {
        struct nashra_phonemiser *phonemiser = NULL;
        nashra_alloc_fail_after(n);
        int status = nashra_phonemiser_create(NASHRA_ENDINGS_FULL, &phonemiser);
        if (status == NASHRA_OK) {
            nashra_alloc_fail_after(0);
            nashra_phonemiser_destroy(phonemiser);
            break;
        }
        assert_int_equal(status, NASHRA_ENOMEM);
    }
    for (unsigned long n = 1;; n++) {
        struct nashra_phonemiser *phonemiser = NULL;
        assert_int_equal(nashra_phonemiser_create(NASHRA_ENDINGS_FULL, &phonemiser), NASHRA_OK);
        read_line(bench, "زَارَ بُوتِين الصِّينَ، وَقَالَ إِنَّ هَذَا مُهِمٌّ.");
        nashra_alloc_fail_after(n);
        int status = nashra_phonemise(phonemiser, &bench->sentence);
        nashra_alloc_fail_after(0);
        nashra_phonemiser_destroy(phonemiser);
        if (status == NASHRA_OK)
            break;
        assert_int_equal(status, NASHRA_ENOMEM);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_words_that_espeak_gets_wrong),
        cmocka_unit_test(unsure_endings_are_left_out),
        cmocka_unit_test(no_endings_at_all),
        cmocka_unit_test(construct_keeps_its_t),
        cmocka_unit_test(breaths),
        cmocka_unit_test(a_breath_without_a_cue),
        cmocka_unit_test(tunes_of_questions_and_lists),
        cmocka_unit_test(arabic_text_is_said_whatever_its_class),
        cmocka_unit_test(no_breath_before_a_root_waw),
        cmocka_unit_test(no_breath_inside_a_number),
        cmocka_unit_test(latin_words_are_the_second_voices),
        cmocka_unit_test(bare_words_get_a_default_reading),
        cmocka_unit_test(a_hamza_whose_sign_is_left_out),
        cmocka_unit_test(fathatan_stands_on_either_side),
        cmocka_unit_test(any_code_point),
        cmocka_unit_test(nothing_to_say),
        cmocka_unit_test(ipa),
        cmocka_unit_test(endings_by_name),
        cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
