/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech.h"

#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <espeak-ng/espeak_ng.h>

static char messages[4096];
static size_t message_count;

static void keep_message(enum nashra_log_level level, const char *message, void *user) {
    (void)level;
    (void)user;
    snprintf(messages, sizeof messages, "%s", message);
    message_count++;
}

static int open_synth(void **state) {
    struct nashra_synth *synth = NULL;
    if (nashra_synth_espeak(NULL, &synth) < 0)
        return -1;
    *state = synth;
    return 0;
}

static int close_synth(void **state) {
    nashra_alloc_fail_after(0);
    nashra_synth_destroy(*state);
    return 0;
}

static struct nashra_sound speak(struct nashra_synth *synth, const struct nashra_sentence *sentence) {
    struct listener listener = {0};
    assert_int_equal(nashra_synth_speak(synth, sentence, listen, &listener), 0);
    assert_marks(&listener.heard, sentence);
    return listener.heard;
}

static int ignore(const struct nashra_sound *chunk, void *user) {
    (void)chunk;
    (void)user;
    return 0;
}

/* قال المواطن، إن الصحيفة London نشرت … */
static const struct nashra_word newscast[] = {
    {.text = "قال", .phonemes = "q'a.:la"},
    {.text = "المواطن", .phonemes = "lmuw'a:t[in", .pause = NASHRA_PAUSE_COMMA},
    {.text = "إن", .phonemes = "?'in:a"},
    {.text = "الصحيفة", .phonemes = "ss[a.H'i:fata", .pause = NASHRA_PAUSE_PHRASE},
    {.text = "London", .cls = NASHRA_CLASS_LATIN},
    {.text = "صامت", .phonemes = ""},
    {.text = "نشرت", .phonemes = "n'aSaRat"},
    {.text = "O'Brien-Smith", .cls = NASHRA_CLASS_LATIN},
    {.text = "شيئا", .phonemes = "S'aj?an", .pause = NASHRA_PAUSE_COLON},
    {.text = "هل", .phonemes = "h'al"},
    {.text = "هذا", .phonemes = "h'a:Da:"},
    {.text = "صحيح", .phonemes = "s[a.H'i:H", .pause = NASHRA_PAUSE_QUESTION},
};

static void test_each_word_has_its_mark(void **state) {
    struct nashra_word words[COUNT(newscast)];
    memcpy(words, newscast, sizeof words);
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct nashra_sound heard = speak(*state, &sentence);
    assert_int_equal(heard.rate, 22050);
    assert_int_equal(heard.marks[0].frame, 0);
    for (size_t i = 0; i < COUNT(words); i++) {
        bool silent = words[i].phonemes && !*words[i].phonemes;
        assert_int_equal(silent, stretch(&heard, i) == 0);
        if (silent)
            continue;
        /* a word of two to fourteen phonemes takes 80 ms to 1.6 s, its pause included */
        assert_in_range(stretch(&heard, i), 22050 * 8 / 100, 22050 * 16 / 10);
        assert_true(loudest(&heard, heard.marks[i].frame, heard.marks[i].frame + stretch(&heard, i)) > 3000);
    }
    nashra_sound_finish(&heard);
}

/* A word that begins with a stop after a pause begins at its mark, not before. */
static void test_marks_fall_on_the_words(void **state) {
    struct nashra_word words[] = {spoken("m'a:", NASHRA_PAUSE_STOP), spoken("m'a:", NASHRA_PAUSE_STOP),
                                  spoken("", NASHRA_PAUSE_NONE), spoken("m'a:", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct nashra_sound heard = speak(*state, &sentence);
    size_t silence = 22050 / 5;
    for (size_t i = 0; i < COUNT(words); i++) {
        size_t from = heard.marks[i].frame;
        if (i > 0)
            assert_int_equal(loudest(&heard, from - silence, from), 0);
        assert_true(loudest(&heard, from, from + 22050 / 20) > 1000);
    }
    assert_int_equal(loudest(&heard, heard.count - silence, heard.count), 0);
    nashra_sound_finish(&heard);
}

/* Where hissing begins, at or after `from`: s crosses zero some 6,000 times a second, m and vowels under 1,500 times.
 */
static size_t hiss_after(const struct nashra_sound *sound, size_t from) {
    enum { WINDOW = 110 }; /* 5 ms */
    for (size_t at = from; at + WINDOW < sound->count; at += WINDOW / 5) {
        size_t crossings = 0;
        for (size_t i = at; i < at + WINDOW; i++)
            crossings += (sound->frames[i] < 0) != (sound->frames[i + 1] < 0);
        if (crossings >= WINDOW / 7)
            return at;
    }
    return sound->count;
}

/* Inside a clause as well, and beside silent, long, Latin and quoted words: a chunk is 20 ms. */
static void test_marks_are_exact_to_a_chunk(void **state) {
    char murmur[400] = "";
    for (size_t i = 0; i < 300; i += 3)
        memcpy(murmur + i, "ma:", 4);
    struct nashra_word words[] = {
        spoken("m'a:m", NASHRA_PAUSE_NONE), spoken("s'a:m", NASHRA_PAUSE_NONE),  latin("mom", NASHRA_PAUSE_NONE),
        spoken("s'a:m", NASHRA_PAUSE_NONE), spoken("", NASHRA_PAUSE_NONE),       spoken("s'u:m", NASHRA_PAUSE_NONE),
        spoken(murmur, NASHRA_PAUSE_NONE),  spoken("s'i:m", NASHRA_PAUSE_NONE),  latin("moon man", NASHRA_PAUSE_NONE),
        spoken("s'a:m", NASHRA_PAUSE_NONE), spoken("m'a:m", NASHRA_PAUSE_COMMA), spoken("s'a:m", NASHRA_PAUSE_STOP)};
    words[3].flags = NASHRA_WORD_QUOTE_OPEN;
    words[6].flags = NASHRA_WORD_QUOTE_CLOSE;
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    const int rates[] = {80, 200, 449};
    for (size_t k = 0; k < COUNT(rates); k++) {
        assert_int_equal(nashra_synth_set_voice(*state, &(struct nashra_voice){.rate = rates[k]}), 0);
        struct nashra_sound heard = speak(*state, &sentence);
        for (size_t i = 0; i < COUNT(words); i++) {
            size_t mark = heard.marks[i].frame, chunk = 22050 / 50;
            if (words[i].phonemes && words[i].phonemes[0] == 's')
                assert_in_range(hiss_after(&heard, mark - 3 * chunk), mark - chunk, mark + chunk);
        }
        nashra_sound_finish(&heard);
    }
    assert_int_equal(nashra_synth_set_voice(*state, NULL), 0);
}

/* Length and marks are the same always; so is each frame, but in the trilled R, whose beat eSpeak counts on from word
 * to word: `exact` sentences have none. */
static void assert_same_again(struct nashra_synth *synth, struct nashra_word *words, size_t count, bool exact) {
    struct nashra_sentence sentence = sentence_of(words, count);
    struct nashra_sound first = speak(synth, &sentence);
    struct nashra_word others[] = {spoken("sas", NASHRA_PAUSE_NONE), latin("Washington", NASHRA_PAUSE_EXCLAMATION),
                                   spoken("Aa:m", NASHRA_PAUSE_STOP)};
    for (size_t n = 1; n <= COUNT(others); n++) {
        struct nashra_sentence other = sentence_of(others, n);
        struct listener cut = {.stop_after = n};
        assert_int_equal(nashra_synth_speak(synth, &other, listen, &cut), NASHRA_STOPPED);
        nashra_sound_finish(&cut.heard);
        struct nashra_sound between = speak(synth, &other);
        struct nashra_sound again = speak(synth, &sentence);
        assert_int_equal(again.count, first.count);
        if (exact)
            assert_memory_equal(again.frames, first.frames, first.count * sizeof *first.frames);
        assert_memory_equal(again.marks, first.marks, first.mark_count * sizeof *first.marks);
        nashra_sound_finish(&between);
        nashra_sound_finish(&again);
    }
    nashra_sound_finish(&first);
}

static void test_same_sentence_same_sound(void **state) {
    struct nashra_word words[COUNT(newscast)];
    memcpy(words, newscast, sizeof words);
    assert_same_again(*state, words, COUNT(words), false);
    assert_same_again(*state, words, 6, true);
    words[6].phonemes = "q'a.t[a:at";
    assert_same_again(*state, words, COUNT(words), true);
}

static void test_stops_within_any_chunk(void **state) {
    struct nashra_word words[] = {spoken("q'a.:la", NASHRA_PAUSE_COMMA), latin("London", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct listener whole = {0};
    assert_int_equal(nashra_synth_speak(*state, &sentence, listen, &whole), 0);
    assert_true(whole.chunks > 10);
    for (size_t n = 1; n <= whole.chunks; n++) {
        struct listener listener = {.stop_after = n};
        assert_int_equal(nashra_synth_speak(*state, &sentence, listen, &listener), NASHRA_STOPPED);
        assert_int_equal(listener.chunks, n);
        assert_memory_equal(listener.heard.frames, whole.heard.frames, listener.heard.count * sizeof(int16_t));
        nashra_sound_finish(&listener.heard);
    }
    nashra_sound_finish(&whole.heard);
}

static void test_nothing_to_say(void **state) {
    struct nashra_word words[] = {spoken(NULL, NASHRA_PAUSE_COMMA), spoken("", NASHRA_PAUSE_NONE),
                                  latin("…", NASHRA_PAUSE_NONE), latin("--", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, 2);
    struct nashra_sound heard = speak(*state, &sentence);
    assert_int_equal(heard.count, 0);
    nashra_sound_finish(&heard);
    sentence = sentence_of(words, COUNT(words));
    heard = speak(*state, &sentence);
    nashra_sound_finish(&heard);
    sentence.count = 0;
    heard = speak(*state, &sentence);
    assert_int_equal(heard.count, 0);
    nashra_sound_finish(&heard);
}

/* eSpeak NG 1.51 reads freed memory when it has to switch between two of these. */
static void test_other_scripts_are_left_out_and_told(void **state) {
    struct nashra_word words[] = {spoken("f'i:", NASHRA_PAUSE_NONE), latin("Москва", NASHRA_PAUSE_NONE),
                                  latin("Ωμέγα", NASHRA_PAUSE_NONE), latin("中国", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    message_count = 0;
    struct nashra_sound heard = speak(*state, &sentence);
    assert_int_equal(message_count, 3);
    assert_non_null(strstr(messages, "中国"));
    assert_int_equal(stretch(&heard, 1), 0);
    nashra_sound_finish(&heard);
}

static void test_long_words_and_sentences(void **state) {
    char laughter[3001];
    for (size_t i = 0; i < 3000; i += 3)
        memcpy(laughter + i, "ha:", 3);
    laughter[3000] = '\0';
    char shout[1001];
    memset(shout, 'A', 1000);
    shout[1000] = '\0';
    struct nashra_word words[300];
    for (size_t i = 0; i < COUNT(words); i++)
        words[i] = spoken("mustaSf'aja:t", NASHRA_PAUSE_NONE);
    words[100] = spoken(laughter, NASHRA_PAUSE_NONE);
    words[200] = latin(shout, NASHRA_PAUSE_NONE);
    words[201] = latin("Škoda", NASHRA_PAUSE_NONE);
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct nashra_sound heard = speak(*state, &sentence);
    for (size_t i = 0; i < COUNT(words); i++)
        assert_true(stretch(&heard, i) > 22050 / 5);
    nashra_sound_finish(&heard);
}

static void test_voice(void **state) {
    struct nashra_word words[] = {spoken("q'a.:la", NASHRA_PAUSE_NONE), spoken("muw'a:t[in", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct nashra_sound plain = speak(*state, &sentence);
    size_t shortest = plain.count;
    const int rates[] = {300, 449, 450};
    for (size_t i = 0; i < COUNT(rates); i++) {
        assert_int_equal(nashra_synth_set_voice(*state, &(struct nashra_voice){.rate = rates[i]}), 0);
        struct nashra_sound fast = speak(*state, &sentence);
        assert_true(i == 2 ? fast.count <= shortest : fast.count < shortest);
        shortest = fast.count;
        nashra_sound_finish(&fast);
    }
    int levels[] = {25, 50, 100};
    for (size_t i = 0, before = 0; i < COUNT(levels); i++) {
        assert_int_equal(nashra_synth_set_voice(*state, &(struct nashra_voice){.volume = levels[i]}), 0);
        struct nashra_sound sound = speak(*state, &sentence);
        size_t level = (size_t)loudest(&sound, 0, sound.count);
        assert_true(level > before && level < 32767);
        before = level;
        nashra_sound_finish(&sound);
    }
    assert_int_equal(nashra_synth_set_voice(*state, &(struct nashra_voice){.rate = 1000}), NASHRA_EUSAGE);
    assert_int_equal(nashra_synth_set_voice(*state, NULL), 0);
    struct nashra_sound again = speak(*state, &sentence);
    assert_int_equal(again.count, plain.count);
    assert_memory_equal(again.frames, plain.frames, plain.count * sizeof *plain.frames);
    nashra_sound_finish(&again);
    nashra_sound_finish(&plain);
}

/* eSpeak's own 450 words a minute leave some 15 ms between a long and a short vowel. */
static void test_length_is_heard_at_any_rate(void **state) {
    struct nashra_word word = spoken("k'atab", NASHRA_PAUSE_NONE);
    struct nashra_sentence sentence = sentence_of(&word, 1);
    const int rates[] = {80, 200, 300, 450};
    for (size_t i = 0; i < COUNT(rates); i++) {
        assert_int_equal(nashra_synth_set_voice(*state, &(struct nashra_voice){.rate = rates[i]}), 0);
        word.phonemes = "k'atab";
        struct nashra_sound brief = speak(*state, &sentence);
        word.phonemes = "k'a:tab";
        struct nashra_sound lengthened = speak(*state, &sentence);
        assert_true(lengthened.count > brief.count + 22050 * 35 / 1000);
        nashra_sound_finish(&lengthened);
        nashra_sound_finish(&brief);
    }
    assert_int_equal(nashra_synth_set_voice(*state, NULL), 0);
}

static void test_a_question_sounds_like_one(void **state) {
    struct nashra_word words[] = {spoken("h'al", NASHRA_PAUSE_NONE), spoken("q'a.:la", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct nashra_sound statement = speak(*state, &sentence);
    words[1].pause = NASHRA_PAUSE_QUESTION;
    struct nashra_sound question = speak(*state, &sentence);
    size_t both = question.count < statement.count ? question.count : statement.count;
    assert_memory_not_equal(question.frames, statement.frames, both * sizeof(int16_t));
    nashra_sound_finish(&question);
    nashra_sound_finish(&statement);
}

static void test_one_at_a_time(void **state) {
    (void)state;
    struct nashra_synth *second = NULL;
    assert_int_equal(nashra_synth_espeak(NULL, &second), NASHRA_EUSAGE);
    assert_null(second);
}

/* eSpeak's data is found once a process: each of these runs in a child, before the parent has started eSpeak. */

static char data_folder[512];

static int find_data_folder(void) {
    const char *folder = NULL;
    espeak_ng_InitializePath(NULL);
    espeak_Info(&folder);
    return snprintf(data_folder, sizeof data_folder, "%s", folder) < (int)sizeof data_folder;
}

/* Links to eSpeak's files of these names, or rubbish in their place. */
static void make_data(char *folder, const char *const *names, bool damaged) {
    char from[1024], to[1024];
    assert_non_null(mkdtemp(folder));
    snprintf(to, sizeof to, "%s/espeak-ng-data", folder);
    assert_int_equal(mkdir(to, 0700), 0);
    for (; *names; names++) {
        snprintf(from, sizeof from, "%s/%s", data_folder, *names);
        snprintf(to, sizeof to, "%s/espeak-ng-data/%s", folder, *names);
        assert_int_equal(symlink(damaged ? "/proc/version" : from, to), 0);
    }
}

static void remove_data(const char *folder, const char *const *names) {
    char path[1024];
    for (; *names; names++) {
        snprintf(path, sizeof path, "%s/espeak-ng-data/%s", folder, *names);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/espeak-ng-data", folder);
    rmdir(path);
    rmdir(folder);
}

/* The child's exit code with only these files of eSpeak's data. */
static int run_with_data(const char *const *names, bool damaged, int (*child)(void)) {
    char folder[] = "/tmp/nashra-test-XXXXXX";
    make_data(folder, names, damaged);
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        setenv("ESPEAK_DATA_PATH", folder, 1);
        _exit(child());
    }
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    remove_data(folder, names);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

#define EXPECT(condition)                                                                                              \
    do {                                                                                                               \
        if (!(condition))                                                                                              \
            return fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition), 1;                                  \
    } while (0)

static int open_without_voice(void) {
    struct nashra_synth *synth = NULL;
    EXPECT(nashra_synth_espeak(NULL, &synth) == NASHRA_ECONFIG);
    EXPECT(!synth);
    EXPECT(message_count == 1);
    EXPECT(strstr(messages, "apt-get install espeak-ng-data"));
    EXPECT(strstr(messages, getenv("ESPEAK_DATA_PATH")));
    return 0;
}

static int open_damaged_voice(void) {
    struct nashra_synth *synth = NULL;
    EXPECT(nashra_synth_espeak(NULL, &synth) == NASHRA_ECONFIG);
    EXPECT(!synth);
    EXPECT(strstr(messages, "damaged") && strstr(messages, "espeak-ng-data"));
    return 0;
}

static void test_damaged_voice_data(void **state) {
    (void)state;
    static const char *const names[] = {"phontab", "phonindex", "phondata", "intonations", "ar_dict", NULL};
    assert_int_equal(run_with_data(names, true, open_damaged_voice), 0);
}

static void test_missing_voice_data(void **state) {
    (void)state;
    static const char *const none[] = {NULL};
    static const char *const no_arabic[] = {"phontab", "phonindex", "phondata", "intonations", "en_dict", NULL};
    static const char *const no_sounds[] = {"phontab", "phonindex", "intonations", "ar_dict", NULL};
    assert_int_equal(run_with_data(none, false, open_without_voice), 0);
    assert_int_equal(run_with_data(no_arabic, false, open_without_voice), 0);
    assert_int_equal(run_with_data(no_sounds, false, open_without_voice), 0);
}

static int speak_without_english(void) {
    struct nashra_synth *synth = NULL;
    EXPECT(nashra_synth_espeak(NULL, &synth) == 0);
    EXPECT(message_count == 1 && strstr(messages, "en_dict"));
    struct nashra_word words[] = {spoken("f'i:", NASHRA_PAUSE_NONE), latin("London", NASHRA_PAUSE_NONE),
                                  spoken("?'amsi", NASHRA_PAUSE_STOP)};
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    struct listener listener = {0};
    EXPECT(nashra_synth_speak(synth, &sentence, listen, &listener) == 0);
    EXPECT(listener.heard.mark_count == 3);
    EXPECT(stretch(&listener.heard, 1) > 22050); /* six letters */
    EXPECT(message_count == 1);
    nashra_sound_finish(&listener.heard);
    nashra_synth_destroy(synth);
    return 0;
}

static void test_without_english_latin_is_spelt(void **state) {
    (void)state;
    static const char *const names[] = {"phontab", "phonindex", "phondata", "intonations", "ar_dict", NULL};
    assert_int_equal(run_with_data(names, false, speak_without_english), 0);
}

static void test_speaking_without_memory(void **state) {
    (void)state;
    struct nashra_word words[64];
    for (size_t i = 0; i < COUNT(words); i++)
        words[i] = spoken("mustaSf'aja:t", i % 16 == 15 ? NASHRA_PAUSE_STOP : NASHRA_PAUSE_NONE);
    struct nashra_sentence sentence = sentence_of(words, COUNT(words));
    int status = NASHRA_ENOMEM;
    unsigned long n = 0;
    while (status == NASHRA_ENOMEM) {
        struct nashra_synth *synth = NULL;
        assert_int_equal(nashra_synth_espeak(NULL, &synth), 0);
        nashra_alloc_fail_after(++n);
        status = nashra_synth_speak(synth, &sentence, ignore, NULL);
        nashra_alloc_fail_after(0);
        nashra_synth_destroy(synth);
    }
    assert_int_equal(status, 0);
    assert_in_range(n, 4, 50);
}

static void test_opening_without_memory(void **state) {
    (void)state;
    struct nashra_synth *synth = NULL;
    nashra_alloc_fail_after(0);
    assert_int_equal(nashra_synth_espeak(NULL, &synth), 0);
    unsigned long needed = nashra_alloc_count();
    nashra_synth_destroy(synth);
    for (unsigned long n = 1; n <= needed; n++) {
        nashra_alloc_fail_after(n);
        assert_int_equal(nashra_synth_espeak(NULL, &synth), NASHRA_ENOMEM);
        assert_null(synth);
    }
    nashra_alloc_fail_after(0);
    assert_int_equal(nashra_synth_espeak(NULL, &synth), 0);
    nashra_synth_destroy(synth);
}

static void test_bad_voice(void **state) {
    (void)state;
    struct nashra_synth *synth = NULL;
    assert_int_equal(nashra_synth_espeak(&(struct nashra_voice){.pitch = 100}, &synth), NASHRA_EUSAGE);
    assert_null(synth);
    assert_non_null(strstr(messages, "pitch 100"));
}

int main(void) {
    nashra_log_set_handler(keep_message, NULL);
    const struct CMUnitTest speaking[] = {
        cmocka_unit_test(test_each_word_has_its_mark),
        cmocka_unit_test(test_marks_fall_on_the_words),
        cmocka_unit_test(test_marks_are_exact_to_a_chunk),
        cmocka_unit_test(test_same_sentence_same_sound),
        cmocka_unit_test(test_stops_within_any_chunk),
        cmocka_unit_test(test_nothing_to_say),
        cmocka_unit_test(test_other_scripts_are_left_out_and_told),
        cmocka_unit_test(test_long_words_and_sentences),
        cmocka_unit_test(test_voice),
        cmocka_unit_test(test_length_is_heard_at_any_rate),
        cmocka_unit_test(test_a_question_sounds_like_one),
        cmocka_unit_test(test_one_at_a_time),
    };
    const struct CMUnitTest opening[] = {
        cmocka_unit_test(test_missing_voice_data),
        cmocka_unit_test(test_damaged_voice_data),
        cmocka_unit_test(test_without_english_latin_is_spelt),
        cmocka_unit_test(test_speaking_without_memory),
        cmocka_unit_test(test_opening_without_memory),
        cmocka_unit_test(test_bad_voice),
    };
    if (!find_data_folder())
        return 1;
    int failed = cmocka_run_group_tests_name("espeak opens", opening, NULL, NULL);
    return failed + cmocka_run_group_tests_name("espeak speaks", speaking, open_synth, close_synth);
}
