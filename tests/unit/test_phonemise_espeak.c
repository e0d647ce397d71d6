/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Through libespeak-ng itself: it knows every name of the inventory, and it reads every pair of phones as we mean it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <espeak-ng/speak_lib.h>
#include <stdio.h>
#include <string.h>

#include <nashra/phonemise.h>
#include <nashra/table.h>

#include "inventory.h"

/* Names between underscores, as eSpeak took them. It writes a long mark after a fricative or sonorant as a second one,
 * and shows allophones by the name before a "/". */
static const char *trace(const char *phonemes) {
    static char text[1000];
    size_t length = (size_t)snprintf(text, sizeof text, "[[");
    for (; *phonemes && length + 8 < sizeof text; phonemes++) /* a word each */
        length += (size_t)snprintf(text + length, sizeof text - length, *phonemes == ' ' ? "]] [[" : "%c", *phonemes);
    snprintf(text + length, sizeof text - length, "]]");
    const void *at = text;
    const char *heard = espeak_TextToPhonemes(&at, espeakCHARS_UTF8, '_' << 8);
    return heard ? heard : "";
}

static int ignore(short *wav, int count, espeak_EVENT *events) {
    (void)wav;
    (void)count;
    (void)events;
    return 0;
}

static int set_up(void **state) {
    (void)state;
    assert_true(espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, NULL, 0) > 0);
    assert_int_equal(espeak_SetVoiceByName("ar"), EE_OK);
    espeak_SetSynthCallback(ignore);
    /* espeak_TextToPhonemes() reads [[ ]] only after a call of espeak_Synth() that did. */
    const char first[] = "[[a]]";
    espeak_Synth(first, sizeof first, 0, POS_CHARACTER, 0, espeakCHARS_UTF8 | espeakPHONEMES, NULL, NULL);
    return 0;
}

static int check_name(const struct nashra_row *row, void *user) {
    size_t *count = user;
    const char *kind = row->fields[2];
    if (strcmp(row->fields[1], "-") == 0 || strcmp(kind, "stress") == 0 || strcmp(kind, "long") == 0 ||
        strcmp(kind, "geminate") == 0)
        return NASHRA_OK;
    bool vowel = strchr("aeiou", *row->fields[0]) != NULL;
    char given[60], wanted[60];
    snprintf(given, sizeof given, vowel ? "m'%sm" : "m'a%sa", row->fields[0]);
    snprintf(wanted, sizeof wanted, vowel ? "m_'%s_m" : "m_'a_%s_a", row->fields[0]);
    const char *heard = trace(given);
    if (!strstr(heard, wanted))
        fail_msg("%s:%zu: eSpeak reads %s as %s", row->file, row->line, given, heard);
    (*count)++;
    return NASHRA_OK;
}

static void every_name_is_known(void **state) {
    (void)state;
    struct nashra_buffer path = {0};
    struct nashra_table *table = NULL;
    size_t count = 0;
    assert_int_equal(nashra_data_path("phonemes.tsv", &path), NASHRA_OK);
    assert_int_equal(nashra_table_load(nashra_buffer_string(&path), 3, check_name, &count, &table), NASHRA_OK);
    assert_true(count >= 40);
    nashra_table_destroy(table);
    nashra_buffer_finish(&path);
}

/* An unknown name must show, or the test above proves nothing. */
static void an_unknown_name_shows(void **state) {
    (void)state;
    assert_null(strstr(trace("m'aGa"), "_G_"));
}

static const unsigned letters[] = {0x621, 0x628, 0x62A, 0x62B, 0x62C, 0x62D, 0x62E, 0x62F, 0x630, 0x631, 0x632,
                                   0x633, 0x634, 0x635, 0x636, 0x637, 0x638, 0x639, 0x63A, 0x641, 0x642, 0x643,
                                   0x644, 0x645, 0x646, 0x647, 0x648, 0x64A, 0x67E, 0x6A4, 0x6AF, 0x686};
enum { LETTERS = sizeof letters / sizeof *letters };

static nashra_phoneme phoneme_of(const struct nashra_inventory *inventory, size_t i) {
    return nashra_inventory_of_letter(inventory, letters[i]);
}

static const char *name_of(const struct nashra_inventory *inventory, nashra_phoneme phoneme,
                           struct nashra_buffer *buffer) {
    struct nashra_phone phone = {phoneme, 1, 0};
    nashra_buffer_clear(buffer);
    assert_int_equal(nashra_inventory_write(inventory, &phone, 1, buffer), NASHRA_OK);
    return nashra_buffer_string(buffer);
}

/* a X Y a, for all consonants X and Y: eSpeak must hear four phones, whatever the two names look like side by side. */
static void all_pairs_are_read_apart(void **state) {
    (void)state;
    struct nashra_inventory *inventory = NULL;
    struct nashra_buffer given = {0}, x = {0}, y = {0};
    assert_int_equal(nashra_inventory_create(&inventory), NASHRA_OK);
    nashra_phoneme a = nashra_inventory_roles(inventory)->a;
    for (size_t i = 0; i < LETTERS; i++)
        for (size_t k = 0; k < LETTERS; k++) {
            struct nashra_phone phones[] = {{a, 1, NASHRA_PHONE_STRESS | NASHRA_PHONE_VOWEL},
                                            {phoneme_of(inventory, i), 1, 0},
                                            {phoneme_of(inventory, k), 1, 0},
                                            {a, 1, NASHRA_PHONE_VOWEL}};
            nashra_buffer_clear(&given);
            assert_int_equal(nashra_inventory_write(inventory, phones, 4, &given), NASHRA_OK);
            char wanted[60];
            snprintf(wanted, sizeof wanted, "'a_%s_%s_a", name_of(inventory, phones[1].phoneme, &x),
                     name_of(inventory, phones[2].phoneme, &y));
            const char *heard = trace(nashra_buffer_string(&given));
            if (strcmp(heard, wanted) != 0)
                fail_msg("%s is read as %s, not %s", nashra_buffer_string(&given), heard, wanted);
        }
    nashra_buffer_finish(&given);
    nashra_buffer_finish(&x);
    nashra_buffer_finish(&y);
    nashra_inventory_destroy(inventory);
}

static void length_and_stress_are_taken(void **state) {
    (void)state;
    assert_string_equal(trace("muw'a.:t[i.n"), "m_u_w_'a.:_t[_i._n");
    assert_string_equal(trace("S'id:a"), "S_'i_d:_a");
    assert_string_equal(trace("m'uR:"), "m_'u_R_R");
    assert_string_equal(trace("m'a.ss[a.m"), "m_'a._s_s[_a._m");
    assert_string_equal(trace("mud|H"), "m_u_d_H");
}

/* The words of one row, between spaces, through the phonemiser; joined by spaces as the table writes them. */
static void say(struct nashra_phonemiser *phonemiser, const char *marked, struct nashra_buffer *said) {
    char text[200];
    struct nashra_word words[4] = {0};
    struct nashra_sentence sentence = {.words = words, .arena = nashra_arena_create()};
    assert_non_null(sentence.arena);
    snprintf(text, sizeof text, "%s", marked);
    for (char *word = strtok(text, " "); word && sentence.count < 4; word = strtok(NULL, " "))
        words[sentence.count++] = (struct nashra_word){.text = word, .marked = word, .ending_confidence = 1};
    assert_int_equal(nashra_phonemise(phonemiser, &sentence), NASHRA_OK);
    nashra_buffer_clear(said);
    for (size_t i = 0; i < sentence.count; i++) {
        nashra_buffer_add_string(said, i > 0 ? " " : "");
        nashra_buffer_add_string(said, words[i].phonemes);
    }
    nashra_arena_destroy(sentence.arena);
}

static int check_trace(const struct nashra_row *row, void *user) {
    struct nashra_phonemiser *phonemiser = user;
    struct nashra_buffer said = {0};
    say(phonemiser, row->fields[0], &said);
    const char *heard = trace(nashra_buffer_string(&said));
    if (strcmp(nashra_buffer_string(&said), row->fields[1]) != 0 || strcmp(heard, row->fields[2]) != 0)
        fail_msg("%s:%zu: %s is given as %s, heard as %s", row->file, row->line, row->fields[0],
                 nashra_buffer_string(&said), heard);
    nashra_buffer_finish(&said);
    return NASHRA_OK;
}

static void listed_words_are_heard_right(void **state) {
    (void)state;
    struct nashra_phonemiser *phonemiser = NULL;
    struct nashra_table *table = NULL;
    assert_int_equal(nashra_phonemiser_create(NASHRA_ENDINGS_FULL, &phonemiser), NASHRA_OK);
    assert_int_equal(nashra_table_load("tests/unit/data/espeak-trace.tsv", 3, check_trace, phonemiser, &table),
                     NASHRA_OK);
    nashra_table_destroy(table);
    nashra_phonemiser_destroy(phonemiser);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_name_is_known),          cmocka_unit_test(an_unknown_name_shows),
        cmocka_unit_test(all_pairs_are_read_apart),     cmocka_unit_test(length_and_stress_are_taken),
        cmocka_unit_test(listed_words_are_heard_right),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
