/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any number in any form, with any noun, unit or currency. The input: a line of form letters (see parse_form), a line
 * with the number, a line with a word. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <nashra/utf8.h>

#include "number/number.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void ignore(enum nashra_log_level level, const char *message, void *user) {
    (void)level, (void)message, (void)user;
}

static void require(int holds) {
    if (!holds)
        abort();
}

static const struct nashra_numbers *numbers(void) {
    static struct nashra_numbers *tables;
    if (!tables) {
        nashra_log_set_handler(ignore, NULL);
        require(nashra_numbers_create(&tables) == NASHRA_OK);
    }
    return tables;
}

/* The next line, NUL-terminated; the rest begins behind it. */
static char *take_line(char **rest) {
    char *line = *rest, *newline = strchr(line, '\n');
    if (newline)
        *newline = '\0';
    *rest = newline ? newline + 1 : line + strlen(line);
    return line;
}

static struct nashra_stance parse_form(const char *letters) {
    return (struct nashra_stance){
        .gender = strchr(letters, 'f') ? NASHRA_FEMININE : NASHRA_MASCULINE,
        .grammatical_case = strchr(letters, 'a')   ? NASHRA_ACCUSATIVE
                            : strchr(letters, 'g') ? NASHRA_GENITIVE
                                                   : NASHRA_NOMINATIVE,
        .definite = strchr(letters, 'd')   ? NASHRA_DEFINITE
                    : strchr(letters, 'n') ? NASHRA_DEFINITE_NUMBER
                                           : NASHRA_INDEFINITE,
        .construct = strchr(letters, 'c') != NULL,
    };
}

/* What every phrase promises: words, and marks that are those of their letters. */
static void check_phrase(const struct nashra_phrase *phrase) {
    require(phrase->count > 0);
    for (size_t i = 0; i < phrase->count; i++) {
        const struct nashra_spoken *word = &phrase->words[i];
        size_t length = strlen(word->marked);
        char *bare = malloc(length + 1);
        nashra_strip_marks(word->marked, length, bare);
        require(strcmp(bare, word->bare) == 0);
        free(bare);
    }
}

static void speak_noun(struct nashra_phrase *phrase, const struct nashra_decimal *decimal, const char *word,
                       struct nashra_stance stance) {
    struct nashra_noun_match match;
    static const unsigned scales[] = {3, 9};
    size_t length = strlen(word);
    require(nashra_noun_find(numbers(), phrase->arena, word, length, &match) == NASHRA_OK);
    require(match.form && match.noun.singular);
    require(nashra_phrase_count(numbers(), phrase, decimal, &match.noun, stance) == NASHRA_OK);
    require(nashra_phrase_scaled(numbers(), phrase, decimal, scales, 2, &match.noun, stance) == NASHRA_OK);
    for (int number = NASHRA_SINGULAR; number <= NASHRA_PLURAL; number++)
        require(nashra_phrase_noun(phrase, &match.noun, (enum nashra_grammatical_number)number, stance) == NASHRA_OK);
    require(nashra_phrase_noun_as_written(phrase, word, length, &match, nashra_decimal_counted(decimal), stance) ==
            NASHRA_OK);
}

static void speak_amount(struct nashra_phrase *phrase, const struct nashra_decimal *decimal, const char *word,
                         struct nashra_stance stance) {
    size_t length = strlen(word);
    const struct nashra_currency *currency = nashra_currency_find(numbers(), word, length, NASHRA_REGION_MOROCCO);
    const struct nashra_unit *unit = nashra_unit_find(numbers(), word, length);
    if (currency)
        require(nashra_phrase_money(numbers(), phrase, decimal, NULL, 0, currency,
                                    stance.construct ? nashra_currency_adjective(currency) : NULL,
                                    stance) == NASHRA_OK);
    if (unit)
        require(nashra_phrase_measure(numbers(), phrase, decimal, NULL, 0, unit, stance) == NASHRA_OK);
    nashra_scale_find(numbers(), word, length);
}

static void speak(struct nashra_phrase *phrase, const struct nashra_decimal *decimal, const char *word,
                  struct nashra_stance stance) {
    require(nashra_phrase_cardinal(numbers(), phrase, decimal, stance) == NASHRA_OK);
    require(nashra_phrase_ordinal(numbers(), phrase, decimal, stance) == NASHRA_OK);
    require(nashra_phrase_percent(numbers(), phrase, decimal, stance) == NASHRA_OK);
    require(nashra_phrase_year(numbers(), phrase, decimal, stance.gender) == NASHRA_OK);
    unsigned long numerator = strtoul(word, NULL, 10);
    require(nashra_phrase_fraction(numbers(), phrase, decimal, numerator, numerator % 13, stance) == NASHRA_OK);
    require(nashra_phrase_digits(numbers(), phrase, decimal->integer, decimal->integer_length) == NASHRA_OK);
    if (*word)
        speak_noun(phrase, decimal, word, stance);
    speak_amount(phrase, decimal, word, stance);
    for (size_t i = 0; i < phrase->count; i += 3)
        require(nashra_phrase_prefix(phrase, i, i % 2 ? "و" : "وَلِال") == NASHRA_OK);
    check_phrase(phrase);
}

/* The public face must say what the phrase says. */
static void check_spelling(const char *digits, const struct nashra_stance *stance) {
    struct nashra_number_form form = {
        stance->gender, stance->grammatical_case, stance->construct, false, false, NULL, NULL};
    struct nashra_buffer bare = {0}, marked = {0};
    require(nashra_number_spell(numbers(), digits, &form, &bare, &marked) == NASHRA_OK);
    char *stripped = malloc(marked.length + 1);
    nashra_strip_marks(marked.data, marked.length, stripped);
    require(bare.length > 0 && strcmp(stripped, bare.data) == 0);
    free(stripped);
    nashra_buffer_finish(&bare);
    nashra_buffer_finish(&marked);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *input = malloc(size + 1), *rest = input;
    if (size > 0)
        memcpy(input, data, size);
    input[size] = '\0';
    struct nashra_stance stance = parse_form(take_line(&rest));
    const char *digits = take_line(&rest), *word = take_line(&rest);
    if (nashra_utf8_valid_prefix(word, strlen(word)) < strlen(word))
        word = ""; /* texts are well-formed before they get here */
    struct nashra_phrase phrase = {.arena = nashra_arena_create()};
    struct nashra_decimal decimal;
    if (nashra_decimal_parse(phrase.arena, digits, strlen(digits), &decimal) == NASHRA_OK) {
        speak(&phrase, &decimal, word, stance);
        check_spelling(digits, &stance);
    }
    nashra_arena_destroy(phrase.arena);
    free(input);
    return 0;
}
