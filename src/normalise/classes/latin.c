/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words and acronyms in Latin letters, Roman numerals, words of other scripts. */
#include "classes/latin.h"

#include <string.h>

#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include <nashra/utf8.h>

#include "classes/classes.h"
#include "context/case.h"
#include "quantity.h"

enum { LONGEST_ACRONYM = 6, LONGEST_KNOWN = 32, LARGEST_ROMAN = 39, LONGEST_SCRIPT = 200 };
enum { LAST_EXTENDED = 0x24F, FIRST_ADDITIONAL = 0x1E00, LAST_ADDITIONAL = 0x1EFF, APOSTROPHE = 0x2019 };
enum form { FORM_LATIN, FORM_READING, FORM_LETTERS };

static bool all_capitals(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (text[i] < 'A' || text[i] > 'Z')
            return false;
    return length != 0;
}

static bool has_vowel_and_consonant(const char *text, size_t length) {
    bool vowel = false, consonant = false;
    for (size_t i = 0; i < length; i++) {
        bool v = strchr("aeiouyAEIOUY", text[i]) != NULL;
        vowel = vowel || v;
        consonant = consonant || !v;
    }
    return vowel && consonant;
}

const char *nashra_latin_reading(const struct nashra_scan *scan, const char *text, size_t length) {
    char lower[LONGEST_KNOWN];
    const char *reading = nashra_lexis_acronym(scan->lexis, text, length);
    if (reading != NULL || length > sizeof lower)
        return reading;
    for (size_t i = 0; i < length; i++)
        lower[i] = (char)(text[i] >= 'A' && text[i] <= 'Z' ? text[i] + ('a' - 'A') : text[i]);
    return nashra_lexis_latin(scan->lexis, lower, length);
}

int nashra_match_latin(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const struct nashra_token *token = &scan->tokens[at];
    bool capitals = all_capitals(token->text, token->length);
    reading->first = at;
    reading->last = at + 1;
    reading->text = nashra_latin_reading(scan, token->text, token->length);
    reading->form = FORM_READING;
    reading->cls = capitals && token->length > 1 ? NASHRA_CLASS_ACRONYM : NASHRA_CLASS_LATIN;
    if (reading->text != NULL)
        return 1;
    bool letters = (capitals && token->length <= LONGEST_ACRONYM) || token->length == 1 ||
                   (token->length <= 3 && !has_vowel_and_consonant(token->text, token->length));
    reading->form = letters && (unsigned char)token->text[0] < 0x80 ? FORM_LETTERS : FORM_LATIN;
    if (reading->form == FORM_LETTERS)
        reading->cls = NASHRA_CLASS_ACRONYM;
    return 1;
}

/* Letters that the second voice knows; others, such as a turned F, are written in these. */
static bool is_known_latin(const char *text, size_t length) {
    for (size_t at = 0; at < length;) {
        unsigned cp;
        at += nashra_utf8_decode(text + at, length - at, &cp);
        if (cp > LAST_EXTENDED && (cp < FIRST_ADDITIONAL || cp > LAST_ADDITIONAL) && cp != APOSTROPHE)
            return false;
    }
    return true;
}

int nashra_speak_latin(struct nashra_scan *scan, const struct nashra_reading *reading) {
    const struct nashra_token *token = &scan->tokens[reading->first];
    switch (reading->form) {
    case FORM_READING:
        return nashra_scan_words(scan, reading->text);
    case FORM_LETTERS:
        return nashra_scan_spell(scan, token->text, token->length);
    default:
        if (!is_known_latin(token->text, token->length))
            return nashra_speak_script(scan, reading);
        scan->foreign = true;
        return nashra_phrase_word(&scan->phrase, token->text);
    }
}

/* ---- Roman numerals ---- */

static long roman_digit(char letter) {
    switch (letter) {
    case 'I':
        return 1;
    case 'V':
        return 5;
    case 'X':
        return 10;
    default:
        return 0;
    }
}

/* I … XXXIX in their regular form, or 0. */
static long roman_value(const char *text, size_t length) {
    static const char *const tens[] = {"", "X", "XX", "XXX"};
    static const char *const units[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
    long value = 0;
    for (size_t i = 0; i < length; i++) {
        long digit = roman_digit(text[i]), next = i + 1 < length ? roman_digit(text[i + 1]) : 0;
        if (digit == 0)
            return 0;
        value += digit < next ? -digit : digit;
    }
    char regular[16];
    if (value < 1 || value > LARGEST_ROMAN || length >= sizeof regular)
        return 0;
    strcpy(regular, tens[value / 10]);
    strcat(regular, units[value % 10]);
    return strlen(regular) == length && memcmp(regular, text, length) == 0 ? value : 0;
}

enum { REACH_OF_TITLE = 3 };

/* Whose name the numeral follows: a ruler, a century. */
static size_t bearer_before(const struct nashra_scan *scan, size_t at) {
    const uint64_t bearers = NASHRA_CUE_BIT(NASHRA_CUE_PERSON) | NASHRA_CUE_BIT(NASHRA_CUE_LABEL);
    for (size_t i = at; i-- > 0 && at - i <= REACH_OF_TITLE && !nashra_scan_is_edge(scan, i);)
        if ((nashra_scan_cues(scan, i) & bearers) != 0)
            return i;
    return scan->count;
}

int nashra_match_roman(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    const struct nashra_token *token = &scan->tokens[at];
    size_t bearer = bearer_before(scan, at);
    bool latin_name = at != 0 && scan->tokens[at - 1].kind == NASHRA_TOKEN_LATIN && token->length > 1;
    if (roman_value(token->text, token->length) == 0 || (bearer == scan->count && !latin_name))
        return 0;
    if (at + 1 < scan->count && !scan->tokens[at + 1].space && !nashra_scan_is_edge(scan, at + 1))
        return 0;
    reading->cls = NASHRA_CLASS_ROMAN;
    reading->first = at;
    reading->last = at + 1;
    reading->token = bearer < scan->count ? bearer : at - 1;
    return 1;
}

static bool is_feminine_title(const struct nashra_scan *scan, size_t first, size_t last) {
    for (size_t i = first > 0 ? first - 1 : 0; i < last; i++)
        if (strstr(scan->tokens[i].text, "ملكة") != NULL || strstr(scan->tokens[i].text, "إمبراطورة") != NULL)
            return true;
    return false;
}

static enum nashra_gender gender_of_bearer(struct nashra_scan *scan, const struct nashra_reading *reading) {
    const struct nashra_lexeme *lexeme = scan->tokens[reading->token].lexeme;
    if (lexeme != NULL && lexeme->label != NULL)
        return lexeme->label->gender;
    return is_feminine_title(scan, reading->token, reading->first) ? NASHRA_FEMININE : NASHRA_MASCULINE;
}

int nashra_speak_roman(struct nashra_scan *scan, const struct nashra_reading *reading) {
    const struct nashra_token *token = &scan->tokens[reading->first];
    long value = roman_value(token->text, token->length);
    char digits[2] = {(char)('0' + value / 10), (char)('0' + value % 10)};
    struct nashra_decimal decimal;
    struct nashra_case_guess guess = nashra_case_of_noun(scan, reading->token);
    struct nashra_stance stance = {gender_of_bearer(scan, reading), guess.grammatical_case, NASHRA_DEFINITE, false};
    int status = nashra_decimal_make(scan->arena, digits, 2, NULL, 0, &decimal);
    scan->confidence = guess.confidence;
    return status < 0 ? status : nashra_phrase_ordinal(scan->numbers, &scan->phrase, &decimal, stance);
}

/* ---- other scripts: in Latin letters, for the second voice ---- */

int nashra_match_script(const struct nashra_scan *scan, size_t at, struct nashra_reading *reading) {
    (void)scan;
    reading->cls = NASHRA_CLASS_LATIN;
    reading->first = at;
    reading->last = at + 1;
    return 1;
}

static size_t keep_letters(const UChar *units, int32_t length, char *out) {
    size_t written = 0;
    for (int32_t i = 0; i < length; i++)
        if ((units[i] >= 'a' && units[i] <= 'z') || (units[i] >= 'A' && units[i] <= 'Z'))
            out[written++] = (char)units[i];
    out[written] = '\0';
    return written;
}

/* ICU knows how the letters of most scripts are written in Latin ones. A word without letters there is named. */
static size_t transliterate(const char *text, char *out) {
    static const UChar id[] = u"Any-Latin; Latin-ASCII";
    UChar units[4 * LONGEST_SCRIPT];
    int32_t length = 0, limit;
    UErrorCode error = U_ZERO_ERROR;
    u_strFromUTF8(units, LONGEST_SCRIPT, &length, text, -1, &error);
    UTransliterator *transliterator = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
    limit = length;
    if (U_SUCCESS(error))
        utrans_transUChars(transliterator, units, &length, 4 * LONGEST_SCRIPT, 0, &limit, &error);
    utrans_close(transliterator);
    return U_SUCCESS(error) ? keep_letters(units, length, out) : 0;
}

int nashra_speak_script(struct nashra_scan *scan, const struct nashra_reading *reading) {
    char letters[4 * LONGEST_SCRIPT + 1];
    const struct nashra_token *token = &scan->tokens[reading->first];
    if (token->length > LONGEST_SCRIPT || transliterate(token->text, letters) == 0)
        return nashra_scan_say(scan, NASHRA_SAY_SYMBOL);
    scan->foreign = true;
    return nashra_phrase_word(&scan->phrase, letters);
}
